"""Measured effects and compared answers in sentences: what could be shown first, then what was."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from floorwalker.apps.coaching.rules import effects as rules
from floorwalker.apps.coaching.rules import responses
from floorwalker.apps.performance import queries as performance
from floorwalker.kernel.look import number_words, percent_words

EVENT_WORDS = {
    "one_to_one": gettext_lazy("One-to-ones"),
    "group": gettext_lazy("Group sessions"),
    "feedback_positive": gettext_lazy("Positive feedback"),
    "feedback_corrective": gettext_lazy("Corrective feedback"),
    "thanks": gettext_lazy("Thanks"),
    "thanks_seen": gettext_lazy("Thanks to a colleague that the team could see"),
}
Line = Mapping[str, Any]


def power_words(line: Line) -> str:
    """What these events could have shown at all, said before what they did show."""
    if line["detectable"] is None:
        return ""
    return _("Could show a change of %(least)s; %(worth)s is worth speaking of.") % {
        "least": performance.value_words(line["measure"], line["detectable"]),
        "worth": performance.value_words(line["measure"], line["worth"]),
    }


def needed_words(line: Line) -> str:
    """What it would take to be able to say something."""
    people, needed = number_words(line["people"]), number_words(line["needed"])
    if line["detectable"] is None:
        return _(
            "%(people)s people had it with figures before and after, and others to compare with; "
            "%(needed)s are needed."
        ) % {"people": people, "needed": needed}
    return _("About %(needed)s people with it would be needed; there were %(people)s.") % {
        "people": people,
        "needed": needed,
    }


def change_words(line: Line) -> str:
    """From the level to where it went beside comparable people, with the range."""
    measure, level = line["measure"], line["level"]
    at = {name: performance.value_words(measure, level + line[name]) for name in ("change", "low", "high")}
    said = {"level": performance.value_words(measure, level), **at}
    return _("From %(level)s to %(change)s (likely %(low)s to %(high)s)") % said


def verdict(line: Line) -> tuple[str, str]:
    """In a word, and its tone: better, worse, or not to be told from nothing."""
    if line["change"] is None:
        return _("nothing can be said"), "neutral"
    if line["low"] <= 0 <= line["high"]:
        return _("no change shown"), "neutral"
    better = (line["change"] > 0) == performance.better_is_more(line["measure"])
    return (_("better"), "good") if better else (_("worse"), "bad")


def basis_words(line: Line) -> str:
    """What was compared: how many, and how long before and after."""
    said = ngettext(
        "%(events)s event of %(people)s people; %(before)s weeks before and %(after)s after, beside those alike",
        "%(events)s events of %(people)s people; %(before)s weeks before and %(after)s after, beside those alike",
        line["events"],
    )
    return said % {
        "events": number_words(line["events"]),
        "people": number_words(line["people"]),
        "before": line["before"] * line["weeks"],
        "after": line["after"] * line["weeks"],
    }


def standing_words(lines: list[Line], names: Mapping[str, str]) -> str:
    """How a whole measurement stands: what can be told, or how far the nearest is from it."""
    told = [line for line in lines if line["change"] is not None]
    if told:
        return ngettext(
            "%(n)d of %(all)d comparison can say something.",
            "%(n)d of %(all)d comparisons can say something.",
            len(lines),
        ) % {"n": len(told), "all": len(lines)}
    if not lines:
        return _("There was nothing to compare.")
    nearest = min(lines, key=lambda line: line["needed"] / max(line["people"], 0.1))
    return _("Nothing can be said yet. Nearest is %(event)s beside %(measure)s: %(needed)s") % {
        "event": str(EVENT_WORDS[nearest["event"]]).lower(),
        "measure": names[nearest["measure"]].lower(),
        "needed": needed_words(nearest),
    }


def chance_words(told: int) -> str:
    """How many of the ranges miss the truth by chance alone."""
    return _(
        "Each range holds the truth nine times in ten; of %(n)s shown about %(by_chance)s looks like a change "
        "by chance."
    ) % {"n": number_words(told), "by_chance": number_words(told * (1 - rules.CONFIDENCE), digits=1)}


def share_words(line: responses.Given, step: str) -> str:
    """“60 % (likely 40 % to 78 %)”."""
    low, high = line.interval(step)
    return _("%(share)s (likely %(low)s to %(high)s)") % {
        "share": percent_words(line.share(step)),
        "low": percent_words(low),
        "high": percent_words(high),
    }


def response_row(name: str, line: responses.Given) -> dict[str, Any]:
    """One person's answers as a row."""
    steps = (responses.USUAL, responses.FIRMER, responses.MILDER)
    return {
        "name": name,
        "answers": line.answers,
        "rungs": line.rungs,
        "shares": [share_words(line, step) for step in steps],
    }


def question_words(behaviour: str, name: str, found: responses.Difference) -> str:
    """A difference, asked: there may be a reason nobody else can see."""
    said = {
        "behaviour": behaviour,
        "name": name,
        "points": number_words(100 * found.apart, digits=0),
        "low": number_words(100 * found.low, digits=0),
        "high": number_words(100 * found.high, digits=0),
    }
    if found.step == responses.FIRMER:
        text = _(
            "“%(behaviour)s”: answers of %(name)s were firmer than the step they ask for %(points)s points of a "
            "hundred more often than all others’ (likely %(low)s to %(high)s). What is different there?"
        )
    else:
        text = _(
            "“%(behaviour)s”: answers of %(name)s were milder than the step they ask for %(points)s points of a "
            "hundred more often than all others’ (likely %(low)s to %(high)s). What is different there?"
        )
    return text % said
