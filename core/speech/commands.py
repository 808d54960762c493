"""The table of commands: the one source of what may be typed, with or without a slash and accents."""

import re
import unicodedata
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from rapidfuzz import fuzz, process

from core.text import fold

COMMANDS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "start": ("start", "bắt đầu"),
        "help": ("help", "trợ giúp", "hướng dẫn", "giúp đỡ", "giúp"),
        "tasks": ("tasks", "việc", "công việc", "nhiệm vụ", "việc của tôi", "danh sách việc"),
        "task": ("task", "xem"),
        "done": ("done", "xong", "hoàn thành", "hoàn tất"),
        "present": ("present", "trình", "đã trình"),
        "reported": ("reported", "chờ số", "chờ số văn bản"),
        "progress": ("progress", "tiến độ", "cập nhật", "cập nhật tiến độ"),
        "blocked": ("blocked", "vướng", "đang vướng", "bị vướng", "còn vướng"),
        "report": ("report", "báo cáo", "nộp báo cáo", "nộp", "gửi báo cáo", "báo cáo kết quả"),
        "files": ("files", "tệp", "xem tệp", "mở tệp", "tài liệu"),
        "misread": ("misread", "số ngày chưa đúng", "đọc sai số"),
        "extend": ("extend", "gia hạn", "xin gia hạn", "đề nghị gia hạn", "lùi hạn", "xin lùi hạn"),
        "propose": ("propose", "kiến nghị", "đề xuất"),
        "opinion": ("opinion", "ý kiến khác", "ý kiến"),
        "acknowledge": ("acknowledge", "ack", "tiếp nhận", "đã tiếp nhận", "đã nhận"),
        "undo": ("undo", "hoàn tác", "nhầm rồi"),
        "handover": (
            "handover",
            "giao cho",
            "chuyển cho",
            "bàn giao tất cả",
            "bàn giao toàn bộ",
            "bàn giao hết",
            "giao tất cả cho",
            "giao hết cho",
            "giao tất cả việc cho",
            "giao hết việc cho",
            "giao toàn bộ cho",
        ),
        "delegate": ("delegate", "xử lý thay", "làm thay", "ủy quyền"),
        "overdue": ("overdue", "quá hạn", "việc quá hạn", "trễ hạn"),
        "due": ("due", "sắp đến hạn", "sắp tới hạn", "đến hạn"),
        "summary": ("summary", "tổng hợp", "thống kê", "tổng kết", "báo cáo tổng hợp"),
        "remind": ("remind", "đôn đốc", "nhắc", "nhắc nhở", "đề nghị đôn đốc"),
        "snooze": (
            "snooze",
            "remind me",
            "remind me again",
            "nhắc lại",
            "mai nhắc",
            "mai nhắc lại",
            "nhắc tôi",
            "nhắc em",
            "nhắc mình",
            "hoãn nhắc",
            "tạm hoãn nhắc",
            "dời nhắc",
            "lùi nhắc",
            "hẹn nhắc",
            "khoan nhắc",
            "để nhắc sau",
        ),
        "ladder": ("ladder", "lịch nhắc", "đặt lịch nhắc"),
        "return": ("return", "trả lại", "đề nghị bổ sung", "yêu cầu bổ sung"),
        "confirm": ("confirm", "xác nhận", "xác nhận hoàn thành"),
        "waiting": ("waiting", "chờ xác nhận", "chờ đồng chí ký", "chờ tôi ký", "văn bản chờ ký"),
        "confirming": ("confirming", "chế độ xác nhận"),
        "record": ("record", "ghi nhận thay", "ghi nhận"),
        "dispute": ("dispute", "sai", "ghi sai"),
        "new": ("new", "việc mới", "nhiệm vụ mới", "giao việc"),
        "assign": ("assign", "phân công", "giao"),
        "drop": ("drop", "thôi theo dõi", "dừng theo dõi", "ngừng theo dõi", "không theo dõi", "hủy theo dõi"),
        "notice": ("notice", "thông báo"),
        "edit": ("edit", "sửa"),
        "merge": ("merge", "gộp", "gộp mục", "nhập mục"),
        "split": ("split", "tách", "tách mục"),
        "consult": ("consult", "xin ý kiến"),
        "approve": ("approve", "đưa vào theo dõi"),
        "agree": ("agree", "đồng ý", "nhất trí", "thống nhất", "duyệt", "chấp thuận"),
        "refuse": ("refuse", "không đồng ý", "không nhất trí", "không thống nhất", "từ chối"),
        "request": ("request", "đề nghị", "yêu cầu"),
        "contribute": ("contribute", "gửi ý kiến", "gửi ý kiến phối hợp", "góp ý"),
        "nothing": (
            "nothing",
            "không có nội dung",
            "không có nd",
            "không có nội dung phối hợp",
            "không có nd phối hợp",
            "không có ý kiến",
        ),
        "coordination": ("coordination", "phối hợp", "ý kiến phối hợp", "ai chưa gửi ý kiến", "chưa gửi ý kiến"),
        "review": ("review", "giao ban", "chuẩn bị giao ban", "họp giao ban", "bảng giao ban"),
        "link": ("link", "liên kết nhóm", "liên kết nhóm này"),
        "unlink": ("unlink", "bỏ liên kết nhóm", "thôi liên kết nhóm", "hủy liên kết nhóm"),
        "publish": ("publish", "đăng lên nhóm", "đăng nhóm", "đăng tin lên nhóm"),
        "invite": ("invite", "mời"),
        "undelivered": ("undelivered", "chưa nhận", "chưa nhận tin", "ai chưa nhận", "ai chưa nhận tin"),
        "unacknowledged": ("unacknowledged", "chưa tiếp nhận", "ai chưa tiếp nhận", "đơn vị chưa tiếp nhận"),
        "export": ("export", "xuất", "bảng excel", "xuất excel"),
        "settings": ("settings", "cài đặt", "thiết lập"),
        "language": ("language", "ngôn ngữ"),
        "channel": ("channel", "kênh nhận tin", "nhận tin qua"),
        "hour": (
            "hour",
            "giờ nhận tin",
            "giờ tin sáng",
            "giờ nhắc",
            "tin sáng lúc",
            "nhận tin lúc",
            "nhắc lúc",
            "gửi tin lúc",
        ),
        "cancel": ("cancel", "hủy", "thôi", "bỏ qua"),
    }
)

PHRASES: Final[Mapping[str, str]] = MappingProxyType(
    {fold(phrase): name for name, phrases in COMMANDS.items() for phrase in phrases}
)
"""Every phrase, folded, with its command."""

_TIGHT: Final = {phrase.replace(" ", ""): name for phrase, name in PHRASES.items()}
_LONGEST: Final = max(phrase.count(" ") + 1 for phrase in PHRASES)
_KNOWN: Final = tuple(PHRASES)
_TELEX: Final = {
    "\u0300": "f", "\u0301": "s", "\u0303": "x", "\u0309": "r", "\u0323": "j", "\u0306": "w", "\u031b": "w",
}  # fmt: skip


def slash_name(word: str) -> str | None:
    """The command a slash word names, folded and without spaces: "done", "quahan"."""
    return _TIGHT.get(word)


def opening(words: list[str], start: int = 0) -> tuple[str, int] | None:
    """The command whose longest phrase stands at words[start:], and how many words it takes."""
    for count in range(min(_LONGEST, len(words) - start), 0, -1):
        name = PHRASES.get(" ".join(words[start : start + count]))
        if name is not None:
            return name, count
    return None


def _as_keyed(word: str) -> str:
    """The keys behind a word that a Telex keyboard mangled: "ovẻdue" was typed o-v-e-r-d-u-e."""
    keys: list[str] = []
    for char in unicodedata.normalize("NFD", word.lower().replace("đ", "dd")):
        if char == "\u0302" and keys:
            keys.append(keys[-1])
        else:
            keys.append(_TELEX.get(char, char))
    return "".join(keys)


def nearest(words: str, *, at_least: float = 55, first_word: bool = True) -> tuple[str, ...]:
    """Up to three commands whose names look most like the words (or, with `first_word`, like the first), best first."""
    queries, best = {fold(words[:40])}, dict[str, float]()
    if first_word:
        first = words[:40].split(" ", 1)[0]
        queries |= {fold(first), re.sub(r"[^a-z]", "", _as_keyed(first))}
    for query in queries - {""}:
        for phrase, score, _ in process.extract(query, _KNOWN, scorer=fuzz.ratio, score_cutoff=at_least, limit=6):
            name = PHRASES[phrase]
            best[name] = max(score, best.get(name, 0))
    return tuple(sorted(best, key=lambda name: -best[name])[:3])
