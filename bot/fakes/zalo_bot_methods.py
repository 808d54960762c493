"""The methods of the Zalo Bot Platform, as strict as the documents are, or stricter."""

from __future__ import annotations

import ipaddress
import re
import secrets
import time
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import urlsplit

from bot.fakes.zalo_bot_state import COUNTED, JSON, BotMessage, Chat, Refusal, World

MOST_TEXT = 2000
_WEB = re.compile(r"https?://[^\s/]+", re.IGNORECASE)

Method = Callable[[World, JSON], Awaitable[Any]]


async def run(world: World, method: str, params: JSON) -> Any:
    """Return the result of a call, `None` where it has none; raises `Refusal`."""
    if method not in _METHODS:
        raise Refusal(404, f"Method not found: {method}")
    known, act = _METHODS[method]
    # the real server may pass over what it does not know: here it shows that somebody expects more of it
    if unknown := sorted(set(params) - set(known)):
        raise Refusal(400, f"Bad Request: unknown parameter {', '.join(unknown)}")
    if method in COUNTED:
        if world.sent >= world.quota:
            raise Refusal(429, "Monthly message quota exceeded")
        result = await act(world, params)
        world.sent += 1
        return result
    return await act(world, params)


async def _me(world: World, _: JSON) -> JSON:
    own = {"id": world.bot_id, "account_name": f"bot.{world.bot_id[:8]}", "account_type": "BASIC"}
    return {**own, "can_join_groups": True, "display_name": world.name}


async def _updates(world: World, params: JSON) -> JSON:
    if world.webhook_url:
        raise Refusal(400, "Bad Request: can't use getUpdates while webhook is active")
    seconds = _seconds(params.get("timeout", 30))
    world.polling += 1
    try:
        await world.changes.until(lambda: world.queue or world.outage or world.webhook_url, max(seconds, 0.001))
    except TimeoutError:
        raise Refusal(408, "Request timeout") from None
    finally:
        world.polling -= 1
        world.polled_at = time.monotonic()
    if not world.queue:
        raise Refusal(408, "Request timeout")
    taken = world.queue.popleft()
    world.changes.tell()
    return taken


async def _set_webhook(world: World, params: JSON) -> JSON:
    url, secret = _text(params, "url"), _text(params, "secret_token")
    if not _is_public_https(url):
        raise Refusal(400, "Bad Request: webhook must be a public HTTPS URL")
    if not 8 <= len(secret) <= 256:
        raise Refusal(400, "Bad Request: secret_token must have 8 to 256 characters")
    world.webhook_url, world.webhook_secret, world.webhook_updated = url, secret, world.now_ms()
    world.changes.tell()
    return {"url": url, "updated_at": world.webhook_updated}


async def _delete_webhook(world: World, _: JSON) -> JSON:
    world.webhook_url, world.webhook_secret, world.webhook_updated = "", "", world.now_ms()
    world.polled_at = time.monotonic()
    world.changes.tell()
    return {"url": "", "updated_at": world.webhook_updated}


async def _webhook_info(world: World, _: JSON) -> JSON:
    return {"url": world.webhook_url, "updated_at": world.webhook_updated}


async def _message(world: World, params: JSON) -> JSON:
    chat = _chat(world, params)
    text = _text(params, "text")
    if not 1 <= _length(text) <= MOST_TEXT or not text.strip():
        raise Refusal(400, "Bad Request: text must have 1 to 2000 characters")
    if params.get("parse_mode", "markdown") not in ("markdown", "html"):
        raise Refusal(400, "Bad Request: unknown parse_mode")
    return _said(world, chat, text)


async def _photo(world: World, params: JSON) -> JSON:
    chat = _chat(world, params)
    photo = params.get("photo")
    if not isinstance(photo, str) or not _WEB.match(photo):
        raise Refusal(400, "The photo must start with http:// or https://")
    caption = params.get("caption")
    if caption is not None and not (isinstance(caption, str) and 1 <= _length(caption) <= MOST_TEXT):
        raise Refusal(400, "Bad Request: caption must have 1 to 2000 characters")
    return _said(world, chat, caption or "", photo)


async def _sticker(world: World, params: JSON) -> JSON:
    return _said(world, _chat(world, params), f"[sticker {_text(params, 'sticker')}]")


async def _voice(world: World, params: JSON) -> JSON:
    chat, url = _chat(world, params), _text(params, "voice_url")
    if chat.kind != "PRIVATE" or not _WEB.match(url) or not url.endswith(".aac"):
        raise Refusal(400, "Bad Request: voice_url must be an .aac URL, in a private chat")
    return _said(world, chat, f"[voice {url}]")


async def _action(world: World, params: JSON) -> None:
    chat = _chat(world, params)
    if _text(params, "action") != "typing":
        raise Refusal(400, "Bad Request: unknown action")
    chat.actions.append("typing")
    world.changes.tell()


def _said(world: World, chat: Chat, text: str, photo: str | None = None) -> JSON:
    message = BotMessage(secrets.token_hex(12), text, photo, world.clock())
    chat.messages.append(message)
    world.changes.tell()
    return {"message_id": message.id, "date": world.now_ms()}


def _chat(world: World, params: JSON) -> Chat:
    chat = world.chats.get(_text(params, "chat_id"))
    # a bot cannot begin a conversation: it may write to whoever wrote to it once
    if chat is None or not chat.opened:
        raise Refusal(400, "Bad Request: chat not found")
    return chat


def _text(params: JSON, name: str) -> str:
    value = params.get(name)
    if not isinstance(value, str) or not value:
        raise Refusal(400, f"Bad Request: {name} is required")
    return value


def _seconds(given: object) -> float:
    # documented as a text, shown as a number, and both work
    try:
        seconds = float(str(given))
    except ValueError:
        raise Refusal(400, "Bad Request: timeout must be a number") from None
    if not 0 <= seconds <= 60:
        raise Refusal(400, "Bad Request: timeout must be 0 to 60")
    return seconds


def _length(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _is_public_https(url: str) -> bool:
    parts = urlsplit(url)
    host = parts.hostname or ""
    try:
        loopback = host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return parts.scheme == "https"
    # the real server refuses this very machine: plain HTTP to it is for rehearsals
    return parts.scheme == "http" and loopback


_METHODS: dict[str, tuple[tuple[str, ...], Method]] = {
    "getMe": ((), _me),
    "getUpdates": (("timeout",), _updates),
    "setWebhook": (("url", "secret_token"), _set_webhook),
    "deleteWebhook": ((), _delete_webhook),
    "getWebhookInfo": ((), _webhook_info),
    "sendMessage": (("chat_id", "text", "parse_mode", "text_styles"), _message),
    "sendPhoto": (("chat_id", "photo", "caption"), _photo),
    "sendSticker": (("chat_id", "sticker"), _sticker),
    "sendVoice": (("chat_id", "voice_url"), _voice),
    "sendChatAction": (("chat_id", "action"), _action),
}
