"""Options that several commands share, read once and the same everywhere."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import click

Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]


FIRST_YEAR, LAST_YEAR = 1970, 2199


class Day(click.ParamType):
    """A calendar day, written 2003-09-01."""

    name = "YYYY-MM-DD"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        if isinstance(value, date):
            return value
        try:
            day = date.fromisoformat(value)
        except ValueError:
            self.fail(f"{value!r} is not a day; write it as 2003-09-01", param, ctx)
        if not FIRST_YEAR <= day.year <= LAST_YEAR:
            self.fail(f"{value} lies outside the years {FIRST_YEAR} to {LAST_YEAR}", param, ctx)
        return day


class Mapping(click.ParamType):
    """Which column is what: start=DateTime,queue=Skill."""

    name = "FIELD=COLUMN,…"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> dict[str, str]:
        if isinstance(value, dict):
            return value
        pairs = [part.split("=", 1) for part in value.split(",") if part.strip()]
        if any(len(pair) != 2 or not pair[0].strip() or not pair[1].strip() for pair in pairs):
            self.fail(f"{value!r} is not FIELD=COLUMN,FIELD=COLUMN; write start=DateTime,queue=Skill", param, ctx)
        return {field.strip(): column.strip() for field, column in pairs}


class Counts(click.ParamType):
    """How many of which: spanish=6,billing=20."""

    name = "NAME=NUMBER,…"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> dict[str, int]:
        if isinstance(value, dict):
            return value
        found = {}
        for part in value.split(","):
            name, _, number = part.rpartition("=")
            if not name.strip() or not number.strip().isdigit():
                self.fail(f"{part!r} is not NAME=NUMBER; write spanish=6,billing=20", param, ctx)
            found[name.strip()] = int(number)
        return found


def together(*options: Decorator) -> Decorator:
    """Several options as one decorator, shown in the order given."""

    def decorate(function: Callable[..., Any]) -> Callable[..., Any]:
        for option in reversed(options):
            function = option(function)
        return function

    return decorate


class Amount(click.FloatRange):
    """A number within limits; "nan" is none. A percentage of 100 is the limit and always open.

    With ``refuse_share``, 0.3 is refused: whoever writes it for 30 % must not get a plan for 0.3 %.
    """

    def __init__(
        self, lowest: float, highest: float, *, lowest_open: bool = False, refuse_share: bool = False
    ) -> None:
        super().__init__(lowest, highest, min_open=lowest_open, max_open=highest == WHOLE)
        self.refuse_share = refuse_share

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        number = float(super().convert(value, param, ctx))
        if number != number:
            self.fail(f"{value} is not a number", param, ctx)
        if self.refuse_share and 0 < number < 1:
            self.fail(f"{value} is {number:g} %; write {100 * number:g} for {100 * number:g} %", param, ctx)
        return number


WHOLE = 100.0
YEAR_SECONDS = 31_536_000.0

percent = Amount(0, WHOLE)
some_percent = Amount(0, WHOLE, lowest_open=True)
large_percent = Amount(0, WHOLE, lowest_open=True, refuse_share=True)
shrunk = Amount(0, WHOLE, refuse_share=True)
seconds = Amount(0.001, YEAR_SECONDS)
search_seconds = Amount(0, 86_400)
most_agents = click.IntRange(0, 10_000_000)

history_argument = click.argument("history", type=click.Path(path_type=Path, exists=True))
as_json = click.option("--json", "as_json", is_flag=True, help="Answer in JSON on standard output.")
out_file = click.option(
    "--out", type=click.Path(path_type=Path, dir_okay=False), help="Write the table to this file."
)
zone = click.option("--zone", help="IANA time zone of the history and the plan, e.g. Europe/Lisbon.")
step = click.option(
    "--step", type=int, default=30, show_default=True, help="Minutes of an interval; 1440 for days."
)
mapping = click.option(
    "--map", "mapping", type=Mapping(), help="Name columns yourself: start=DateTime,queue=Skill."
)
holidays = click.option(
    "--holidays", help="Public holidays of these countries, e.g. US or US,CA; US-NY for a region."
)
special_days = click.option(
    "--special-days",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="Your own special days: a CSV of date,name and optionally closed (yes/no).",
)
reading = together(mapping, zone, holidays, special_days)

definition = click.option(
    "--definition",
    type=click.Choice(["late-abandons", "all-offered", "answered-only", "quick-abandons-met"]),
    default="late-abandons",
    show_default=True,
    help="Which contacts the service level counts.",
)
max_abandon = click.option("--max-abandon", type=some_percent, help="At most this percentage abandons.")
max_occupancy = click.option("--max-occupancy", type=large_percent, help="Agents busy at most this percentage.")
max_asa = click.option("--max-asa", type=seconds, help="Mean wait of the answered at most, seconds.")
patience = click.option("--patience", type=seconds, help="Mean patience of callers, seconds.")
goals = together(definition, max_abandon, max_occupancy, max_asa, patience)
uncertainty = together(
    click.option(
        "--confidence",
        type=large_percent,
        help="Reach the target with this probability, though more may come than expected; else on average.",
    ),
    click.option(
        "--absence", type=percent, default=0.0, help="Chance that a scheduled person is absent, percent."
    ),
)
min_staff = click.option(
    "--min-staff", type=most_agents, default=1, show_default=True, help="Agents present whenever open."
)
over = click.option(
    "--over",
    type=click.Choice(["interval", "day", "week"]),
    default="interval",
    show_default=True,
    help="Reach the target in every interval, or on average over the day or the week.",
)


def replications(default: int) -> Decorator:
    """How many runs an answer averages over; so many unless told otherwise."""
    runs = click.IntRange(2, 100_000)
    return click.option(
        "--replications", type=runs, default=default, show_default=True, help="Runs to average over."
    )


seed = click.option(
    "--seed",
    type=click.IntRange(0),
    default=0,
    show_default=True,
    help="Of the random numbers; the same, the same.",
)
