"""What an edit costs in callers: before it is made, after it, and when somebody asks for it."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from django.urls import reverse

from floorwalker.apps.capacity import services as capacity
from floorwalker.apps.capacity.models import RequiredDay
from floorwalker.apps.demand.models import Queue
from floorwalker.apps.schedules import services
from floorwalker.apps.schedules.models import Edit, Shift, Week
from floorwalker.apps.schedules.queries.preview import Sheet
from floorwalker.apps.schedules.rules.edits import Step
from floorwalker.kernel.models import Entry
from floorwalker.science.queueing import ServiceTarget, erlang_a
from tests.factories import capacity as staff
from tests.factories import schedules as make
from tests.people import NOW, Cast


@pytest.fixture
def staffed(cast: Cast, week: Week, work: Callable[..., None]) -> Queue:
    """A small queue with its required staff computed, and agent and colleague published on it all week."""
    queue = staff.a_queue(cast.world)
    staff.a_forecast(queue, make.MONDAY, times=0.1)
    ordered = {"queues": [queue.pk], "first_day": make.MONDAY, "days": 7}
    capacity.order(**ordered, by=cast.planner.actor, at=NOW)  # type: ignore[arg-type]
    work(inline=True)
    people = [cast.agent.agent, cast.colleague.agent]
    make.published(week, make.working_days(week, people, queue=queue), make.BEFORE)
    week.refresh_from_db()
    return queue


def lost(people: int, contacts: float) -> float:
    """The formula itself: seven of ten people scheduled are on the phones, callers wait two minutes."""
    target = ServiceTarget(0.8, 20, "late-abandons")
    return contacts * erlang_a(people * 0.7, contacts, 1800, 240.0, 120.0, target).abandon_rate


def monday(cast: Cast) -> Shift:
    assert cast.agent.agent is not None
    return make.live(cast.agent.agent)[0]


def away(shift: Shift) -> Step:
    return Step("delete", str(shift.identity), shift.version)


def test_taking_a_shift_away_costs_what_the_formula_says(cast: Cast, week: Week, staffed: Queue) -> None:
    """Two people become one in every half-hour but the meal; nothing is changed by looking."""
    shift = monday(cast)
    look = services.check(sheet=Sheet(week), step=away(shift), by=cast.planner.actor)
    assert look.price is not None
    # Nine to half past five in half-hours; both eat in the same one, in which nobody is there before or after.
    meal = round((shift.meal.lower - shift.period.lower).total_seconds() / 1800)
    contacts = [0.1 * each for place, each in enumerate(staff.BUSY[2:19]) if place != meal]
    expected = sum(lost(1, each) - lost(2, each) for each in contacts)
    assert look.price.callers == pytest.approx(expected, rel=1e-5)
    assert expected > 1
    assert [line.queue_id for line in look.price.lines] == [staffed.pk, staffed.pk]
    first = look.price.lines[0]
    assert first.text.startswith("Mon 16 Mar") and "callers more abandon" in first.text
    assert first.why_url == reverse("capacity:why", args=[staffed.pk, "2026-03-16", _worst(first, contacts)])
    assert monday(cast).version == shift.version


def _worst(line: Any, contacts: list[float]) -> int:
    first = line.start.hour * 2 + line.start.minute // 30
    count = round((line.end - line.start).total_seconds() / 1800)
    gained = [lost(1, each) - lost(2, each) for each in contacts[:count]]
    return first + gained.index(max(gained))


def test_adding_it_back_wins_as_much_as_taking_it_away_cost(cast: Cast, week: Week, staffed: Queue) -> None:
    """The same number with the other sign, kept with both steps."""
    change = {"week_id": week.pk, "by": cast.planner.actor, "at": NOW}
    gone = services.change_published(step=away(monday(cast)), **change)  # type: ignore[arg-type]
    assert gone.callers is not None and gone.callers > 0
    back = services.undo(edit_id=gone.pk, by=cast.planner.actor, at=NOW)
    assert back.callers == pytest.approx(-gone.callers)


def test_each_further_person_away_costs_more(cast: Cast, week: Week, staffed: Queue) -> None:
    """The second who goes costs more than the first, and giving a shift to somebody else costs nothing."""
    change = {"week_id": week.pk, "by": cast.planner.actor, "at": NOW}
    costs = []
    for person in (cast.agent.agent, cast.colleague.agent):
        assert person is not None
        costs.append(services.change_published(step=away(make.live(person)[0]), **change).callers)  # type: ignore[arg-type]
    assert costs[1] > costs[0] > 0
    other = cast.other_team_agent.agent
    shift = make.live(cast.agent.agent)[0]  # type: ignore[arg-type]
    given = Step("give", str(shift.identity), shift.version, agent=other.pk)  # type: ignore[union-attr]
    look = services.check(sheet=Sheet(week), step=given, by=cast.planner.actor)
    assert look.price is not None and look.price.lines == () and look.price.callers == 0


def test_the_page_says_it_before_and_after_saving(cast: Cast, week: Week, staffed: Queue) -> None:
    """On the form as it changes, in the sentence after saving, and with the change in the list under the board."""
    shift, browser = monday(cast), cast.client(cast.planner)
    address = reverse("schedules:shift", args=[week.site_id, week.first_day, shift.identity])
    form = {
        "verb": "open",
        "version": shift.version,
        "day": "2026-03-16",
        "start": "09:00",
        "length": 510,
        "meal": 30,
    }
    checked = browser.post(address, {**form, "do": "check"}, headers={"HX-Request": "true"}).content.decode()
    assert "callers more abandon" in checked and f"/staff/{staffed.pk}/2026-03-16/" in checked
    saved = browser.post(address, {**form, "do": "save"}, follow=True)
    text = saved.content.decode()
    assert "callers more abandon." in text
    assert text.count("callers more abandon") >= 2
    assert Edit.objects.latest("pk").callers > 1


@pytest.mark.parametrize(
    ("spoil", "why"),
    [
        (lambda: RequiredDay.objects.all().delete(), "is not computed"),
        (lambda: RequiredDay.objects.update(abandoned=[]), "patience"),
    ],
    ids=["nothing computed", "no patience"],
)
def test_what_is_not_known_is_said(
    cast: Cast, week: Week, staffed: Queue, spoil: Callable[[], Any], why: str
) -> None:
    """With the reason, and no number in its place."""
    spoil()
    look = services.check(sheet=Sheet(week), step=away(monday(cast)), by=cast.planner.actor)
    assert look.price is not None and look.price.callers is None
    assert all(why in line.text and line.callers is None for line in look.price.lines)
    edit = services.change_published(week_id=week.pk, step=away(monday(cast)), by=cast.planner.actor, at=NOW)
    assert edit.callers is None


def test_a_shift_for_no_queue_has_no_price(cast: Cast, week: Week, staffed: Queue) -> None:
    """Whose callers it answers is not said, so what it costs is not either."""
    extra = make.a_stint(week, cast.agent.agent, 5)
    make.published(week, [extra], make.BEFORE)
    step = Step("delete", extra.identity, 1)
    look = services.check(sheet=Sheet(Week.objects.get(pk=week.pk)), step=step, by=cast.planner.actor)
    assert look.price is not None and look.price.callers is None
    assert "for no queue" in look.price.lines[0].text


def test_who_answers_a_wish_reads_what_granting_it_costs(cast: Cast, week: Week, staffed: Queue) -> None:
    """The supervisor sees callers; the agent, who does not see required staff, sees no number and no coverage."""
    asked = services.ask(shift_id=monday(cast).pk, kind="drop", by=cast.agent.actor, at=NOW)
    address = reverse("schedules:request", args=[asked.pk])
    lead = cast.client(cast.supervisor).get(address).content.decode()
    assert "callers more abandon" in lead
    own = cast.client(cast.agent).get(address).content.decode()
    assert "abandon" not in own and "Coverage stays" not in own
    effect = f"/api/v1/shift-changes/{asked.pk}/effect"
    assert cast.client(cast.supervisor).get(effect).json()["callers"] > 1
    mine = cast.client(cast.agent).get(effect).json()
    assert (mine["prices"], mine["callers"]) == (None, None)
    services.withdraw(request_id=asked.pk, version=asked.version, by=cast.agent.actor, at=NOW)
    services.change_published(week_id=week.pk, step=away(monday(cast)), by=cast.planner.actor, at=NOW)
    gone = cast.client(cast.supervisor).get(effect)
    assert (gone.status_code, gone.json()["code"]) == (409, "shift_changed")


def test_programs_look_before_they_change(cast: Cast, week: Week, staffed: Queue) -> None:
    """Price, coverage and broken rules of a step, and nothing is changed; another site's planner finds no week."""
    shift = monday(cast)
    body = json.dumps({"verb": "delete", "identity": str(shift.identity), "version": shift.version})
    path = f"/api/v1/weeks/{week.pk}/steps/check"

    def post(who: Any, address: str = path, text: str = body) -> Any:
        return cast.client(who).post(address, text, content_type="application/json")

    found = post(cast.planner)
    assert found.status_code == 200, found.content
    told = found.json()
    assert told["callers"] == pytest.approx(sum(each["callers"] for each in told["prices"]))
    assert told["callers"] > 1
    assert told["prices"][0]["queue_id"] == staffed.pk
    assert not Edit.objects.exists() and not Entry.objects.filter(verb="schedules.change").exists()
    assert post(cast.agent).status_code == 404
    old = json.dumps({"verb": "delete", "identity": str(shift.identity), "version": 9})
    assert post(cast.planner, text=old).json()["code"] == "shift_changed"
    draft = make.a_draft(week, make.working_days(week, [cast.agent.agent], queue=staffed), NOW)
    row = draft.shifts.order_by("period").first()
    step = json.dumps({"verb": "delete", "identity": str(row.identity), "version": row.version})
    alone = post(cast.planner, f"/api/v1/drafts/{draft.pk}/steps/check", step).json()
    assert alone["callers"] > told["callers"]


def test_the_night_after_sunday_counts_too(cast: Cast, week: Week, work: Callable[..., None]) -> None:
    """A shift from Sunday into Monday costs callers on both days, the next week's Monday included."""
    queue = staff.a_queue(cast.world, hours=[[[0, 1440]]] * 7)
    staff.a_forecast(queue, make.MONDAY, 8, times=0.1)
    ordered = {"queues": [queue.pk], "first_day": make.MONDAY, "days": 8}
    capacity.order(**ordered, by=cast.planner.actor, at=NOW)  # type: ignore[arg-type]
    work(inline=True)
    RequiredDay.objects.update(abandoned=[[5.0] * 2 + [3.0] * 18] * 48, scheduled=[20] * 48)
    night = make.a_stint(week, cast.agent.agent, 6, "20:00", 8, queue=queue)
    make.published(week, [night], make.BEFORE)
    look = services.check(
        sheet=Sheet(Week.objects.get(pk=week.pk)), step=Step("delete", night.identity, 1), by=cast.planner.actor
    )
    assert look.price is not None
    until = [line.end for line in look.price.lines]
    assert max(until) == datetime(2026, 3, 23, 4, tzinfo=UTC)
    assert look.price.callers == pytest.approx(14 * 0.4)  # the meal lies in two of sixteen half-hours
