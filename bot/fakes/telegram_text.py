"""Text as Telegram sees it: lengths in UTF-16 units, HTML into entities, and the entities in what a person types."""

from __future__ import annotations

import re
from typing import NoReturn

from bot.fakes.telegram_spec import JSON, Refusal

_PLAIN_TAGS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "code": "code",
}
_TAGS = frozenset(_PLAIN_TAGS) | {"a", "span", "pre", "blockquote", "tg-emoji", "tg-time"}
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_CHARACTER = re.compile(r"&(?:#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6})|([a-zA-Z]{1,9}));?")
_ATTRIBUTE = re.compile(r"""\s*([^\s=>/]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([A-Za-z0-9.\-]+)))?""")
_TAG_NAME = re.compile(r"[^\s>]*")
_COMMAND = re.compile(r"(?<![\w/<>])/([A-Za-z0-9_]{1,64})(@[A-Za-z0-9_]{1,32})?(?![\w/<>])", re.UNICODE)
_MENTION = re.compile(r"(?<![\w@])@[A-Za-z0-9_]{4,32}\b")
_URL = re.compile(r"\bhttps?://[^\s<>\"]+")


def utf16(text: str) -> int:
    """Return the length of `text` in UTF-16 code units, the unit of every Telegram limit and offset."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def typed_entities(text: str) -> list[JSON]:
    """Return the commands, mentions and links the server marks in what a person typed."""
    found: list[JSON] = []
    for kind, pattern in (("bot_command", _COMMAND), ("mention", _MENTION), ("url", _URL)):
        if kind != "bot_command" or "/" in text:
            found += [
                {"type": kind, "offset": utf16(text[: match.start()]), "length": utf16(match.group())}
                for match in pattern.finditer(text)
            ]
    return sorted(found, key=lambda entity: int(entity["offset"]))


def formatted(text: str, parse_mode: str | None, entities: list[JSON] | None) -> tuple[str, list[JSON]]:
    """Return what is shown of `text` and its entities; refuses broken markup with 400 as the server does."""
    if parse_mode:
        if parse_mode.lower() != "html":
            raise Refusal(400, f'unsupported parse_mode "{parse_mode}"')
        text, found = _HtmlReader(text).read() if "<" in text or "&" in text else (text, [])
    else:
        found = list(entities or ())
    if "\x00" in text:
        raise Refusal(400, "strings must be encoded in UTF-8")
    shown = text.lstrip()
    shift = utf16(text) - utf16(shown)
    shown = shown.rstrip()
    return shown, _trimmed(found, shift, utf16(shown)) if found else found


def _trimmed(entities: list[JSON], shift: int, length: int) -> list[JSON]:
    kept: list[JSON] = []
    for entity in entities:
        start = max(0, entity["offset"] - shift)
        end = min(length, entity["offset"] + entity["length"] - shift)
        if end > start:
            kept.append({**entity, "offset": start, "length": end - start})
    return sorted(kept, key=lambda entity: (entity["offset"], -entity["length"]))


class _HtmlReader:
    def __init__(self, source: str) -> None:
        self._source = source
        self._shown: list[str] = []
        self._length = 0
        self._open: list[tuple[str, dict[str, str], int, int]] = []
        self._entities: list[JSON] = []

    def read(self) -> tuple[str, list[JSON]]:
        source, at = self._source, 0
        while at < len(source):
            character = source[at]
            if character == "<":
                at = self._end_tag(at) if source.startswith("</", at) else self._start_tag(at)
            elif character == "&":
                at = self._character(at)
            else:
                end = min((p for p in (source.find("<", at), source.find("&", at)) if p >= 0), default=len(source))
                self._show(source[at:end])
                at = end
        if self._open:
            self._refuse(f'Can\'t find end tag corresponding to start tag "{self._open[-1][0]}"')
        return "".join(self._shown), self._entities

    def _show(self, text: str) -> None:
        self._shown.append(text)
        self._length += utf16(text)

    def _character(self, at: int) -> int:
        match = _CHARACTER.match(self._source, at)
        if match:
            decimal, hexadecimal, name = match.groups()
            code = int(decimal) if decimal else int(hexadecimal, 16) if hexadecimal else 0
            if 0 < code < 0x10FFFF or name in _NAMED:
                self._show(chr(code) if code else _NAMED[name])
                return match.end()
        self._show("&")
        return at + 1

    def _start_tag(self, at: int) -> int:
        named = _TAG_NAME.match(self._source, at + 1)
        end = named.end() if named else at + 1
        tag = self._source[at + 1 : end].lower()
        if end >= len(self._source):
            self._refuse(f"Unclosed start tag at byte offset {self._bytes(at)}")
        if tag not in _TAGS:
            self._refuse(f'Unsupported start tag "{tag}" at byte offset {self._bytes(at)}')
        attributes: dict[str, str] = {}
        while True:
            rest = self._source[end:]
            end += len(rest) - len(rest.lstrip())
            if end >= len(self._source):
                self._refuse(f"Unclosed start tag at byte offset {self._bytes(at)}")
            if self._source[end] == ">":
                break
            match = _ATTRIBUTE.match(self._source, end)
            if not match:
                self._refuse(f'Empty attribute name in the tag "{tag}" at byte offset {self._bytes(at)}')
            name, *values = match.groups()
            if all(value is None for value in values) and (tag, name) != ("blockquote", "expandable"):
                self._refuse(
                    "Expected equal sign in declaration of an attribute of the tag"
                    f' "{tag}" at byte offset {self._bytes(at)}'
                )
            attributes[name.lower()] = _unescaped(next((value for value in values if value is not None), ""))
            end = match.end()
        if tag == "span" and attributes.get("class") != "tg-spoiler":
            self._refuse(f'Tag "span" must have class "tg-spoiler" at byte offset {self._bytes(at)}')
        self._open.append((tag, attributes, self._length, at))
        return end + 1

    def _end_tag(self, at: int) -> int:
        end = self._source.find(">", at)
        if not self._open:
            self._refuse(f"Unexpected end tag at byte offset {self._bytes(at)}")
        if end < 0:
            self._refuse(f"Unclosed end tag at byte offset {self._bytes(at)}")
        name = self._source[at + 2 : end].strip().lower()
        tag, attributes, start, _ = self._open.pop()
        if name and name != tag:
            self._refuse(f'Unmatched end tag at byte offset {self._bytes(at)}, expected "</{tag}>", found "</{name}>"')
        entity = self._entity(tag, attributes, start)
        if entity and self._length > start:
            self._entities.append({**entity, "offset": start, "length": self._length - start})
        return end + 1

    def _entity(self, tag: str, attributes: dict[str, str], start: int) -> JSON | None:
        if tag in _PLAIN_TAGS:
            return {"type": _PLAIN_TAGS[tag]}
        if tag == "span":
            return {"type": "spoiler"}
        if tag == "a":
            url = attributes.get("href", "")
            return {"type": "text_link", "url": url} if url else None
        if tag == "blockquote":
            return {"type": "expandable_blockquote" if "expandable" in attributes else "blockquote"}
        if tag == "tg-emoji":
            return {"type": "custom_emoji", "custom_emoji_id": attributes.get("emoji-id", "")}
        if tag == "tg-time":
            if not attributes.get("unix", "").isdecimal():
                self._refuse(f'Tag "tg-time" must have a number in "unix" at byte offset {start}')
            time = {"type": "date_time", "unix_time": int(attributes["unix"])}
            return {**time, "date_time_format": attributes["format"]} if "format" in attributes else time
        return {"type": "pre"}

    def _bytes(self, at: int) -> int:
        return len(self._source[:at].encode())

    def _refuse(self, reason: str) -> NoReturn:
        raise Refusal(400, f"can't parse entities: {reason}")


def _unescaped(value: str) -> str:
    def character(match: re.Match[str]) -> str:
        decimal, hexadecimal, name = match.groups()
        if name:
            return _NAMED.get(name, match.group())
        return chr(int(decimal) if decimal else int(hexadecimal, 16))

    return _CHARACTER.sub(character, value)
