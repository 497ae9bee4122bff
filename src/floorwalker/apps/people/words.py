"""What a file or a value of people is refused for, and how its columns are called, in the reader's language."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from floorwalker.apps.people import rules
from floorwalker.kernel.look import day_words, number_words

LABELS = {
    "place": _("team"),
    "number": _("number"),
    "name": _("name"),
    "team": _("team"),
    "site": _("site"),
    "zone": _("time zone"),
    "engagement": _("engagement"),
    "workplace": _("where they work"),
    "least_hours": _("least hours a week"),
    "most_hours": _("most hours a week"),
    "most_days": _("most days a week"),
    "least_rest_hours": _("least rest between shifts"),
    "most_days_in_a_row": _("most days in a row"),
    "started_on": _("started on"),
    "left_on": _("left on"),
    "days_off": _("days away"),
    "available": _("times of day"),
    "queues": _("queues"),
    "skills": _("skills"),
    "names": _("names in other systems"),
}
LABELS_IN_FILES = [(key, LABELS[key]) for key in rules.TARGETS]

PROBLEMS: dict[str, Any] = {
    "no_time_of_day": _("“%(cell)s” is no time of day like 07:00-16:00"),
    "not_within_a_day": _("“%(cell)s” does not lie within a day; a day ends at 24:00"),
    "no_zone": _("“%(cell)s” is no time zone; write one like Europe/Lisbon"),
    "hours_of_a_week": _("hours a week lie between 0 and 168"),
    "least_above_most": _("the least hours a week (%(least)s) are above the most (%(most)s)"),
    "moved_before_start": _("a move cannot lie before the first day of work here"),
    "moved_too_early": _("a move is entered on its day, not before"),
    "starts_after_end": _("the first day lies after the last, %(day)s"),
    "starts_after_move": _("the first day lies after a move to another team"),
    "ends_before_start": _("the last day lies before the first, %(day)s"),
    "left_too_early": _("leaving is entered on the last day, not before: rights end with it"),
    "too_long": _("“%(cell)s…” is longer than %(most)s characters"),
    "no_hours": _("“%(cell)s” is no number of hours"),
    "hours_out_of_range": _("%(cell)s hours do not lie between 0 and 168"),
    "no_whole_number": _("“%(cell)s” is no whole number from %(least)s to %(most)s"),
    "no_day": _("“%(cell)s” is no day; write it like 2026-03-09"),
    "no_engagement": _("“%(cell)s” is neither employee nor contractor"),
    "no_workplace": _("“%(cell)s” is no place to work; write on site, home or both"),
    "no_name_in_a_system": _("“%(cell)s” is no name in a system; write it like avaya=1001"),
    "number_twice": _("the number stands in line %(line)s already"),
    "name_twice": _("the name %(name)s in %(system)s stands in line %(line)s already"),
    "no_number": _("the number is empty; everybody needs one"),
    "number_taken": _("the number is in use by somebody you do not keep; choose another"),
    "name_taken": _("in %(system)s the name %(name)s belongs to somebody else today"),
    "name_empty": _("name the system and what it calls the agent"),
    "name_ends_first": _("the name ends after it begins"),
    "new_and_left": _("they have left; people who are here are imported"),
    "leaving_by_file": _("leaving and coming back are recorded on the person's own page"),
    "no_team_said": _("no team is said; add a column, or choose a team for those without one"),
    "site_without_zone": _("the site %(site)s is new; add a column with its time zone"),
    "no_team_at_site": _("there is no team %(team)s at %(site)s that you keep"),
    "no_team": _("there is no team %(team)s that you keep; add a column with the site"),
    "several_teams": ngettext_lazy(
        "there is %(count)d team %(team)s; add a column with the site",
        "there are %(count)d teams %(team)s; add a column with the site",
        "count",
    ),
    "no_skill": _("there is no skill %(skill)s; who keeps the whole house can add it"),
    "no_level": _("a level is 1 (learning) to 5 (teaches others)"),
    "proof_without_day": _("say on which day it was proven"),
    "proof_to_come": _("the proof lies in the future"),
}


def problem_words(problem: rules.NotAllowed) -> str:
    """“start_date: “31/31/2026” is no day; write it like 2026-03-09”; the column where a file has one."""
    facts = {name: _said(value) for name, value in problem.facts.items()}
    text = str(PROBLEMS[problem.code] % facts)
    if "column" not in facts:
        return text
    return str(_("%(column)s: %(problem)s") % {"column": facts["column"], "problem": text})


def saying(rule: Callable[[str], str]) -> Callable[[str], str]:
    """The rule, whose word against a value is a sentence: for who only knows that values may be wrong."""

    def told(value: str) -> str:
        try:
            return rule(value)
        except rules.NotAllowed as problem:
            raise ValueError(problem_words(problem)) from problem

    return told


def _said(value: Any) -> Any:
    if isinstance(value, date):
        return day_words(value)
    return number_words(value) if isinstance(value, float) else value
