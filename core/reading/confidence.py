"""What was read with low confidence, and why."""

from collections.abc import Collection

_DEADLINE = {
    "bad_date": "no_such_day",
    "past_due": "past",
    "due_on_issue_day": "issue_day",
    "year_inferred": "year_inferred",
    "several_deadlines": "several",
    "relative_deadline": "relative",
}


def doubts(warnings: Collection[str], *, inherited: bool, unnumbered: bool) -> tuple[str, ...]:
    """The doubts about one directive as "field:reason".

    Units that only the document's lead-in names, and codes the document does not print, are unsure even where nothing
    warns of them.
    """
    found = []
    if "no_unit" in warnings:
        found.append("units:missing")
    elif "unknown_unit" in warnings:
        found.append("units:not_on_roster")
    elif inherited:
        found.append("units:inherited")
    found += [f"deadline:{reason}" for warning, reason in _DEADLINE.items() if warning in warnings]
    if unnumbered:
        found.append("code:not_printed")
    return tuple(found)
