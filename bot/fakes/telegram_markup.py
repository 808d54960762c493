"""Keyboards, as strictly as the server reads them."""

from __future__ import annotations

import json
from typing import Any

from bot.fakes.telegram_spec import JSON, bad

_STYLES = ("danger", "success", "primary")
_NOT_ACTIONS = {"text", "style", "icon_custom_emoji_id"}
_LABEL = 128
_BUTTONS = 100
_ROW = 8
_BYTES = 10_000


def keyboard(markup: JSON | None) -> JSON | None:
    """Return the keyboard if the server would take it; refuses it with 400 otherwise."""
    if markup is None:
        return None
    if "inline_keyboard" in markup:
        _check_rows(markup["inline_keyboard"], _inline_button)
        if len(json.dumps(markup, ensure_ascii=False).encode()) > _BYTES:
            raise bad("REPLY_MARKUP_TOO_LONG")
    elif "keyboard" in markup:
        _check_rows(markup["keyboard"], _reply_button)
    elif markup.get("remove_keyboard", markup.get("force_reply")) is not True:
        raise bad("object expected as reply markup")
    if len(markup.get("input_field_placeholder", "")) > 64:
        raise bad("REPLY_MARKUP_INVALID")
    return markup


def inline(markup: JSON | None) -> JSON | None:
    """Return the inline keyboard, `None` for an empty one: that is how the bot takes buttons away."""
    checked = keyboard(markup)
    return checked if checked and any(checked.get("inline_keyboard", ())) else None


def _check_rows(rows: list[list[Any]], check: Any) -> None:
    if sum(map(len, rows)) > _BUTTONS:
        raise bad("REPLY_MARKUP_TOO_LONG")
    for row in rows:
        if len(row) > _ROW:
            raise bad("BUTTONS_TOO_MANY")
        for button in row:
            _check_label(button)
            check(button)


def _check_label(button: JSON) -> None:
    text = button["text"]
    if not text.strip():
        raise bad("can't parse keyboard button: Button text must not be empty")
    if len(text) > _LABEL:
        raise bad("BUTTON_TEXT_INVALID")
    if button.get("style", "primary") not in _STYLES:
        raise bad("can't parse keyboard button: invalid button style specified")


def _inline_button(button: JSON) -> None:
    actions = [key for key in button if key not in _NOT_ACTIONS]
    if not actions:
        raise bad("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
    if len(actions) > 1:
        raise bad(f"can't parse inline keyboard button: only one of {', '.join(actions)} may be given")
    if "callback_data" in button and not 1 <= len(button["callback_data"].encode()) <= 64:
        raise bad("BUTTON_DATA_INVALID")
    if "url" in button and not button["url"].startswith(("https://", "http://", "tg://")):
        raise bad("inline keyboard button URL is invalid: Wrong HTTP URL")
    if "copy_text" in button and not 1 <= len(button["copy_text"]["text"]) <= 256:
        raise bad("BUTTON_COPY_TEXT_INVALID")


def _reply_button(button: JSON) -> None:
    if len([key for key in button if key not in _NOT_ACTIONS]) > 1:
        raise bad("can't parse keyboard button: only one action may be given")
