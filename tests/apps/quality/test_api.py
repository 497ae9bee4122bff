"""Quality for programs: what the pages do, with the same refusals."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

from django.utils import timezone

from floorwalker.apps.offphone.models import Session
from floorwalker.apps.promises.models import Promise
from floorwalker.apps.quality import services
from floorwalker.apps.quality.models import Conversation
from tests.apps.quality.cases import RUDE, SLOW, drawn, evaluated, released
from tests.people import NOW, Cast, Person

BASE = "/api/v1/quality"


def ask(cast: Cast, person: Person, method: str, path: str, body: Any = None) -> Any:
    sent = {} if body is None else {"data": json.dumps(body), "content_type": "application/json"}
    return getattr(cast.client(person), method)(f"{BASE}{path}", **sent)


def test_conversations_are_uploaded_looked_at_and_stored(cast: Cast) -> None:
    """Redacted by the same reader as files; each line accounted for; nothing stored before it is said."""
    assert cast.agent.agent is not None
    turns = [{"speaker": "customer", "at": 0, "text": "I am Ida Berg, card 4111 1111 1111 1111"}]
    about = {"started_at": "2026-03-02T10:00:00+00:00", "names": ["Ida Berg"], "turns": turns}
    told = [{"key": "P1", "agent": cast.agent.agent.number, **about}, {"key": "P2", "agent": "nobody", **about}]
    sent = {"client_id": cast.world.aurora.pk, "conversations": told}
    looked = ask(cast, cast.quality_analyst, "post", "/conversation-uploads", sent)
    found = looked.json()
    assert looked.status_code == 201 and (found["read"], found["stored"], found["rejected"]) == (2, 1, 1)
    assert "called “nobody”" in found["rejects"][0]["why"] and not Conversation.objects.exists()
    at = f"/conversation-uploads/{found['id']}"
    assert ask(cast, cast.supervisor, "get", at).status_code == 404
    stored = ask(cast, cast.quality_analyst, "post", f"{at}/store").json()
    assert stored["applied_at"] and stored["stored"] == 1
    kept = json.dumps(Conversation.objects.get().turns)
    assert "[card]" in kept and "4111" not in kept and "Ida" not in kept
    assert ask(cast, cast.quality_analyst, "post", f"{at}/store").json()["code"] == "quality_import_applied"
    assert [each["id"] for each in ask(cast, cast.quality_analyst, "get", "/conversation-uploads").json()["items"]]


def test_who_takes_over_promises_anew_and_again(cast: Cast) -> None:
    """Back and forth: each holder has a promise of their own, and the last one keeps it."""
    review = drawn(cast)
    for person in (cast.supervisor, cast.quality_analyst):
        review.refresh_from_db()
        path, body = f"/reviews/{review.pk}/take-over", {"version": review.version}
        answer = ask(cast, person, "post", path, body)
        assert answer.json()["evaluator_id"] == person.user.pk
        assert ask(cast, cast.other_supervisor, "post", path, body).status_code == 404
    promises = Promise.objects.filter(kind="quality.review").order_by("pk").values_list("owner__name", "state")
    assert list(promises) == [
        ("Quality Analyst", "withdrawn"), ("Supervisor", "withdrawn"), ("Quality Analyst", "open"),
    ]  # fmt: skip
    own = {"review_id": review.pk, "remarks": {}, "answers": RUDE, "by": cast.agent.actor, "at": NOW}
    services.self_evaluate(**own, hand_in=True)
    evaluated(cast, review)
    assert Promise.objects.filter(kind="quality.review").latest("pk").state == "kept"


def test_a_check_me_that_is_taken_over_stays_an_answer(cast: Cast) -> None:
    """The agent still reads what they asked for."""
    review = drawn(cast)
    services.drop(review_id=review.pk, why="No sound.", by=cast.quality_analyst.actor, at=NOW)
    asked = services.check_me(conversation_id=review.conversation_id, question="", by=cast.agent.actor, at=NOW)
    services.take_over(review_id=asked.pk, version=1, by=cast.supervisor.actor, at=NOW)
    promise = Promise.objects.get(owner=cast.supervisor.user, kind="quality.check_me")
    assert promise.what.startswith("Answer to “Check me”")


def test_what_is_dropped_is_owed_no_more(cast: Cast) -> None:
    """The promise is withdrawn, and the ten minutes off the phones with it; the agent reads why."""
    review = drawn(cast)
    path = f"/reviews/{review.pk}/drop"
    assert ask(cast, cast.supervisor, "post", path, {"words": "Mine now."}).json()["code"] == (
        "quality_not_the_evaluator"
    )
    assert ask(cast, cast.quality_analyst, "post", path, {"words": "No sound."}).json()["state"] == "dropped"
    session = Session.objects.get()
    assert (session.state, session.answer) == ("fell_away", "the review was dropped")
    assert set(Promise.objects.values_list("state", flat=True)) == {"withdrawn"}


def test_lists_in_sums(cast: Cast) -> None:
    """Overdue by cadence, lost points by who controls them, scores of five agents and more."""
    now = timezone.now()
    released(cast, SLOW, now - timedelta(days=20))
    late = {each["agent_id"]: each for each in ask(cast, cast.supervisor, "get", "/overdue?cadence=14").json()}
    assert cast.agent.agent is not None and late[cast.agent.agent.pk]["days_overdue"] == 6
    assert ask(cast, cast.supervisor, "get", "/overdue?cadence=15").status_code == 400
    lost = ask(cast, cast.manager, "get", "/lost-points").json()
    assert (lost[0]["controlled_by"], lost[0]["contacts"]) == ("system", 1)
    sums = ask(cast, cast.client_viewer, "get", "/scores").json()
    assert sums[0]["agents"] == 1 and sums[0]["score"] is None
    assert ask(cast, cast.agent, "get", "/overdue").status_code == 404
