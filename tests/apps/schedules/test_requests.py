"""Changes talked about: both sides kept, agreed means done, the answer promised."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from time_machine import TimeMachineFixture

from floorwalker.apps.promises.models import Promise
from floorwalker.apps.schedules import services
from floorwalker.apps.schedules.models import ChangeRequest, Planned, Publication, Shift, Week
from floorwalker.apps.schedules.rules.edits import Step
from floorwalker.apps.schedules.services.refusals import (
    BreaksRules,
    NotOpenForChange,
    NotYourTurn,
    RequestEnded,
)
from floorwalker.kernel.errors import NotFound, Stale
from floorwalker.kernel.models import Notice
from floorwalker.kernel.periods import Period
from tests.factories import schedules as make
from tests.people import NOW, Cast, Person


def mine(person: Person, number: int = 0) -> Shift:
    assert person.agent is not None
    return make.live(person.agent)[number]


def later(shift: Shift, hours: float = 1) -> Period:
    """The same shift so many hours later."""
    by = timedelta(hours=hours)
    return Period(shift.period.lower + by, shift.period.upper + by)


def asked(cast: Cast, kind: str = "hours", **more: Any) -> ChangeRequest:
    shift = mine(cast.agent)
    if kind == "hours":
        more.setdefault("period", later(shift))
    return services.ask(shift_id=shift.pk, kind=kind, text="The school", by=cast.agent.actor, at=NOW, **more)


def test_agreed_other_hours_are_in_the_roster_in_the_plan_and_told(
    cast: Cast, week: Week, plan: Publication
) -> None:
    """One transaction: the version, the planned rows, the promise kept, both sides in the thread, a notice."""
    request = asked(cast)
    promise = Promise.objects.get(kind=services.PROMISE)
    assert (promise.owner_id, promise.to_user_id, promise.state) == (
        cast.supervisor.user.pk, cast.agent.user.pk, "open",
    )  # fmt: skip
    assert Notice.objects.filter(to_user=cast.supervisor.user.pk, kind=services.ANSWERED).count() == 1
    done = services.agree(request_id=request.pk, text="Fine", version=1, by=cast.supervisor.actor, at=NOW)
    assert done.state == "agreed"
    assert done.applied is not None
    assert done.applied.number == 2
    shift = mine(cast.agent)
    assert shift.period.lower.hour == 10
    assert Planned.objects.filter(shift=shift).count() == 3
    promise.refresh_from_db()
    assert promise.state == "kept"
    assert [(e.what, e.side, e.text) for e in done.entries.order_by("pk")] == [
        ("asked", "agent", "The school"),
        ("agreed", "lead", "Fine"),
    ]
    assert Notice.objects.filter(to_user=cast.agent.user.pk, kind=services.ANSWERED).count() == 1


def test_agreed_without_being_done_cannot_be_stored(cast: Cast, week: Week, plan: Publication) -> None:
    """The database says no, whatever the code does."""
    request = asked(cast)
    with pytest.raises(IntegrityError, match="agreed_is_applied"), transaction.atomic():
        ChangeRequest.objects.filter(pk=request.pk).update(state="agreed", ended_at=NOW)
    with pytest.raises(IntegrityError, match="agreed_is_applied"), transaction.atomic():
        ChangeRequest.objects.filter(pk=request.pk).update(applied=plan)


def test_a_breach_blocks_the_yes_with_its_sentence(cast: Cast, week: Week, plan: Publication) -> None:
    """Nine hours of rest: the answer is refused, the request stays open, nothing is written."""
    shift = mine(cast.agent)
    start = shift.period.lower
    request = asked(cast, period=Period(start + timedelta(hours=6), start + timedelta(hours=15)))
    with pytest.raises(BreaksRules, match="rests 9 h"):
        services.agree(request_id=request.pk, version=1, by=cast.supervisor.actor, at=NOW)
    request.refresh_from_db()
    assert (request.state, Publication.objects.count()) == ("open", 1)
    page = cast.client(cast.supervisor).get(reverse("schedules:request", args=[request.pk])).content.decode()
    assert "rests 9 h" in page


def test_hours_go_back_and_forth_until_somebody_agrees(cast: Cast, week: Week, plan: Publication) -> None:
    """Countered by the lead, the promise is kept; by the agent, a second is made; the agent's yes does it."""
    request = asked(cast)
    shift = mine(cast.agent)
    two, three = later(shift, 2), later(shift, 3)
    lead, agent = cast.supervisor.actor, cast.agent.actor
    services.counter(request_id=request.pk, period=two, version=1, by=lead, at=NOW)
    assert Promise.objects.get(kind=services.PROMISE).state == "kept"
    with pytest.raises(NotYourTurn):
        services.agree(request_id=request.pk, version=2, by=lead, at=NOW)
    services.counter(request_id=request.pk, period=three, version=2, by=agent, at=NOW)
    assert Promise.objects.filter(kind=services.PROMISE, state="open").count() == 1
    services.counter(request_id=request.pk, period=two, version=3, by=lead, at=NOW)
    done = services.agree(request_id=request.pk, version=4, by=agent, at=NOW)
    assert done.state == "agreed"
    assert mine(cast.agent).period.lower.hour == 11
    assert Promise.objects.exclude(state="kept").count() == 0


def test_a_swap_needs_the_colleague_and_the_lead_and_moves_both_at_once(
    cast: Cast, week: Week, plan: Publication
) -> None:
    """One version holds both halves."""
    make.published(
        week,
        [make.a_stint(week, cast.agent.agent, 0), make.a_stint(week, cast.colleague.agent, 1)],
        NOW,
    )
    theirs = mine(cast.colleague)
    request = asked(cast, "swap", colleague_shift_id=theirs.pk)
    version = {"request_id": request.pk, "at": NOW}
    with pytest.raises(NotYourTurn):
        services.agree(**version, version=1, by=cast.supervisor.actor)
    services.agree(**version, version=1, by=cast.colleague.actor)
    done = services.agree(**version, version=2, by=cast.supervisor.actor)
    assert done.applied is not None
    assert done.applied.changes == 2
    assert (mine(cast.agent).day, mine(cast.colleague).day) == (
        week.first_day + timedelta(days=1), week.first_day,
    )  # fmt: skip


def test_an_agent_reads_no_terms_of_a_colleague(cast: Cast, week: Week) -> None:
    """That a rule of the colleague would break is said to all, which one only to them and to the lead."""
    night = make.a_stint(week, cast.agent.agent, 0, "22:00")
    theirs = [make.a_stint(week, cast.colleague.agent, day) for day in (1, 2)]
    make.published(week, [night, *theirs], make.BEFORE)
    request = asked(cast, "swap", colleague_shift_id=mine(cast.colleague, 1).pk)
    page = reverse("schedules:request", args=[request.pk])
    texts = {who.key: cast.client(who).get(page).content.decode() for who in (cast.agent, cast.colleague)}
    lead = cast.client(cast.supervisor).get(page).content.decode()
    assert "Colleague rests" in lead and "Colleague rests" in texts["colleague"]
    assert "Colleague rests" not in texts["agent"]
    assert "A rule about your colleague" in texts["agent"]


def test_giving_a_shift_up_leaves_it_open(cast: Cast, week: Week, plan: Publication) -> None:
    """And is a cancelled shift in the agent's eyes."""
    request = asked(cast, "drop")
    services.agree(request_id=request.pk, version=1, by=cast.supervisor.actor, at=NOW)
    assert Shift.objects.filter(agent=None, until=None, identity=request.shift_identity).count() == 1
    assert Shift.objects.filter(agent=cast.agent.agent, until=None, cancelled=True).count() == 1


def test_what_the_lead_proposes_the_agent_may_decline(cast: Cast, week: Week, plan: Publication) -> None:
    """No promise is made for the agent; nothing changes by a no."""
    shift = mine(cast.agent)
    request = services.propose(
        shift_id=shift.pk, kind="hours", period=later(shift), by=cast.supervisor.actor, at=NOW
    )
    assert not Promise.objects.filter(kind=services.PROMISE).exists()
    services.decline(request_id=request.pk, version=1, by=cast.agent.actor, at=NOW)
    assert mine(cast.agent).pk == shift.pk


def test_a_withdrawn_wish_withdraws_its_promise_and_ends(cast: Cast, week: Week, plan: Publication) -> None:
    """Afterwards nobody can answer."""
    request = asked(cast)
    services.withdraw(request_id=request.pk, version=1, by=cast.agent.actor, at=NOW)
    assert Promise.objects.get(kind=services.PROMISE).state == "withdrawn"
    with pytest.raises(RequestEnded):
        services.agree(request_id=request.pk, version=2, by=cast.supervisor.actor, at=NOW)


def test_a_shift_changed_meanwhile_overtakes_the_request(cast: Cast, week: Week, plan: Publication) -> None:
    """The yes closes it and changes nothing."""
    request = asked(cast)
    shift = mine(cast.agent)
    step = Step("hours", str(shift.identity), 1, shift.day, 8 * 60, 510, 30)
    services.change_published(week_id=week.pk, step=step, by=cast.planner.actor, at=NOW)
    done = services.agree(request_id=request.pk, version=1, by=cast.supervisor.actor, at=NOW)
    assert (done.state, mine(cast.agent).period.lower.hour) == ("overtaken", 8)


def test_only_those_in_it_see_and_answer_it(cast: Cast, week: Week, plan: Publication) -> None:
    """The agent, the supervisor of the team, planners; not other agents, teams or roles."""
    request = asked(cast)
    for person in (cast.colleague, cast.stranger, cast.other_supervisor, cast.hr, cast.client_viewer):
        with pytest.raises(NotFound):
            services.agree(request_id=request.pk, version=1, by=person.actor, at=NOW)
        assert cast.client(person).get(reverse("schedules:request", args=[request.pk])).status_code == 404
    with pytest.raises(NotYourTurn):
        services.agree(request_id=request.pk, version=1, by=cast.agent.actor, at=NOW)
    with pytest.raises(Stale):
        services.agree(request_id=request.pk, version=7, by=cast.supervisor.actor, at=NOW)
    with pytest.raises(NotFound):
        services.ask(shift_id=mine(cast.colleague).pk, kind="drop", by=cast.agent.actor, at=NOW)


def test_what_cannot_be_asked_says_why(cast: Cast, week: Week, plan: Publication) -> None:
    """Twice about one shift, another week, no hours, a contractor's shift, what has begun."""
    shift = mine(cast.agent)
    by = cast.agent.actor
    with pytest.raises(NotOpenForChange, match="from when to when"):
        services.ask(shift_id=shift.pk, kind="hours", by=by, at=NOW)
    with pytest.raises(NotOpenForChange, match="stays in its week"):
        services.ask(shift_id=shift.pk, kind="move", period=later(shift, 24 * 8), by=by, at=NOW)
    with pytest.raises(NotOpenForChange, match="colleague"):
        services.ask(shift_id=shift.pk, kind="swap", by=by, at=NOW)
    with pytest.raises(NotOpenForChange, match="has begun"):
        services.ask(shift_id=shift.pk, kind="drop", by=by, at=shift.period.lower)
    asked(cast, "drop")
    with pytest.raises(NotOpenForChange, match="already"):
        asked(cast, "drop")


def test_from_the_shift_to_the_answer_in_the_browser(
    cast: Cast, week: Week, plan: Publication, time_machine: TimeMachineFixture
) -> None:
    """Ask on My schedule, agree as the supervisor; a wrong answer is said beside the talk."""
    shift = mine(cast.agent)
    agent, lead = cast.client(cast.agent), cast.client(cast.supervisor)
    time_machine.move_to(NOW)
    page = agent.post(
        reverse("schedules:ask", args=[shift.pk]),
        {"kind": "hours", "start": "10:00", "end": "18:30", "text": "The school"},
        follow=True,
    )
    assert page.status_code == 200
    request = ChangeRequest.objects.get()
    assert "The school" in page.content.decode()
    answer = reverse("schedules:answer", args=[request.pk])
    assert "you" in lead.get(reverse("schedules:requests")).content.decode()
    assert lead.post(answer, {"do": "dance", "version": 1}).status_code == 422
    assert lead.post(answer, {"do": "agree", "version": 9}).status_code == 409
    done = lead.post(answer, {"do": "agree", "version": 1, "text": ""}, follow=True)
    assert "Agreed and done" in done.content.decode()
    empty = agent.post(reverse("schedules:ask", args=[mine(cast.agent, 1).pk]), {"kind": "hours"})
    assert empty.status_code == 422
    assert "Say when you would work." in empty.content.decode()
