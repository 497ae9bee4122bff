"""Time off the phones by a press and by a program: agreed, declined, taken away, delivered, let go."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from floorwalker.apps.offphone import services
from floorwalker.apps.offphone.models import Session
from floorwalker.apps.promises.models import Promise
from floorwalker.kernel.periods import Period
from tests.apps.test_api_doors import Door, problem
from tests.people import Cast

WEEK = timedelta(days=7)
WHY = "The queue is full that day."


@pytest.fixture
def wish(cast: Cast) -> Session:
    """The agent has asked for half an hour."""
    said = {"minutes": 30, "kind": "training", "reason": "The new tariff"}
    return services.ask(**said, by=cast.agent.actor, at=timezone.now())


@pytest.fixture
def placed(cast: Cast, wish: Session) -> Session:
    """Agreed, and given a time within a shift of tomorrow."""
    now, lead = timezone.now(), cast.supervisor.actor
    start = now.replace(minute=0, second=0, microsecond=0) + timedelta(days=1)
    shift = Period(start, start + timedelta(hours=8))
    services.tell_presence(agents=[wish.agent_id], between=shift, windows=[(wish.agent_id, 1, shift)])
    owed = services.grant(session_id=wish.pk, due=now + WEEK, by=lead, at=now)
    return services.place(session_id=wish.pk, start=start, version=owed.version, by=lead, at=now)


def told(cast: Cast, words: str) -> bool:
    return words in cast.client(cast.agent).get(f"/time/{Session.objects.get().pk}/").content.decode()


def test_a_lead_agrees_by_a_press_and_owes_it_from_then_on(cast: Cast, wish: Session) -> None:
    """With a day; without one nothing is owed. Another lead finds nothing to agree to."""
    lead, path = cast.client(cast.supervisor), f"/time/{wish.pk}/"
    due = (timezone.now() + WEEK).date().isoformat()
    assert lead.post(f"{path}agree/", {"due": ""}).status_code == 422
    assert cast.client(cast.other_supervisor).post(f"{path}agree/", {"due": due}).status_code == 404
    assert cast.client(cast.agent).post(f"{path}agree/", {"due": due}).status_code == 404
    assert not Promise.objects.exists()
    assert lead.post(f"{path}agree/", {"due": due}).headers["Location"] == path
    promise = Promise.objects.get()
    assert (promise.owner, promise.to_user, promise.state) == (cast.supervisor.user, cast.agent.user, "open")
    assert lead.post(f"{path}agree/", {"due": due}).status_code == 409 and Promise.objects.count() == 1


def test_a_lead_declines_by_a_press_with_why(cast: Cast, wish: Session) -> None:
    """The agent reads it; without a reason it stays asked."""
    lead, path = cast.client(cast.supervisor), f"/time/{wish.pk}/decline/"
    assert lead.post(path, {"answer": " "}).status_code == 422
    assert Session.objects.get().state == "asked"
    assert lead.post(path, {"answer": WHY}).status_code == 302
    assert Session.objects.get().state == "declined" and told(cast, WHY)
    assert lead.post(path, {"answer": WHY}).status_code == 409


def test_a_lead_takes_its_time_away_by_a_press_and_owes_it_still(cast: Cast, placed: Session) -> None:
    """The time is free again, the promise open; the agent themselves cannot do that."""
    path = f"/time/{placed.pk}/lose/"
    assert cast.client(cast.agent).post(path, {"answer": WHY}).status_code == 404
    assert cast.client(cast.supervisor).post(path, {"answer": WHY}).status_code == 302
    found = Session.objects.get()
    assert (found.state, found.period, Promise.objects.get().state) == ("owed", None, "open")
    assert told(cast, WHY)
    assert cast.client(cast.supervisor).post(path, {"answer": WHY}).status_code == 409


def test_what_was_only_asked_for_has_no_time_to_lose(cast: Cast, wish: Session) -> None:
    """What was only asked for has no time to lose, by neither door."""
    lead, program = cast.client(cast.supervisor), Door(cast, cast.supervisor)
    assert lead.post(f"/time/{wish.pk}/lose/", {"answer": WHY}).status_code == 409
    answer = program.send("post", f"/offphone-sessions/{wish.pk}/lose", {"answer": WHY})
    assert problem(answer) == (409, "offphone_move_not_allowed")
    found = Session.objects.get()
    assert (found.state, found.answer, found.owner) == ("asked", "", None) and not Promise.objects.exists()


def test_what_has_its_time_is_not_agreed_to_again(cast: Cast, placed: Session) -> None:
    """Somebody else was quicker: who presses on an older page reads so, and the promise keeps its day."""
    due = {"due": (timezone.now() + 2 * WEEK).date().isoformat()}
    assert cast.client(cast.supervisor).post(f"/time/{placed.pk}/agree/", due).status_code == 409
    found = Session.objects.get()
    assert (found.state, found.due, Promise.objects.get().due) == ("placed", placed.due, placed.due)


@pytest.mark.parametrize("person", ["agent", "supervisor"])
def test_either_of_the_two_says_that_it_took_place(cast: Cast, placed: Session, person: str) -> None:
    """A press keeps the promise; a colleague finds no session, and a second press is refused."""
    path, browser = f"/time/{placed.pk}/deliver/", cast.client(getattr(cast, person))
    assert cast.client(cast.colleague).post(path).status_code == 404
    assert browser.post(path).status_code == 302
    assert (Session.objects.get().state, Promise.objects.get().state) == ("delivered", "kept")
    assert browser.post(path).status_code == 409


def test_what_has_no_time_yet_did_not_take_place(cast: Cast, wish: Session) -> None:
    """By neither door."""
    assert cast.client(cast.supervisor).post(f"/time/{wish.pk}/deliver/").status_code == 409
    answer = Door(cast, cast.agent).send("post", f"/offphone-sessions/{wish.pk}/deliver")
    assert problem(answer) == (409, "offphone_move_not_allowed")
    assert Session.objects.get().state == "asked"


def test_the_agent_alone_lets_go_by_a_press(cast: Cast, placed: Session) -> None:
    """The promise is withdrawn, not broken, and the time is free for others."""
    path = f"/time/{placed.pk}/let-go/"
    assert cast.client(cast.supervisor).post(path, {"answer": "Not needed"}).status_code == 409
    assert cast.client(cast.colleague).post(path).status_code == 404
    assert cast.client(cast.agent).post(path, {"answer": "We talked in the corridor"}).status_code == 302
    found = Session.objects.get()
    assert (found.state, found.period, found.answer) == ("let_go", None, "We talked in the corridor")
    assert Promise.objects.get().state == "withdrawn"
    assert cast.client(cast.agent).post(path).status_code == 409


def test_a_program_agrees_takes_away_and_is_refused_what_is_not_its_to_do(cast: Cast, placed: Session) -> None:
    """Each verb by its door, with the code of its refusal."""
    lead, agent, one = Door(cast, cast.supervisor), Door(cast, cast.agent), f"/offphone-sessions/{placed.pk}"
    due = {"due": (timezone.now() + WEEK).isoformat()}
    assert problem(lead.send("post", f"{one}/agree", due)) == (409, "offphone_move_not_allowed")
    assert problem(lead.send("post", f"{one}/decline", {"answer": WHY})) == (409, "offphone_move_not_allowed")
    assert lead.send("post", f"{one}/decline", {"answer": " "}).status_code == 400
    assert problem(agent.send("post", f"{one}/lose")) == (404, "not_found")
    lost = lead.send("post", f"{one}/lose", {"answer": WHY}).json()
    assert (lost["state"], lost["start"], lost["answer"]) == ("owed", None, WHY)
    gone = agent.send("post", f"{one}/let-go", {"answer": ""}).json()
    assert (gone["state"], gone["answer"]) == ("let_go", "")
    assert problem(agent.send("post", f"{one}/let-go")) == (409, "offphone_move_not_allowed")
