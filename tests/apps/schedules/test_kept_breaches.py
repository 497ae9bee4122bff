"""What shifts break is kept in memory, and worked out anew after every change of what it is made of."""

from __future__ import annotations

from datetime import timedelta

import pytest

from floorwalker.apps.demand.models import Queue
from floorwalker.apps.people.models import Agent, AgentDayOff, AgentSkill
from floorwalker.apps.schedules import services
from floorwalker.apps.schedules.models import Draft, Publication, Week
from floorwalker.apps.schedules.queries import broken
from floorwalker.apps.schedules.queries.needs import queues_of
from floorwalker.apps.schedules.queries.preview import Sheet
from floorwalker.apps.schedules.queries.shifts import draft_stints, live_stints
from floorwalker.apps.schedules.rules.edits import Step
from floorwalker.kernel.access import SYSTEM
from tests.factories import schedules as make
from tests.people import NOW, Cast


@pytest.fixture
def cast_at_work(cast: Cast, week: Week, plan: Publication, queue: Queue) -> Cast:
    return cast


def rules(cast: Cast, draft: Draft | None = None) -> list[str]:
    """The rules the agent and the colleague break on the sheet, as kept; the same as worked out from nothing."""
    week = make.a_week(cast.world.north)
    sheet = Sheet(draft.week if draft else Week.objects.select_related("site", "current").get(pk=week.pk), draft)
    people = Agent.objects.filter(pk__in=[cast.agent.agent.pk, cast.colleague.agent.pk])
    queues = queues_of(SYSTEM, week.site_id)
    kept = broken.breaches(people, sheet, queues)
    known, broken.KEPT = broken.KEPT, broken.Kept()
    assert kept == broken.breaches(people, sheet, queues)
    broken.KEPT = known
    return [each.rule for each in kept]


def test_each_change_is_noticed(cast_at_work: Cast, queue: Queue) -> None:
    """Of the person's terms, days off and skills, of this week's shifts and of a neighbour's; and undone again."""
    cast, person = cast_at_work, cast_at_work.agent.agent
    assert rules(cast) == []
    Agent.objects.filter(pk=person.pk).update(most_hours=20, least_hours=0)
    assert rules(cast) == ["weekly hours"]
    Agent.objects.filter(pk=person.pk).update(most_hours=40)
    assert rules(cast) == []
    away = AgentDayOff.objects.create(agent=person, day=make.MONDAY)
    assert rules(cast) == ["days off"]
    away.delete()
    week = make.a_week(cast.world.north)
    before = make.a_week(cast.world.north, make.MONDAY - timedelta(days=7))
    make.published(before, [make.a_stint(before, person, 6, "20:00", 12)], make.BEFORE)
    assert "rest" in rules(cast)
    make.published(before, [], make.BEFORE)
    assert rules(cast) == []
    busy = make.a_stint(week, person, 5, queue=queue)
    make.published(week, [*live_stints(week), busy], make.BEFORE)
    AgentSkill.objects.filter(agent=person).delete()
    assert "skills" in rules(cast)


def test_a_draft_is_looked_at_with_every_step(cast_at_work: Cast) -> None:
    """A shift taken out of one draft is missed there, and not in the draft beside it."""
    cast = cast_at_work
    Agent.objects.filter(pk=cast.agent.agent.pk).update(least_hours=40)
    week = make.a_week(cast.world.north)
    draft, other = (make.a_draft(week, live_stints(week), NOW) for _ in range(2))
    assert rules(cast, draft) == []
    stint = next(each for each in draft_stints(draft.pk) if each.agent == cast.agent.agent.pk)
    more = {"override": True, "why": "storm", "by": cast.planner.actor, "at": NOW}
    step = Step("delete", stint.identity, stint.version)
    services.change_draft(draft_id=draft.pk, step=step, **more)  # type: ignore[arg-type]
    assert rules(cast, draft) == ["least hours"]
    assert rules(cast, other) == []


def test_the_oldest_go_first(monkeypatch: pytest.MonkeyPatch) -> None:
    """Memory is bounded: what was not looked at for longest is worked out again."""
    monkeypatch.setattr(broken, "MOST_KEPT", 2)
    kept = broken.Kept()
    for agent in (1, 2):
        kept.put((agent,), (0,), [])
    assert kept.get((1,), (0,)) == ()
    kept.put((3,), (0,), [])
    assert (kept.get((1,), (0,)), kept.get((2,), (0,)), kept.get((1,), (9,))) == ((), None, None)
