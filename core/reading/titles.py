"""A directive's name on a phone: its own words, shortened at word ends."""

import re

from core.reading.references import cited, short_citation
from core.reading.vocabulary import PREDICATE
from core.text import clean

LONGEST = 42
_SPOKEN = (
    ("thương mại điện tử", "TMĐT"),
    ("mục tiêu quốc gia", "MTQG"),
    ("phát triển kinh tế - xã hội", "phát triển KT-XH"),
    ("Ủy ban nhân dân", "UBND"),
)
_TOGETHER = re.compile(
    rf"^(?:[Cc]hủ trì,? ?)?[Pp]hối hợp(?: chặt chẽ)? (?:với|cùng) .{{4,160}}?(?:(?<=\w) |, )(?={PREDICATE} (?!tư|hoạch))"
)
_CITATION_TAIL = re.compile(
    r"^(?:/[\w/.-]+|-[\w/.-]+)?(?:\s+ngày\s+\d{1,2}[/.-]\d{1,2}[/.-]\d{4})?(?:\s+của\s+(?:[A-ZĐÀ-Ỹ][\wÀ-ỹ]*|tỉnh|nhân dân)(?:\s+(?:[A-ZĐÀ-Ỹ][\wÀ-ỹ]*|tỉnh))*)?"
)
_LEAD = re.compile(
    r"^(?:(?:tiếp tục|khẩn trương|chủ động|tích cực|kịp thời|nghiêm túc|toàn diện|có hiệu quả|hiệu quả|có chất lượng|tập trung|nhanh chóng|đẩy mạnh|tăng cường|thường xuyên|quyết liệt"
    r"|đúng (?:thời gian|thời hạn|tiến độ)(?: quy định)?|tham mưu|tổ chức|triển khai,? thực hiện|triển khai|thực hiện|xây dựng|trong đó|cần|phải|và|để|cùng|nhằm|toàn bộ|các|những)\s*,?\s+)+",
    re.IGNORECASE,
)
_MANNER = re.compile(
    r"^(?:nghiêm|tốt|đầy đủ|đồng bộ|chặt chẽ|đúng|thành công)\b(?! hạn)",
    re.IGNORECASE,
)
"""How something is done, which says nothing without what is done."""
_FOR_SUBJECT = re.compile(
    r"^(?:(?:QĐ|KH|CV|TB|CT|NQ|TT|NĐ|VB|CĐ|KL|CTr) \d+\s*,?\s*)(?:(?:về việc|về|hướng dẫn(?: về)?|ban hành|quy định(?: về)?|phê duyệt)\s+)(?=\S.{12})",
    re.IGNORECASE,
)
_SUBMITTED = re.compile(r"\s+trình\s(?=UBND|HĐND|Chủ tịch|Thủ tướng|Bộ|Tỉnh ủy|Giám đốc|cấp|Lãnh đạo).*$")
_NAMED = re.compile(
    r"\b(Chương trình|Đề án|Dự án|Chiến lược|Quy hoạch|Kế hoạch|Nghị quyết) (?!số|này|trên|công tác)([a-zà-ỹđ][^,;:.()]{8,80}?)"
    r"(?= (?:năm|giai đoạn|đến năm|quốc gia|trên địa bàn|của|đã|do|theo)\b|[,;:.()]|$)"
)
_TELLING = 14
"""Characters a title needs to tell anything."""
_TAIL = re.compile(
    r"(?:[\s,.;:–-]|\b(?:và|về|của|cho|để|các|những|theo|tại|với|trên|trong|do|là|có|từ|thuộc|được|đã|nhằm|ý|(?<!giải )(?<!chương )trình|đến|ở|bằng|số))+$"
)

# a name or a verb that the cut left half: "của Giám", "và hoàn"
_CUT = re.compile(r"(?<=.{20})\s+(?:của|và|tại|về|cho|với)\s+\S+$")


def _without_citations(text: str) -> str:
    parts: list[str] = []
    position = 0
    for match in cited(text):
        if match.start() < position:
            continue
        tail = _CITATION_TAIL.match(text[match.end() :])
        parts += [text[position : match.start()], short_citation(match)]
        position = match.end() + (tail.end() if tail else 0)
    return "".join(parts) + text[position:]


def _spoken(text: str) -> str:
    for long, short in _SPOKEN:
        text = text.replace(long, short)
    return text


def short_title(text: str, product: str | None = None) -> str:
    """At most `LONGEST` characters that tell one directive from its neighbours; its product's name where it has one."""
    made = bool(product) and not re.match(r"(?i)(?:báo cáo|trình|gửi|nộp|tổng hợp)\s", product or "")
    words = clean(_without_citations(product if made and product else text))
    words = _spoken(words).lstrip(" ,;:.–-")
    words = _LEAD.sub("", _TOGETHER.sub("", _LEAD.sub("", words)))
    words = _LEAD.sub("", _FOR_SUBJECT.sub("", words)) or clean(text)
    if _MANNER.match(words):
        words = f"Thực hiện {words[:1].lower()}{words[1:]}"
    words = re.sub(r"(?i)^kế hoạch (?:triển khai )?(?:thực hiện )?", "KH ", words)
    if len(short := _SUBMITTED.sub("", words)) < _TELLING and (named := _NAMED.search(_spoken(text))) is not None:
        words = f"{short}, {named[1]} {named[2]}"
    words = (
        re.split(
            r"[:;(]|\.\s|,\s+(?:trong đó|để)\s|(?<=.{14})\s+(?:đã )?được\s+(?:UBND|giao)|(?<=.{20})(?<!giải)(?<![Cc]hương)\s+trình\s|\s+giao\s+phòng",
            words,
        )[0].strip()
        or words
    )
    if len(words) > LONGEST:
        words = _CUT.sub("", words[: LONGEST + 1].rsplit(" ", 1)[0][:LONGEST])
    words = _TAIL.sub("", words) or words
    return words[:1].upper() + words[1:] or clean(text)[:LONGEST]
