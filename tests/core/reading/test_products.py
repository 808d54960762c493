import pytest

from core.reading.products import read_product


@pytest.mark.parametrize(
    ("text", "product"),
    [
        (
            "khẩn trương xây dựng kế hoạch thực hiện Đề án trình UBND tỉnh phê duyệt trước ngày 30/4/2023",
            "kế hoạch thực hiện Đề án trình UBND tỉnh phê duyệt",
        ),
        (
            "Kế hoạch triển khai Chiến lược ngành Dệt may giao phòng QLCN tham mưu",
            "Kế hoạch triển khai Chiến lược ngành Dệt may",
        ),
        ("Tổng hợp khó khăn để báo cáo UBND tỉnh xem xét, chỉ đạo", "báo cáo UBND tỉnh"),
        ("rà soát, trình Giám đốc Sở trong tháng 5", "trình Giám đốc Sở"),
        ("Báo cáo công tác chuẩn bị Tết, gửi trước ngày 26/01/2022", "Báo cáo công tác chuẩn bị Tết, gửi"),
        ("Kiện toàn Ban biên tập Sàn giao dịch thương mại điện tử", None),
        ("Phối hợp với đơn vị tư vấn báo cáo tiếp thu, giải trình và hoàn thiện các phương án quy hoạch", None),
        ("triển khai 02 Chương trình mục tiêu quốc gia đã được UBND tỉnh giao", None),
        ("thực hiện Quyết định số 117/QĐ-UBND ngày 14/02/2023 của UBND tỉnh ban hành Kế hoạch phát triển", None),
        ("hoàn thành thủ tục để làm cơ sở trình HĐND tỉnh giao vốn", None),
    ],
)
def test_products(text, product):
    assert read_product(text, None) == product
