"""A planner's week: history in, forecast argued with, people computed, roster made and published."""

from __future__ import annotations

import csv
import gzip
import re
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.db.models import Sum

from floorwalker.apps.demand.models import HistoryDay, Queue
from floorwalker.apps.people.models import AgentSkill, Site
from floorwalker.apps.schedules.models import Publication
from tests.journeys.conftest import Visit
from tests.journeys.planning import bad_rows_and_good, bring, expected, history, the_clients_own
from tests.journeys.visitor import Visitor
from tests.people import Cast


def test_a_planner_brings_history_argues_plans_and_publishes(
    visit: Visit, cast: Cast, monday: date, tmp_path: Path, work: Callable[..., None], deliver: Callable[[], None]
) -> None:
    """From a file with bad rows to version 1."""

    def behind() -> None:
        deliver()
        work(inline=True)
        deliver()

    for person in (cast.agent, cast.colleague, cast.other_team_agent):
        AgentSkill.objects.create(agent=person.agent, skill=cast.world.service, level=3)
    history(tmp_path / "history.csv", monday)
    planner = visit("planner").sign_in(cast.planner.user)
    planner.look("home")
    bad_rows_and_good(planner, tmp_path / "history.csv", "Europe/Lisbon", ("Aurora", "North"), behind)
    queue = Queue.objects.get()

    planner.follow("See the queues")
    planner.follow("Make forecasts")
    planner.press("Make them")
    planner.look("forecast-waits")
    behind()
    planner.open(planner.path)
    planner.shows("made and in use")
    planner.follow("Aurora help")
    planner.shows("Every method tried on the past", "The week in words", "Error of the day's total by weekday")
    planner.page.locator("ui-chart svg").first.wait_for()
    planner.page.locator(".ui-chart-table summary").first.click()
    assert planner.page.locator(".ui-chart-table table tbody tr").count() > 5, "a table behind the chart"
    planner.look_everywhere("forecast")

    before = expected(planner, queue, monday)
    planner.open(f"/demand/queues/{queue.pk}/forecast/")
    planner.page.get_by_text("Change what is expected").click()
    planner.fill("From", monday.isoformat())
    planner.fill("at", "10:00")
    planner.fill("until", "11:00")
    planner.fill("Value", "2")
    planner.page.locator("form[action$='/override/']").get_by_label("Why").fill("Mailing to every customer")
    planner.press("Change it")
    assert expected(planner, queue, monday) > before
    planner.shows("2.00")
    planner.look("why-forecast")

    the_clients_own(planner, queue, monday, 300)

    planner.page.get_by_role("link", name="Required staff").first.click()
    planner.open("/staff/compute/")
    planner.press("Compute")
    behind()
    planner.open(planner.path)
    planner.open(f"/staff/?queue={queue.pk}&week={monday.isoformat()}")
    planner.look_everywhere("required")
    number = planner.page.locator(".capacity-grid a").first
    required = int("".join(filter(str.isdigit, number.inner_text().split()[0])))
    number.click()
    planner.page.locator("#why table.capacity-parts").wait_for()
    cells = planner.page.locator("#why .capacity-parts tbody td:nth-of-type(1)").all_inner_texts()
    parts = [float(each.replace("−", "-").replace("+", "").replace("\u202f", "")) for each in cells]
    end = float(planner.page.locator("#why .capacity-parts tfoot td").last.inner_text())
    assert end == required
    assert sum(parts) == pytest.approx(end, abs=0.06 * len(parts)), "the parts add up"
    planner.look("why-staff")

    plan_and_publish(planner, cast.world.north, monday, behind)


def test_the_file_of_a_real_bank_comes_in(
    visit: Visit, cast: Cast, data: Path, work: Callable[..., None], deliver: Callable[[], None]
) -> None:
    """Half a year of five-minute counts, as it was downloaded: every line accounted for, and stored."""

    def behind() -> None:
        deliver()
        work()
        deliver()

    file = data / "bank-calls-5min" / "bank_calls_2003-03-03_to_2003-08-29.csv.gz"
    if not file.exists():
        pytest.skip(f"needs {file.name}")
    planner = visit("bank").sign_in(cast.planner.user)
    planner.open("/demand/uploads/")
    bring(planner, file, "America/New_York", behind)
    planner.shows("Every line accounted for", "How it was read")
    planner.look("read")
    planner.choose("Client of the new queue", "Aurora")
    planner.choose("Site of the new queue", "North")
    planner.press("Store it")
    behind()
    planner.open(planner.path)
    planner.shows("rows were new")
    planner.look("stored")
    with gzip.open(file, "rt", encoding="utf-8", newline="") as lines:
        calls = sum(int(row["Calls"]) for row in csv.DictReader(lines))
    assert HistoryDay.objects.aggregate(calls=Sum("total"))["calls"] == calls, "not one call is lost"
    planner.open(f"/demand/queues/{Queue.objects.get().pk}/history/")
    planner.look_everywhere("history")


@pytest.mark.prove
def test_the_calls_of_a_real_bank_are_compared_planned_and_published(
    visit: Visit,
    cast: Cast,
    monday: date,
    data: Path,
    tmp_path: Path,
    work: Callable[..., None],
    deliver: Callable[[], None],
) -> None:
    """The same half-year, moved by whole weeks to end now: counts alone, so the handling time is asked for; a
    forecast is chosen by its past, beside the client's own, people are computed, and the week to come becomes
    version 1, which an agent reads on a phone."""

    def behind() -> None:
        deliver()
        work(inline=True)
        deliver()

    file = data / "bank-calls-5min" / "bank_calls_2003-03-03_to_2003-08-29.csv.gz"
    if not file.exists():
        pytest.skip(f"needs {file.name}")
    Site.objects.filter(pk=cast.world.north.pk).update(zone="America/New_York")
    for person in (cast.agent, cast.colleague, cast.other_team_agent):
        AgentSkill.objects.create(agent=person.agent, skill=cast.world.service, level=3)
    planner = visit("bank-week").sign_in(cast.planner.user)
    planner.open("/demand/uploads/")
    bring(planner, moved(file, monday - timedelta(days=3), tmp_path), "America/New_York", behind)
    planner.choose("Client of the new queue", "Aurora")
    planner.choose("Site of the new queue", "North")
    planner.fill("Handling time of a contact in the new queue, seconds", "210")
    planner.look_everywhere("read")
    planner.press("Store it")
    behind()
    queue = Queue.objects.get()
    planner.open("/demand/forecasts/new/")
    planner.press("Make them")
    behind()
    planner.open(planner.path)
    planner.shows("made and in use")
    planner.open(f"/demand/queues/{queue.pk}/forecast/?view=week&day={monday.isoformat()}")
    planner.shows("Every method tried on the past", "The week in words", "210 s")
    planner.look_everywhere("forecast")
    ours = expected(planner, queue, monday)
    assert 20_000 < ours < 60_000, "a working day of that bank"

    planner.open(f"/demand/client-forecasts/new/?queue={queue.pk}")
    planner.fill("Or typed", "\n".join(f"{(monday + timedelta(days=n)).isoformat()} 30000" for n in range(5)))
    planner.press("Submit it")
    planner.shows("150,000", "30,000", f"{ours:,}")
    planner.look_everywhere("client-forecast")

    planner.open("/staff/compute/")
    planner.press("Compute")
    behind()
    planner.open(planner.path)
    planner.shows("It is done.")
    planner.follow("See the week")
    assert planner.page.locator(".capacity-grid a").count() > 50, planner.text[:3000]
    planner.look_everywhere("required")
    plan_and_publish(planner, cast.world.north, monday, behind)

    cast.agent.user.zone = "America/New_York"
    cast.agent.user.save()
    phone = visit("bank-agent", 390).sign_in(cast.agent.user)
    phone.open(f"/schedules/mine/day/{monday.isoformat()}/")
    phone.shows("hours paid this week", "Mon")
    phone.look_everywhere("my-schedule")


def moved(file: Path, last: date, folder: Path) -> Path:
    """The same counts with every day moved by the same whole weeks, so that the last is at most this one."""
    with gzip.open(file, "rt", encoding="utf-8", newline="") as lines:
        table = csv.DictReader(lines)
        columns, rows = list(table.fieldnames or ()), list(table)
    found = next(name for name in columns if re.fullmatch(r"\d{4}-\d{2}-\d{2}.*", rows[0][name]))
    days = [date.fromisoformat(row[found][:10]) for row in rows]
    weeks = (last - max(days)) // timedelta(weeks=1)
    copy = folder / "bank.csv"
    with copy.open("w", encoding="utf-8", newline="") as out:
        written = csv.DictWriter(out, columns)
        written.writeheader()
        for row, day in zip(rows, days, strict=True):
            then = (day + timedelta(weeks=weeks)).isoformat()
            written.writerow(row | {found: then + row[found][10:]})
    return copy


def plan_and_publish(planner: Visitor, site: Site, monday: date, behind: Callable[[], None]) -> None:
    """A quick roster of the week, looked at, compared, and made version 1."""
    planner.open(f"/schedules/{site.pk}/{monday.isoformat()}/")
    planner.follow("Make a roster")
    planner.page.get_by_label("quick").check()
    planner.press("Make the roster")
    planner.look("roster-waits")
    behind()
    planner.open(planner.path)
    planner.shows("hours paid")
    planner.look("roster-made")
    planner.follow("Look at the draft")
    planner.look_everywhere("draft")
    planner.follow("Compare and publish")
    planner.look("compare")
    planner.press("Publish and tell everybody touched")
    planner.shows("Version 1, published by Planner")
    planner.look("version-1")
    assert Publication.objects.count() == 1
