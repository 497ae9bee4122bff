"""What callbacks would bring, in a sentence and tables, with what helping would have saved before."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from floorwalker.apps.capacity.models import WeekStudy
from floorwalker.apps.capacity.queries.levers import WHY
from floorwalker.apps.capacity.queries.study_words import band, parted, week_facts, who_is_there
from floorwalker.kernel.look import number_words, percent_words

NOBODY = 0.5  # fewer promises a week than this are none
FIGURES = ("lost", "saved", "offered", "taken", "kept", "late", "broken", "unreached", "in_time", "value")
Plain = dict[str, Any]


@dataclass(frozen=True)
class Rung:
    """One step of the ladder, in words."""

    name: str
    added: str
    lost: str
    saved: str
    calls: bool  # whether callbacks are offered on it
    offered: str
    taken: str
    kept: str
    late: str
    broken: str
    value: str


def minutes_words(study: WeekStudy) -> str:
    """“5 minutes”, of the expected wait from which callbacks are offered."""
    minutes = float(study.callback_from_minutes or 0)
    words = {"n": number_words(minutes, 0 if minutes.is_integer() else 1)}
    return ngettext("%(n)s minute", "%(n)s minutes", 1 if minutes == 1 else 2) % words


def rung_words(name: str, study: WeekStudy) -> str:
    return {
        "rostered": _("As rostered"),
        "able": _("Whoever has the skill already helps"),
        "last_resort": _("… and then callbacks, from %(wait)s on"),
        "callbacks": _("Callbacks alone, from %(wait)s on"),
    }[name] % {"wait": minutes_words(study)}


def levers_sentence(study: WeekStudy, found: Plain) -> str:
    """The answer first, whatever was found."""
    if study.done_at is None:
        return _("The week is being played through with each step of the ladder; you can leave this page.")
    rungs = {each["name"]: each for each in found["rungs"]}
    if len(rungs) < min(found["looked_at"], 2):
        return _("It was stopped before anything was finished: ask again.")
    helped = _helped(rungs.get("able"))
    if not study.made_of["callbacks"]:
        first = _("No client of these queues allows callbacks this week, so nobody is offered one")
    elif nobody_leaves(study):
        first = _("Nobody has said how patient these callers are, so here nobody gives up and callbacks can save nobody")  # noqa: E501  # fmt: skip
    else:
        first = _callbacks(study, rungs["callbacks"])
    return _("%(first)s; %(second)s.") % {"first": first, "second": helped} if helped else f"{first}."


def nobody_leaves(study: WeekStudy) -> bool:
    """Whether nobody gives up in any queue in which callbacks are offered."""
    where = set(study.made_of["callbacks"])
    return all(each["patience"] is None for each in study.made_of["queues"] if each["id"] in where)


def _callbacks(study: WeekStudy, line: Plain) -> str:
    words = {"wait": minutes_words(study), "promises": _promises(line)}
    if line["offered"][0] < NOBODY:
        return _("Hardly anybody expects to wait %(wait)s in this week: callbacks would not be offered") % words
    mean, low, high = line["saved"]
    number, ends = parted([-mean, -high, -low] if high < 0 else line["saved"])
    words |= {"saved": number, "band": ends}
    if line["saved"][1] > 0:
        return _("Callbacks from %(wait)s on would save about %(saved)s callers a week %(band)s and %(promises)s") % words  # noqa: E501  # fmt: skip
    if line["saved"][2] < 0:
        return _("Callbacks from %(wait)s on would lose about %(saved)s callers a week %(band)s more than they save, and %(promises)s") % words  # noqa: E501  # fmt: skip
    return _("Callbacks from %(wait)s on would save nobody that can be told from chance, and %(promises)s") % words


def _promises(line: Plain) -> str:
    """What becomes of the word given."""
    words = {name: number_words(line[name][0], 0) for name in ("taken", "late", "broken")}
    late, broken = (line[name][0] >= NOBODY for name in ("late", "broken"))
    if late and broken:
        return _("break about %(broken)s promises and be late with about %(late)s") % words
    if broken:
        return ngettext("break about %(broken)s promise", "break about %(broken)s promises", round(line["broken"][0])) % words  # noqa: E501  # fmt: skip
    if late:
        return ngettext("be late with about %(late)s promise", "be late with about %(late)s promises", round(line["late"][0])) % words  # noqa: E501  # fmt: skip
    return _("keep every promise")


def _helped(line: Plain | None) -> str:
    """What those who have the skill would have saved without a promise."""
    if line is None:
        return ""
    number, ends = parted(line["saved"])
    if line["saved"][1] > 0:
        return _("letting those help who have the skill would save about %(saved)s %(band)s without a promise") % {"saved": number, "band": ends}  # noqa: E501  # fmt: skip
    return _("letting those help who have the skill would save nobody that can be told from chance")


def rungs_of(study: WeekStudy, found: Plain, currency: str) -> list[Rung]:
    """Every rung that was finished, as the ladder is read."""
    return [
        Rung(
            name=rung_words(each["name"], study),
            added=band(each["added"], sign=True) if each["name"] == "last_resort" and each["added"] else "",
            lost=band(each["lost"]),
            saved=band(each["saved"], sign=True) if each["name"] != "rostered" else "–",
            value=band(each["value"], unit=currency),
            calls=each["name"] in ("last_resort", "callbacks"),
            **{name: band(each[name]) for name in ("offered", "taken", "kept", "late", "broken")},
        )
        for each in found.get("rungs", ())
    ]


def levers_facts(study: WeekStudy, found: Plain) -> list[tuple[Any, Any]]:
    """What went in."""
    hours = study.callback_within_hours
    promised = (
        _("a call when their turn comes, before the line closes")
        if hours is None
        else _("a call when their turn comes, within %(n)s hours") % {"n": number_words(hours)}
    )
    weeks = _("%(n)s weeks of callers, the same on every step; seed %(seed)s")
    played = (
        [(_("Each step simulated"), weeks % {"n": found["replications"], "seed": study.seed})] if found else []
    )
    return [
        (_("Callbacks are offered"), _("from an expected wait of %(wait)s on") % {"wait": minutes_words(study)}),
        (_("Who is offered one and takes it"), percent_words(study.callback_accepted)),
        (_("Promised"), promised),
        (_("Nobody answers a call back"), _("one in ten; then once more after 15 minutes")),
        *week_facts(study, found, played),
        who_is_there(),
    ]


def levers_notes(found: Plain) -> list[str]:
    notes = []
    if found["finished"] < found["looked_at"]:
        notes.append(
            _("It was stopped: %(done)s of %(all)s steps were finished.")
            % {"done": found["finished"], "all": found["looked_at"]}
        )
    if not any(each["name"] == "able" for each in found["rungs"]) and found["finished"] == found["looked_at"]:
        notes.append(_("Nobody here has the skill of another queue without taking its calls already, or may take them: that step is left out."))  # noqa: E501  # fmt: skip
    return notes


def refused(study: WeekStudy) -> list[tuple[str, str]]:
    """Queues in which a client does not allow something, by name, and why."""
    names = {each["id"]: each["name"] for each in study.made_of.get("queues", ())}
    return [(names[pk], str(WHY[why])) for pk, why in study.made_of.get("refused", ())]


def levers_table(found: Plain) -> tuple[list[str], list[list[Any]]]:
    """Columns, and a row a rung, as numbers."""
    columns = ["step", *(f"{name}{end}" for name in FIGURES for end in ("", "_low", "_high"))]
    rows = [
        [each["name"], *(value for name in FIGURES for value in each[name])] for each in found.get("rungs", ())
    ]
    return columns, rows
