"""The table of commands and channels in the documentation says what is drawn; `python -m tests.test_parity` writes it."""

from __future__ import annotations

import asyncio
import importlib.util
import inspect
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from bot import telegram_updates, webchat_saying, zalo_bot_updates, zalo_oa_updates
from bot.channel import Capabilities
from bot.plain import PlainChannel
from bot.telegram import TelegramChannel
from bot.telegram_render import render as on_telegram
from bot.webchat import WebChat
from bot.webchat_view import View
from bot.zalo_bot import ZaloBotChannel
from bot.zalo_bot_render import render as on_zalo_bot
from bot.zalo_oa import CHARGED, ZaloOaChannel
from bot.zalo_oa_render import PICTURES
from bot.zalo_oa_render import render as on_zalo_oa
from bot.zalo_oa_uploads import DOCUMENTS
from core.messages import Button, Message, OutgoingFile
from core.workdays import WorkCalendar
from handlers.catalogue import Catalogue
from handlers.routing import COMMANDS, ORDER
from storage.database import Database
from storage.migrate import migrate
from storage.webchat import Line
from tests.handlers.notice_office import DATA, Office
from tests.office import MORNING

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "parity.md"
READMES = {"en": ROOT / "README.md", "vi": ROOT / "README.vi.md"}
BEGIN, END = "<!-- parity: begin (python -m tests.test_parity) -->", "<!-- parity: end -->"
TEXT = (DATA / "notice-718.txt").read_text(encoding="utf-8")
LINK = "https://example.org/d/token"
WORD = OutgoingFile("f", "bao-cao.docx", next(mime for mime, end in DOCUMENTS.items() if end == ".docx"))
EXCEL = OutgoingFile("f", "bang.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
QR = OutgoingFile("qr:x", "ma-moi.png", "image/png")


@dataclass(frozen=True)
class Drawn:
    """What a channel makes of one message: its texts, the labels on buttons, and how its files go."""

    texts: tuple[str, ...]
    buttons: int = 0
    files: tuple[str, ...] = ()


def telegram(message: Message) -> Drawn:
    parts = on_telegram(message)
    buttons = sum(len(row) for part in parts for row in part.keyboard or ())
    return Drawn(
        tuple(part.html for part in parts),
        buttons,
        tuple("picture" if part.file.mime in PICTURES else "file" for part in parts if part.file),
    )


def zalo_bot(message: Message) -> Drawn:
    parts = on_zalo_bot(message, lambda _ref, _name, _mime: LINK)
    links = sum(part.text.count(LINK) for part in parts)
    return Drawn(
        tuple(part.text for part in parts), files=("picture",) * sum(bool(part.photo) for part in parts) + ("link",) * links
    )  # fmt: skip


def zalo_oa(message: Message) -> Drawn:
    parts = on_zalo_oa(message)
    kinds = [
        "picture" if p.file.mime in PICTURES else "file" if p.file.mime in DOCUMENTS else "link"
        for p in parts
        if p.file
    ]
    return Drawn(tuple(part.text for part in parts), sum(len(part.buttons) for part in parts), tuple(kinds))  # fmt: skip


def webchat(message: Message) -> Drawn:
    content = {"message": message.to_json(), "page": [1, 1], "resend": False,
               "files": [{"name": file.name, "mime": file.mime, "size": 1} for file in message.files]}  # fmt: skip
    (bubble,) = View(WorkCalendar()).bubbles([Line(1, "SCT:x", True, content, MORNING)])
    files = tuple("picture" if chip.picture else "file" for chip in bubble.chips)
    return Drawn((f"{bubble.title}\n{bubble.text}", *bubble.numbered), len(bubble.buttons), files)


def plain(message: Message) -> Drawn:
    channel = PlainChannel()
    for part in range(channel.parts(message)):
        asyncio.run(channel.send("x", message, resend=False, part=part))
    return Drawn(tuple(channel.sent["x"]), files=("name",) * len(message.files))


@dataclass(frozen=True)
class Wire:
    """A column: how a message is drawn, what the channel can do, and what reads what people send."""

    title: dict[str, str]
    draw: Callable[[Message], Drawn]
    can: Capabilities
    reader: Any
    menus: bool


def _wire(name: str, en: str, vi: str, draw: Callable[[Message], Drawn], channel: Any, reader: Any) -> Wire:
    menus = importlib.util.find_spec(f"bot.{name}_menus") is not None
    return Wire({"en": en, "vi": vi}, draw, channel.can, reader, menus)


WIRES = (
    _wire("telegram", "Telegram", "Telegram", telegram, TelegramChannel, telegram_updates),
    _wire("zalo_bot", "Zalo Bot", "Zalo Bot", zalo_bot, ZaloBotChannel, zalo_bot_updates),
    _wire("zalo_oa", "Zalo OA", "Zalo OA", zalo_oa, ZaloOaChannel, zalo_oa_updates),
    _wire("webchat", "Demo page", "Trang dùng thử", webchat, WebChat, webchat_saying),
    _wire("plain", "Plain text", "Tin chữ", plain, PlainChannel, PlainChannel),
)

WORDS = {
    "en": {"text": "text", "button": "{} button", "buttons": "{} buttons", "number": "{} numbered line", "numbers": "{} numbered lines",
           "type": "typed command", "messages": "{} messages", "picture": "picture", "file": "file", "link": "link",
           "name": "file name", "yes": "yes", "no": "no", "always": "any time",
           "window": "48 hours free, to {} days charged", "month": ", {} a month", "paste": "no: paste the text"},
    "vi": {"text": "chữ", "button": "{} nút", "buttons": "{} nút", "number": "{} dòng đánh số", "numbers": "{} dòng đánh số", "type": "gõ lệnh",
           "messages": "{} tin", "picture": "ảnh", "file": "tệp", "link": "liên kết", "name": "tên tệp", "yes": "có",
           "no": "không", "always": "lúc nào cũng được", "window": "48 giờ đầu, tới {} ngày có phí",
           "month": ", {} tin/tháng", "paste": "không: dán nội dung"},
}  # fmt: skip


def look(wire: Wire, messages: Iterable[Message], language: str) -> str:
    """Say how messages look on a channel, from what its own rendering makes of them."""
    words, said = WORDS[language], list[str]()
    for message in messages:
        drawn = wire.draw(message)
        lines = [line for text in drawn.texts for line in text.splitlines()]
        numbers = sum(f"{number} {button.label}" in lines for number, button in message.numbered())
        how = []
        if len(drawn.texts) - len(drawn.files) > 1:
            how.append(words["messages"].format(len(drawn.texts) - len(drawn.files)))
        if drawn.buttons:
            how.append(words["button" if drawn.buttons == 1 else "buttons"].format(drawn.buttons))
        elif numbers:
            how.append(words["number" if numbers == 1 else "numbers"].format(numbers))
        elif message.buttons:
            how.append(words["type"])
        how += [words[kind] for kind in drawn.files]
        said.append(" + ".join(how or [words["text"]]))
    return "; ".join(dict.fromkeys(said))


def choices(count: int, *, menu: bool = False) -> list[Message]:
    return [Message(("?",), buttons=tuple(Button(f"Mục {n}", f"/task 3.{n}") for n in range(1, count + 1)), menu=menu)]


def _push(wire: Wire, words: dict[str, str]) -> str:
    said = words["window"].format(CHARGED.days) if wire.can.push_window else words["always"]
    return said + (words["month"].format(wire.can.monthly_quota) if wire.can.monthly_quota else "")


def _yes(words: dict[str, str], answer: object) -> str:
    return words["yes" if answer else "no"]


ABILITIES: tuple[tuple[str, str, Callable[[Wire, str, dict[str, str]], str]], ...] = (
    ("Up to five choices", "Tới năm lựa chọn", lambda w, lang, _: look(w, choices(3), lang)),
    ("More choices", "Nhiều lựa chọn hơn", lambda w, lang, _: look(w, choices(8), lang)),
    ("Shortcuts under a list", "Lối tắt dưới danh sách", lambda w, lang, _: look(w, choices(3, menu=True), lang)),
    ("Menu of commands", "Trình đơn lệnh", lambda w, _, words: _yes(words, w.menus)),
    ("Knows which message is replied to", "Biết tin nào được trả lời",
     lambda w, _, words: _yes(words, "replied_to" in inspect.getsource(w.reader))),
    ("Takes a notice as a file", "Nhận tệp thông báo",
     lambda w, _, words: words["yes"] if w.can.files_in else words["paste"]),
    ("Gives a picture (QR code)", "Gửi ảnh (mã QR)", lambda w, lang, _: look(w, [Message(("x",), files=(QR,))], lang)),
    ("Gives a Word file", "Gửi tệp Word", lambda w, lang, _: look(w, [Message((), files=(WORD,))], lang)),
    ("Gives an Excel file", "Gửi tệp Excel", lambda w, lang, _: look(w, [Message((), files=(EXCEL,))], lang)),
    ("Characters in one message", "Số chữ trong một tin", lambda w, _, __: str(w.can.max_text)),
    ("May write first", "Chủ động nhắn", lambda w, _, words: _push(w, words)),
)  # fmt: skip

GROUP = "(nhóm) "
"""Before what is typed in the agency's group."""

SCENES: tuple[tuple[str, str, str], ...] = (
    # what a scene shows ("" where it only leads there), who speaks, what they say
    ("", "th", TEXT[:4096]),
    ("notice", "th", TEXT[4096:]),
    ("edit", "th", "sua 3.2"),
    ("", "th", "2 khtcth"),
    ("split", "th", "tach 3.3"),
    ("", "th", "thoi"),
    ("merge", "th", "gop 3.7 3.8"),
    ("", "th", "hoan tac"),
    ("", "th", "trinh"),
    ("consult", "cvp", "xin y kien gd"),
    ("refuse", "gd", "khong dong y"),
    ("", "cvp", "sua 3.6 han 15/6"),
    ("", "cvp", "sua 3.7 han 15/6"),
    ("", "cvp", "xin y kien gd"),
    ("agree", "gd", "dong y"),
    ("approve", "cvp", "dua vao theo doi"),
    ("@", "", "2023-04-28T07:25:00+07:00"),
    ("start", "tp-qltm", "/start"),
    ("help", "tp-qltm", "tro giup"),
    ("tasks", "tp-qltm", "viec"),
    ("task", "tp-qltm", "xem 3.5"),
    ("progress", "tp-qltm", "3.4 sap xong"),
    ("blocked", "tp-qltm", "vuong 3.4 cho so lieu, 10/7"),
    ("present", "tp-qltm", "3.5 trinh gd"),
    ("reported", "tp-qltm", "3.5 cho so"),
    ("report", "tp-qltm", "nop 3.4"),
    ("", "tp-qltm", "nop 3.4 da gui cac huyen"),
    ("files", "tp-qltm", "tep 3.4"),
    ("misread", "tp-qltm", "/misread"),
    ("done", "tp-qltm", "xong 3.5"),
    ("cancel", "tp-qltm", "thoi"),
    ("", "tp-qltm", "xong 3.5"),
    ("document", "tp-qltm", "45 27/4"),
    ("undo", "tp-qltm", "hoan tac"),
    ("acknowledge", "tp-qltm", "ok"),
    ("handover", "tp-qltm", "giao 3.7 cho pho phong"),
    ("delegate", "cvp", "tp qltm nghi phep 22/6 den 30/6, pho phong lam thay"),
    ("extend", "tp-qltm", "gia han 3.4 den 15.7 cho so lieu"),
    ("propose", "tp-qltm", "kien nghi 3.4 phan viec cua BDT khong thuoc tham quyen phong"),
    ("", "tp-qltm", "bao truoc"),
    ("opinion", "gd", "y kien khac 3.4"),
    ("", "gd", "phoi hop voi BDT"),
    ("confirming", "cvp", "che do xac nhan"),
    ("", "cvp", "/confirming on"),
    ("", "tp-qltm", "xong 3.7"),
    ("waiting", "gd", "cho xac nhan"),
    ("return", "gd", "/return 3.7"),
    ("confirm", "gd", "xac nhan 3.7"),
    ("@", "", "2023-07-05T08:00:00+07:00"),
    ("overdue", "gd", "qua han"),
    ("due", "gd", "sap den han 7"),
    ("summary", "gd", "tong hop"),
    ("question", "gd", "3.5 xong chua"),
    ("undelivered", "cvp", "chua nhan"),
    ("unacknowledged", "gd", "chua tiep nhan"),
    ("snooze", "tp-qltm", "nhac lai 3.4 mai"),
    ("ladder", "cvp", "lich nhac 3.4 hoa toc"),
    ("new", "gd", "viec moi QLTM, phoi hop VP: trinh ke hoach truoc 15/7"),
    ("assign", "gd", "phan cong 3.6 QLCN"),
    ("record", "th", "3.2.1 qlcn da gui, kh 52 ngay 30/6"),
    ("", "th", "ghi nhan"),
    ("dispute", "tp-qlcn", "sai 3.2.1 so la 53"),
    ("remind", "gd", "nhac qlnl chieu nay bao cao"),
    ("link", "cvp", "(nhóm) lien ket nhom"),
    ("publish", "gd", "dang len nhom"),
    ("review", "cvp", "giao ban"),
    ("unlink", "cvp", "(nhóm) bo lien ket nhom"),
    ("drop", "gd", "thoi theo doi 3.7 vi da giao so khac"),
    ("request", "tp-khtcth", "3.3 de nghi cac phong gui phuong an truoc 20/7"),
    ("coordination", "tp-khtcth", "phoi hop"),
    ("contribute", "tp-qlcn", "gui y kien 3.3"),
    ("nothing", "tp-qlnl", "khong co nd"),
    ("invite", "cvp", "moi QLTM"),
    ("settings", "tp-qltm", "cai dat"),
    ("language", "tp-qltm", "/language vi"),
    ("channel", "tp-qltm", "nhan tin qua zalo"),
    ("hour", "tp-qltm", "gio nhan tin 8h30"),
)


async def play(database: Database) -> dict[str, tuple[str, list[Message]]]:
    """Let an office live through every command; return what was typed for each and what the speaker was answered."""
    office = await Office.open(database)
    office.dispatcher.bot_name = "DonDocBot"
    async with database.work(office.clock.now()) as work:
        for channel in ("zalo_oa", "zalo_bot"):
            await work.accounts.add_linked(channel, "tp-qltm", channel, office.people["tp-qltm"])
    seen: dict[str, tuple[str, list[Message]]] = {}
    for name, who, said in SCENES:
        if name == "@":
            office.clock.at = datetime.fromisoformat(said)
            continue
        before = len(await office.messages(who))
        await office.says(who, said.removeprefix(GROUP), group="group" if said.startswith(GROUP) else None)
        told = (await office.messages(who))[before:]
        if name:
            seen[name] = ("the notice, pasted" if "\n" in said else f"`{said.removeprefix(GROUP)}`", told)
    return seen


def table(language: str, rows: Iterable[list[str]], first: list[str], wires: tuple[Wire, ...]) -> list[str]:
    heads = [*first, *(wire.title[language] for wire in wires)]
    return [f"| {' | '.join(row)} |" for row in (heads, ["---"] * len(heads), *rows)]


def abilities(language: str, wires: tuple[Wire, ...]) -> list[str]:
    words = WORDS[language]
    rows = [
        [en if language == "en" else vi, *(say(wire, language, words) for wire in wires)] for en, vi, say in ABILITIES
    ]
    return table(language, rows, [""], wires)


def page(seen: dict[str, tuple[str, list[Message]]]) -> str:
    rows = []
    for name in sorted(
        COMMANDS, key=lambda name: (not COMMANDS[name].in_menu, ORDER.index(name) if name in ORDER else 99)
    ):
        typed, told = seen[name]
        menu = " ☰" if COMMANDS[name].in_menu else ""
        rows.append([f"{Catalogue().text('en', f'label-{name}')}{menu}", typed, *(look(w, told, "en") for w in WIRES)])
    said = [
        "# Every command on every channel",
        "",
        "Written by `python -m tests.test_parity` from what each channel's own rendering makes of real answers; a test",
        "fails where this page says something else. Whatever a channel shows, the same words typed have the same effect on",
        "all of them: `test_dialogue` plays the same conversations over each.",
        "",
        "## What a channel can do",
        "",
        *abilities("en", WIRES),
        "",
        "## How the answer looks",
        "",
        "One example of each, in one office; ☰ stands in the menu of commands where a channel has one. «typed command»: the",
        "list says what could be pressed elsewhere by its number or name, and one types it.",
        "",
        *table("en", rows, ["command", "typed"], WIRES),
        "",
    ]
    return "\n".join(said)


def between(text: str, language: str) -> str:
    """Return a README with the short table of today between its marks."""
    head, _, rest = text.partition(BEGIN)
    _, _, tail = rest.partition(END)
    assert rest, f"the README in {language} has no {BEGIN}"
    short = tuple(wire for wire in WIRES if wire.draw is not plain)
    return "\n".join([head + BEGIN, *abilities(language, short), END]) + tail


def test_every_command_has_a_scene() -> None:
    assert {name for name, _, _ in SCENES} - {"", "@"} == set(COMMANDS), "a new command needs a scene here"


def test_the_page_says_what_is_drawn(sqlite_url: str) -> None:
    seen = asyncio.run(_played(sqlite_url))
    mistakes = {
        name: told
        for name, (_, told) in seen.items()
        if not told or any(word in one.plain() for one in told for word in ("hưa hiểu", "Có lỗi ngoài", "Không có mục"))
    }
    assert mistakes == {}
    assert PAGE.read_text(encoding="utf-8") == page(seen), "run: python -m tests.test_parity"


def test_the_readmes_have_the_short_table() -> None:
    for language, path in READMES.items():
        text = path.read_text(encoding="utf-8")
        assert between(text, language) == text, "run: python -m tests.test_parity"


def test_a_channel_that_draws_buttons_says_so() -> None:
    for wire in WIRES:
        assert bool(wire.draw(choices(3)[0]).buttons) == wire.can.buttons, wire.title


async def _played(url: str) -> dict[str, tuple[str, list[Message]]]:
    database = Database(url)
    try:
        return await play(database)
    finally:
        await database.close()


async def _migrated(url: str) -> None:
    database = Database(url)
    await migrate(database)
    await database.close()


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        at = f"sqlite+aiosqlite:///{folder}/parity.db"
        asyncio.run(_migrated(at))
        PAGE.write_text(page(asyncio.run(_played(at))), encoding="utf-8")
    for tongue, readme in READMES.items():
        readme.write_text(between(readme.read_text(encoding="utf-8"), tongue), encoding="utf-8")
