"""What the words say of the work: done, presented, waiting for a number, under way, held up. Never done in doubt."""

import re
from typing import Final

_NOT = r"(?:chua|chx|khong|ko|khg|hong|k)"
_DONE = (
    r"(?:xong|xog|xg|xonq|hoan thanh|hoan tat|htht|ht(?= roi| r$|$)|lam roi|da lam(?= roi| xong|$| r$)|da thuc hien(?= roi| xong|$)"
    r"|thuc hien roi|da giai quyet(?= roi| xong|$)|da (?:duoc )?(?:phat hanh|ban hanh)|(?:phat hanh|ban hanh) roi)"
)
_OUTSIDE = (
    r"(?:ubnd|ubt|vp ?ubnd|vpub|uy ban|tinh(?! hinh)|hdnd|tinh uy|thuong truc|bo(?! sung| tri| phan| qua)|chinh phu"
    r"|chu tich|ct|pct)"
)
_TRINH = r"(?<!to )(?<!chuong )(?<!quy )(?<!cong )(?<!lo )(?<!qua )(?<!tien )(?<!giai )(?<!hanh )trinh"
_PASSING = r"(?:len |cho |sang |qua |toi |den )?"
_ADDRESSED: Final = re.compile(
    rf"(?:^(?:\w+ )?|\b(?:da|vua|moi) (?:\w+ )?)(?:{_TRINH}|gui|nop|phat hanh) {_PASSING}{_OUTSIDE}\b(?! ky\b)"
    rf"|\b(?:da|vua) (?:gui )?bao cao {_PASSING}{_OUTSIDE}\b"
)
_HELD_BACK: Final = re.compile(
    rf"\b(?:{_NOT}|sap|se|dang|mai|chuan bi|du kien|can|phai|de|soan|du thao)"
    r"(?: (?:kip|the|duoc|em|phong|xong|di|\w+))? (?:trinh|gui|nop|bao cao|phat hanh|ban hanh)\b"
)
_AT_THE_BOSS: Final = re.compile(r"\bdang trinh\b")
_UNFINISHED: Final = re.compile(
    rf"\b(?:{_NOT}|gan|sap|dang|du kien|co ban|hau nhu|gan nhu|neu|khi|chuan bi|co gang|cam ket|phan dau|muon|hua"
    rf"|chac la|hinh nhu|co le|co khi|nghe noi|tuan sau|thang sau|mai|ngay mai|chieu nay|toi nay|moi duoc|sau khi|truoc khi)(?: \w+){{0,2}}? {_DONE}\b"
    rf"|\b(?:se|can|phai|nen|de|cho)(?: (?:lam|co gang|duoc|som|som lam))? {_DONE}\b"
    rf"|{_DONE}(?: (?:duoc|khoang|hon|gan|tam|moi|xong|da|het))* ?(?:[0-9]+ ?(?:%|phan tram|pt)|[12]/[234](?![0-9/])"
    r"|[0-9]+/[0-9]+ (?:noi dung|viec|muc|phan|ho so|xa|huyen|dau|nhiem vu|du an)"
    r"|mot phan|1 phan|mot nua|1 nua|nua|phan|so bo|co ban|du thao|ban nhap|nhap|buoc|dot|giai doan|khau|vong|mot so|1 so"
    r"|truoc(?! han)|kip)\b"
    rf"|{_DONE}\b.*\b(?:con|chi con|nhung|tru|chua|chx|khong|ko)\b"
    rf"|\b{_NOT} (?:\w+ )?(?:kip|lam|thuc hien|trien khai|dam bao)\b"
    rf"|^(?:phong |em |toi )?(?:moi |van |con |hien )*{_NOT}(?: a| dau| em| anh| nhe)?$"
)
_WITHOUT_NUMBER: Final = re.compile(
    rf"^(?:(?:da|phong|em|toi|lam|moi|vua) )*{_DONE}(?: (?:roi|r|het|a))*,?(?: nhung| ma| tuy)? {_NOT} (?:duoc |kip )?"
    r"(?:co|lay|ra|vao|cap|dong|danh) (?:so|dau)\b(?! lieu)"
)
_ON_TRACK: Final = re.compile(
    r"\b(?:dung tien do|dung han|dam bao tien do|theo (?:dung )?tien do|binh thuong|het vuong|khong (?:co )?vuong|ko vuong)\b"
)
_UNDER_WAY: Final = re.compile(
    r"\b(?:dang (?:duoc )?(?:lam|xu ly|thuc hien|trien khai|hoan thien|hoan chinh|soan|du thao|tham muu|tong hop|lay|xin|chinh|sua|ra soat"
    r"|phoi hop|gop y|hop|viet|in|kiem tra|xem|chay|gap|khan truong|giai quyet|bo sung|theo)"
    r"|[0-9]+ ?%|[0-9]+ phan tram)"
)
_PERCENT: Final = re.compile(r"(?<![0-9.,/])([0-9]{1,3}) ?(?:%|phan tram|pt\b)")
_DONE_SAID: Final = re.compile(rf"(?:^|(?<= )){_DONE}(?= |$|\.)")
_PRESENTED: Final = re.compile(
    rf"(?:^(?:\w+ ){{0,2}}|\b(?:da|dang|vua|moi|xin) ){_TRINH}\b(?! do\b| bay\b)"
    rf"|\b{_TRINH} (?:len |cho )?(?:gd|sep|anh|chi|ld|lanh dao|giam doc|pgd|ky|duyet|roi)\b"
)
_BOSS_HAS_IT: Final = re.compile(
    r"\b(?:gd|sep|lanh dao|ld|giam doc|pgd|anh|chi)(?: \w+)? (?:chua|chx|dang) (?:ky|duyet|xem)\b"
)
_SIGNED: Final = re.compile(
    rf"\bda (?:duoc )?(?:(?:gd|sep|ld|lanh dao|giam doc|pgd|(?:anh|chi)(?: \w+)?) )?ky\b(?! ket)|(?<!chua )(?<!cho )(?<!dang )\bky (?:roi|xong|r)\b"
    rf"|\b{_NOT} (?:duoc )?(?:phat hanh|ban hanh|(?:co|lay|ra|vao|cap|dong|danh) (?:so|dau))\b|\bbao so sau\b|\bco so bao sau\b"
)
_FOR_SIGNING: Final = re.compile(r"\btrinh (?:\w+ ){0,4}?ky (?:roi|r)\b")
_UNSIGNED: Final = re.compile(rf"\b{_NOT} (?:duoc )?ky\b")
_WAITING: Final = re.compile(
    r"(?:^|(?<= ))(?:(?P<lead>dang|con|phai|van|vi|do|nhung|va|thi|roi|de|hien|nay|xong|trinh|ky|gd|so|ma|nen|qltm) )?"
    r"(?P<wait>cho|doi) (?P<what>.+)"
)
_NOT_WAITING: Final = re.compile(r"(?:\w+ ){0,3}(?:biet|hoi|xem|muon|nghi|phep|them|minh|toi)\b")
_FOR_SIGNATURE: Final = re.compile(
    r"(?:\w+ ){0,3}ky\b(?! ket)|(?:(?:gd|sep|ld|lanh dao|anh|chi|pgd|cap tren)(?: \w+)? )?(?:phe )?duyet$"
)
_LATE_LEADS: Final = {"xong", "trinh", "ky", "gd", "so", "ma"}
_FOR_NUMBER: Final = re.compile(
    r"so(?:$| (?:van ban|vb|ra|ve|roi|a|cua|nua|cong van|to trinh|quyet dinh|phat hanh|vao so)\b)"
    r"|(?:lay|cap|vao|danh|ra|dong|xin) (?:so|dau)\b(?! lieu)|van thu\b|(?:phat|ban) hanh\b"
)
_HELD_UP: Final = re.compile(r"(?<!khong )(?<!khong co )(?<!het )(?<!ko )\b(?:vuong|bi ket|ach tac|gap kho|kho khan)\b")
_STUCK_FIRST: Final = re.compile(
    r"^(?!khong|ko|het|chua)(?:\w+ )?(?!khong|ko|het|chua)(?:(?:dang|bi|con|van|co|gap) )*(?:vuong|kho khan|kho)\b"
)


def percent_of(core: str) -> tuple[int, int, int] | None:
    """A percentage up to 100 and its place in the words."""
    found = _PERCENT.search(core)
    return None if found is None or int(found[1]) > 100 else (int(found[1]), found.start(), found.end())


def _waiting(core: str, typed_wait: str, typed_next: str, *, accented: bool) -> str | None:
    found = _WAITING.search(core)
    if found is None or (typed_wait == "cho" and accented):
        return None
    what, sure = found["what"], typed_wait in {"chờ", "đợi"}
    if not sure and (_NOT_WAITING.match(what) or (found["lead"] is None and found.start("wait") > 0)):
        return None
    number, signature = _FOR_NUMBER.match(what), _FOR_SIGNATURE.match(what)
    if not sure and not (number or signature) and (found["lead"] in _LATE_LEADS or found["wait"] == "doi"):
        return None
    if number and typed_next != "sở":
        return "reported"
    if what.startswith("trinh"):
        return "progress"
    return "present" if signature else "blocked"


def waits_at(core: str) -> int | None:
    """Where in the words "chờ" (or a "cho" that may be one) stands."""
    found = _WAITING.search(core)
    return None if found is None else found.start("wait")


def state_of(core: str, typed_wait: str, typed_next: str, *, accented: bool) -> str | None:
    """The state the folded words report, or None; `typed_wait` and `typed_next` are "cho" and its next word as typed."""
    stuck = _STUCK_FIRST.match(core) is not None
    done = _DONE_SAID.search(core) is not None
    if stuck and not (done and core.endswith(("xong", "xong roi", "xong r"))):
        return "blocked"
    if _WITHOUT_NUMBER.match(core):
        return "reported"
    if _UNFINISHED.search(core):
        return "progress"
    signed = _SIGNED.search(core) is not None
    if not signed and _HELD_BACK.search(core):
        return "present" if _AT_THE_BOSS.search(core) else "progress"
    if (waiting := _waiting(core, typed_wait, typed_next, accented=accented)) is not None:
        return waiting
    if _BOSS_HAS_IT.search(core):
        return "present"
    if signed:
        return "present" if _FOR_SIGNING.search(core) and "da ky" not in core else "reported"
    if _UNSIGNED.search(core) or _UNDER_WAY.search(core):
        return "progress"
    if _ADDRESSED.search(core):
        return "done"
    if _PRESENTED.search(core):
        return "present"
    if _HELD_UP.search(core) and not done:
        return "blocked"
    if done:
        return "done"
    return "progress" if _ON_TRACK.search(core) else None
