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
    warns of them; what is missing altogether is asked for anyway and is no doubt.
    """
    found = []
    if inherited:
        found.append("units:inherited")
    found += [f"deadline:{reason}" for warning, reason in _DEADLINE.items() if warning in warnings]
    if unnumbered:
        found.append("code:not_printed")
    return tuple(found)
