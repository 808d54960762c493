"""What has to be handed in, and to whom."""

import re

_SUPERIOR = (
    r"(?:(?:Ủy ban nhân dân|Uỷ ban nhân dân|UBND|HĐND|Chủ tịch|Phó Chủ tịch|Thường trực|Ban Thường vụ|Tỉnh ủy|Thủ tướng|Chính phủ|Bộ|Lãnh đạo|lãnh đạo|Giám đốc|Ban Giám đốc|Sở|Thành ủy|Ban Cán sự|Văn phòng|Ban Chỉ đạo|Tổng cục|Cục)(?!\w)"
    r"|cấp (?:có )?thẩm quyền|cấp trên|cơ quan có thẩm quyền)"
)
_DOCUMENT = r"(?:kế hoạch|đề án|tờ trình|báo cáo|phương án|dự thảo|quyết định|văn bản|quy chế|chương trình|danh mục|công văn|hồ sơ|quy trình|đề cương|dự toán|thông báo|bảng tổng hợp|biểu|tham luận|nghị quyết|quy định|bài phát biểu|tài liệu|hợp đồng)"
_IS_DOCUMENT = re.compile(rf"^{_DOCUMENT}(?:\s|$)", re.IGNORECASE)
_MADE = re.compile(
    rf"(?<!của )(?:xây dựng|lập|soạn thảo|dự thảo|hoàn thành|hoàn chỉnh|tham mưu ban hành|tham mưu xây dựng|tham mưu)\s+(?:và (?:trình |)ban hành\s+)?(?P<what>(?:dự thảo\s+)?{_DOCUMENT}\b[^.;:]*)",
    re.IGNORECASE,
)
_SUBMITTED = re.compile(
    rf"(?<!giải )(?<!hương )(?<!quy )(?<!công )(?<!lộ )(?<!cơ sở )\btrình\s+(?:[^.;:,]{{0,60}}?\s)?{_SUPERIOR}"
)
_REPORTED = re.compile(
    rf"\bbáo cáo\s+(?:kết quả (?:\w+ ){{0,3}}?(?:về|cho|với)?\s*|(?:về|cho|với)\s+)?{_SUPERIOR}[\w ]*?(?=[,.;:]|\s+(?:xem xét|chỉ đạo|trước|theo|để|trong|kết quả|về|chậm)|$)",
    re.IGNORECASE,
)
_SENT = re.compile(
    r"(?:gửi|nộp)\s+(?:\w+\s+){0,2}?báo cáo[^.;:]*|báo cáo[^.;:]{0,80}?(?:gửi|về)\s+(?=trước|Sở|UBND|Văn phòng|phòng|Phòng|Ủy ban|Bộ|qua|cho)[^.;:]*|(?:tổng hợp|có văn bản|kịp thời),? báo cáo(?=\s|$)[^.;:]*",
    re.IGNORECASE,
)
_REPORT_ITEM = re.compile(r"^báo cáo\s", re.IGNORECASE)
_CITATION = re.compile(
    rf"(?:{_DOCUMENT}|chỉ thị|thông tư|nghị định|công điện|kết luận)\s+số\s+[^;:]*?(?=,\s+(?:trong đó|khẩn trương|tham mưu|đồng thời|xây dựng)|[;:]|$)",
    re.IGNORECASE,
)
_TAIL = re.compile(
    r"\s*(?:,?\s*(?:hoàn thành\s+)?(?:(?:chậm nhất|trước|trong|vào|đến|hết)\s+(?:hết\s+)?(?:ngày|tháng|quý|năm|tuần|\d)|định kỳ|theo đúng|giao )|(?:,|và) (?:phối hợp|đồng thời)|\().*$",
    re.IGNORECASE,
)


def _trimmed(words: str) -> str:
    return _TAIL.sub("", words).strip(" ,.;:–-*")[:160]


def read_product(text: str, assigned_at: int | None) -> str | None:
    """What the item wants handed in, in its own words; None where doing it is enough.

    `assigned_at` is where the clause naming the units begins: it is not searched.
    """
    words = text[:assigned_at] if assigned_at else text
    if _IS_DOCUMENT.match(words) and not re.match(r"(?i)(?:báo cáo|thông báo|dự thảo|quy định)\s", words):
        return _trimmed(re.split(r"\s+giao\s+", words)[0])
    if _REPORT_ITEM.match(words):
        return _trimmed(words)
    plain = _CITATION.sub(lambda match: "\x00" * len(match[0]), words)
    submitted = _SUBMITTED.search(plain)
    if match := _MADE.search(plain):
        if submitted and match.start() < submitted.start():
            return _trimmed(words[match.start("what") : max(match.end(), submitted.end())])
        return (
            _trimmed(words[match.start("what") : match.end("what")])
            if not re.match(r"(?i)hoàn (?:thành|chỉnh)", match[0])
            else None
        )
    if submitted:
        return _trimmed(words[submitted.start() : submitted.end()])
    for pattern in (_REPORTED, _SENT):
        if match := pattern.search(plain):
            return _trimmed(words[match.start() : match.end()])
    return None
