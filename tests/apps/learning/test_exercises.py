"""Exercises of trainers: written without help, put in force without a flaw, and never changed afterwards."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from floorwalker.apps.learning import services
from floorwalker.apps.learning.models import Exercise
from floorwalker.apps.learning.rules import survival as rules
from floorwalker.kernel.errors import Stale
from tests.factories.learning import CONTENT, ITEMS, an_exercise
from tests.people import NOW, Cast


def test_a_survival_ranking_is_written_on_its_page(cast: Cast) -> None:
    """Items added, moved and taken away with everything typed kept; what is missing is said; then in force."""
    browser = cast.client(cast.trainer)
    at = browser.post("/arena/exercises/", {"kind": "survival", "title": "Island"}).url  # type: ignore[attr-defined]
    sent: dict[str, object] = {"version": 1, "situation": "Sunk.", "do": "add"}
    browser.post(at, sent)
    said = browser.get(at).content.decode()
    assert "10 items are ranked, and there are 1." in said and "Item 1 is empty" in said
    sent |= {f"item-{n}-text": each for n, each in enumerate(ITEMS[:9])} | {"version": 2}
    browser.post(at, {**sent, "do": "up-1"})
    row = Exercise.objects.get()
    assert [each["text"] for each in row.content["items"]][:3] == ["knife", "water", "rope"]
    texts = {f"item-{n}-text": each for n, each in enumerate(("water", "Water", *ITEMS[1:9]))}
    browser.post(at, {**sent, **texts, "version": 3, "do": "save"})
    assert "Item 2 is the same as item 1." in browser.get(at).content.decode()
    browser.post(at, {**sent, **texts, "item-1-text": "map", "version": 4, "do": "save"})
    row.refresh_from_db()
    assert len({each["key"] for each in row.content["items"]}) == 10
    assert "Nothing is missing" in browser.get(at).content.decode()
    browser.post(f"{at}in-force/", {"version": 5})
    assert Exercise.objects.get().state == "in_force"
    assert "Write the next version" in browser.get(at).content.decode()


def test_a_quiz_is_written_on_its_page(cast: Cast) -> None:
    """An answer left empty is none, and the right one stays right."""
    browser = cast.client(cast.trainer)
    at = browser.post("/arena/exercises/", {"kind": "quiz", "title": "Quiz"}).url  # type: ignore[attr-defined]
    assert "Write a first question." in browser.get(at).content.decode()
    sent = {
        "version": 1, "do": "save", "q-0-text": "Which?", "q-0-option-1": "This", "q-0-option-3": "That",
        "q-0-right": "3", "q-0-seconds": "2", "q-0-why": "So.",
    }  # fmt: skip
    browser.post(at, sent)
    assert "Question 1: 5 to 300 seconds to answer, or none." in browser.get(at).content.decode()
    browser.post(at, {**sent, "version": 2, "q-0-seconds": ""})
    question = Exercise.objects.get().content["questions"][0]
    assert question["options"] == ["This", "That"] and question["right"] == 2
    assert "right, shown once" in browser.get(f"{at}?look=group").content.decode()
    assert "Somebody changed this" in browser.post(at, {**sent, "version": 2}, follow=True).content.decode()


def test_an_exercise_in_force_never_changes_and_its_next_version_takes_its_place(cast: Cast) -> None:
    """Neither by a service nor past it; groups have the words they began with."""
    by = cast.trainer.actor
    first = an_exercise(cast.trainer.user)
    with pytest.raises(services.ExerciseNotADraft):
        services.change_exercise(exercise_id=first.pk, content={}, version=1, by=by, at=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        Exercise.objects.filter(pk=first.pk).update(content={})
    following = services.next_exercise(exercise_id=first.pk, by=by, at=NOW)
    with pytest.raises(services.ExerciseBeingWritten):
        services.next_exercise(exercise_id=first.pk, by=by, at=NOW)
    with pytest.raises(Stale):
        services.change_exercise(exercise_id=following.pk, content={}, version=9, by=by, at=NOW)
    services.change_exercise(exercise_id=following.pk, content={"situation": "x"}, version=1, by=by, at=NOW)
    with pytest.raises(services.ExerciseHasFlaws, match="10 items"):
        services.put_exercise_in_force(exercise_id=following.pk, version=2, by=by, at=NOW)
    content = {**CONTENT["survival"], "situation": "Another island."}
    services.change_exercise(exercise_id=following.pk, content=content, version=2, by=by, at=NOW)
    services.put_exercise_in_force(exercise_id=following.pk, version=3, by=by, at=NOW)
    first.refresh_from_db()
    assert first.state == "retired" and Exercise.objects.get(state="in_force").number == 2
    with pytest.raises(services.ExerciseTitleTaken):
        services.make_exercise(kind="quiz", title="desert ISLAND", by=by, at=NOW)


def test_the_order_of_an_expert_is_whole_and_has_a_source() -> None:
    """All ten places each once, and where it can be looked up."""

    def codes(**more: object) -> list[str]:
        return [each.code for each in rules.flaws(rules.from_json({**CONTENT["survival"], **more}))]

    assert codes() == [] and codes(expert=list(ITEMS), source="A handbook") == []
    assert codes(expert=list(ITEMS)) == ["expert_without_source"]
    assert codes(expert=list(ITEMS[:9]), source="A handbook") == ["expert_incomplete"]
    assert codes(source="A handbook") == ["source_without_expert"]


def test_programs_write_exercises_too_and_agents_find_none(cast: Cast) -> None:
    """The same refusals; leads choose from those in force."""
    browser = cast.client(cast.trainer)

    def send(verb: str, path: str, **body: object) -> tuple[int, dict]:
        answer = getattr(browser, verb)(f"/api/v1/{path}", body, content_type="application/json")
        return answer.status_code, answer.json() if answer.content else {}

    status, made = send("post", "exercises", kind="survival", title="Island", content=CONTENT["survival"])
    assert status == 201 and [each["key"] for each in made["content"]["items"]] == list(ITEMS)
    assert send("post", f"exercises/{made['id']}/in-force", version=1)[1]["state"] == "in_force"
    assert (
        send("post", f"exercises/{made['id']}/in-force", version=2)[1]["code"] == "learning_exercise_not_a_draft"
    )
    lead = cast.client(cast.supervisor)
    chosen = lead.get("/api/v1/exercises-in-force/survival").json()
    assert [each["title"] for each in chosen] == ["Island"]
    assert lead.get(f"/api/v1/exercises/{made['id']}").status_code in (403, 404)
    status, following = send("post", f"exercises/{made['id']}/next")
    assert status == 201 and send("delete", f"exercises/{following['id']}")[0] == 204
    assert send("post", f"exercises/{made['id']}/retire")[1]["state"] == "retired"
    assert cast.client(cast.agent).get("/arena/exercises/").status_code in (403, 404)
