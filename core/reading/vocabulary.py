"""The words that begin units' names, that stand inside them, and that end them."""

import re

# À-Ỹ would hold small letters as well: the alphabet's letters stand in pairs
UPPER = "A-ZÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬĐÈÉẺẼẸÊỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢÙÚỦŨỤƯỪỨỬỮỰỲÝỶỸỴ"
LOWER = UPPER.replace("A-Z", "a-z").lower()

_VERBS = """
(?:căn cứ|theo) (?:chức năng|thẩm quyền|quy định|nhiệm vụ|tình hình|nội dung|đề nghị|phạm vi)|chủ trì|chủ động|phối hợp|tham mưu
triển khai|tổ chức|thực hiện|theo dõi|chịu trách nhiệm|có trách nhiệm|khẩn trương|tiếp tục|tập trung|rà soát|tổng hợp|báo cáo
hướng dẫn|kiểm tra|đôn đốc|nghiên cứu|đề xuất|chỉ đạo|tăng cường|đẩy mạnh|đẩy nhanh|phân công|bố trí|cần|phải|tích cực|kịp thời
thường xuyên|quán triệt|nghiêm túc|nâng cao|làm việc|liên hệ|cung cấp|chuẩn bị|hoàn thành|hoàn thiện|hoàn chỉnh|hoàn tất|tìm kiếm|(?<![Đđ]ộc )(?<!công )(?<!dân )lập
(?<![Cc]hương )(?<!giải )(?<!quy )(?<!công )(?<!lộ )trình|gửi|xem xét|xử lý|giải quyết|thông báo|ban hành|đảm bảo|bảo đảm|bám sát
sớm|(?<![Vv]iệc )làm|là|đầu mối|nộp|(?<![Bb]ầu )cử|có|hỗ trợ|tham gia|dự thảo|soạn thảo|thẩm định|thẩm tra|đăng ký|đánh giá|thống kê|tuyên truyền|tháo gỡ
giám sát|vận động|quyết liệt|nhanh chóng|ngay|trước|trong|để|nhằm|tại|với|cùng|kết hợp|đề nghị|yêu cầu|xác định|xác minh|xác nhận
lựa chọn|cân đối|tính toán|khắc phục|điều chỉnh|cập nhật|công bố|công khai|khảo sát|nắm|phát huy|duy trì|vận hành|quyết định
tăng(?! trưởng)|giảm(?! nghèo| phát)|cấp (?:kinh phí|phát|đủ|giấy|phép|mới)|kêu gọi|sơ tán|kiểm đếm|kiểm kê|kiểm soát|tạo điều kiện|(?<!đào )(?<!Đào )tạo|phân luồng|sàng lọc
phân tích|phân bổ|bàn giao|tiếp nhận|tiếp thu|tiếp thụ|tiếp cận|trả lời|huy động|lồng ghép|ưu tiên|phê duyệt|cho ý kiến|được|đã|sẽ
(?<![Hh]àng )(?<![Pp]hòng )không|chưa|đang|thống nhất|lưu ý|phát hiện|phát động|phát hành|phát tin|phát triển|(?<![Đđ]ăng )ký|tuyển|chấn chỉnh|chấm dứt|thu hồi|kiến nghị
tham dự|tiến hành|phản ánh|trực tiếp|giải ngân|tạm ứng|thanh toán|quyết toán|khôi phục|ứng phó|ngăn chặn|đấu tranh|điều tra
thu thập|ứng(?= kinh phí| vốn| trước)|chi trả|truy thu|truy quét|kê khai|quản lý(?= chặt| tốt| việc)|sử dụng|bảo vệ(?= an| tuyệt)|(?<![Nn]uôi )(?<!cây )trồng|chăm sóc|thay thế|phục vụ(?= tốt| kịp)|chia sẻ|kết nối|lấy ý kiến|thúc đẩy|mở|nạo vét|tập huấn|bồi dưỡng|cải thiện|chăm lo|thăm|tặng|tận dụng|tranh thủ
hạn chế|chấp hành|tuân thủ|giữ vững|nêu cao|siết chặt|kiện toàn|sắp xếp|bổ sung|sửa đổi|xin|dành|đưa|lãnh đạo,? chỉ đạo|mời|mua sắm
rút kinh nghiệm|tiết kiệm|thành lập|thí điểm|nhân rộng|khai thác|quản lý chặt|tham vấn|thuê|in ấn|niêm yết|ghi nhận|kết luận
sửa chữa|ra (?:quân|văn bản|thông báo|soát)|lo (?:đủ|kinh phí|liệu)|mở (?:đợt|lớp|rộng|cao điểm)|dự(?! (?:án|phòng|toán|bị|báo|trữ|thảo|kiến))|khẳng định|lắp đặt|thi công|nghiệm thu|đón|giao(?! (?:thông|dịch|lưu|ban|thừa|nhận))|tiêm(?! chủng)
khơi thông|cắt tỉa|thu dọn|phun|tiêu hủy|tiêu huỷ|khoanh vùng|cách ly|truy vết|rút(?! gọn)|bãi bỏ|thu hút|thu gom|trao(?! đổi)|khen thưởng(?= (?:các|cho|kịp|đột))|biểu dương|phê bình|nhắc nhở|xử phạt|trao đổi
gia cố|san lấp|cải tạo|nâng cấp|mở rộng|di dời|giải tỏa|giải toả|cưỡng chế|khởi công|khánh thành|ký kết|thương thảo|đàm phán|giới thiệu|quảng bá|trưng bày|đối chiếu|đối thoại|dò tìm|rà quét|phân loại|phân định|phân cấp
phân khai|giải trình|giải thích|làm rõ|chấm điểm|số hóa(?= (?:hồ|tài|dữ|các|toàn))|số hoá(?= (?:hồ|tài|dữ|các|toàn))|nhập liệu|đồng bộ|tích hợp|triệu tập|kích hoạt|công nhận|cho phép|diễn tập|huấn luyện|luân chuyển|điều động|bổ nhiệm
tuyển chọn|tuyển dụng|sáp nhập|giải thể|chỉnh trang|chỉnh lý(?= (?:hồ|tài|bản|các|biến))|chỉnh sửa|hiệu chỉnh|đính chính|thay đổi|phấn đấu|nỗ lực|bảo trì|bảo dưỡng|bảo quản|cứu trợ|tiếp tế|chi viện|ủng hộ|quyên góp|phòng ngừa|cảnh báo|theo sát
hạch toán|trích lập|hoàn trả|miễn giảm|gia hạn|đình chỉ|tạm dừng|dừng|ngừng|thu hẹp|loại bỏ|xóa|xoá|hủy|huỷ|phổ biến|tuyên dương|vinh danh|lan tỏa|lan toả|ứng dụng(?= (?!công nghệ))|áp dụng|khuyến cáo|vận chuyển|thu xếp|dự trù|đăng tải|đưa tin|tiếp sóng
thanh tra(?= (?:việc|các|đột|toàn|công tác|trách))|góp ý|tổng kết|(?<!cuộc )(?<!kỳ )(?<!phiên )họp|bồi thường(?= (?:cho|các|theo|đúng|dứt))|đo đạc|cắt(?= (?:điện|giảm|bỏ))|phối kết hợp|dự toán(?= kinh phí)|tổng rà soát|sơ kết|cấp(?= (?:giấy|phát|bù|nước cho))|thông tin(?= (?:kịp|cho|về|đến))|khám(?= (?:sức|bệnh|cho))|chế tạo|(?<!bồi )đào(?! tạo)|vệ sinh(?= (?:thiết|sạch|khu|đường))|lãnh đạo(?= (?:tổ|chỉ|thực|triển|quán|nâng|các))|tuần tra|phát(?= (?:bản|tin|quà|sóng))|đăng(?= (?:tin|tải|ký|bài))|dỡ bỏ|dán|tư vấn(?= (?:cho|về))|sưu tầm|bám|chịu|giữ|làm tốt|phát sóng|trả(?= (?:nợ|kết|hồ|lời))|đối soát|quán xuyến|lưu trữ(?= (?:hồ|tài|các))|điều hành(?= (?:linh|chủ|tốt|các|việc|giá))|tính|nghiêm cấm|nghiêm(?! túc)|thực thi|thi hành(?= (?:nghiêm|dứt|các|bản))|hoạt động|đổi mới(?= (?:phương|công|nội|cách|hình))
có ý kiến|gắn|lấy|(?:chậm|muộn|trễ) nhất|vào|tình hình|kết quả|trên cơ sở|xong|đúng (?:tiến độ|thời hạn|quy định)|đề ra|xúc tiến|(?<![Vv]ận )(?<![Ll]uân )(?<![Dd]ịch )chuyển(?! đổi số)|định kỳ|hàng|hằng|vận dụng|khuyến khích|cam kết|thay mặt|đại diện|(?<!đầu tư )(?<!chất lượng )(?<!vật liệu )xây dựng(?! (?:và|huyện|tỉnh|thành phố|công trình|số|khu vực|@U@)| ?[,:;.)]|$)
"""
PREDICATE = rf"(?:{'|'.join(_VERBS.strip().splitlines())})(?!\w)".replace("@U@", f"[{UPPER}]")

HEAD = re.compile(
    rf"(?:(?:P|TT)\.\s?(?=[{UPPER}])"  # P.KT, P. Tổ chức
    r"|(?:Văn phòng|VP|Phòng|phòng|Trung tâm|trung tâm|TTKC|TT\.?|Tiểu ban|Ban Quản lý|Ban quản lý|BQL|Ban QL|Ban|ban(?= [A-ZĐ])|Sở|Bộ Chỉ huy|Bộ Tư lệnh|Bộ|UBND|Ủy ban|Uỷ ban|HĐND|Hội đồng"
    r"|Công an|Chi cục|Cục|Tổng cục|Vụ|Viện|Thuế|Hải quan|Kho bạc|Ngân hàng|Bảo hiểm|BHXH|Liên minh|Liên đoàn|Hội|Tỉnh đoàn|Tỉnh Đoàn|Huyện đoàn|Đoàn|Mặt trận|MTTQ|UBMTTQ|Thanh tra|Công ty|CTCP"
    r"|Tổng [Cc]ông ty|Tập đoàn|Xí nghiệp|Hợp tác xã|Bưu điện|Viễn thông|Điện lực|Đài|Báo(?= [A-ZĐ])|Trường|Học viện|Bệnh viện|Trạm|Chốt|Khoa|Thư viện|Quỹ|Hạt|Đội|Tổ(?= (?!chức\b))|Kho|Kế toán|Chủ đầu tư|chủ đầu tư"
    r"|Doanh nghiệp|Chủ tịch|Phó Chủ tịch|Bí thư|Phó Bí thư|Giám đốc|Phó Giám đốc|Thủ trưởng|Hiệu trưởng|Phó Hiệu trưởng|Trưởng|Phó Trưởng|Chánh|Phó Chánh|Người đứng đầu|Cục trưởng|Vụ trưởng|Nhà máy|Chi nhánh"
    r"|Đồn(?= [A-ZĐ])|Lữ đoàn|Trung đoàn|Tiểu đoàn|Đảng bộ|Chi bộ|Liên hiệp|Công đoàn|Tổng Giám đốc|Phó Tổng Giám đốc|Nông trường|Phân hiệu|Phân viện|Ủy viên|Uỷ viên|Thanh tra viên|Hiệp hội|Câu lạc bộ|Ban Giám hiệu|Viện trưởng|Thứ trưởng|Bộ trưởng|Tổng cục trưởng|Đội trưởng|Tổ trưởng|Chi cục trưởng|Nhà trường|Trung ương Đoàn|Quân khu|Vùng(?= [A-ZĐ])|Hội Liên hiệp|Bộ phận|Xưởng|Phân xưởng|Nhóm|Liên danh|Công chức(?= [A-ZĐ])|Cán bộ(?= [A-ZĐ])|Giáo viên chủ nhiệm|Bảo tàng|Nhà hát|Nhà văn hóa|Lâm trường|Chi đội|Tòa án|Toà án|Viện [Kk]iểm sát|Tỉnh ủy|Huyện ủy|Thành ủy|Thị ủy|Đảng ủy|Thường trực|Cảng|Vườn)(?!\w))"
)
GROUP = re.compile(
    r"(?:(?:[Cc]ác|[Tt]oàn thể|[Tt]ất cả|[Nn]hững|[Tt]ừng|[Mm]ỗi)[ \x03](?!(?:nhiệm vụ|nội dung|công việc|giải pháp|vấn đề|biện pháp|chỉ tiêu|dự án|công trình|văn bản|báo cáo|ý kiến|[Kk]hu kinh tế|[Kk]hu công nghiệp|kiến nghị|đề xuất|mục|điểm|quy định|chính sách|hoạt động|hồ sơ|thủ tục|số liệu|khoản|trường hợp|tuyến|quý|tháng|tuần|năm|ngày)\b)|(?:Thủ trưởng|Hiệu trưởng|Bí thư|Đảng ủy|Đảng uỷ|Chi bộ|Trưởng|Giám đốc|Chủ tịch UBND|Chủ tịch Ủy ban nhân dân|Lãnh đạo|UBND|Ủy ban nhân dân|Uỷ ban nhân dân|Phó Giám đốc) các "
    r"|[Cc]ấp ủy\b|[Cc]ấp uỷ\b|[Cc]ơ quan|[Đđ]ịa phương|[Đđ]ơn vị(?! (?:chủ trì|phối hợp))|ngành (?=[a-zđ])|[Cc]hính quyền địa phương|[Nn]hà thầu|[Cc]hủ rừng)"
)
FUNCTION = r"(?:và|hoặc|về|của|tại|theo|ngày|năm|tháng|quý|số|là|với|cùng|trong|ngoài|đã|được|bị|do|cho|để|thuộc|như|nêu|này|trên|nói|sẽ|đang|chưa|không|từ|đến|khi|nếu|mà|có|các|những|liên quan|khác|đó)(?!\w)"
"""Words that begin no verb."""
PLACE = r"(?:xã|phường|thị trấn|huyện|thị xã|thành phố|quận|đặc khu)"
COLLECTIVES = re.compile(
    rf"(?:các|cấp) (?:xã|phường|thị trấn|huyện|quận|thị xã|thành phố|tỉnh|đặc khu)(?:,? ?(?:,|và|/) ?(?:các )?(?:xã|phường|thị trấn|huyện|quận|thị xã|thành phố|tỉnh|đặc khu))+(?! [{UPPER}])(?:(?: trực)? thuộc [Tt]rung ương)?"
    r"|các sở,? (?:ban|ngành)(?:, (?:ban|ngành|đoàn thể))*|phong,? chong"
)

# names whose commas, dashes and "và" are their own
COMPOUND = re.compile(
    r"Văn h[óo][áa]?a?, Thể thao và Du lịch|Kế hoạch và Đầu tư|Nông nghiệp và Môi trường|Nông nghiệp và (?:Phát triển nông thôn|PTNT)|Giáo dục và Đào tạo"
    r"|Thông tin và Truyền thông|Khoa học và Công nghệ|Tài nguyên và Môi trường|Thương binh và Xã hội|Dân tộc và Tôn giáo|Xúc tiến thương mại|Khuyến công và Xúc tiến thương mại"
    r"|Phát thanh và Truyền hình|Xây dựng và [Tt]hoát nước|Công nghiệp và (?:Tiểu thủ|Thương mại)|Địa chất và Khoáng sản|Thể thao và Du lịch|Hạ tầng và Đô thị|HĐND và UBND|HĐND, UBND"
    r"|[Pp]hòng, ?[Cc]hống [^,;:.()]{3,40}?(?: và [Tt]ìm kiếm cứu nạn| và cứu nạn,? cứu hộ|(?= (?:tỉnh|huyện|xã|thành phố))|(?=[,;:.]))|[Pp]hòng cháy,? (?:và )?[Cc]hữa cháy(?: và [Cc]ứu nạn,? [Cc]ứu hộ)?"
    r"|chính trị\s*[-–]\s*xã hội(?:\s*[-–]\s*nghề nghiệp)?|kinh tế\s*[-–]\s*xã hội|Kinh tế, Hạ tầng và Đô thị|Văn hóa, Khoa học và Thông tin"
)
SIMPLE = re.compile(
    r"(?:Tài chính|Y tế|Nội vụ|Tư pháp|Công Thương|Xây dựng|Ngoại vụ|Công an|Quốc phòng|Ngoại giao|Giao thông [Vv]ận tải|Du lịch|Thanh tra|Dân tộc|Tài nguyên \x02+ Môi trường|Kế hoạch \x02+ Đầu tư|Giáo dục \x02+ Đào tạo|Khoa học \x02+ Công nghệ|Nông nghiệp \x02+ [\w ]+?|[A-ZĐ&\-]{2,12})$"
)
NOUNS = re.compile(
    r"(?:[Cc]ơ quan|[Đđ]ơn vị) (?:đầu mối(?: giao kế hoạch)?|cung cấp(?: dịch vụ)?|có liên quan|có chức năng|được giao(?: kế hoạch)?|chủ trì(?= (?:quản lý|[Dd]ự án|nhiệm vụ))|thực hiện(?= dự án))|[Cc]ác tổ chức(?! [Đđ]oàn)|vốn nhà nước tại doanh nghiệp"
)
