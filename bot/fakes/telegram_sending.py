"""The methods that put something into a chat or change it."""

from __future__ import annotations

from bot.fakes.telegram_chats import BotMessage, Chat, StoredFile
from bot.fakes.telegram_markup import inline, keyboard
from bot.fakes.telegram_spec import JSON, Upload, bad
from bot.fakes.telegram_state import World
from bot.fakes.telegram_text import formatted, utf16

TEXT_LIMIT = 4096
CAPTION_LIMIT = 1024
UPLOAD_LIMIT = 50 * 1024 * 1024
PHOTO_LIMIT = 10 * 1024 * 1024
_PICTURES = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF8", b"RIFF", b"BM")
_ACTIONS = (
    *("typing", "upload_photo", "record_video", "upload_video", "record_voice", "upload_voice", "upload_document"),
    *("choose_sticker", "find_location", "record_video_note", "upload_video_note"),
)
_REACTIONS = frozenset(
    "👍👎❤🔥🥰👏😁🤔🤯😱🤬😢🎉🤩🤮💩🙏👌🕊🤡🥱🥴😍🐳🌚🌭💯🤣⚡🍌🏆💔🤨😐🍓🍾💋😈😴😭🤓👻👀🎃🙈😇😨🤝✍🤗🫡🎅🎄☃💅🤪🗿🆒💘🙉🦄😘💊🙊😎👾🤷😡"
)


def send_message(world: World, params: JSON) -> JSON:
    """Answer sendMessage."""
    body = _text(params)
    markup = keyboard(params.get("reply_markup"))
    chat = world.reachable(params["chat_id"])
    return world.post(chat, _framed(world, chat, body, markup, params), params)


def send_document(world: World, params: JSON) -> JSON:
    """Answer sendDocument."""
    body = _caption(params)
    markup = keyboard(params.get("reply_markup"))
    chat = world.reachable(params["chat_id"])
    stored = _file(world, params["document"], "documents")
    body = {"document": document_json(stored), **body}
    return world.post(chat, _framed(world, chat, body, markup, params), params)


def send_photo(world: World, params: JSON) -> JSON:
    """Answer sendPhoto."""
    body = _caption(params)
    markup = keyboard(params.get("reply_markup"))
    chat = world.reachable(params["chat_id"])
    photo = params["photo"]
    if isinstance(photo, Upload):
        if len(photo.content) > PHOTO_LIMIT:
            raise bad(
                f"file of size {len(photo.content)} bytes is too big for a photo; the maximum size is 10485760 bytes"
            )
        if not photo.content.startswith(_PICTURES):
            raise bad("IMAGE_PROCESS_FAILED")
    body = {"photo": photo_json(_file(world, photo, "photos")), **body}
    return world.post(chat, _framed(world, chat, body, markup, params), params)


def edit_message_text(world: World, params: JSON) -> JSON | bool:
    """Answer editMessageText."""
    if "text" not in params:
        raise bad("message text is empty")
    return _edit(world, params, "text", _text(params))


def edit_message_caption(world: World, params: JSON) -> JSON | bool:
    """Answer editMessageCaption."""
    return _edit(world, params, "caption", _caption(params))


def edit_message_reply_markup(world: World, params: JSON) -> JSON | bool:
    """Answer editMessageReplyMarkup."""
    return _edit(world, params, None, {})


def delete_message(world: World, params: JSON) -> bool:
    """Answer deleteMessage."""
    chat = world.reachable(params["chat_id"])
    raw = chat.history.pop(params["message_id"], None)
    if raw is None and world.keep:
        raise bad("message to delete not found")
    message = world.find(chat, params["message_id"])
    if message:
        message.deleted = True
    world.changes.tell()
    return True


def set_message_reaction(world: World, params: JSON) -> bool:
    """Answer setMessageReaction."""
    chat = world.reachable(params["chat_id"])
    if params["message_id"] not in chat.history and world.keep:
        raise bad("message to react not found")
    reactions = params.get("reaction", [])
    if len(reactions) > 1 or any(one["type"] == "emoji" and one["emoji"] not in _REACTIONS for one in reactions):
        raise bad("REACTION_INVALID")
    chat.reactions[params["message_id"]] = reactions
    world.changes.tell()
    return True


def send_chat_action(world: World, params: JSON) -> bool:
    """Answer sendChatAction."""
    if params["action"] not in _ACTIONS:
        raise bad("wrong parameter action in request")
    world.reachable(params["chat_id"]).actions.append(params["action"])
    return True


def document_json(stored: StoredFile) -> JSON:
    """Return a file as it stands in a message."""
    return {
        "file_id": stored.id,
        "file_unique_id": stored.unique_id,
        "file_name": stored.name,
        "mime_type": stored.mime,
        "file_size": stored.size,
    }


def photo_json(stored: StoredFile) -> list[JSON]:
    """Return a picture as it stands in a message, smallest size first."""
    size: JSON = {"file_id": stored.id, "file_unique_id": stored.unique_id, "file_size": stored.size}
    return [{**size, "width": 90, "height": 67}, {**size, "width": 1280, "height": 960}]


def _text(params: JSON) -> JSON:
    text, entities = formatted(params["text"], params.get("parse_mode"), params.get("entities"))
    if not text:
        raise bad("message text is empty")
    if utf16(text) > TEXT_LIMIT:
        raise bad("message is too long")
    return {"text": text, "entities": entities} if entities else {"text": text}


def _caption(params: JSON) -> JSON:
    text, entities = formatted(params.get("caption", ""), params.get("parse_mode"), params.get("caption_entities"))
    if utf16(text) > CAPTION_LIMIT:
        raise bad("message caption is too long")
    body: JSON = {"caption": text} if text else {}
    return {**body, "caption_entities": entities} if entities else body


def _framed(world: World, chat: Chat, body: JSON, markup: JSON | None, params: JSON) -> JSON:
    reply = params.get("reply_parameters")
    if reply:
        original = chat.history.get(reply["message_id"])
        if original:
            body = {"reply_to_message": {k: v for k, v in original.items() if k != "reply_to_message"}, **body}
        elif world.keep and not reply.get("allow_sending_without_reply"):
            raise bad("message to be replied not found")
    # a message shows its inline keyboard only; the other keyboards belong to the reader's screen
    return {**body, "reply_markup": markup} if markup and "inline_keyboard" in markup else body


def _file(world: World, given: Upload | str, folder: str) -> StoredFile:
    if isinstance(given, Upload):
        if not given.content:
            raise bad("file must be non-empty")
        return world.store_file(given.content, given.name, given.mime or "application/octet-stream", folder=folder)
    if given.startswith(("http://", "https://")):
        raise bad("failed to get HTTP URL content")
    if given not in world.files:
        raise bad("wrong file identifier/HTTP URL specified")
    return world.files[given]


def _edit(world: World, params: JSON, part: str | None, body: JSON) -> JSON | bool:
    markup = inline(params.get("reply_markup"))
    if "chat_id" not in params or "message_id" not in params:
        raise bad("message identifier is not specified")
    chat = world.reachable(params["chat_id"])
    if not world.keep:
        return True
    raw = chat.history.get(params["message_id"])
    if raw is None:
        raise bad("message to edit not found")
    message = world.find(chat, params["message_id"])
    if message is None:
        raise bad("message can't be edited")
    if part == "text" and "text" not in raw:
        raise bad("there is no text in the message to edit")
    if part == "caption" and "text" in raw:
        raise bad("there is no caption in the message to edit")
    return _replace(world, message, _after(raw, part, body, markup), params)


def _after(raw: JSON, part: str | None, body: JSON, markup: JSON | None) -> JSON:
    fresh = {key: value for key, value in raw.items() if key != "reply_markup"}
    if part:
        for key in (part, "entities" if part == "text" else "caption_entities"):
            fresh.pop(key, None)
    fresh.update(body)
    return {**fresh, "reply_markup": markup} if markup else fresh


def _replace(world: World, message: BotMessage, fresh: JSON, params: JSON) -> JSON:
    if fresh == message.raw:
        raise bad(
            "message is not modified: specified new message content and reply markup are exactly the same"
            " as a current content and reply markup of the message"
        )
    message.edits.append(message.raw)
    message.raw = {**fresh, "edit_date": int(world.clock())}
    message.source = params
    message.chat.history[message.id] = message.raw
    world.changes.tell()
    return message.raw
