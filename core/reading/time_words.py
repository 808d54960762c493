"""The words notices set dates with, and the dates in them that are no deadlines."""

import re

ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4, "01": 1, "02": 2, "03": 3, "04": 4}
WEEKDAYS = {"hai": 1, "2": 1, "ba": 2, "3": 2, "tư": 3, "4": 3, "năm": 4, "5": 4, "sáu": 5, "6": 5, "bảy": 6, "7": 6}
_DATE = r"(?P<d>\d{1,2})\s*(?:[/.-]\s*(?P<m>\d{1,2})(?!\d|\s*%)(?:\s*[/.-]\s*(?P<y>\d{4}|\d{2})(?!\d))?|\s+tháng\s+(?P<m2>\d{1,2})(?:\s*(?:năm|/)\s*(?P<y2>\d{4}))?)"
_TIME = r"(?P<h>\d{1,2})\s*(?:giờ|h|g|:)\s*(?P<min>\d{2})?(?:\s*(?:phút|['’]))?(?:\s*(?:sáng|chiều|tối))?"
_DONE = r"(?:(?:thời gian|thời hạn)\s*(?:thực hiện|hoàn thành)?\s*:?\s*)?(?:(?:hoàn thành|xong|hoàn tất)\s*,?\s*)?"
_CUE = r"(?P<cue>(?:chậm nhất|muộn nhất|trễ nhất)(?:\s*(?:là|vào|đến|trước|trong))*|(?:trước(?:\s+thời điểm)?|không quá|không muộn hơn|không chậm (?:quá|hơn))(?:\s+hết)?|(?:đến|tới)(?:\s+hết)?|(?:hạn(?: chót| cuối| cuối cùng)?|thời hạn)\s*(?:là|đến|:)?|hết|vào|trong)"
_MONTH = r"(?:các )?t?háng\s*(?P<m>\d{1,2})(?:\s*(?:/|năm)\s*(?P<y>\d{4}))?(?!\s*(?:/|\d))"
_WEEKDAY = r"(?:thứ\s+(?:hai|ba|tư|năm|sáu|bảy|[2-7])\s*[,(]?\s*(?:ngày\s*)?)?"
QUARTER_WORDS = r"quý\s*(?P<q>IV|I{1,3}|0?[1-4])(?![\w])(?:\s*(?:/|-|năm)?\s*(?P<y>\d{4}))?"
_EVERY = r"(?:hàng|hằng|mỗi)\s*"
_PERIOD = r"(?P<period>ngày|tuần|tháng|quý|6 tháng|06 tháng|sáu tháng|năm)"
IGNORE = re.IGNORECASE

EXACT = re.compile(
    rf"{_DONE}{_CUE}\s*(?:{_TIME}\s*,?\s*)?(?:hết\s+)?(?:ngày|tháng(?=\s*\d{{1,2}}/\d{{1,2}}/\d))?\s*{_WEEKDAY}{_DATE}",
    IGNORE,
)
TIMED = re.compile(rf"{_DONE}{_CUE}\s*{_TIME}\s*,?\s*(?:ngày\s*)?{_WEEKDAY}{_DATE}", IGNORE)
BARE = re.compile(
    rf"(?:thời gian (?:thực hiện|hoàn thành)|thời gian(?=\s*:)|hoàn thành|thời hạn|hạn)\s*:?\s*(?:vào\s*)?(?:ngày)?\s*{_DATE}",
    IGNORE,
)
ON_DAY = re.compile(rf"(?:trong|vào|gửi|nộp|báo cáo)\s+ngày\s*{_DATE}", IGNORE)
MONTH = re.compile(
    rf"{_DONE}(?P<cue>(?:chậm nhất\s+)?(?:ngay\s+)?t?trong|chậm nhất|(?:đến\s+)?hết|cuối|đầu|trước|(?:thời hạn|hạn(?: chót| cuối(?: cùng)?)?|thời gian)(?: (?:thực hiện|hoàn thành))?\s*:(?:\s*(?:trong|đến hết|hết))?|(?:hoàn thành|xong)\s*:?|từ(?=\s+t?háng\s*\d{{1,2}}(?:/\d{{4}})?\s*(?:đến|-|–)\s*t?háng))\s+{_MONTH}(?:\s*(?:và|đến|,|-)\s*(?:tháng\s*)?(?P<m9>\d{{1,2}})\s*/\s*(?P<y9>\d{{4}}))?",
    IGNORE,
)
QUARTER_DAY = re.compile(
    rf"(?:(?P<strict>trước)\s+)?(?:ngày\s+)?(?P<d>\d{{1,2}})\s+(?:của\s+)?tháng\s+(?:đầu|cuối|thứ\s+\w+)\s+(?:của\s+)?(?:{_EVERY})?quý",
    IGNORE,
)
YEAR_DAY = re.compile(rf"(?:trước\s+|vào\s+|chậm nhất\s+)*(?:ngày\s+)?{_DATE}\s*,?\s*(?:{_EVERY}|của )năm", IGNORE)
QUARTER = re.compile(
    rf"{_DONE}(?P<cue>(?:chậm nhất\s+)?(?:ngay\s+)?trong|chậm nhất|(?:đến\s+)?hết|cuối|đầu|trước|(?:thời hạn|hạn(?: chót| cuối(?: cùng)?)?|thời gian)(?: (?:thực hiện|hoàn thành))?\s*:(?:\s*(?:trong|đến hết|hết))?|(?:hoàn thành|xong)\s*:?|từ(?=\s+quý\s*\w+(?:/\d{{4}})?\s*(?:đến|-|–)\s*quý))\s+{QUARTER_WORDS}(?:\s*(?:,|và|đến|-|–)\s*(?:quý\s*)?(?P<q9>IV|I{{1,3}}|0?[1-4])(?!\w)(?:\s*(?:/|-|năm)?\s*(?P<y9>\d{{4}}))?)?",
    IGNORE,
)
HALF = re.compile(
    rf"{_DONE}(?P<cue>trong|hết)\s+(?:6|06|sáu) tháng (?P<half>đầu|cuối) năm(?:\s*(?P<y>\d{{4}}))?", IGNORE
)
YEAR = re.compile(
    rf"{_DONE}(?:(?P<cue>trong|cuối)|(?<=hoàn thành )(?:đến\s+)?hết|(?<=xong )(?:đến\s+)?hết|(?<=thành trong )|(?<=hoàn thành )(?:trong )?)\s*năm\s+(?P<y>20\d\d)(?!\s*[-–])",
    IGNORE,
)
BARE_MONTH = re.compile(rf"(?:\(|:\s*|;\s*|^)(?P<text>{_MONTH})\s*\)?[.;]?$", IGNORE)
WEEK = re.compile(rf"{_DONE}trong tuần(?: (?P<which>này|sau|tới|đến))?(?!\s+(?:và|lũy|làm việc))", IGNORE)
WITHIN = re.compile(
    rf"{_DONE}(?:trong|sau) (?:thời hạn|vòng|thời gian)?\s*(?P<n>\d{{1,3}})\s*(?P<unit>ngày làm việc|ngày|tuần|tháng)(?:,?\s*(?:kể )?từ (?:khi|ngày|thời điểm)?\s*(?P<since>[^.;:)]{{3,80}}))?",
    IGNORE,
)
AFTER_EVENT = re.compile(
    r"(?<![\w])ngay sau (?:kỳ nghỉ Tết|kỳ nghỉ lễ|Tết[^.,;]{0,20}|cuộc họp|hội nghị|khi [^.,;]{5,60})", IGNORE
)
RECURRING = re.compile(
    rf"(?:định kỳ,?\s*)?(?:(?:chậm nhất\s+|trước\s+|vào\s+)*(?:{_TIME}\s*,?\s*)?(?:ngày\s+)?(?:(?P<d>\d{{1,2}})|thứ\s+(?P<wd>hai|ba|tư|năm|sáu|bảy|[2-7])|(?P<last>cuối))?\s*,?\s*)?{_EVERY}{_PERIOD}"
    rf"(?:,?\s*(?:chậm nhất\s+|trước\s+|vào\s+)+(?:{_TIME.replace('<h>', '<h2>').replace('<min>', '<min2>')}\s*,?\s*)?(?:ngày\s+)?(?:thứ\s+(?P<wd2>hai|ba|tư|năm|sáu|bảy|[2-7])|(?P<d2>\d{{1,2}})(?!\s*(?:[/.\d]|giờ|h\b|g\b)))?)?",
    IGNORE,
)
PERIODIC = re.compile(
    r"(?:(?P<n2>\d{1,2})\s*(?P<unit2>tháng|tuần|ngày)\s*(?:/\s*(?:0?1|một)?\s*lần|(?:0?1|một) lần))|định kỳ\s*(?:(?P<n>\d{1,2})\s*(?P<unit>tháng|tuần|ngày)(?:\s*/?\s*(?:1|một)?\s*lần)?|(?P<word>quý|tháng|tuần|năm|ngày))",
    IGNORE,
)
REFERENCE = re.compile(
    r"(?:theo )?đúng (?:thời gian|thời hạn)(?: (?:quy định|yêu cầu|được giao|đã đề ra|đã giao))?(?! mức)", IGNORE
)
STANDING = re.compile(
    r"^thường xuyên(?=\W)|(?:[:(;]|thời gian(?: thực hiện)?:?)\s*(?P<text>thường xuyên)\s*\)?[.;]?\s*$|\bvà (?P<text2>thường xuyên)\s*[.;)]?\s*$",
    IGNORE,
)

ANOTHER = re.compile(r"\s*(?:và|,)\s*(?:trước\s+)?(?:ngày\s*)?\d{1,2}(?:[/.-]\d{1,2}|\s+tháng\s+\d)", IGNORE)
"""A second date right behind the first."""
SLIPS = (
    (re.compile(r"(?<!\w)tr(?:ươc|uớc|ưóc|uơc|ứơc|ưởc)(?!\w)", IGNORE), lambda _: "trước"),
    (
        re.compile(r"(?<![\w/])(?=[lIOo\d/.-]*\d)[lIOo\d]{1,2}[/.-][lIOo\d]{1,2}(?:[/.-][lIOo\d]{4})?(?![\w/])"),
        lambda match: match[0].translate(str.maketrans("lIOo", "1100")),
    ),
)
"""What scans make of dates, and how it is meant; as long as what it stands for."""
VEILS = (
    re.compile(r"từ ngày\s*\d{1,2}[/.-]\d{1,2}(?:[/.-]\d{2,4})?|từ ngày\s*\d{1,2}(?=\s*(?:đến|tới|-|–))", IGNORE),
    re.compile(
        r"(?<!\w)(?:vụ|mùa|cấm|nghỉ)\s[^.;:()]{0,40}?từ\s+(?:ngày\s*)?\d{1,2}[/.-]\d{1,2}(?:[/.-]\d{2,4})?\s*(?:đến|-|–)\s*(?:hết\s+)?(?:ngày\s*)?\d{1,2}[/.-]\d{1,2}(?:[/.-]\d{2,4})?",
        IGNORE,
    ),
    re.compile(r"(?:số|Số)\s*:?\s*\d+[\w/&.–-]*(?:\s*,)?\s*ngày\s*\d{1,2}[/.-]\d{1,2}[/.-]\d{4}"),
    re.compile(r"\(\s*nhằm[^)]*\)", IGNORE),
    re.compile(
        r"(?:hết hạn|hết hiệu lực|áp dụng|kéo dài|hiệu lực)\s[^.;:()]{0,40}?\d{1,2}[/.-]\d{1,2}(?:[/.-]\d{2,4})?(?:\s*(?:đến|tới)(?: hết)?(?: ngày)?\s*\d{1,2}[/.-]\d{1,2}(?:[/.-]\d{2,4})?)?",
        IGNORE,
    ),
    re.compile(
        r"(?:chuẩn bị|phục vụ|tham dự|phát biểu|tham luận)\s[^.;:]{0,100}?(?:vào|trong)\s+ngày\s*\d{1,2}[/.-]\d{1,2}(?:[/.-]\d{2,4})?",
        IGNORE,
    ),
    re.compile(
        r"(?:[Bb]áo cáo|[Tt]ờ trình|[Cc]ông văn|[Vv]ăn bản|[Tt]hông báo|[Qq]uyết định|[Kk]ế hoạch)\s+ngày\s*\d{1,2}[/.-]\d{1,2}[/.-]\d{4}\s+của"
    ),
    re.compile(
        r"(?:vào lúc|dự kiến|kể từ ngày|tính đến|tính từ|quá \d+ (?:tháng|ngày)|(?:có )?hiệu lực|kết thúc vào|họp|diễn ra|khai mạc)\s[^.;:()]{0,60}?\d{1,2}[/.-]\d{1,2}(?:[/.-]\d{2,4})?",
        IGNORE,
    ),
    re.compile(r"dự kiến[^.;:()]{0,60}?(?:tháng|quý|năm) [\dIVX]+(?:[/\s]+(?:năm )?\d{4})?", IGNORE),
    re.compile(r"(?:tầm nhìn )?(?:đến|tới) năm 20\d\d|giai đoạn\s*20\d\d\s*[-–]\s*20\d\d", IGNORE),
    re.compile(
        r"(?:chỉ tiêu|mục tiêu|kế hoạch|dự toán|kết quả|tình hình|số liệu|hội nghị|thu nhập) (?:\w+ ){0,2}(?:hàng|hằng) (?:năm|tháng|quý|tuần)",
        IGNORE,
    ),
    re.compile(
        r"(?:khối lượng|phát sinh|kết quả|tình hình|đột xuất|so với|công tác|số liệu)[\w ,]{0,20} trong (?:tuần|tháng|quý|năm)(?: (?:\d{1,2}|[IV]{1,3})(?:\s*(?:/|năm)\s*\d{4})?(?= [a-zđà-ỹ])|(?! (?:\d|[IV])))",
        IGNORE,
    ),
    re.compile(r"24/24 giờ|1/500|trước, trong và sau", IGNORE),
)
