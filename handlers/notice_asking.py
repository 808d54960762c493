"""What is asked and answered while a draft is settled."""

from __future__ import annotations

from core.drafts import DraftNotice, DraftTask
from core.messages import Button, Message
from core.reading.references import refers_to
from core.settling import Edit
from core.tasks import Kind
from handlers.context import Context
from handlers.following import unit_words
from handlers.importing import known_agency
from handlers.notice_drafts import is_chief
from handlers.notice_pages import item_reference
from handlers.notice_words import due_text


def how_to(context: Context, notice: DraftNotice) -> Message:
    """Say how a directive is changed, with a button for each that nobody was given."""
    buttons = [_edit_button(context, notice, task.code) for task in notice.without_unit()[:4]]
    codes = [task.code for task in notice.tasks if task.kind is Kind.TRACKED] or ["1"]
    return context.say("notice-edit-how", *buttons, code=codes[0])


def edit_question(context: Context, notice: DraftNotice, task: DraftTask) -> Message:
    """Ask what to do with a directive nobody was given, or say how any other is changed."""
    ref, task = item_reference(notice, notice.tasks.index(task)), task.shown()
    if not task.needs_unit:
        return context.say("notice-edit-item-how", code=task.code, title=task.title)
    elsewhere = bool(task.refers_to)
    give = ("notice-choice-coordinate", "coordinate") if elsewhere else ("notice-choice-lead", "lead")
    split = ("notice-choice-items" if elsewhere else "notice-choice-split", "split")
    first, second = (split, give) if elsewhere else (give, split)
    return context.say(
        "notice-edit-unit",
        context.button(first[0], f"/edit {ref} {first[1]}"),
        context.button(second[0], f"/edit {ref} {second[1]}"),
        context.button("notice-choice-untracked", f"/edit {ref} untracked"),
        code=task.code,
        words=_about_units(task.text) or task.title,
    )


def _about_units(text: str) -> str:
    """Return the notice's own words on who has this, as far as its date."""
    for mark in "();":
        text = text.replace(mark, ".")
    pieces = [piece.strip() for piece in text.split(".")]
    said = [piece for piece in pieces if "đơn vị" in piece.lower() and "giao" in piece.lower() and len(piece) < 160]
    return said[0].partition(" ngày ")[0] if said else ""


async def which_unit(context: Context, notice: DraftNotice, task: DraftTask, what: str) -> Message:
    """Ask which unit gets it, one choice for each."""
    ref = item_reference(notice, notice.tasks.index(task))
    agency = await known_agency(context.work, context.actor.agency_id)
    choices = [Button(unit.code, f"/edit {ref} {what} {unit.code}") for unit in agency.units]
    return context.say(f"notice-which-{what}", *choices, code=task.code)


async def recorded(context: Context, task: DraftTask, one: Edit) -> list[str]:
    """Repeat what was recorded."""
    t, task = context.t, task.shown()
    match one.what:
        case "coordinate":
            units, sources = await unit_names(context, one.units), ", ".join(refers_to(task.text, None))
            return [t("notice-set-coordinate", code=task.code, units=units, sources=sources, has=_yes(sources))]
        case "lead" | "implementing" | "cooperating":
            units = await unit_names(context, one.units)
            return [t(f"notice-set-{one.what}", code=task.code, units=units, has=_yes(units))]
        case "due":
            return _recorded_date(context, task)
        case "untracked":
            return [t("notice-set-untracked", code=task.code, reason=task.kind_reason or "")]
        case "product":
            return [t("notice-set-product", code=task.code, product=task.product or "", has=_yes(task.product))]
        case "title":
            return [t("notice-set-title", code=task.code, title=task.title)]
        case "no_due" | "standing" | "tracked" | "text":
            return [t(f"notice-set-{one.what}", code=task.code)]
        case "split":
            return []


def _recorded_date(context: Context, task: DraftTask) -> list[str]:
    lines = [context.t("notice-set-due", code=task.code, due=due_text(context.t, task, context.today))]
    if task.due is None and task.suggested is not None:
        chief = "yes" if is_chief(context) else "no"
        lines.append(context.t("notice-set-suggested", chief=chief, code=task.code))
    elif task.due_basis:
        lines.append(context.t("notice-basis", basis=task.due_basis))
    return lines


def _yes(words: str | None) -> str:
    return "yes" if words else "no"


async def unit_names(context: Context, codes: tuple[str, ...]) -> str:
    """Return units as people say them."""
    units = {unit.code: unit for unit in await context.work.people.units(context.actor.agency_id)}
    return ", ".join(unit_words(units[code]) for code in codes if code in units)


def what_next(context: Context, notice: DraftNotice, status: str, lines: list[str]) -> Message:
    """Say what was recorded, what is still open, and offer the next step once nothing is."""
    missing = [task.code for task in notice.without_unit()]
    buttons = [_edit_button(context, notice, code) for code in missing[:3]]
    if missing:
        lines.append(context.t("notice-still-units", codes=", ".join(missing)))
    lines += [context.t(f"notice-open-{name}") for name in notice.warnings if name in {"no_number", "no_date"}]
    if not missing and not is_chief(context):
        lines.append(context.t("notice-still-nothing"))
        buttons = [context.button("notice-button-submit", f"/notice submit {notice.reference}".strip())]
    elif not missing and status == "answered":
        buttons = [context.button("notice-button-follow", f"/approve {notice.reference}".strip())]
    elif not missing:
        buttons = [context.button("notice-button-approve", f"/notice submit {notice.reference}".strip())]
    return Message(tuple(lines), None, tuple(buttons))


def _edit_button(context: Context, notice: DraftNotice, code: str) -> Button:
    index = next(number for number, task in enumerate(notice.tasks) if task.code == code)
    return context.button("notice-button-edit-item", f"/edit {item_reference(notice, index)}", code=code)
