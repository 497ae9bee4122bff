"""What rules found, in sentences: in the language of who reads them, and days as they write them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from floorwalker.apps.schedules.rules import checking as rules
from floorwalker.apps.schedules.rules.checking import Finding
from floorwalker.apps.schedules.rules.cover import CoverChange
from floorwalker.apps.schedules.rules.edits import Impossible
from floorwalker.kernel.look import day_words, duration_words, number_words
from floorwalker.science.timegrid import zone_info

Facts = dict[str, Any]


def worded(found: Iterable[Finding]) -> list[Finding]:
    """The same findings, each with its sentence."""
    return [replace(each, text=finding_words(each)) for each in found]


def finding_words(found: Finding) -> str:
    """“Ada would rest 10 h before 06:00–12:00 on Tue 2 Jun; 11 h are the least.”"""
    facts: Facts = {**dict(found.facts), "day": _day(found.day)}
    return SENTENCES[found.rule](facts)


def cover_words_of(change: CoverChange, zone: str) -> str:
    """“Mon 1 Jun 10:00–10:30 would miss 2 people (1 now)”."""
    first, last = (each.astimezone(zone_info(zone)) for each in (change.start, change.end))
    until = "24:00" if last.hour == last.minute == 0 else f"{last:%H:%M}"
    words = {"when": f"{_day(first.date())}, {first:%H:%M}–{until}", "now": change.missing_before}
    if change.missing_after == 0:
        people = ngettext(
            "%(when)s would be covered (%(now)d person is missing now)",
            "%(when)s would be covered (%(now)d people are missing now)",
            change.missing_before,
        )
        return people % words
    words["n"] = change.missing_after
    if change.missing_before:
        text = ngettext(
            "%(when)s would miss %(n)d person (%(now)d now)",
            "%(when)s would miss %(n)d people (%(now)d now)",
            change.missing_after,
        )
    else:
        text = ngettext(
            "%(when)s would miss %(n)d person", "%(when)s would miss %(n)d people", change.missing_after
        )
    return text % words


def _day(day: date | None) -> str:
    return day_words(day) if day else ""


def _week(facts: Facts) -> str:
    numbers = {
        "name": facts["name"],
        "week": day_words(facts["week"]),
        "has": number_words(facts["has"]),
        "limit": number_words(facts["limit"]),
    }
    if facts["what"] == "most days":
        text = _("%(name)s works %(has)s days in the week of %(week)s; %(limit)s are the most.")
    elif facts["what"] == "most hours":
        text = _("%(name)s works %(has)s h in the week of %(week)s; %(limit)s h are the most.")
    else:
        text = _("%(name)s works %(has)s h in the week of %(week)s; %(limit)s h are agreed at least.")
    return text % numbers


def _rest(facts: Facts) -> str:
    numbers = {**facts, "hours": number_words(facts["hours"]), "least": number_words(facts["least"])}
    return _("%(name)s rests %(hours)s h before %(shift)s on %(day)s; %(least)s h are the least.") % numbers


def _row(facts: Facts) -> str:
    text = ngettext(
        "%(name)s works day %(row)d in a row on %(day)s; %(limit)d is allowed.",
        "%(name)s works day %(row)d in a row on %(day)s; %(limit)d are allowed.",
        facts["limit"],
    )
    return text % facts


def _off(facts: Facts) -> str:
    return _("%(name)s works %(shift)s on %(day)s, a day off.") % facts


def _available(facts: Facts) -> str:
    return _("%(name)s works %(shift)s on %(day)s, outside the hours they can work.") % facts


def _double(facts: Facts) -> str:
    return _("%(name)s would be in two places at once on %(day)s.") % facts


def _contractor(facts: Facts) -> str:
    return _("%(name)s is an independent contractor: offer the hours, nobody assigns them.") % facts


def _employed(facts: Facts) -> str:
    return _("%(name)s does not work here on %(day)s.") % facts


def _skills(facts: Facts) -> str:
    return _("%(name)s lacks a skill the queue needs on %(day)s.") % facts


def _meal(facts: Facts) -> str:
    words = {**facts, "hours": number_words(facts["hours"])}
    return _("%(name)s works %(hours)s h without a meal on %(day)s.") % words


def _training(facts: Facts) -> str:
    """Hours as people say them: training is owed by the hour, a shift by the half."""
    words = {"name": facts["name"], **{k: duration_words(60 * facts[k]) for k in ("minutes", "least")}}
    text = _("%(name)s is new and owed %(least)s of training this week; the shifts are %(minutes)s in all.")
    return text % words


def _training_time(facts: Facts) -> str:
    return _("%(name)s is new, and the training on %(day)s at %(clock)s would lose its time.") % facts


SENTENCES: dict[str, Callable[[Facts], str]] = {
    "weekly hours": _week,
    rules.LEAST: _week,
    "rest": _rest,
    "consecutive days": _row,
    "days off": _off,
    "availability": _available,
    rules.DOUBLE: _double,
    rules.CONTRACTOR: _contractor,
    rules.EMPLOYED: _employed,
    rules.SKILLS: _skills,
    rules.MEAL: _meal,
    rules.TRAINING: _training,
    rules.TRAINING_TIME: _training_time,
}

IMPOSSIBLE: dict[str, Any] = {
    "changed_meanwhile": gettext_lazy("somebody changed this shift meanwhile"),
    "same_person": gettext_lazy("both shifts are the same person's; choose shifts of two people"),
    "no_such_step": gettext_lazy("there is no step called “%(step)s”"),
    "no_day": gettext_lazy("say on which day the shift starts"),
    "other_week": gettext_lazy("a shift stays in its week; delete it here and add it there"),
    "before_the_week": gettext_lazy("a shift stays in its week"),
    "length": gettext_lazy("a shift lasts from half an hour to sixteen hours"),
    "start": gettext_lazy("a shift starts between 00:00 and 23:59"),
    "meal": gettext_lazy("the meal is shorter than the shift"),
    "same": gettext_lazy("nothing would change"),
}


def impossible_words(impossible: Impossible) -> str:
    """Why a step makes no sense, as the end of a sentence."""
    return str(IMPOSSIBLE[impossible.code] % impossible.facts)
