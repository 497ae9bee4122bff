"""Steps by hand: seen before they are made, refused against a rule, kept with their reason, taken back."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from floorwalker.apps.schedules import services
from floorwalker.apps.schedules.models import Edit, Planned, Publication, Shift, Week
from floorwalker.apps.schedules.queries.shifts import live_stints
from floorwalker.apps.schedules.rules.edits import Step
from floorwalker.apps.schedules.services.refusals import (
    BreaksRules,
    ShiftChanged,
    TooLateToUndo,
    WithoutReason,
)
from floorwalker.kernel import audit
from floorwalker.kernel.errors import NotFound
from floorwalker.kernel.models import Entry
from tests.factories import schedules as make
from tests.people import NOW, Cast, Person


def first_of(cast: Cast, person: Person) -> Shift:
    assert person.agent is not None
    return make.live(person.agent)[0]


def short_rest(shift: Shift) -> Step:
    """Monday until half past eleven: nine hours and a half before Tuesday's nine o'clock."""
    return Step("hours", str(shift.identity), shift.version, shift.day, 15 * 60, 510, 30)


def test_a_supervisor_changes_their_own_team_and_nobody_else(cast: Cast, week: Week, plan: Publication) -> None:
    """Another team's shift is not there for them, nor can one of theirs be given there."""
    by = cast.supervisor.actor
    mine = first_of(cast, cast.agent)
    step = Step("hours", str(mine.identity), 1, mine.day, 10 * 60, 510, 30)
    edit = services.change_published(week_id=week.pk, step=step, by=by, at=NOW)
    assert edit.publication is not None
    assert edit.publication.kind == Publication.Kind.CHANGE
    away = Step("give", str(mine.identity), 2, agent=cast.other_team_agent.agent.pk)  # type: ignore[union-attr]
    loose = Step("open", str(mine.identity), 2)
    tries = ((away, by), (loose, by), (step, cast.other_supervisor.actor), (step, cast.agent.actor))
    for each, actor in tries:
        with pytest.raises(NotFound):
            services.change_published(week_id=week.pk, step=each, by=actor, at=NOW)


def test_a_hard_rule_stops_a_change_unless_a_planner_gives_a_reason(
    cast: Cast, week: Week, plan: Publication
) -> None:
    """Not for a supervisor at all; with the reason it is made, and kept in the audit with the sentence."""
    shift = first_of(cast, cast.agent)
    step = short_rest(shift)
    change = {"week_id": week.pk, "step": step, "at": NOW}
    with pytest.raises(BreaksRules, match=r"rests 9\.5 h"):
        services.change_published(**change, by=cast.planner.actor)  # type: ignore[arg-type]
    with pytest.raises(BreaksRules):
        services.change_published(**change, override=True, why="please", by=cast.supervisor.actor)  # type: ignore[arg-type]
    with pytest.raises(WithoutReason):
        services.change_published(**change, override=True, why="  ", by=cast.planner.actor)  # type: ignore[arg-type]
    edit = services.change_published(**change, override=True, why="storm", by=cast.planner.actor)  # type: ignore[arg-type]
    assert "rests 9.5 h" in edit.breaches[0]
    entry = Entry.objects.filter(verb="schedules.change").latest("pk")
    assert entry.facts["why"] == "storm"
    assert "rests 9.5 h" in entry.facts["overridden"][0]


def test_who_a_change_concerns_reads_who_made_it_and_why(cast: Cast, week: Week, plan: Publication) -> None:
    """A Saturday that changes hands is in the audit of both; the rule that gave way only in its person's."""
    extra = make.a_stint(week, cast.agent.agent, 5, "00:30")
    make.published(week, [*live_stints(week), extra], make.BEFORE)
    step = Step("give", extra.identity, 1, agent=cast.colleague.agent.pk)  # type: ignore[union-attr]
    more = {"override": True, "why": "storm", "by": cast.planner.actor, "at": NOW}
    services.change_published(week_id=week.pk, step=step, **more)  # type: ignore[arg-type]
    entries = Entry.objects.filter(verb="schedules.change")
    assert {entry.person for entry in entries} == {cast.agent.user.pk, cast.colleague.user.pk}
    gave_way = entries.get(person=cast.colleague.user.pk).facts["overridden"]
    assert any("works 48 h" in each for each in gave_way)
    assert "overridden" not in entries.get(person=cast.agent.user.pk).facts
    assert audit.visible(cast.agent.actor).get(verb="schedules.change").facts["why"] == "storm"


@pytest.mark.parametrize("verb", ["give", "add"])
def test_no_hand_assigns_a_contractor(cast: Cast, week: Week, plan: Publication, verb: str) -> None:
    """Neither in the published week nor in a draft, with or without a reason."""
    contractor = cast.contractor.agent
    assert contractor is not None
    shift = first_of(cast, cast.agent)
    steps = {
        "give": Step("give", str(shift.identity), 1, agent=contractor.pk),
        "add": Step(
            "add",
            services.new_identity(),
            day=week.first_day,
            start_minute=540,
            length_minutes=240,
            agent=contractor.pk,
        ),
    }
    draft = services.begin_draft(week_id=week.pk, by=cast.planner.actor, at=NOW)
    more = {"step": steps[verb], "override": True, "why": "short", "by": cast.planner.actor, "at": NOW}
    with pytest.raises(BreaksRules, match="contractor"):
        services.change_published(week_id=week.pk, **more)  # type: ignore[arg-type]
    with pytest.raises(BreaksRules, match="contractor"):
        services.change_draft(draft_id=draft.pk, **more)  # type: ignore[arg-type]


def test_deleting_opening_and_swapping_move_the_plan_along(cast: Cast, week: Week, plan: Publication) -> None:
    """Planned rows follow each step; a deleted shift is a cancelled one in its agent's eyes."""
    by, agent = cast.planner.actor, cast.agent.agent
    assert agent is not None
    monday, tuesday, *_rest = make.live(agent)
    delete = Step("delete", str(monday.identity), 1)
    services.change_published(week_id=week.pk, step=delete, by=by, at=NOW)
    assert Planned.objects.filter(agent=agent).count() == 12
    assert Shift.objects.filter(agent=agent, cancelled=True, until=None).count() == 1
    services.change_published(week_id=week.pk, step=Step("open", str(tuesday.identity), 1), by=by, at=NOW)
    assert Planned.objects.filter(agent=agent).count() == 9
    services.change_published(
        week_id=week.pk, step=Step("give", str(tuesday.identity), 2, agent=agent.pk), by=by, at=NOW
    )
    assert Planned.objects.filter(agent=agent).count() == 12
    assert not Shift.objects.filter(agent=agent, cancelled=True, until=None, identity=tuesday.identity).exists()


def test_a_step_is_taken_back_for_half_an_hour_and_in_a_draft_while_it_is_open(
    cast: Cast, week: Week, plan: Publication
) -> None:
    """Everything is as it was, as a new version; twice or too late is refused in words."""
    by = cast.planner.actor
    shift = first_of(cast, cast.agent)
    step = Step("delete", str(shift.identity), 1)
    edit = services.change_published(week_id=week.pk, step=step, by=by, at=NOW)
    with pytest.raises(TooLateToUndo):
        services.undo(edit_id=edit.pk, by=by, at=NOW + timedelta(minutes=31))
    services.undo(edit_id=edit.pk, by=by, at=NOW + timedelta(minutes=29))
    (back, *_rest) = make.live(cast.agent.agent)  # type: ignore[arg-type]
    assert (back.period, back.agent, back.meal) == (shift.period, shift.agent, shift.meal)
    assert back.version > shift.version + 1
    with pytest.raises(TooLateToUndo):
        services.undo(edit_id=edit.pk, by=by, at=NOW)
    draft = services.begin_draft(week_id=week.pk, by=by, at=NOW)
    mine = Step("delete", str(shift.identity), back.version)
    made = services.change_draft(draft_id=draft.pk, step=mine, by=by, at=NOW)
    assert draft.shifts.count() == 9
    services.undo(edit_id=made.pk, by=by, at=NOW + timedelta(days=3))
    assert draft.shifts.count() == 10


def test_nothing_is_taken_back_over_somebody_elses_change(cast: Cast, week: Week, plan: Publication) -> None:
    """The shift was changed again: the undo shows how it stands now."""
    by = cast.planner.actor
    shift = first_of(cast, cast.agent)
    name = str(shift.identity)
    edit = services.change_published(
        week_id=week.pk, step=Step("hours", name, 1, shift.day, 600, 510, 30), by=by, at=NOW
    )
    services.change_published(week_id=week.pk, step=Step("hours", name, 2, shift.day, 660, 510, 30), by=by, at=NOW)
    with pytest.raises(ShiftChanged, match="11:00"):
        services.undo(edit_id=edit.pk, by=by, at=NOW)


def form_of(week: Week, shift: Shift, **more: object) -> dict[str, object]:
    return {
        "verb": "hours",
        "day": shift.day.isoformat(),
        "start": "10:00",
        "length": 510,
        "meal": 30,
        "version": shift.version,
        "why": "",
        **more,
    }


def test_the_page_says_what_a_step_breaks_before_it_is_made(cast: Cast, week: Week, plan: Publication) -> None:
    """Checked by htmx as a fragment and by a button as a page; nothing is written; saved, it is on the board."""
    shift = first_of(cast, cast.agent)
    browser = cast.client(cast.planner)
    address = reverse("schedules:shift", args=[week.site_id, week.first_day, shift.identity])
    late = form_of(week, shift, start="15:00", length=540)
    for headers in ({}, {"HX-Request": "true"}):
        answer = browser.post(address, {**late, "do": "check"}, headers=headers)
        assert answer.status_code == 200
        assert "rests 9 h" in answer.content.decode()
    assert not Edit.objects.exists()
    refused = browser.post(address, {**late, "do": "save"})
    assert refused.status_code == 422
    assert "rests 9 h" in refused.content.decode()
    done = browser.post(address, {**form_of(week, shift), "do": "save"}, follow=True)
    assert "10:00–18:30" in done.content.decode()
    stale = browser.post(address, {**form_of(week, shift), "start": "11:00", "do": "save"})
    assert stale.status_code == 409
    page = stale.content.decode()
    assert "Somebody changed this shift while you were looking" in page
    assert 'value="10:00"' in page
    assert len(live_stints(Week.objects.get(pk=week.pk))) == 10


def test_the_preview_says_what_coverage_becomes(cast: Cast, week: Week, plan: Publication) -> None:
    """With a need of two from nine to five, one fewer is missed for the whole Monday."""
    from tests.factories.schedules import a_queue, require

    queue = a_queue(cast.world)
    stints = make.working_days(week, [cast.agent.agent, cast.colleague.agent], queue=queue)  # type: ignore[list-item]
    make.published(week, stints, NOW)
    require(queue, week.first_day, people=2)
    shift = first_of(cast, cast.agent)
    address = reverse("schedules:shift", args=[week.site_id, week.first_day, shift.identity])
    answer = cast.client(cast.planner).post(address, {**form_of(week, shift), "verb": "delete", "do": "check"})
    text = answer.content.decode()
    assert ", 09:00–13:00 would miss 1 person" in text
    board = cast.client(cast.planner).get(reverse("schedules:board", args=[week.site_id, week.first_day]))
    assert "people missing" in board.content.decode() or "person missing" in board.content.decode()


def test_who_sees_the_sheet_and_not_the_shift_gets_no_page_of_it(
    cast: Cast, week: Week, plan: Publication
) -> None:
    """The other team's supervisor, an agent, a stranger, a shift that never was: the same answer."""
    shift = first_of(cast, cast.agent)
    address = reverse("schedules:shift", args=[week.site_id, week.first_day, shift.identity])
    seen = {"planner": 200, "supervisor": 200, "other_supervisor": 404, "agent": 404, "stranger": 404, "hr": 200}
    for who, status in seen.items():
        browser = cast.client(getattr(cast, who))
        assert browser.get(address).status_code == status, who
        if status == 404 or who == "hr":  # HR reads rosters and changes none
            assert browser.post(address, {**form_of(week, shift), "do": "save"}).status_code == 404, who
    nowhere = reverse("schedules:shift", args=[week.site_id, week.first_day, services.new_identity()])
    assert cast.client(cast.planner).get(nowhere).status_code == 404


def test_another_teams_reasons_are_not_a_supervisors(cast: Cast, week: Week, plan: Publication) -> None:
    """Why a shift was changed is read by who plans the site and by who wrote it, and by nobody else."""
    shift = first_of(cast, cast.agent)
    step = Step("hours", str(shift.identity), 1, shift.day, 600, 510, 30)
    services.change_published(week_id=week.pk, step=step, why="Hospital", by=cast.supervisor.actor, at=NOW)
    for name in ("board", "versions"):
        address = reverse(f"schedules:{name}", args=[week.site_id, week.first_day])
        assert "Hospital" not in cast.client(cast.other_supervisor).get(address).content.decode()
    board = reverse("schedules:board", args=[week.site_id, week.first_day])
    assert "Hospital" in cast.client(cast.supervisor).get(board).content.decode()
    assert "Hospital" in cast.client(cast.planner).get(board).content.decode()
