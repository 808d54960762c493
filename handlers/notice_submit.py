"""From the clerk to the office chief and to the leader: submitting, returning, asking about dates."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from core.comparing import difference
from core.drafts import DraftNotice
from core.messages import Button, Message
from core.people import OFFICE, Role
from core.text import clean, fold
from handlers.amend_pages import amend_title, changes_lines
from handlers.context import Context
from handlers.notice_drafts import CHIEF, find_draft, is_chief, is_prose, must_be, words
from handlers.notice_pages import dated_groups, period_end
from handlers.notice_words import Words
from handlers.phrasing import full_date
from handlers.routing import Answer, answers, command
from storage.accounts import Reach
from storage.drafts import Draft
from storage.outbox import Outgoing

_ASIDE = frozenset({"trinh", "da", "chanh", "van", "phong", "vp", "cvp", "duyet", "thong", "bao", "tb", "ban"})


async def send(context: Context, person_id: int, build: Callable[[Words], Message]) -> Reach | None:
    """Queue a message for somebody else at once, built in their language; `None` if they cannot be reached."""
    ways = await context.work.accounts.reach(person_id)
    if not ways:
        return None
    way = ways[0]
    message = build(lambda key, **arguments: context.catalogue.text(way.language, key, **arguments))
    context.rows.append(Outgoing.notice(way, person_id, message, entry_id=context.entry_id))
    return way


async def send_to(context: Context, role: Role, build: Callable[[Words], Message]) -> list[tuple[int, Reach]]:
    """Queue the message for everyone else of the agency in this office; return whom it can reach."""
    offices = await context.work.people.offices(context.actor.agency_id, roles={role})
    others = dict.fromkeys(office.person_id for office in offices if office.person_id != context.actor.person_id)
    return [(person_id, way) for person_id in others if (way := await send(context, person_id, build)) is not None]


async def submit(context: Context) -> Answer:
    """Take a bare "trinh" of the office as submitting the notice being prepared; `None` where it means something else."""
    said = fold(f"{context.said.said} {context.said.rest}").replace("/", " ").split()
    if not context.actor.is_any(OFFICE) or context.said.refs or not {w for w in said if not w.isdigit()} <= _ASIDE:
        return None
    drafts = await context.work.drafts.open(context.actor.agency_id)
    preparing = [draft for draft in drafts if draft.status == "preparing"]
    if preparing:
        return await _submit(context, preparing[0])
    if drafts and not is_chief(context):
        return context.say("notice-submitted-before", number=drafts[0].notice.short)
    return None


async def submit_named(context: Context) -> Answer:
    """Submit the draft a button names; for the office chief, ask what he decides."""
    must_be(context, OFFICE, "notice")
    return await _submit(context, await find_draft(context))


async def _submit(context: Context, draft: Draft) -> Answer:
    notice = draft.notice
    if is_chief(context):
        if draft.status == "preparing":
            await context.work.drafts.save(draft, notice, "submitted")
        return chief_question(context.t, notice, context.today, status=draft.status, own=True)
    if draft.status != "preparing":
        return context.say("notice-submitted-before", number=notice.short)
    await context.record("submit", notice.number)
    await context.work.drafts.save(draft, notice, "submitted")
    day = context.today
    reached = await send_to(context, Role.OFFICE_CHIEF, lambda t: chief_question(t, notice, day))
    return context.say("notice-submitted", reached="yes" if reached else "no")


def chief_question(
    t: Words, notice: DraftNotice, day: date, *, status: str = "submitted", own: bool = False
) -> Message:
    """Return what the office chief decides on: dates that are only suggested, directives nobody was given."""
    ref = notice.reference
    lines = [t("notice-chief", name=_called(t, notice), own="yes" if own else "no")]
    if notice.amends is not None:
        lines += changes_lines(t, notice.amends, difference(notice), day)
    proposed = notice.proposed()
    if undated := len(notice.undated()):
        lines.append(t("notice-chief-undated", count=undated))
    groups = dated_groups(((task.code, task.suggested) for task in proposed if task.suggested), day)
    lines += [t("notice-chief-proposed", date=on, codes=", ".join(codes)) for on, codes in groups]
    standing = [task.code for task in notice.tasks if task.kind == "standing"]
    if standing and notice.amends is None:
        lines.append(t("notice-chief-standing", codes=", ".join(standing)))
    if missing := notice.without_unit():
        lines.append(t("notice-still-units", codes=", ".join(task.code for task in missing)))
    lines += [t(f"notice-open-{name}") for name in notice.warnings if name in {"no_number", "no_date"}]
    buttons = []
    if proposed and status != "answered":
        buttons.append(Button(t("notice-button-consult"), f"/consult {ref}".strip()))
    follow = "notice-button-follow-undated" if proposed else "notice-button-follow"
    if notice.amends is not None:
        follow = "notice-button-approve"
    buttons.append(Button(t(follow), f"/approve {ref}".strip()))
    seen = "items" if notice.amends is None else "compare"
    buttons.append(Button(t(f"notice-button-{seen}"), f"/notice {seen} {ref}".strip()))
    if not own:
        buttons.append(Button(t("notice-button-return"), f"/notice return {ref}".strip()))
    return Message(tuple(lines), None, tuple(buttons))


def _called(t: Words, notice: DraftNotice) -> str:
    if notice.amends is not None:
        return amend_title(t, notice, notice.amends)
    return t("notice-chief-new", number=notice.short)


async def send_back(context: Context) -> Answer:
    """Give a submitted draft back to whoever prepared it, with what is missing; asks for that first."""
    must_be(context, CHIEF, "notice")
    draft = await find_draft(context)
    said = words(context.said).removeprefix("return").strip()
    if not said:
        await context.ask("send-back", draft=draft.id)
        none = context.button("notice-choice-no-reason", f"/notice return {draft.notice.reference} -", opt_out=True)
        return context.say("notice-ask-return", none, number=draft.notice.short)
    return await _send_back(context, draft, said.strip("- "))


@answers("send-back")
async def what_is_missing(context: Context) -> Answer:
    """Take a sentence as what the clerk should mend."""
    if context.question is None or not is_prose(context):
        return None
    draft = await context.work.drafts.get(context.question.data["draft"])
    if draft is None or draft.status in {"followed", "dropped", "preparing"} or not is_chief(context):
        await context.settle()
        return None
    return await _send_back(context, draft, clean(context.incoming.text)[:500])


async def _send_back(context: Context, draft: Draft, reason: str) -> Answer:
    notice = draft.notice
    await context.record("return", notice.number)
    await context.work.drafts.save(draft, notice, "preparing")
    if context.question is not None and context.question.kind == "send-back":
        await context.settle()
    has = "yes" if reason else "no"
    reached = None
    if draft.prepared_by is not None:
        ref = notice.reference
        reached = await send(
            context,
            draft.prepared_by,
            lambda t: Message.of(
                t("notice-returned", number=notice.short, words=reason, has=has),
                Button(t("notice-button-items"), f"/notice items {ref}".strip()),
                Button(t("notice-button-edit"), f"/edit {ref}".strip()),
            ),
        )
    return context.say("notice-return-sent", number=notice.short, reached="yes" if reached else "no")


@command("consult", who=CHIEF, menu=False)
async def consult(context: Context) -> Answer:
    """Ask the leader about the dates that are only suggested."""
    draft = await find_draft(context)
    notice = draft.notice
    ref = notice.reference
    if not notice.proposed():
        follow = context.button("notice-button-follow", f"/approve {ref}".strip())
        return context.say("notice-consult-nothing", follow, number=notice.short)
    await context.record("consult", notice.number)
    reached = await send_to(context, Role.LEADER, lambda t: leader_question(t, notice))
    if not reached:
        return context.say("notice-consult-unreached")
    for person_id, way in reached:
        await context.work.questions.ask(person_id, way.channel, way.chat, "dates", {"draft": draft.id})
    await context.work.drafts.save(draft, notice, "asked")
    return context.say("notice-consult-sent", count=len(notice.proposed()))


def leader_question(t: Words, notice: DraftNotice) -> Message:
    """Return the question about suggested dates as the leader reads it."""
    dates: dict[date, list[str]] = {}
    for task in notice.proposed():
        if task.suggested is not None:
            dates.setdefault(task.suggested, []).append(task.code)
    lines = [t("notice-leader", number=notice.short, count=len(notice.proposed()))]
    for on in sorted(dates):
        what, which = period_end(on)
        codes = ", ".join(dates[on])
        several = "yes" if len(dates) > 1 else "no"
        lines.append(
            t("notice-leader-proposed", date=full_date(on), period=what, which=which, codes=codes, several=several)
        )
    ref = notice.reference
    buttons = (
        Button(t("notice-button-agree"), f"/notice agree {ref}".strip()),
        Button(t("notice-button-items"), f"/notice items {ref}".strip()),
        Button(t("notice-button-no-dates"), f"/notice nodates {ref}".strip()),
    )
    return Message(tuple(lines), None, buttons)
