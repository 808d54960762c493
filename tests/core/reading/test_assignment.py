import pytest

from core.reading.assignment import addressed, heading_units, listed, read_assignment


def parts(found):
    return tuple([ref.unit for ref in refs] for refs in (found.lead, found.implementing, found.cooperating))


@pytest.mark.parametrize(
    ("text", "lead", "implementing", "cooperating"),
    [
        ("nội dung: Giao phòng KHTCTH chủ trì, các phòng QLCN, QLTM, QLNL phối hợp.", "KHTCTH", "", "QLCN QLTM QLNL"),
        ("nội dung: Giao phòng QLTM chủ trì, TTKC&XTM triển khai thực hiện.", "QLTM", "TTKC", ""),
        ("nội dung: Giao phòng QLTM tham mưu và triển khai thực hiện.", "QLTM", "", ""),
        ("Giao phòng QLTM tham mưu, phối hợp với Văn phòng Sở triển khai thực hiện.", "QLTM", "", "VP"),
        ("Giao P. QLTM chủ trì, phối hợp với P.KHTCH và Văn phòng", "QLTM", "", "KHTCTH VP"),
        ("Giao Phòng Quản lý Thương mại chủ trì", "QLTM", "", ""),
        ("GIAO PHÒNG QLTM chủ trì", "QLTM", "", ""),
        ("Giao phòng Quản lý Thuơng mại chủ trì", "QLTM", "", ""),
        ("Giao phòng QLUTM chủ trì", "QLTM", "", ""),
        ("Giao Phòng Kế hoạch – Tài chính – Tổng hợp chủ trì", "KHTCTH", "", ""),
        ("Giao phòng Kế hoạch, Tài chính, Tổng hợp chủ trì", "KHTCTH", "", ""),
        ("Giao Phòng QLTM Sở Công Thương chủ trì", "QLTM", "", ""),
        ("Giao đồng chí Trưởng phòng QLTM chủ trì", "QLTM", "", ""),
        ("Yêu cầu Chánh Văn phòng tổng hợp", "VP", "", ""),
        ("Trung tâm KC&XTTM triển khai thực hiện", "TTKC", "", ""),
        ("Phòng QLCN chủ trì, phối hợp với các phòng QLTM, QLNL và Văn phòng Sở", "QLCN", "", "QLTM QLNL VP"),
        ("Kiện toàn ban: phòng QLTM chủ trì, Văn phòng Sở phối hợp", "QLTM", "", "VP"),
        ("Đơn vị chủ trì: Phòng QLTM; đơn vị phối hợp: Văn phòng, phòng KHTCTH.", "QLTM", "", "VP KHTCTH"),
        ("Rà soát hồ sơ (phòng QLNL).", "QLNL", "", ""),
        ("Giao phòng QLCN chủ trì; phòng QLTM phối hợp; Văn phòng Sở theo dõi, đôn đốc.", "QLCN", "", "QLTM"),
        ("Giao phòng QLCN tham mưu kế hoạch; giao phòng QLTM tham mưu báo cáo.", "QLCN QLTM", "", ""),
        ("Giao phòng QLTM là đơn vị đầu mối, phối hợp chặt chẽ với phòng QLCN", "QLTM", "", "QLCN"),
    ],
)
def test_units_and_their_parts(text, lead, implementing, cooperating, directory):
    found = read_assignment(text, directory)
    assert parts(found) == (lead.split(), implementing.split(), cooperating.split())
    assert not found.unknown()


@pytest.mark.parametrize(
    ("text", "lead"),
    [
        (
            "Sở Giáo dục và Đào tạo, Sở Văn hóa, Thể thao và Du lịch khẩn trương hoàn thành",
            ["Sở Giáo dục và Đào tạo", "Sở Văn hóa, Thể thao và Du lịch"],
        ),
        (
            "giao các Sở: Tài chính, Kế hoạch và Đầu tư, Công Thương rà soát",
            ["Sở Tài chính", "Sở Kế hoạch và Đầu tư", "SCT"],
        ),
        ("Giao Ban Quản lý dự án đầu tư xây dựng chủ trì", ["Ban Quản lý dự án đầu tư xây dựng"]),
        ("Văn phòng UBND tỉnh đôn đốc", ["Văn phòng UBND tỉnh"]),
        (
            "giao các sở, ngành liên quan và UBND các phường: Yên Bái, Văn Phú tăng cường",
            ["các sở, ngành liên quan", "UBND phường Yên Bái", "UBND phường Văn Phú"],
        ),
        ("Giao phòng Thanh tra chủ trì", ["phòng Thanh tra"]),
        ("P.KT chủ trì, kết hợp P.KD lập phương án giảm tổn thất", ["P.KT"]),
        ("Giao TT.CNTT rà soát hồ sơ", ["TT.CNTT"]),
    ],
)
def test_units_the_roster_lacks_keep_their_words(text, lead, directory):
    assert parts(read_assignment(text, directory))[0] == lead


@pytest.mark.parametrize(
    "text",
    [
        "họp giao ban tháng 3 với các phòng",
        "rà soát việc giao đất cho Trường Đại học",
        "toàn bộ nội dung đã được UBND tỉnh giao cho Sở Công Thương tại Quyết định số 220",
        "Quyết định về việc giao dự toán kinh phí thực hiện các đề án",
        "chủ động hướng dẫn, đôn đốc, yêu cầu các đơn vị điều chỉnh thiết kế",
        "theo hướng dẫn của Cơ quan chủ trì Dự án",
    ],
)
def test_words_that_give_nobody_anything(text, directory):
    assert not read_assignment(text, directory).given


def test_all_units_of_the_agency(directory):
    found = read_assignment("Các phòng, đơn vị trực thuộc Sở nghiêm túc thực hiện", directory)
    assert (found.everyone, found.lead) == (True, [])


def test_units_given_by_another_document_are_not_inferred(directory):
    found = read_assignment("Triển khai (đơn vị chủ trì đã giao tại Quyết định số 175/QĐ-SCT)", directory)
    assert (found.elsewhere, found.given) == (True, False)


def test_an_outside_partner_does_not_lead(directory):
    found = read_assignment("Phối hợp với Sở Tài chính hoàn thiện hồ sơ", directory)
    assert parts(found) == ([], [], ["Sở Tài chính"])


def test_a_heading_of_units_only(directory):
    assert parts(heading_units("Phòng QLTM, Văn phòng Sở:", directory))[0] == ["QLTM", "VP"]
    assert not heading_units("Phòng QLTM chủ trì rà soát", directory).given


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("TTKC&XTTM", "TTKC"),
        ("Trung tâm Khuyến công", "TTKC"),
        ("p qlnl", "QLNL"),
        ("phong quan ly cong nghiep", "QLCN"),
        ("Phòng Thương mại", "QLTM"),
        ("Sở Tài chính", None),
        ("Văn phòng UBND tỉnh", None),
        ("QL", None),
        ("", None),
    ],
)
def test_codes_of_names(words, code, directory):
    assert directory.code(words) == code


@pytest.mark.parametrize(
    ("text", "lead", "cooperating"),
    [
        ("Phòng Văn hóa và Thông tin tăng thời lượng phát thanh", ["Phòng Văn hóa và Thông tin"], []),
        ("Phòng Kinh tế, Hạ tầng và Đô thị rà soát", ["Phòng Kinh tế, Hạ tầng và Đô thị"], []),
        (
            "Phòng Giáo dục và Đào tạo phối hợp Trung tâm Y tế huyện lập danh sách",
            ["Phòng Giáo dục và Đào tạo"],
            ["Trung tâm Y tế huyện"],
        ),
        ("Công an xã, Ban Chỉ huy Quân sự xã phối hợp chặt chẽ", ["Công an xã", "Ban Chỉ huy Quân sự xã"], []),
        ("Về đất đai: Sở Xây dựng thông báo cho nhà đầu tư", ["Sở Xây dựng"], []),
        ("Riêng Sở Nội vụ cung cấp số liệu", ["Sở Nội vụ"], []),
        ("UBND phường Bình Kiến, xã Tuy An Nam rà soát", ["UBND phường Bình Kiến", "UBND xã Tuy An Nam"], []),
        ("Giám đốc các Sở: Tài chính, Y tế báo cáo", ["Giám đốc Sở Tài chính", "Giám đốc Sở Y tế"], []),
        (
            "Đồng chí Lê Thị Hoa - Phó Chủ tịch UBND xã trực tiếp chỉ đạo",
            ["Đồng chí Lê Thị Hoa - Phó Chủ tịch UBND xã"],
            [],
        ),
        ("Đề nghị các tổ chức chính trị - xã hội vận động Nhân dân", ["các tổ chức chính trị - xã hội"], []),
        ("Công ty Cổ phần Bàu Sen ứng kinh phí chi trả", ["Công ty Cổ phần Bàu Sen"], []),
        ("Phòng Hành chính tổng hợp chủ trì xây dựng phương án", ["Phòng Hành chính tổng hợp"], []),
        ("Phòng Hành chính tổng hợp báo cáo kết quả quý III", ["Phòng Hành chính tổng hợp"], []),
        ("Sở Công Thương tổng hợp, báo cáo UBND tỉnh", ["SCT"], []),
        ("Phòng Hành chính quản trị sửa chữa thang máy", ["Phòng Hành chính quản trị"], []),
        ("UBND các xã, thị trấn ra quân làm thủy lợi", ["UBND các xã, thị trấn"], []),
        (
            "Ban Quản lý dự án đầu tư xây dựng công trình giao thông tỉnh lập lại tiến độ",
            ["Ban Quản lý dự án đầu tư xây dựng công trình giao thông tỉnh"],
            [],
        ),
        (
            "Công an tỉnh chủ trì phối hợp với Đồn Biên phòng Cửa Phong, Hạt Quản lý đê kiểm tra",
            ["Công an tỉnh"],
            ["Đồn Biên phòng Cửa Phong", "Hạt Quản lý đê"],
        ),
        ("Phòng Kinh tế (cơ quan thường trực) tổng hợp kết quả", ["Phòng Kinh tế"], []),
        ("Phòng Nông nghiệp: Phối hợp với Trạm Thú y tiêm phòng", ["Phòng Nông nghiệp"], ["Trạm Thú y"]),
        ("Dò tìm rò rỉ trên mạng lưới (Phòng Chống thất thoát nước thực hiện).", ["Phòng Chống thất thoát nước"], []),
        (
            "Sở Y tế lập dự toán; Sở Tài chính thẩm định, trình UBND tỉnh.",
            ["Sở Y tế", "Sở Tài chính"],
            [],
        ),
        ("Đồng ý chủ trương sửa trụ sở. Văn phòng Đảng ủy hoàn thiện hồ sơ.", ["Văn phòng Đảng ủy"], []),
        ("Định kỳ hằng quý, Thanh tra tỉnh báo cáo kết quả", ["Thanh tra tỉnh"], []),
        ("Thanh tra tỉnh thanh tra việc sử dụng đất", ["Thanh tra tỉnh"], []),
        ("Hạt Kiểm lâm huyện tuần tra rừng", ["Hạt Kiểm lâm huyện"], []),
        ("Văn phòng Đăng ký đất đai tỉnh đo đạc lại", ["Văn phòng Đăng ký đất đai tỉnh"], []),
        ("Ban Chỉ đạo chuyển đổi số tỉnh họp đánh giá", ["Ban Chỉ đạo chuyển đổi số tỉnh"], []),
        ("Đội thi công số 3 đào mương", ["Đội thi công số 3"], []),
        ("UBND phường Trần Phú dỡ bỏ lấn chiếm", ["UBND phường Trần Phú"], []),
        (
            "Trung tâm Hỗ trợ phát triển doanh nghiệp nhỏ và vừa tư vấn cho 50 doanh nghiệp",
            ["Trung tâm Hỗ trợ phát triển doanh nghiệp nhỏ và vừa"],
            [],
        ),
        ("UBND các tỉnh: Hà Nam, Nam Định rà soát", ["UBND tỉnh Hà Nam", "UBND tỉnh Nam Định"], []),
        (
            "Giao UBND thị xã Đức Phổ, các huyện: Mộ Đức, Tư Nghĩa thu hồi đất",
            ["UBND thị xã Đức Phổ", "UBND huyện Mộ Đức", "UBND huyện Tư Nghĩa"],
            [],
        ),
        ("Các đơn vị: Phòng Tư pháp, Trạm Thú y lập danh sách", ["Phòng Tư pháp", "Trạm Thú y"], []),
        ("Giao Công ty Điện lực Quảng Ngãi cắt điện", ["Công ty Điện lực Quảng Ngãi"], []),
        ("Hiệu trưởng các trường THCS, Tiểu học lập danh sách", ["Hiệu trưởng các trường THCS, Tiểu học"], []),
    ],
)
def test_names_end_where_the_verb_begins(text, lead, cooperating, directory):
    found = read_assignment(text, directory)
    assert ([ref.unit for ref in found.lead], [ref.unit for ref in found.cooperating]) == (lead, cooperating)


def test_who_only_speaks_in_a_lead_in_is_asked_nothing(directory):
    assert not addressed("Chủ tịch UBND huyện kết luận như sau:", directory).given
    assert addressed("Giám đốc Sở yêu cầu phòng QLTM thực hiện:", directory).given


def test_cells_of_a_table_name_their_units_whole(directory):
    assert parts(listed("Phòng QLTM; Đội Thu ngân", "Văn phòng Sở", directory)) == (
        ["QLTM", "Đội Thu ngân"],
        [],
        ["VP"],
    )
