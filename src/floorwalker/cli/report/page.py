"""One page from one plan: a self-contained HTML file without scripts, URLs or clock."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from floorwalker.cli.report import charts, words
from floorwalker.cli.report.content import PlanReport, QueueReport
from floorwalker.cli.report.demand_figures import forecast_figure, history_figure
from floorwalker.cli.report.panels import Figure, queue_id
from floorwalker.cli.report.people import PeopleGrid, people_grid
from floorwalker.cli.report.staff_figures import cover_figure, glance_figure, service_figure
from floorwalker.science.outcome import Status
from floorwalker.science.staffing import Check

ENDS = {
    Status.OPTIMAL: "This roster is proven best",
    Status.FEASIBLE: "This roster is legal, not proven best",
}


@dataclass(frozen=True)
class Day:
    """One row of the day-by-day table: a day, or the week at its foot."""

    name: str
    special: str
    contacts: str
    required_hours: str
    rostered_hours: str
    difference: str
    service: str
    simulated: str
    held: bool | None  # whether the simulation holds the claim within two points
    met: bool | None
    abandoned: str
    wait: str
    occupancy: str


@dataclass(frozen=True)
class Section:
    """One queue, ready to be printed."""

    id: str
    queue: QueueReport
    sentence: str
    figures: tuple[Figure, ...]
    days: tuple[Day, ...]
    week: Day
    people: PeopleGrid | None
    quality: str


def render(plan: PlanReport) -> str:
    """The report of a plan as one self-contained HTML page. The same plan gives the same bytes."""
    template = _environment().get_template("report.html.j2")
    first = plan.queues[0].grid
    return template.render(
        plan=plan,
        sections=[_section(queue) for queue in plan.queues],
        title=plan.queues[0].queue if len(plan.queues) == 1 else f"{len(plan.queues)} queues",
        week=_week_words(plan.queues[0]),
        zone=first.zone,
        css=Markup((files("floorwalker.cli.report") / "templates" / "report.css").read_text(encoding="utf-8")),
        patterns=charts.patterns(),
    )


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("floorwalker.cli.report", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.globals["words"] = words
    return environment


def _section(queue: QueueReport) -> Section:
    draw = (history_figure,)
    if queue.alive.any():
        draw = (glance_figure, history_figure, forecast_figure, cover_figure, service_figure)
    roster = queue.result.roster
    return Section(
        queue_id(queue),
        queue,
        _sentence(queue),
        tuple(figure for figure in (each(queue) for each in draw) if figure),
        tuple(_day(queue, d) for d in range(queue.grid.days)),
        _row(queue, "Week", "", slice(0, len(queue.grid)), queue.audit.total if queue.audit else None),
        people_grid(roster) if roster else None,
        _quality(queue),
    )


def _week_words(queue: QueueReport) -> str:
    first, last = queue.grid.first_day, queue.grid.last_day
    return words.day_long(first) if first == last else f"{words.day_long(first)} to {words.day_long(last)}"


def _sentence(queue: QueueReport) -> str:
    """The plan in one breath: people, hours, expected service against the target, abandoned contacts."""
    roster, week, target = queue.result.roster, queue.expected.total(), queue.requirement.target
    if not queue.contacts.any():
        return "No contacts are expected this week, so nobody is needed."
    if roster is None:
        why = " ".join(queue.result.clashes) or "The time ran out before a legal one was found; give it longer."
        return f"There is no roster yet. {why} {queue.result.repair}".strip()
    at_work = len({duty.person for duty in roster.duties})
    verb = "works" if at_work == 1 else "work"
    work = f"{words.people(at_work)} {verb} {words.hours(roster.paid_hours)} paid hours"
    aim = f"within {words.seconds(target.seconds)} (target {words.whole_percent(target.share)})"
    text = (
        f"{work}; {words.attained(week.service_level)} of {words.plural(week.contacts, 'expected contact')} "
        f"are answered {aim}"
    )
    if queue.abandonment:
        lost = words.count(week.abandoned)
        text += f", {lost} {'is' if lost == '1' else 'are'} abandoned ({words.percent(week.abandon_rate)})"
    if queue.audit:
        text += f"; simulated contact by contact, {words.band(queue.audit.total)} are answered in time"
    return text + "."


def _quality(queue: QueueReport) -> str:
    """How far the roster is from the best there could be, as far as it is known."""
    result = queue.result
    if result.roster is None:
        return ""
    parts = [ENDS[result.status]]
    if result.seconds is not None:
        parts[0] += f", found in {words.seconds(result.seconds)}"
    if result.gap is not None and result.status is Status.FEASIBLE:
        parts[0] += f", at most {words.percent(result.gap)} from the best these people could do"
    if result.bound_hours:
        paid = result.roster.paid_hours / result.bound_hours - 1
        bound = words.hours(result.bound_hours)
        parts.append(f"no roster of these shifts covers the week with fewer than {bound} paid hours")
        parts.append(
            f"this one pays {words.percent(paid)} more"
            if paid >= 0
            else f"this one pays {words.percent(-paid)} fewer, and leaves hours short"
        )
    return "; ".join(parts) + "."


def _day(queue: QueueReport, day: int) -> Day:
    date = queue.grid.dates[day]
    special = queue.special_days.get(date, "")
    check = queue.audit.days[day] if queue.audit else None
    return _row(queue, words.day_short(date), special, queue.grid.day_slice(day), check)


def _row(queue: QueueReport, name: str, special: str, part: slice, check: Check | None) -> Day:
    total = queue.expected.total(part)
    quiet = total.contacts == 0
    lengths = queue.grid.lengths[part]
    needed = sum(float(n) * s for n, s in zip(queue.requirement.scheduled[part], lengths, strict=True)) / 3600
    here = sum(float(n) * s for n, s in zip(queue.rostered[part], lengths, strict=True)) / 3600
    return Day(
        name,
        special,
        words.count(total.contacts),
        words.hours(needed),
        words.hours(here),
        words.signed(here - needed),
        words.UNKNOWN if quiet else words.attained(total.service_level),
        words.UNKNOWN if quiet or check is None else words.band(check),
        None if quiet or check is None else check.within,
        None if quiet else total.service_level >= queue.requirement.target.share - 1e-9,
        words.UNKNOWN if quiet or not queue.abandonment else words.count(total.abandoned),
        words.UNKNOWN if quiet else words.seconds(total.asa_seconds),
        words.UNKNOWN if quiet else words.percent(total.occupancy),
    )
