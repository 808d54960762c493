"""Telling directives from assessments, descriptions and lead-ins."""

import re
from dataclasses import dataclass

from core.reading.vocabulary import PREDICATE
from core.text import flat

BACKGROUND = re.compile(
    r"^(?:(?:ve )?(?:danh gia|muc dich|quan diem|muc tieu chung|pham vi dieu chinh|doi tuong ap dung|ket qua|tinh hinh|ton tai|han che|nguyen nhan|thanh phan|noi dung (?:cuoc hop|bao cao|lam viec)|dien bien|y kien (?:tham gia|phat bieu|thao luan)|thoi gian|dia diem|nhan xet)|uu diem|khuyet diem|nhung ket qua)\b"
)
_DESCRIPTION = re.compile(r"^(?:noi dung|thanh phan|thoi gian|dia diem|hinh thuc|ho so|thoi han)(?: [^:.;]{0,30})?:")
_FIGURES = re.compile(r"\d\s*%|so với (?:cùng kỳ|tháng|năm|quý|kế hoạch)|cùng kỳ năm trước|ước đạt|đạt \d")
_PAST = re.compile(
    r"\bđã (?:bám sát|cơ bản|hoàn thành|tích cực|nỗ lực|triển khai|chủ động|có nhiều|tập trung|đạt|thực hiện|kịp thời|quan tâm)|[Tt]uy nhiên|[Nn]guyên nhân|còn (?:chậm|hạn chế|thấp|nhiều)|hoan nghênh|biểu dương|đánh giá cao|ghi nhận"
)
_OPENS_PAST = re.compile(
    r"^(?:Trong (?:tháng|quý|năm|thời gian qua|những tháng|0?\d+ tháng)|Thời gian qua|Vừa qua|Qua |Về (?:kết quả|tình hình|thương mại|công nghiệp)|Kết quả|Tình hình|Nhìn chung|Cơ bản|Hiện nay|Ngày \d)"
)
_SANCTION = re.compile(r"\b[Qq]uá \d+ (?:tháng|ngày)\b|\bsẽ (?:tổng hợp|xử lý|xem xét|báo cáo|thu hồi)")
IMPERATIVE = re.compile(
    r"^(?:[Tt]iếp tục|[Kk]hẩn trương|[Cc]hủ động|[Tt]ích cực|[Kk]ịp thời|[Tt]ập trung|[Tt]ăng cường|[Đđ]ẩy mạnh|[Nn]âng cao|[Tt]riển khai|[Tt]ổ chức|[Tt]hực hiện|[Tt]ham mưu|[Tt]ổng hợp|[Rr]à soát|[Pp]hối hợp|[Cc]hủ trì|[Xx]ây dựng"
    r"|[Hh]oàn (?:thành|thiện|chỉnh)|[Kk]iện toàn|[Bb]áo cáo|[Đđ]ôn đốc|[Kk]iểm tra|[Tt]heo dõi|[Hh]ướng dẫn|[Đđ]ề xuất|[Nn]ghiên cứu|[Bb]ố trí|[Cc]huẩn bị|[Ll]ập|[Tt]rình|[Gg]iao|[Yy]êu cầu|[Đđ]ề nghị|[Pp]hân công|[Qq]uán triệt|[Bb]ám sát"
    r"|[Tt]hường xuyên|[Đđ]ịnh kỳ|[Kk]hắc phục|[Xx]ử lý|[Gg]iải quyết|[Tt]háo gỡ|[Đđ]ảm bảo|[Bb]ảo đảm|[Cc]hỉ đạo|[Ss]oạn thảo|[Dd]ự thảo|[Bb]an hành|[Cc]ung cấp|[Gg]ửi|[Nn]ộp|[Ll]àm việc|[Tt]ham gia|[Cc]hấp hành|[Tt]uyên truyền|[Cc]ập nhật|[Tt]hẩm định"
    r"|[Đđ]ánh giá|[Tt]hống kê|[Cc]ử|[Ss]ắp xếp|[Rr]út kinh nghiệm|[Qq]uan tâm|[Cc]ần|[Pp]hải|[Ss]ớm|[Nn]hất trí|[Tt]hống nhất|[Đđ]ồng ý|[Nn]hanh chóng|[Qq]uyết liệt|[Tt]hành lập|[Mm]ở |[Vv]ận động|[Ll]àm tốt|[Ss]ử dụng|[Tt]iết kiệm|[Đđ]ẩy nhanh|[Tt]iếp thu|[Cc]ông khai|[Cc]ông bố|[Đđ]ăng ký|[Hh]ỗ trợ|[Kk]hảo sát|[Kk]hai thác|[Gg]iám sát|[Hh]ạn chế|[Nn]ắm|[Pp]hát huy|[Tt]ranh thủ|[Tt]hông báo|[Ll]ưu ý|[Dd]uy trì|[Vv]ận hành|[Tt]ính toán)(?!\w)"
)
_APPROVES = re.compile(
    r"(?:(?:Cơ bản|Về cơ bản,?|Hoàn toàn) )?(?:[Nn]hất trí|[Tt]hống nhất(?! (?:với [^.;]{3,60}? )?(?:trình|báo cáo|phương án|triển khai)\b)|[Đđ]ồng ý|[Cc]hấp thuận|[Cc]ho phép|[Gg]hi nhận|[Bb]iểu dương|[Hh]oan nghênh|[Đđ]ánh giá cao|[Pp]hê bình|[Kk]hen ngợi|[Cc]ảm ơn)(?!\w)"
)
_VERB = re.compile(PREDICATE)
_ANNOUNCES = re.compile(
    r"(?:nhiệm vụ|nội dung|công việc|giải pháp|việc|nhiệm vụ trọng tâm)[^.;]{0,40}(?:sau|như sau|sau đây|cụ thể)\s*:?$|(?:trong đó|cụ thể|như sau|sau đây|lưu ý|chịu trách nhiệm|yêu cầu|chỉ đạo|có ý kiến)[^.;]{0,25}:$",
)


_FUNCTION = re.compile(
    r"(?:có|là|biểu dương|phê bình|cho phép|được|đã|không|chưa|đang|trong|tại|với|cùng|trước|để|nhằm|sẽ|hàng|hằng|theo|căn cứ|kết luận|có ý kiến"
    r"|tình hình|kết quả|trên cơ sở|xong|đúng|vào|đề ra|(?:chậm|muộn|trễ) nhất)(?!\w)"
)


_CITED = re.compile(r"(?:Quyết định|Thông báo|Báo cáo|Hướng dẫn|Kết luận|Kế hoạch) số:? ?\d")
"""A paper by its number, whose kind is also a verb."""


def is_imperative(text: str) -> bool:
    """Whether an entry begins with what is to be done."""
    if _CITED.match(text):
        return False
    lower = text[:1].lower() + text[1:]
    return bool(IMPERATIVE.match(text)) or bool(_VERB.match(lower) and not _FUNCTION.match(lower))


def is_approval(text: str) -> bool:
    """Whether an entry begins by approving, praising or blaming, which by itself asks for nothing."""
    return bool(_APPROVES.match(text))


def is_background(heading: str) -> bool:
    """Whether a heading opens an assessment."""
    return bool(BACKGROUND.match(flat(heading)))


def is_description(text: str) -> bool:
    """Whether an entry only describes the one before it."""
    return bool(_DESCRIPTION.match(flat(text)))


def is_sanction(text: str) -> bool:
    """Whether an entry says what the issuer will do to those who fail."""
    return bool(_SANCTION.search(text)) and not re.search(r"\b(?:[Gg]iao|[Yy]êu cầu)\s", text)


def is_assessment(text: str) -> bool:
    """Whether an entry looks back: figures, praise and shortcomings."""
    if IMPERATIVE.match(text):
        return False
    signs = len(_FIGURES.findall(text)) + len(_PAST.findall(text))
    return (
        signs >= 2
        or (signs >= 1 and bool(_OPENS_PAST.match(text)))
        or bool(_OPENS_PAST.match(text) and " giao " not in text and len(text) > 200)
    )


def announces(text: str) -> bool:
    """Whether a lead-in announces directives."""
    return bool(_ANNOUNCES.search(text.strip()))


def asks(text: str) -> bool:
    """Whether a lead-in is the issuer's own: it concludes, directs or demands."""
    return bool(re.search(r"(?:kết luận|chỉ đạo|yêu cầu|giao nhiệm vụ|phân công|đề nghị)[^.;]{0,60}:?$", text.strip()))


@dataclass(frozen=True, slots=True)
class Part:
    """One of several directives listed inside an item as (1), (2)."""

    label: str
    text: str
    start: int
    end: int


_LISTED = re.compile(r"\((\d{1,2})\)\s*")


def inner_parts(text: str) -> list[Part]:
    """The directives listed as (1), (2) inside an item, only where every one names a unit to do it."""
    marks = list(_LISTED.finditer(text))
    if len(marks) < 2 or [int(mark[1]) for mark in marks] != list(range(1, len(marks) + 1)):
        return []
    parts: list[Part] = []
    for index, mark in enumerate(marks):
        end = marks[index + 1].start() if index + 1 < len(marks) else len(text)
        if index + 1 == len(marks):
            end = _sentence_end(text, mark.end())
        words = text[mark.end() : end].strip(" ;.,")
        words = re.sub(r"[;,]?\s+và$", "", words)
        parts.append(Part(mark[1], words, mark.start(), end))
    return parts if all(re.search(r"\bgiao (?!ban|đất|dịch|thông)", part.text) for part in parts) else []


def _sentence_end(text: str, start: int) -> int:
    depth = 0
    for index in range(start, len(text)):
        depth += {"(": 1, ")": -1}.get(text[index], 0)
        if depth < 0 or text[index] == ";":
            return index
    return len(text)
