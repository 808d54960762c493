"""What stands below the directives: the recipients and the signature."""

import re
from collections.abc import Callable, Sequence

from core.reading.lines import columns
from core.text import clean, flat

_NAME = re.compile(r"^[A-ZĐÀ-Ỹ][a-zđà-ỹ]+(?:\s+[A-ZĐÀ-Ỹ][a-zđà-ỹ]*){1,4}$")
_POST = re.compile(
    r"^(?:(?:TL|TM|KT|TUQ|Q)\.?\s|(?:PHÓ |Q\. ?)?(?:GIÁM ĐỐC|CHỦ TỊCH|CHÁNH|CHÁNH VĂN PHÒNG|TRƯỞNG|BỘ TRƯỞNG|CỤC TRƯỞNG|VIỆN TRƯỞNG|THỦ TRƯỞNG|BÍ THƯ))"
)
_OUTSIDE = re.compile(
    r"^(?:luu\b|nhu (?:tren|kinh gui)|nhu phan|ct|pct|cvp|pcvp|vpub|vpubnd|btt\b|chanh vp|chanh van phong|pho chanh|chu tich|pho chu tich|(?:van phong|vp|vpub)\.? ?(?:ubnd|chinh phu|tinh uy|hdnd|doan)?\b(?=.*(?:ubnd|chinh phu|tinh|tw|trung uong))"
    r"|ubnd|uy ban|hdnd|tinh uy|thuong truc|ttr?\b|ban thuong|thu tuong|chinh phu|pho thu tuong|quoc hoi|doan dai bieu|uy ban mttq|mat tran|bo |cac bo|so |cac so|cong an|bo chi huy"
    r"|cuc |tong cuc|toa an|vien kiem|kho bac|ngan hang|thue|hoi |lien minh|lien doan|tinh doan|bao |dai |cong thong tin|cong ttdt|website|trang thong tin|cac (?:huyen|thi xa|thanh pho|xa|phuong|dia phuong|doanh nghiep|co quan)"
    r"|g[đd]|pg[đd]|cac pg[đd]|gd\b|giam doc|pho giam doc|cac pho|lanh dao|ban giam doc|dang uy|cong doan|cac dong chi|nhu dieu|vp\b|phong (?:tham muu|tong hop)|vt\b)"
)
_SUPERIOR = re.compile(r"\bubnd tinh|\btinh uy|\bchinh phu|\bde b/c|\bb/cao|\bbao cao\)|\(b/c\)")
_GENERIC = re.compile(
    r"^(?:cac|toan the|tat ca)\s+(?:phong|don vi|ban|can bo|cong chuc|thanh vien|bo phan|chuyen vien)"
)


def _entries(raw: Sequence[str]) -> list[str]:
    """The recipients, one a line; signatures in the column beside them left out."""
    entries: list[str] = []
    begun = False
    for line in raw:
        for piece in columns(line):
            text = piece
            if not begun:
                if not flat(text).startswith("noi nhan"):
                    continue
                begun = True
                text = clean(re.sub(r"(?i)^nơi nhận\s*:?", "", text))
            for part in re.split(r"(?<=;)\s*(?=[-–])", text):
                if re.match(r"^[-–+]", part):
                    entries.append(clean(part.lstrip("-–+ ")))
                elif (
                    part
                    and entries
                    and not _POST.match(part)
                    and not _NAME.match(part)
                    and not entries[-1].endswith((";", "."))
                ):
                    entries[-1] = f"{entries[-1]} {part}"
    return entries


def unknown_recipients(raw: Sequence[str], knows: Callable[[str], object]) -> tuple[str, ...]:
    """The recipients that name a unit neither superior, nor outside, nor known."""
    found: list[str] = []
    for entry in _entries(raw):
        bare = clean(re.sub(r"\([^)]*\)", "", entry)).rstrip(" ;.,")
        folded = flat(bare)
        if not bare or _OUTSIDE.match(folded) or _GENERIC.match(folded) or _SUPERIOR.search(flat(entry)) or knows(bare):
            continue
        found.append(bare)
    return tuple(found)


def signed_by(raw: Sequence[str]) -> str | None:
    """The name under the signature: the last that stands alone like a person's."""
    for line in reversed(raw[-40:]):
        for piece in reversed(columns(line)):
            bare = re.sub(r"^(?:(?:TS|ThS|PGS|GS|BS)\.?\s*)+", "", piece)
            if _NAME.match(bare) and not re.match(r"^(?:Sở|Bộ|Ban|Phòng|Nơi|Như|Lưu|Công|Trung tâm|Văn|Cục)\b", bare):
                return bare
    return None
