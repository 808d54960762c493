"""Telegram as a channel: what we say goes out, pressed buttons are answered, files come in."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import structlog
from telegram import InlineKeyboardButton, InlineKeyboardMarkup, InputFile
from telegram.error import BadRequest, Forbidden, InvalidToken, RetryAfter, TelegramError

from bot.channel import Capabilities, Outcome, Permanent, RetryAt, Sent, Uncertain
from bot.telegram_connection import Connection
from bot.telegram_errors import is_walled, outcome_of
from bot.telegram_render import MAX_TEXT, Part, render, render_anew, utf16
from bot.telegram_request import redacted
from core.messages import Incoming, Message, OutgoingFile, Receipt

log = structlog.get_logger()

ReadFile = Callable[[str], Awaitable[bytes]]

_ANSWER = 200
_EDIT_AGAIN = 2.0
_ANSWER_SECONDS = 5.0
_TYPING_SECONDS = 3.0
_PICTURES = frozenset({"image/png", "image/jpeg"})
_PICTURE_BYTES = 10_000_000


class TelegramChannel:
    """One bot on Telegram. `read_file` gives the bytes behind an outgoing file's reference."""

    name = "telegram"
    can = Capabilities(
        buttons=True,
        edit=True,
        files_in=True,
        typing=True,
        max_text=MAX_TEXT,
        # 30 a second are allowed; what is left is for the way there, which is not the same for all
        rate=29.6,
        chat_rate=1,
        # 20 a minute are: evenly spaced, a 21st must stay outside that minute though the way there is not even
        group_rate=19.5 / 60,
    )

    def __init__(self, connection: Connection, read_file: ReadFile) -> None:
        self._connection = connection
        self._read_file = read_file

    def parts(self, message: Message) -> int:
        """Return how many calls the message needs: its pages and its files."""
        return len(message.edits) or len(render(message))

    async def send(self, chat: str, message: Message, *, resend: bool, part: int) -> Outcome:
        """Send one part, counted from 0; never raises for what Telegram or the network can do to us."""
        if message.edits:
            return await self._edit(chat, message, part)
        made = render(message)
        if not 0 <= part < len(made):
            return Permanent("bad_request", f"there is no part {part} of {len(made)}")
        piece = made[part]
        group = chat.startswith("-")
        try:
            number = int(chat)
        except ValueError:
            return Permanent("chat_not_found", "a chat of Telegram is a number")
        try:
            if piece.file is not None:
                return await self._send_file(number, piece, piece.file, resend=resend)
            return await self._send_words(number, piece, resend=resend)
        except TelegramError as error:
            return outcome_of(error, group=group)

    async def answers(self) -> bool:
        """Ask who we are: a refusal is an answer too."""
        try:
            await self._connection.call("getMe", read=_ANSWER_SECONDS)
        except (BadRequest, Forbidden, InvalidToken, RetryAfter) as error:
            return not is_walled(error)
        except TelegramError:
            return False
        return True

    async def acknowledge(self, incoming: Incoming, receipt: Receipt) -> None:
        """Answer a pressed button, so that its little clock stops; once, and a failure is of no consequence."""
        if incoming.callback is None:
            return
        answer: dict[str, object] = {"callback_query_id": incoming.callback}
        if receipt.answer:
            answer["text"] = _shortened(receipt.answer)
        if receipt.alert:
            answer["show_alert"] = True
        try:
            await self._connection.call("answerCallbackQuery", answer, read=_ANSWER_SECONDS)
        except TelegramError as error:
            log.debug("button not answered", action="button_unanswered", error=redacted(str(error)))

    async def type(self, chat: str) -> None:
        """Show for five seconds that an answer is being written; once, and a failure is of no consequence."""
        try:
            await self._connection.call(
                "sendChatAction", {"chat_id": int(chat), "action": "typing"}, read=_TYPING_SECONDS
            )
        except (TelegramError, ValueError) as error:
            log.debug("typing not shown", action="typing_unshown", channel=self.name, error=redacted(str(error)))

    async def fetch(self, ref: str, limit: int) -> bytes:
        """Return a file somebody sent; raises `FileTooBig`, `FileGone` or `FetchFailed`."""
        return await self._connection.download(ref, limit)

    async def _edit(self, chat: str, message: Message, page: int) -> Outcome:
        """Put a page in the place of an earlier one; that it cannot be done is of no consequence, for nothing is lost."""
        made = render_anew(message)
        if not made or not 0 <= page < len(made) or not message.edits[page].isdecimal():
            return Sent()
        try:
            parameters = {**made[page].parameters(int(chat), resend=False), "message_id": int(message.edits[page])}
            await self._connection.call("editMessageText", parameters)
        except TelegramError as error:
            outcome = outcome_of(error)
            if isinstance(outcome, RetryAt):
                return outcome
            if isinstance(outcome, Uncertain):
                return RetryAt(_EDIT_AGAIN, whole_channel=False, reason=outcome.reason)
            log.debug("message not edited", action="unedited", channel=self.name, error=redacted(str(error)))
        return Sent()

    async def _send_words(self, chat: int, piece: Part, *, resend: bool) -> Outcome:
        sent = await self._connection.call("sendMessage", piece.parameters(chat, resend=resend))
        return Sent(str(sent["message_id"]) if isinstance(sent, dict) and "message_id" in sent else None)

    async def _send_file(self, chat: int, piece: Part, file: OutgoingFile, *, resend: bool) -> Outcome:
        try:
            content = await self._read_file(file.ref)
        except (OSError, LookupError) as error:
            if file.beside:
                log.info("picture left out", action="file_missing", ref=file.ref)
                return await self._send_words(chat, piece, resend=resend) if piece.html else Sent(None)
            log.exception("outgoing file is missing", action="file_missing", ref=file.ref)
            return Permanent("bad_request", f"{type(error).__name__}: {error}")
        if file.mime in _PICTURES and len(content) <= _PICTURE_BYTES:
            try:
                return await self._send_content(chat, piece, file, content, resend=resend, picture=True)
            except BadRequest as error:
                if not _is_about_the_picture(error):
                    raise
                # too long, too narrow, or no picture at all: as a document it arrives as it is
        return await self._send_content(chat, piece, file, content, resend=resend, picture=False)

    async def _send_content(
        self, chat: int, piece: Part, file: OutgoingFile, content: bytes, *, resend: bool, picture: bool
    ) -> Outcome:
        upload = InputFile(content, filename=file.name)
        upload.mimetype = file.mime
        caption = piece.marked(resend=resend) or None
        markup = _markup(piece)
        bot = self._connection.bot
        if picture:
            sent = await bot.send_photo(chat, upload, caption=caption, parse_mode="HTML", reply_markup=markup)
        else:
            sent = await bot.send_document(chat, upload, caption=caption, parse_mode="HTML", reply_markup=markup)
        return Sent(str(sent.message_id))


def _markup(piece: Part) -> InlineKeyboardMarkup | None:
    if not piece.keyboard:
        return None
    rows = [[InlineKeyboardButton(b["text"], callback_data=b["callback_data"]) for b in row] for row in piece.keyboard]
    return InlineKeyboardMarkup(rows)


def _is_about_the_picture(error: BadRequest) -> bool:
    text = str(error).lower()
    return "photo" in text or "image" in text


def _shortened(answer: str) -> str:
    if utf16(answer) <= _ANSWER:
        return answer
    cut = answer[: _ANSWER - 1]
    while utf16(cut) > _ANSWER - 1:
        cut = cut[:-1]
    return f"{cut.rstrip()}…"
