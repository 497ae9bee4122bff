"""What rules of quality found, in sentences for who reads them."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from floorwalker.apps.quality.models import AgentEffect, Phrase, RaterEffect, Silence
from floorwalker.apps.quality.rules import calibration, raters
from floorwalker.apps.quality.rules.forms import Condition, Flaw, FormContent
from floorwalker.kernel.look import number_words

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


PARTS = {
    "agent": gettext_lazy("Agents"),
    "evaluator": gettext_lazy("Evaluators"),
    "contact": gettext_lazy("Contacts"),
    "rest": gettext_lazy("Chance and the rest"),
}


def verdict_of(effect: RaterEffect) -> str:
    return raters.verdict(effect.low or 0.0, effect.high or 0.0)


def leniency_words(effect: RaterEffect, *, own: bool = False) -> str:
    """What an evaluator's leniency says, with how sure it is, or why nothing is said."""
    who = _("you have") if own else _("they have")
    if effect.silent == Silence.FEW:
        return _("Nothing is said yet: %(who)s %(n)d evaluations, and %(least)d are needed.") % {
            "who": who, "n": effect.evaluations, "least": raters.LEAST_BY_EVALUATOR,
        }  # fmt: skip
    if effect.silent:
        return _("Nothing can be said: %(who)s scored none of the agents the others scored.") % {"who": who}
    assert effect.low is not None and effect.high is not None
    verdict = verdict_of(effect)
    low, high = sorted((abs(effect.low), abs(effect.high)))
    figures = {"low": number_words(low, digits=1), "high": number_words(high, digits=1)}
    if verdict == raters.LENIENT:
        return _("%(low)s to %(high)s points more than the mean, for the same work.") % figures
    if verdict == raters.STRICT:
        return _("%(low)s to %(high)s points less than the mean, for the same work.") % figures
    return _("Not to be told apart from the mean: between %(low)s below and %(high)s above.") % {
        "low": number_words(-effect.low, digits=1), "high": number_words(effect.high, digits=1),
    }  # fmt: skip


def adjusted_words(effect: AgentEffect | None, *, fitted: bool) -> str:
    """An agent's score without the leniency of who evaluated them, or why there is none."""
    if not fitted:
        return _("There is no score without the leniency of evaluators yet: too little was evaluated here.")
    if effect is None:
        return _("None of your evaluations of the last year counts yet: those you asked for yourself do not.")
    if effect.silent == Silence.FEW:
        return _("Below %(least)d evaluations nothing can be taken out; %(n)d of yours count so far.") % {
            "least": raters.LEAST_BY_AGENT, "n": effect.evaluations,
        }  # fmt: skip
    if effect.silent:
        return _(
            "Your evaluators scored nobody whom others scored too, so their leniency cannot be taken out of it."
        )
    return _(
        "From %(n)d evaluations of a year, with who evaluated and what was asked taken out; every item counts "
        "alike here. In nine of ten cases it lies between %(low)s and %(high)s."
    ) % {
        "n": effect.evaluations,
        "low": number_words(max(0.0, effect.low or 0.0), digits=0),
        "high": number_words(min(100.0, effect.high or 0.0), digits=0),
    }  # fmt: skip


COEFFICIENTS = {
    "cohen": (
        gettext_lazy("Cohen’s kappa"),
        gettext_lazy("Two people’s answers, item by item, against what chance would give. Silent below 5 items."),
    ),
    "fleiss": (
        gettext_lazy("Fleiss’ kappa"),
        gettext_lazy(
            "Everybody’s answers, item by item, against chance; items all answered. Silent below 5 items."
        ),
    ),
    "krippendorff": (
        gettext_lazy("Krippendorff’s alpha, this contact"),
        gettext_lazy(
            "As above, with near answers counting as near and gaps allowed. Silent below 5 items two have scored."
        ),
    ),
    "across": (
        gettext_lazy("Krippendorff’s alpha, all contacts of the form"),
        gettext_lazy("Whole scores over a year’s calibrations by this form. Silent below 5 contacts."),
    ),
    "intraclass": (
        gettext_lazy("Intraclass correlation"),
        gettext_lazy(
            "How much of the differences between whole scores lies in the contacts, by those who scored them all. "
            "Silent below 5 contacts, or without two who scored them all."
        ),
    ),
}
SILENT = {
    "few_items": gettext_lazy("Silent: {n} items are too few."),
    "few_contacts": gettext_lazy("Silent: {n} contacts that the same people scored are too few."),
    "all_alike": gettext_lazy("Silent: every answer is the same, and chance would agree as well."),
}
LEVELS = {
    "good": gettext_lazy("Enough to draw conclusions from scores."),
    "tentative": gettext_lazy("Enough for tentative conclusions; agree on the items below."),
    "poor": gettext_lazy("Too little to compare anybody by: talk about the items below."),
}


def coefficient_words(plain: dict[str, Any]) -> str:
    """What a coefficient of a calibration says, or why it is silent."""
    if plain["value"] is None:
        return str(SILENT[plain["silent"]]).format(n=plain["n"])
    return str(LEVELS[calibration.level(plain["value"])])


def spot_words(phrase: Phrase) -> str:
    """What a spotted phrase means, beside the turn it stands in."""
    if phrase.controllable:
        return _("“%(text)s”: in the agent’s hands.") % {"text": phrase.text}
    return _("“%(text)s”: no agent can change it; it is for %(who)s.") % {
        "text": phrase.text, "who": controller(phrase.owner_topic),
    }  # fmt: skip
