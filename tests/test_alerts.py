"""Each metric has a row that says what to watch and an example alert, and no alert asks for a metric there is not."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import yaml

from bot.metrics import Metrics

DOCS = Path(__file__).parents[1] / "docs"
_METRIC = re.compile(r"\bdondoc_\w+")


def exposed() -> set[str]:
    """Return the names as `/metrics` shows them."""
    families = Metrics().registry.collect()
    return {f"{family.name}_total" if family.type == "counter" else family.name for family in families}


def rules() -> list[dict[str, Any]]:
    (group,) = yaml.safe_load((DOCS / "alerts.yml").read_text("utf-8"))["groups"]
    return list(group["rules"])


def test_each_metric_has_an_example_alert_and_a_row() -> None:
    asked = {name for rule in rules() for name in _METRIC.findall(rule["expr"])}
    assert asked == exposed()
    page = (DOCS / "operations.md").read_text("utf-8")
    assert exposed() - set(_METRIC.findall(page)) == set()


def test_each_alert_says_what_is_wrong_and_what_to_do() -> None:
    names = [rule["alert"] for rule in rules()]
    assert len(set(names)) == len(names)
    for rule in rules():
        assert set(rule["annotations"]) == {"summary", "description"}, rule["alert"]
        assert rule["labels"]["severity"] in {"critical", "warning"}
        assert rule["expr"].count("(") == rule["expr"].count(")")
