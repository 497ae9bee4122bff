"""What a page shows of each measure: the figure with its reasons, the picture, what counted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from floorwalker.apps.performance import words
from floorwalker.apps.performance.models import TeamGoal
from floorwalker.apps.performance.queries import Number, Numbers
from floorwalker.apps.performance.rules.measures import MEASURES, UP
from floorwalker.kernel.look import Chart, Series, Why, number_words

PICTURED_DAYS = 56


@dataclass(frozen=True)
class Card:
    """One measure as a page shows it."""

    key: str
    title: str
    value: str  # the baseline's mean, or that too little is known
    standing: str
    why: Why
    best: str
    best_when: str
    step: str
    matters: list[str]  # why this measure matters here
    counted: str
    chart: Chart
    known: bool


def cards_of(numbers: Numbers, lines: Mapping[str, Sequence[TeamGoal]]) -> list[Card]:
    return [_card(each, numbers.today, lines.get(each.measure, ())) for each in numbers.each]


def _card(number: Number, today: date, line: Sequence[TeamGoal]) -> Card:
    key, found = number.measure, number.found
    measure = MEASURES[key]
    step = words.step_words(key, found, number.step) if found and number.step else ""
    return Card(
        key=key,
        title=words.measure_words(key),
        value=words.value_words(key, found.mean) if found else _("too few to tell"),
        standing=words.baseline_words(key, found, number.counted),
        why=Why(
            formula=_(
                "The mean of the days of the last four weeks, or of the last ten there were, each by what it "
                "rests on; the range holds the level behind them nine times in ten."
            ),
            inputs=[
                (_("Days"), number.counted),
                (str(words.WEIGHS[measure.weighs]).capitalize(), number_words(number.rests_on)),
                (_("Better is"), _("more") if measure.better == UP else _("less")),
                (_("Told by"), ", ".join(number.sources)),
            ],
            exclusions=_left_out(number),
            fresh=number.told_at,
        ),
        best=words.value_words(key, number.best.mean if number.best else None),
        best_when=words.best_words(number.best),
        step=step,
        matters=[words.matters_words(each) for each in line],
        counted=_counted(number),
        chart=_chart(number, today),
        known=found is not None,
    )


def _counted(number: Number) -> str:
    what = words.WEIGHS[MEASURES[number.measure].weighs]
    return _("Counted: %(days)d days with %(weight)s %(what)s. Not counted: %(out)s.") % {
        "days": number.counted,
        "weight": number_words(number.rests_on),
        "what": what,
        "out": "; ".join(_left_out(number)) or _("nothing"),
    }


def _left_out(number: Number) -> list[str]:
    found = []
    if number.older:
        found.append(_("%(n)d days before these") % {"n": number.older})
    if number.replaced:
        found.append(_("%(n)d figures that were corrected") % {"n": number.replaced})
    if number.unfinished:
        found.append(_("today, until it is over"))
    return found


def _chart(number: Number, today: date) -> Chart:
    """Eight weeks of days; the baseline with its range lies over the weeks it comes from."""
    key, found = number.measure, number.found
    # Days without a figure are left out, so that what is seldom measured is a line too.
    back = max(PICTURED_DAYS, found.span if found else 0)
    values = {each.day: each.value for each in number.days if each.day > today - timedelta(days=back)}
    points = sorted(values)
    first = today - timedelta(days=found.span if found else 0)
    series = [Series(_("Each day"), [words.shown(key, values.get(day)) for day in points])]
    if found:

        def over(value: float) -> list[float | None]:
            return [words.shown(key, value) if first <= day < today else None for day in points]

        series.append(
            Series(
                _("Your baseline"), over(found.mean), role="forecast", low=over(found.low), high=over(found.high)
            )
        )
    return Chart(
        key=key,
        title=words.measure_words(key),
        sentence=words.baseline_words(key, found, number.counted),
        points=points,
        series=series,
        unit=words.UNITS[MEASURES[key].unit],
    )
