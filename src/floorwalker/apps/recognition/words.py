"""Seasons, ways of earning and questions in sentences for who reads them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from floorwalker.apps.performance import queries as performance
from floorwalker.apps.recognition.models import Contest, ContestEntry, Finding
from floorwalker.apps.recognition.rules.contests import TeamShare
from floorwalker.kernel.look import number_words, percent_words

WAYS: Mapping[str, Any] = {
    "practice": gettext_lazy("Practise a scenario to its end, the first time"),
    "match": gettext_lazy("Play a match"),
    "fastest": gettext_lazy("Be the fastest of a match"),
    "complete": gettext_lazy("Be the most complete of a match"),
    "creative": gettext_lazy("Be the most creative of a match"),
    "vote": gettext_lazy("Vote on a match of colleagues"),
    "answer": gettext_lazy("Have an answer accepted in the hub"),
    "reuse": gettext_lazy("A colleague uses what you shared"),
    "kudos": gettext_lazy("A colleague thanks you with points"),
    "goal": gettext_lazy("Meet a goal you agreed"),
    "best": gettext_lazy("… and it is your best ever"),
    "contest": gettext_lazy("Meet your own aim of a contest"),
}
NATURES: Mapping[str, Any] = {
    "together": gettext_lazy("Helping each other"),
    "own": gettext_lazy("Your own steps"),
    "against": gettext_lazy("Competing"),
}
BANDS: Mapping[str, Any] = {
    "first": gettext_lazy("in their first 90 days when it began"),
    "year": gettext_lazy("in their first year when it began"),
    "three": gettext_lazy("here for one to three years"),
    "more": gettext_lazy("here for three years or more"),
}
OUTCOMES: Mapping[str, Any] = {
    "met": gettext_lazy("You met your aim, and what stands beside it did not fall."),
    "short": gettext_lazy("Your aim was not reached this time; nobody else sees that."),
    "pair_fell": gettext_lazy("Your aim was reached, but what stands beside it fell below its floor."),
    "too_few": gettext_lazy("Too few of your days were measured to say; it is not held against anybody."),
}
PHASES: Mapping[str, Any] = {
    "before": gettext_lazy("Before it began"),
    "half": gettext_lazy("At half time"),
    "end": gettext_lazy("At its end"),
    "after": gettext_lazy("Two weeks after"),
}
STATE_TONES = {"planned": "info", "running": "progress", "ended": "neutral", "called_off": "neutral"}


def season_name(first: date, last: date) -> str:
    """“Season of October to December 2026”."""
    from django.utils.formats import date_format

    begin, end = date_format(first, "F"), date_format(last, "F Y")
    if (first.year, first.month) == (last.year, last.month):
        return _("Season of %(month)s") % {"month": end}
    return _("Season of %(first)s to %(last)s") % {"first": begin, "last": end}


def amount_words(measure: str, amount: float) -> str:
    return performance.value_words(measure, amount)


def aim_words(contest: Contest, entry: ContestEntry) -> str:
    names = performance.measure_names()
    return _("%(measure)s: from %(mean)s to %(target)s, while %(pair)s stays at %(floor)s or better.") % {
        "measure": names[contest.measure],
        "mean": amount_words(contest.measure, entry.mean),
        "target": amount_words(contest.measure, entry.target),
        "pair": names[contest.pair],
        "floor": amount_words(contest.pair, entry.floor),
    }


def look_words(line: Mapping[str, Any]) -> str:
    """What a look says of one measure: what it could tell first, then what it told."""
    measure = line["measure"]
    if line["change"] is None:
        return _("%(took)s took part and %(beside)s comparable people did not: too few to tell.") % {
            "took": number_words(line["took_part"]),
            "beside": number_words(line["beside"]),
        }
    power = _("Could tell a fall of %(power)s.") % {"power": amount_words(measure, line["detectable"])}
    sure = {
        "low": _signed(measure, line["low"]),
        "high": _signed(measure, line["high"]),
        "change": _signed(measure, line["change"]),
    }
    if line["harmed"]:
        told = _("It got worse: %(change)s beside comparable people (%(low)s to %(high)s; above 0 is better).")
    elif line["low"] > 0:
        told = _("It got better: %(change)s beside comparable people (%(low)s to %(high)s).")
    else:
        told = _(
            "No fall beyond chance: %(change)s beside comparable people (%(low)s to %(high)s; above 0 is better)."
        )
    return f"{power} {told % sure}"


def _signed(measure: str, amount: float) -> str:
    return ("+" if amount >= 0 else "−") + amount_words(measure, abs(amount))


def share_words(share: TeamShare) -> str:
    if share.met is None:
        return ngettext("%(n)d took part: too few to tell", "%(n)d took part: too few to tell", share.entrants) % {
            "n": share.entrants
        }
    return _("%(met)d of %(n)d met their own aim (%(share)s)") % {
        "met": share.met,
        "n": share.entrants,
        "share": percent_words(share.met / share.entrants),
    }


def question_words(finding: Finding, names: list[str]) -> list[str]:
    """What was seen, as sentences, with how often chance alone would show it; a question, no verdict."""
    facts = finding.facts
    if finding.kind == Finding.Kind.RING:
        seen = _(
            "%(people)s let each other earn points %(inside)d times within three months, of the %(given)d times "
            "they let anybody; colleagues of their teams would have come to about %(expected)s."
        ) % {
            "people": ", ".join(names),
            "inside": facts["inside"],
            "given": facts["given"],
            "expected": number_words(facts["expected"], digits=1),
        }
        chance = _("An honest site shows anything so closed in at most %(share)s of looks.") % {
            "share": percent_words(facts["false_alarm"])
        }
        return [seen, chance, _("Is there an ordinary reason – a project, a shift they share?")]
    labels = performance.measure_names()
    said = [_harm_words(line, names, labels) for line in facts["lines"]]
    contest = finding.contest.name if finding.contest else ""
    chance = _("A contest that does no harm raises any question at all in at most %(share)s of cases.") % {
        "share": percent_words(facts["false_alarm"])
    }
    asked = _("“%(contest)s”, %(phase)s. What happened there, and should the contest go on?") % {
        "contest": contest,
        "phase": str(PHASES[facts["phase"]]).lower(),
    }
    return [*said, chance, asked]


def _harm_words(line: Mapping[str, Any], names: list[str], labels: Mapping[str, str]) -> str:
    measure = line["measure"]
    if "since" in line:
        return _("%(who)s, %(measure)s: %(before)s before, %(since)s since; others moved by %(usual)s.") % {
            "who": ", ".join(names),
            "measure": labels[measure],
            "before": amount_words(measure, line["before"]),
            "since": amount_words(measure, line["since"]),
            "usual": _signed(measure, line["usual"]),
        }
    return _("%(measure)s of all who took part: %(change)s beside comparable people (%(low)s to %(high)s).") % {
        "measure": labels[measure],
        "change": _signed(measure, line["change"]),
        "low": _signed(measure, line["low"]),
        "high": _signed(measure, line["high"]),
    }
