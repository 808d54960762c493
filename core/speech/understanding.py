"""One message, understood: slash commands first, then questions, short answers, acts, lists, what is left."""

import re
from dataclasses import replace
from datetime import date
from typing import Final

from core.speech.acts import act_of, given_of
from core.speech.answers import asks, asks_about_one, chosen, is_invite_code, nods, short_answer
from core.speech.commands import PHRASES, nearest, opening, slash_name
from core.speech.courtesy import without_courtesy, without_mention
from core.speech.documents import find_document
from core.speech.model import DocumentRef, TaskRef, Utterance
from core.speech.queries import query_of
from core.speech.reading import Reading, read, utterance
from core.speech.refs import find_notice, read_ref
from core.speech.typed import HEAD, Typed
from core.speech.units import mentioned_unit

_PLAIN: Final = re.compile(r"\s*/([A-Za-z]{2,12})(?:@[A-Za-z0-9_]+)?((?:\s+[0-9]{1,2}(?:\.[0-9]{1,2}){1,3})*)\s*")
_SLASH: Final = re.compile(r" *[/#] *(?P<name>[a-z_]+)(?:@[a-z0-9_]+)?")
_URGES: Final = re.compile(r"(?:de nghi )?(?:nhac|don doc)\b")
_EDGES: Final = " .,;:!"
_OF_NOTICES: Final = frozenset({"summary", "notice", "review", "export", "publish"})
_NOTICE: Final = re.compile(r"(?:TB ?)?([0-9]{2,5}(?:/[^\s/]+)?)", re.IGNORECASE)
_NUMBER: Final = re.compile(r"[0-9]{3,5}")
_ABOUT: Final = re.compile(
    r"(?P<verb>(?:(?:xem|tien do|tinh hinh|tong hop|ket qua|viec) )*)(?P<number>[0-9]{3,5})(?: .*)?"
)
_ASKED: Final = re.compile(r"\b(?:(?:den|toi) dau|the nao|ra sao|sao roi|tinh hinh|tien do|ket qua|con gi)\b|^xem\b")
_DEADLINE_OF: Final = re.compile(
    r"(?P<when>(?:bao gio|khi nao) (?:thi )?(?:den |toi |het ))?(?:han|thoi han) (?:chot |cuoi |nop )?(?:cua )?(?:muc )?"
    r"(?P<code>[0-9]{1,2}(?:\.[0-9]{1,2}){1,3})(?(when)$| (?:la )?(?:bao gio|khi nao|ngay nao|may gio)\b)"
)
"""A question after a deadline, in which the number that follows "han" is a directive's and no date."""
_NOTICE_HEAD: Final = re.compile(r".{0,200}?\bso ?: ?[0-9]+/tb\b|thong bao (?:ve )?(?:viec )?ket luan\b")
_YES: Final = frozenset({"ok", "oke", "okie", "vang"})
_FEW: Final = 8
_SLIP: Final = 80
"""How alike a short message must be to a command's words to be taken for a slip of the fingers, of 100."""


def quickly(text: str) -> Utterance | None:
    """The commonest form, "/done 3.5", understood without looking further; None for any other."""
    found = _PLAIN.fullmatch(text) if len(text) < 100 else None
    if found is None:
        return None
    name = found[1].lower()
    refs = tuple(map(TaskRef, dict.fromkeys(found[2].split())))
    return Utterance(name, refs, exact=True) if slash_name(name) == name else None


def understood(text: str, *, today: date, bot_name: str | None) -> Utterance:
    """The message understood; whatever it is, nothing is raised."""
    typed = without_mention(Typed.of(text), bot_name)
    stripped = typed.folded.strip()
    if not stripped.strip(".,;:!-?/#@"):
        return Utterance("help" if stripped.startswith("?") else "unknown", nearest=nearest(stripped))
    if (slash := _SLASH.match(typed.folded)) is not None:
        return _slash(typed, slash, today)
    if stripped[0] in "/#":
        typed = typed.without((0, len(typed.folded) - len(typed.folded.lstrip(" /#"))))
    return _natural(typed, today)


def _slash(typed: Typed, slash: re.Match[str], today: date) -> Utterance:
    word = slash["name"].replace("_", "")
    name = slash_name(word)
    after = typed.without((0, slash.end()))
    # Vietnamese after a slash is read as without it, so that "/xong 80%" is no more "xong" than "xong 80%" is
    words = [one.folded for one in typed.without((0, slash.start("name"))).words()[:6]]
    found = opening(words)
    # nor is a longer command the shorter one it begins with: "/remind me" reminds the speaker, "/remind" a unit
    if found is not None and (name != word or (found[1] > 1 and found[0] != name)):
        return _natural(typed.without((0, slash.start("name"))), today)
    if name is None:
        likely = nearest(typed.text[slash.start("name") : slash.end("name")])
        return Utterance("unknown", rest=after.kept(), said=after.kept(), nearest=likely)
    reading = read(after, today=today, intent=name, start=slash.end())
    act = replace(utterance(name, reading, today=today, command=slash.span(), reach=1), exact=True)
    if act.notice is None and name in _OF_NOTICES and (told := _NOTICE.fullmatch(act.rest)) is not None:
        act = replace(act, notice=told[1], rest="")
    if act.refs and not act.rest.strip("? ") and "?" in typed.folded[-2:]:
        return replace(act, intent="task", rest="")
    return act


def _natural(typed: Typed, today: date) -> Utterance:
    stripped = typed.folded.strip(_EDGES)
    if nods(stripped):
        return Utterance("acknowledge", said=typed.kept())
    if is_invite_code(stripped) and stripped.split()[0] not in PHRASES:
        return Utterance("start", rest=typed.kept(), said=typed.kept())
    plain = without_courtesy(typed)
    if plain is None:
        return Utterance("text", rest=typed.kept(), said=typed.kept())
    body = plain.folded.strip(_EDGES)
    if (document := _only_document(plain, body, today)) is not None:
        return Utterance("document", document=document, said=plain.kept())
    if (choice := chosen(body)) is not None:
        return _choice(plain, body, choice, today)
    if (alone := read_ref(plain.kept())) is not None and "." in alone.code:
        return Utterance("task", (alone,))
    if len(plain.folded) > HEAD and _NOTICE_HEAD.match(plain.folded[:HEAD].strip()) is not None:
        number = find_notice(plain)
        return Utterance("notice", rest=plain.kept(), said=plain.kept(), notice=None if number is None else number[0])
    return _sentence(plain, today)


def _only_document(plain: Typed, body: str, today: date) -> DocumentRef | None:
    if _NUMBER.fullmatch(body) is not None:
        return DocumentRef(body)
    found = find_document(plain, today=today) if any(char.isdigit() for char in body[:40]) else None
    if found is None or plain.folded[: found.start].strip(_EDGES) or plain.folded[found.end :].strip(_EDGES + "a"):
        return None
    return found.document


def _choice(plain: Typed, body: str, choice: tuple[int, int], today: date) -> Utterance:
    number, at = choice
    start = plain.folded.index(body)
    answer = plain.without((start, start + at))
    act = utterance("choice", read(answer, today=today), today=today)
    unit = mentioned_unit(answer, answer.words(), reach=1, phrases=True)
    return replace(act, choice=number, mentions_unit=unit)


def _sentence(plain: Typed, today: date) -> Utterance:
    reading = read(plain, today=today)
    if not reading.words:
        return _bare(reading, today)
    core = reading.core
    question = asks(plain.text, plain.folded) or (bool(reading.refs) and asks_about_one(core))
    if not reading.refs and (dated := _DEADLINE_OF.match(plain.folded.strip(_EDGES + "?"))) is not None:
        return Utterance("task", (TaskRef(dated["code"]),), said=plain.kept())
    if not question and (given := given_of(reading, today=today)) is not None:
        return given
    answer = short_answer(core)
    if nods(core) or (answer == "progress" and not reading.refs and "?" not in plain.folded):
        return utterance("progress" if answer else "acknowledge", reading, today=today)
    if not reading.refs:
        if (notice := _about_notice(reading, question=question)) is not None:
            return replace(utterance("summary", reading, today=today), rest="", notice=notice)
        if (
            (question or len(core) < HEAD // 2)
            and _URGES.match(core) is None
            and (query := query_of(core.rstrip("?"))) is not None
        ):
            act = utterance(query.intent, reading, today=today)
            if query.sure or question:
                return replace(act, rest=" ".join(filter(None, (act.mentions_unit, query.rest))))
    if question:
        act = utterance("task" if reading.refs else "question", reading, today=today)
        unit = None if reading.refs else mentioned_unit(reading.left, reading.words, reach=1, phrases=True)
        return act if unit is None else replace(act, intent="summary", mentions_unit=unit, rest=unit)
    if answer == "acknowledge" and reading.refs and reading.document is not None:
        return utterance("done", reading, today=today)  # "3.5 da co so 45 27/4"
    if answer is not None and not (reading.refs and answer in {"cancel", "agree", "refuse"}):
        act = utterance(answer, reading, today=today)
        return act if answer == "progress" else replace(act, rest="")
    return act_of(reading, today=today) or _unrecognised(reading, today)


def _bare(reading: Reading, today: date) -> Utterance:
    if not reading.refs:
        return utterance("summary", reading, today=today)
    return utterance("task" if reading.document is None else "done", reading, today=today)


def _about_notice(reading: Reading, *, question: bool) -> str | None:
    found = _ABOUT.fullmatch(reading.core)
    about = question or _ASKED.search(reading.core) is not None
    if reading.notice is not None:
        return reading.notice if about else None
    return found["number"] if found is not None and (about or found["verb"]) else None


def _unrecognised(reading: Reading, today: date) -> Utterance:
    plain = utterance("text", reading, today=today, reach=1)
    if reading.words[0].folded in _YES and len(reading.words) <= _FEW:
        return replace(plain, intent="acknowledge")
    likely = nearest(reading.core, at_least=_SLIP, first_word=False) if len(reading.words) <= 4 else ()
    if reading.words[0].folded in {"huy", "thoi", "bo"} and reading.refs:
        likely = ("drop", "undo", "cancel")
    return replace(plain, intent="unknown", nearest=likely) if likely else plain
