"""Noise that resembles notices, for fuzzing, and whether a reader invented what the noise does not say."""

from __future__ import annotations

import re
from collections.abc import Sequence

from core.documents import Document
from core.reading.model import KnownAgency, KnownUnit
from core.text import fold

AGENCY = KnownAgency(
    "SCT",
    "Sở Công Thương",
    ("Sở",),
    (
        KnownUnit("QLCN", "Phòng Quản lý Công nghiệp", ("P.QLCN",)),
        KnownUnit("QLTM", "Phòng Quản lý Thương mại"),
        KnownUnit("VP", "Văn phòng Sở", ("VP",)),
    ),
)
_VALUES = ("", ' w:val="restart"', ' w:val="0"', ' w:val="2"', ' w:val="99999999"', ' w:ascii=".VnTime"')
MARKUP = dict.fromkeys(
    (
        "p", "r", "t", "tbl", "tr", "tc", "pPr", "rPr", "numPr", "numId", "ilvl", "pStyle", "ins", "del", "moveFrom", "sdt",
        "sdtPr", "sdtContent", "showingPlcHdr", "txbxContent", "vanish", "tab", "br", "cr", "noBreakHyphen", "vMerge",
        "gridSpan", "tcPr", "rFonts", "footnoteReference", "instrText", "delText",
    ),
    _VALUES,
)  # fmt: skip
PHRASES = (
    "\n", "I.", "II.", "1.", "2.", "1.1.", "3.2.1", "a)", "đ)", "(1)", "i)", "-", "+", "•", "Một là,", "Hai là:", "STT", "TT",
    "Nội dung", "Đơn vị chủ trì", "Thời hạn", "Sản phẩm", "|", "\t", "    ", "Giao", "Đề nghị", "Yêu cầu", "chủ trì,",
    "phối hợp với", "tham mưu", "Phòng Quản lý Công nghiệp", "QLTM", "QLUTM", "Văn phòng", "các phòng", "tất cả các phòng",
    "các Sở: Tài chính, Y tế", "đồng chí Nguyễn Văn An", "triển khai thực hiện", "rà soát, báo cáo", "trước ngày 30/4/2023",
    "ngày 31/02/2023", "trong tháng 5", "chậm nhất 17 giờ ngày 05 tháng 6 năm 2023", "03 ngày làm việc kể từ ngày nhận",
    "thứ Sáu hằng tuần", "hằng quý", "ngày 20 hằng tháng", "29/12 âm lịch", "Quyết định số 665/QĐ-SCT", "Số: 718/TB-SCT",
    "UBND TỈNH", "SỞ CÔNG THƯƠNG", "THÔNG BÁO", "Hải Dương, ngày 04 tháng 4 năm 2023", "Nơi nhận:", "Như trên;", "Lưu: VT.",
    "./.", ":", ";", ",", ".", "GIÁM ĐỐC", "đính chính", "thay thế Thông báo số 700/TB-SCT", "nay sửa lại là", "99999999",
    "\u00a0", "\u200b", "\u0301", "“", "”", "0/0/0000", "năm 99999",
)  # fmt: skip
_WORD = re.compile(r"[0-9a-z]+")


def invented(document: Document, lines: Sequence[str]) -> list[str]:
    """Return what the document says of its directives that these lines do not hold."""
    said = set(_WORD.findall(fold("\n".join(lines))))
    together = "".join(_WORD.findall(fold("".join(lines))))
    known = {unit.code for unit in AGENCY.units} | {AGENCY.code}
    found = []
    for task in document.notice.tasks:
        units = (*task.lead_units, *task.implementing_units, *task.cooperating_units)
        for words in (task.text, *(unit for unit in units if unit not in known)):
            found += [word for word in _WORD.findall(fold(words)) if word not in said and word not in together]
        if task.due is not None and not task.suggested_due and not task.deadline_text:
            found.append(f"{task.code}: {task.due}")
    return found
