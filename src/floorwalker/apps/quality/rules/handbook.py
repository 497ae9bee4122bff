"""A handbook's required steps become a form."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from floorwalker.apps.quality.rules.forms import FormContent, Item, Section, yes_or_no
from floorwalker.contacts import HandbookKind, handbook_flows


def forms_of(handbook: Mapping[str, Any]) -> dict[str, FormContent]:
    """A form for each flow of a handbook: a section for each kind of contact, a yes-or-no item for each step.

    A step that stands in several kinds of contact gets an item in each; steps weigh alike until leaders agree on
    weights. Raises NoHandbook.
    """
    return {
        flow.name: FormContent(tuple(section for kind in flow.kinds if (section := _section(kind)).items))
        for flow in handbook_flows(handbook)
    }


def _section(kind: HandbookKind) -> Section:
    items: dict[str, Item] = {}
    for step in kind.steps:
        key = re.sub(r"[^a-z0-9]+", "-", f"{kind.name} {step.button}".lower()).strip("-")
        while key in items:
            key += "-again"
        items[key] = Item(
            key, step.button, 1.0, yes_or_no("Done as the handbook says.", "Left out, or done differently."),
            may_not_apply=True, expectation=step.text,
        )  # fmt: skip
    return Section(kind.name, tuple(items.values()))
