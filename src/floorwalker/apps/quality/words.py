"""What rules of quality found, in sentences for who reads them."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from floorwalker.apps.quality.rules.forms import Condition, Flaw, FormContent

CONTROLLED_BY = {
    "agent": gettext_lazy("the agent"),
    "system": gettext_lazy("systems and tools"),
    "process": gettext_lazy("the process"),
    "policy": gettext_lazy("the policy"),
    "product": gettext_lazy("the product"),
    "customer": gettext_lazy("the customer"),
}

FLAWS = {
    "nothing_counts": gettext_lazy("No item that the agent controls has a weight, so nobody could score a point."),
    "key_twice": gettext_lazy("Another item has the same key; remove one of them and add it anew."),
    "without_text": gettext_lazy("Say what is looked at."),
    "weight_below_zero": gettext_lazy("A weight is 0 or more."),
    "answers_unclear": gettext_lazy("An item needs at least two answers, each with a name of its own."),
    "shares_beyond_the_scale": gettext_lazy("Answers earn 0 to 100 %, and the best one 100 %."),
    "anchor_without_sentence": gettext_lazy("Say for every answer what it looks like, so that all judge alike."),
    "nobody_controls_it": gettext_lazy("Say who controls it."),
    "critical_cannot_fail": gettext_lazy(
        "A critical item is one the agent controls, and one of its answers earns nothing."
    ),
    "condition_unknown": gettext_lazy("The condition names an item above this one and answers that item has."),
    "empty_section": gettext_lazy("This section has no item yet."),
}


def flaw_words(flaw: Flaw) -> str:
    """A flaw in a sentence."""
    return str(FLAWS[flaw.code])


def condition_words(form: FormContent, condition: Condition) -> str:
    """When an item is asked."""
    item = form.item(condition.item)
    return _("Asked only where “%(item)s” is answered: %(answers)s.") % {
        "item": item.text if item else condition.item,
        "answers": ", ".join(answer_name(each) for each in condition.answers),
    }


def answer_name(value: str) -> str:
    """An answer as people read it."""
    names: dict[str, Any] = {"yes": _("yes"), "no": _("no"), "na": _("does not apply")}
    return str(names.get(value, value))


def controller(key: str) -> str:
    return str(CONTROLLED_BY.get(key, key))


UNFIT = {
    "missing": gettext_lazy("“{what}” is empty."),
    "too_long": gettext_lazy("“{what}” is longer than {most} characters."),
    "unknown_channel": gettext_lazy("The channel “{value}” is none of phone, chat and email."),
    "no_turns": gettext_lazy("Nobody says anything in it."),
    "no_turn": gettext_lazy("Turn {number} is no object with speaker, at and text."),
    "too_many_turns": gettext_lazy("It has more than {most} turns."),
    "unknown_speaker": gettext_lazy(
        "The speaker “{value}” of turn {number} is none of agent, customer and system."
    ),
    "text_too_long": gettext_lazy("Turn {number} is longer than {most} characters."),
    "no_number": gettext_lazy("“{value}” in “{what}” is no number of seconds within a day."),
    "no_moment": gettext_lazy("“{value}” is no time; write it like 2026-03-04T10:15:00+00:00."),
    "no_json": gettext_lazy("The line is no JSON object."),
    "too_many_cells": gettext_lazy("The row has more cells than there are columns."),
    "unknown_agent": gettext_lazy("No agent in your sight is called “{value}” there on that day."),
    "unknown_client": gettext_lazy("No client is called “{value}”."),
}


def unfit_words(code: str, facts: dict[str, Any]) -> str:
    """Why a conversation of a file was not taken."""
    return str(UNFIT[code]).format(**facts)
