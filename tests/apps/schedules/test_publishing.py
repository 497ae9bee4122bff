"""Publication: versions, what they leave alone, and what they refuse."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from floorwalker.apps.people.models import Agent
from floorwalker.apps.schedules import services
from floorwalker.apps.schedules.models import Planned, Publication, Shift, Week
from floorwalker.apps.schedules.queries.shifts import live_stints
from floorwalker.apps.schedules.rules.edits import Step
from floorwalker.apps.schedules.services.refusals import (
    BreaksRules,
    DoubleBooked,
    DraftBehind,
    DraftEnded,
    NothingToPublish,
)
from floorwalker.kernel.errors import NotFound
from floorwalker.kernel.models import Notice
from tests.factories import schedules as make
from tests.people import NOW, Cast


def test_a_first_publication_makes_the_week_and_the_plan_of_everybody(
    cast: Cast, week: Week, plan: Publication
) -> None:
    """Ten shifts live, each with phones, meal, phones; the week points at version 1."""
    week.refresh_from_db()
    assert (plan.number, plan.changes, plan.touched) == (1, 10, 2)
    assert week.current == plan
    assert Shift.objects.filter(until=None).count() == 10
    assert Planned.objects.filter(agent=cast.agent.agent).count() == 15
    first = make.live(cast.agent.agent)[0]
    pieces = list(first.planned.order_by("period").values_list("activity", flat=True))
    assert pieces == ["phones", "meal", "phones"]


def test_what_does_not_change_stays_the_same_row(cast: Cast, week: Week, plan: Publication) -> None:
    """The second version ends one shift and begins one; nine rows are not touched; both versions can be read."""
    stints = live_stints(week)
    before = set(Shift.objects.values_list("pk", flat=True))
    draft = make.a_draft(week, stints, NOW)
    step = Step("hours", stints[0].identity, 1, stints[0].day, 10 * 60, 510, 30)
    services.change_draft(draft_id=draft.pk, step=step, by=cast.planner.actor, at=NOW)
    second = services.publish(draft_id=draft.pk, by=cast.planner.actor, at=NOW)
    week.refresh_from_db()
    assert (second.number, second.changes, second.touched) == (2, 1, 1)
    assert Shift.objects.filter(until=None, pk__in=before).count() == 9
    assert [s.start.hour for s in live_stints(week, 1) if s.identity == stints[0].identity] == [9]
    assert [s.start.hour for s in live_stints(week) if s.identity == stints[0].identity] == [10]


def test_an_earlier_version_published_again_is_a_new_version(cast: Cast, week: Week, plan: Publication) -> None:
    """Its shifts are back, with higher numbers than calendars know; nothing is deleted."""
    by = cast.planner.actor
    empty = services.publish(draft_id=make.a_draft(week, [], NOW).pk, by=by, at=NOW)
    assert make.live(cast.agent.agent) == []
    third = services.publish_again(publication_id=plan.pk, by=by, at=NOW)
    week.refresh_from_db()
    assert (empty.number, third.number, week.number) == (2, 3, 3)
    back = make.live(cast.agent.agent)
    assert len(back) == 5
    assert all(shift.version > 2 for shift in back)
    assert Shift.objects.filter(agent=cast.agent.agent, cancelled=True, until=None).count() == 0


def test_each_touched_agent_is_told_once_however_often_the_event_comes(
    cast: Cast, week: Week, plan: Publication, deliver: Any
) -> None:
    """The two who work, nobody else; delivering again changes nothing."""
    deliver()
    told = Notice.objects.filter(kind=services.PUBLISHED)
    assert set(told.values_list("to_user", flat=True)) == {cast.agent.user.pk, cast.colleague.user.pk}
    from floorwalker.apps.schedules.events import RosterPublished

    users = (cast.agent.user.pk, cast.colleague.user.pk)
    again = RosterPublished(plan.pk, week.pk, week.site_id, "2026-03-16", 1, "roster", (), users)
    services.tell_of_publication(again, NOW)
    assert told.count() == 2


def test_the_past_is_nobodys_news(cast: Cast, week: Week, deliver: Any) -> None:
    """A week published after it was worked tells nobody."""
    make.published(week, make.working_days(week, [cast.agent.agent]), NOW + timedelta(days=60))
    deliver()
    assert not Notice.objects.filter(kind=services.PUBLISHED).exists()


def test_a_draft_that_is_behind_is_refused_until_the_news_is_taken_in(
    cast: Cast, week: Week, plan: Publication
) -> None:
    """A change agreed meanwhile is not undone by an old draft, and wins where both changed the same shift."""
    by = cast.planner.actor
    stints = live_stints(week)
    mine, theirs = stints[0], stints[1]
    draft = make.a_draft(week, stints, NOW)
    for stint in (mine, theirs):
        step = Step("hours", stint.identity, 1, stint.day, 10 * 60, 510, 30)
        services.change_draft(draft_id=draft.pk, step=step, by=by, at=NOW)
    live = Step("hours", theirs.identity, 1, theirs.day, 11 * 60, 510, 30)
    services.change_published(week_id=week.pk, step=live, by=by, at=NOW)
    with pytest.raises(DraftBehind):
        services.publish(draft_id=draft.pk, by=by, at=NOW)
    clashes = services.take_in(draft_id=draft.pk, by=by, at=NOW)
    assert [clash.after.identity for clash in clashes if clash.after] == [theirs.identity]
    services.publish(draft_id=draft.pk, by=by, at=NOW)
    week.refresh_from_db()
    hours = {s.identity: s.start.hour for s in live_stints(week)}
    assert (hours[mine.identity], hours[theirs.identity]) == (10, 11)


def test_the_same_draft_is_not_published_twice(cast: Cast, week: Week) -> None:
    """The second press of the button says what became of the first; a draft without news says so."""
    by = cast.planner.actor
    draft = make.a_draft(week, make.working_days(week, [cast.agent.agent]), NOW)
    services.publish(draft_id=draft.pk, by=by, at=NOW)
    with pytest.raises(DraftEnded):
        services.publish(draft_id=draft.pk, by=by, at=NOW)
    same = services.begin_draft(week_id=week.pk, by=by, at=NOW)
    with pytest.raises(NothingToPublish):
        services.publish(draft_id=same.pk, by=by, at=NOW)


def test_nobody_is_published_into_two_places_at_once(cast: Cast, week: Week, plan: Publication) -> None:
    """Another site's week with the same person at the same time: refused with the name, and nothing is written."""
    south = make.a_week(cast.world.south)
    clash = make.a_draft(south, [make.a_stint(south, cast.agent.agent, 0, "06:00")], NOW)
    with pytest.raises(DoubleBooked, match="Agent"):
        services.publish(draft_id=clash.pk, by=cast.planner.actor, at=NOW)
    assert not Publication.objects.filter(week=south).exists()
    with pytest.raises(IntegrityError), transaction.atomic():
        make.a_draft(week, [make.a_stint(week, cast.agent.agent), make.a_stint(week, cast.agent.agent)], NOW)


@pytest.mark.parametrize("who", ["contractor", "left"])
def test_a_draft_never_assigns_a_contractor_or_who_has_left(cast: Cast, week: Week, who: str) -> None:
    """Whatever way the shift came into the draft."""
    agent = getattr(cast, who).agent
    draft = make.a_draft(week, [make.a_stint(week, agent)], NOW)
    with pytest.raises(BreaksRules, match=r"contractor|does not work here"):
        services.publish(draft_id=draft.pk, by=cast.planner.actor, at=NOW)


def test_who_may_publish_and_where(cast: Cast, week: Week) -> None:
    """A planner of the site; not a supervisor, not an agent, not a planner elsewhere."""
    draft = make.a_draft(week, make.working_days(week, [cast.agent.agent]), NOW)
    for person in (cast.supervisor, cast.agent, cast.stranger, cast.hr, cast.client_viewer):
        with pytest.raises(NotFound):
            services.publish(draft_id=draft.pk, by=person.actor, at=NOW)
    south = make.a_week(cast.world.south)
    other = make.a_draft(south, [], NOW)
    with pytest.raises(NotFound):
        services.publish(draft_id=other.pk, by=cast.site_planner.actor, at=NOW)
    assert services.publish(draft_id=draft.pk, by=cast.site_planner.actor, at=NOW).number == 1


def test_agents_are_not_needed_to_exist_for_open_shifts(cast: Cast, week: Week) -> None:
    """Two open shifts at one time collide with nobody."""
    publication = make.published(week, [make.a_stint(week, None), make.a_stint(week, None)], NOW)
    assert (publication.changes, publication.touched) == (2, 0)
    assert Planned.objects.count() == 0
    assert Agent.objects.count() > 0
