"""Whom a product or a report goes to."""

import re

from core.reading.directory import Directory
from core.reading.units import Mentions
from core.text import clean

_TOWARDS = re.compile(
    r"(?<![Cc]hương )(?<!giải )(?<!quy )(?<!công )(?<!lộ )(?<!quá )(?:trình|[Bb]áo cáo(?: (?:kết quả|nhanh|tổng hợp))?|[Gg]ửi(?: báo cáo(?: kết quả)?)?|[Nn]ộp(?: báo cáo)?|[Tt]ham mưu)(?: (?:về|cho|với))? (?=\S)"
)
_ABOVE = re.compile(
    r"(?:Thủ tướng Chính phủ|Chính phủ|Quốc hội|Bộ Chính trị|Ban Bí thư|(?:[Ll]ãnh đạo|Ban Giám đốc|Giám đốc|Chủ tịch|Bộ trưởng|Cục trưởng|Hiệu trưởng|Bí thư)(?: (?:UBND|Sở|Cục|Bộ|Ban|Công ty|Tỉnh ủy|tỉnh|huyện|xã))*|[Cc]ấp (?:có )?thẩm quyền)(?!\w)"
)


def read_recipient(text: str, directory: Directory) -> str | None:
    """Whom the item wants its product or report sent to, in its own words; None where it does not say."""
    mentions = Mentions(text, directory)
    for match in _TOWARDS.finditer(text):
        refs, _ = mentions.units(match.end())
        if refs and refs[0].kind in {"known", "named"}:
            return clean(text[match.end() : mentions.first_end(match.end())]).strip(" ,.;:")
        if above := _ABOVE.match(text, match.end()):
            return clean(above[0])
    return None
