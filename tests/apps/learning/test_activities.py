"""Activities of groups: from being prepared to being closed, who sees them, and the box of questions."""

from __future__ import annotations

import pytest

from floorwalker.apps.learning import queries, services
from floorwalker.apps.learning.models import Activity, BoxQuestion
from floorwalker.apps.learning.rules import activities as rules
from floorwalker.kernel.errors import Invalid, NotFound, Stale
from floorwalker.kernel.models import Entry, Notice
from tests.factories.learning import an_activity, an_exercise
from tests.people import NOW, Cast


def prepared(cast: Cast, **more: object) -> Activity:
    assert cast.agent.agent is not None and cast.colleague.agent is not None
    values = {
        "kind": "round_table", "title": "What works", "prompt": "Angry callers", "exercise_id": None,
        "agent_ids": [cast.agent.agent.pk, cast.colleague.agent.pk], "once": "group:1", **more,
    }  # fmt: skip
    return services.prepare_activity(**values, by=cast.supervisor.actor, at=NOW)  # type: ignore[arg-type]


def opened(cast: Cast, **more: object) -> Activity:
    made = prepared(cast, **more)
    return services.open_activity(activity_id=made.pk, version=made.version, by=cast.supervisor.actor, at=NOW)


def test_the_stages_of_each_kind_follow_each_other() -> None:
    """A quiz goes through its two stages once a question; the others through theirs once."""
    place, seen = rules.first("quiz"), []
    while place is not None:
        seen.append((place.stage, place.round))
        place = rules.following("quiz", place, rounds=2)  # type: ignore[assignment]
    assert seen == [("question", 1), ("answer", 1), ("question", 2), ("answer", 2)]
    assert rules.following("survival", rules.Place("compare")) is None


def test_an_activity_is_led_from_stage_to_stage_and_its_people_are_told_once(cast: Cast) -> None:
    """Begun, moved on, closed; a page read before is told that it is stale."""
    lead, found = cast.supervisor.actor, opened(cast)
    assert (found.state, found.stage) == ("open", "tips")
    assert Notice.objects.filter(kind=services.ACTIVITY).count() == 2
    assert [each.pk for each in queries.activities_to_take_part_in(cast.agent.actor)] == [found.pk]
    with pytest.raises(Stale):
        services.move_on(activity_id=found.pk, version=found.version - 1, by=lead, at=NOW)
    found = services.move_on(activity_id=found.pk, version=found.version, by=lead, at=NOW)
    with pytest.raises(services.ActivityElsewhere):
        services.move_on(activity_id=found.pk, version=found.version, by=lead, at=NOW)
    found = services.close_activity(activity_id=found.pk, version=found.version, by=lead, at=NOW)
    with pytest.raises(services.ActivityMoveNotAllowed):
        services.open_activity(activity_id=found.pk, version=found.version, by=lead, at=NOW)
    assert not queries.activities_to_take_part_in(cast.agent.actor)


def test_preparing_says_what_is_wrong_and_twice_is_once(cast: Cast) -> None:
    """Kind, people and exercise are checked; the same name again gives the first."""
    assert prepared(cast).pk == prepared(cast).pk == queries.activity_named("group:1")
    for wrong in (
        {"kind": "karaoke"},
        {"title": " "},
        {"agent_ids": []},
        {"kind": "survival"},
        {"exercise_id": 1},
    ):
        with pytest.raises(Invalid):
            prepared(cast, once="group:2", **wrong)
    assert cast.stranger.agent is not None and cast.agent.agent is not None
    with pytest.raises(NotFound):
        prepared(cast, once="group:2", agent_ids=[cast.agent.agent.pk, cast.stranger.agent.pk])
    draft = an_exercise(cast.trainer.user, "Draft", state="draft", in_force_from=None)
    with pytest.raises(NotFound):
        prepared(cast, once="group:2", kind="survival", exercise_id=draft.pk)


def test_nobody_else_sees_an_activity_and_only_its_lead_leads_it(cast: Cast) -> None:
    """Neither another lead nor a manager, on the page or through the API; somebody of the group is told no."""
    found = opened(cast)
    for who in (cast.stranger, cast.manager, cast.other_supervisor, cast.trainer):
        assert cast.client(who).get(f"/arena/activities/{found.pk}/").status_code == 404
        assert cast.client(who).get(f"/api/v1/activities/{found.pk}").status_code == 404
    said = cast.client(cast.agent).get(f"/arena/activities/{found.pk}/").content.decode()
    assert "Angry callers" in said and "Close the activity" not in said
    answer = cast.client(cast.agent).post(f"/arena/activities/{found.pk}/close/", {"version": found.version})
    assert answer.status_code in (403, 404)
    assert Activity.objects.get().state == "open"


def test_what_its_session_says_reaches_it(cast: Cast) -> None:
    """Handed over, left and called off by its name; one that is over stays as it is."""
    assert cast.agent.agent is not None
    found = opened(cast)
    services.leave_activity(once="group:1", agent_id=cast.agent.agent.pk, at=NOW)
    assert cast.client(cast.agent).get(f"/arena/activities/{found.pk}/").status_code == 404
    services.hand_over_activity(once="group:1", lead=cast.manager.user.pk, at=NOW)
    assert cast.client(cast.supervisor).get(f"/arena/activities/{found.pk}/").status_code == 404
    services.call_off_activity(once="group:1", why="the roof leaks", at=NOW)
    services.call_off_activity(once="group:1", why="again", at=NOW)
    found.refresh_from_db()
    assert (found.state, found.why) == ("called_off", "the roof leaks")
    assert "the roof leaks" in cast.client(cast.colleague).get(f"/arena/activities/{found.pk}/").content.decode()


def test_a_question_of_the_box_leaves_no_trace_but_its_row(cast: Cast) -> None:
    """No user, no time, no number in order, no audit entry, no notice."""
    found = opened(cast)
    before = (Entry.objects.count(), Notice.objects.count())
    for n in range(3):
        services.ask_box(activity_id=found.pk, words=f"Why {n}?", by=cast.agent.actor, at=NOW)
    assert (Entry.objects.count(), Notice.objects.count()) == before
    fields = {each.name for each in BoxQuestion._meta.concrete_fields}
    assert fields == {"id", "activity", "words", "answer", "answered_at"}
    numbers = list(BoxQuestion.objects.order_by("words").values_list("pk", flat=True))
    assert max(numbers) > 1_000_000 and numbers[1] - numbers[0] != numbers[2] - numbers[1]


def test_an_activity_with_a_question_waiting_cannot_be_closed(cast: Cast) -> None:
    """The lead answers or says why not; both are read by the group, which sees no question before."""
    lead, found = cast.client(cast.supervisor), opened(cast)
    path = f"/arena/activities/{found.pk}/"
    cast.client(cast.agent).post(f"{path}questions/", {"words": "Why no bonus?"})
    question = BoxQuestion.objects.get()
    assert "Why no bonus?" not in cast.client(cast.colleague).get(path).content.decode()
    page = lead.get(path).content.decode()
    assert (
        "Why no bonus?" in page and cast.agent.user.name not in page.split('id="box"')[-1].split("</ui-live>")[0]
    )
    said = lead.post(f"{path}close/", {"version": found.version}, follow=True).content.decode()
    assert "wait. Answer each" in said and Activity.objects.get().state == "open"
    lead.post(f"{path}questions/{question.pk}/", {"answer": "It is decided in March."})
    assert "It is decided in March." in cast.client(cast.colleague).get(path).content.decode()
    lead.post(f"{path}close/", {"version": Activity.objects.get().version})
    assert Activity.objects.get().state == "closed"
    assert BoxQuestion.objects.get().pk != question.pk  # written anew, so that its place tells nothing


def test_the_box_holds_so_many_and_takes_only_questions_of_the_group(cast: Cast) -> None:
    """Full it says so; empty, too long, of the lead or after the end it is refused in words."""
    found = opened(cast)
    BoxQuestion.objects.bulk_create(
        BoxQuestion(activity=found, words="?") for _ in range(2 * rules.QUESTIONS_EACH)
    )
    with pytest.raises(services.BoxFull):
        services.ask_box(activity_id=found.pk, words="One more?", by=cast.agent.actor, at=NOW)
    BoxQuestion.objects.all().delete()
    for words in (" ", "x" * 301):
        with pytest.raises(Invalid):
            services.ask_box(activity_id=found.pk, words=words, by=cast.agent.actor, at=NOW)
    with pytest.raises(services.NotInThisActivity):
        services.ask_box(activity_id=found.pk, words="Mine?", by=cast.supervisor.actor, at=NOW)
    with pytest.raises(NotFound):
        services.ask_box(activity_id=found.pk, words="Mine?", by=cast.stranger.actor, at=NOW)
    services.close_activity(activity_id=found.pk, version=found.version, by=cast.supervisor.actor, at=NOW)
    with pytest.raises(services.ActivityElsewhere):
        services.ask_box(activity_id=found.pk, words="Late?", by=cast.agent.actor, at=NOW)


def test_programs_lead_and_ask_as_people_do(cast: Cast) -> None:
    """The same verbs with the same refusals."""
    assert cast.agent.agent is not None and cast.colleague.agent is not None
    agents = [cast.agent.agent, cast.colleague.agent]
    found = an_activity(cast.supervisor.user, agents, state="prepared", stage="", stage_at=None, opened_at=None)
    lead, one, path = cast.client(cast.supervisor), cast.client(cast.agent), f"/api/v1/activities/{found.pk}"

    def post(browser: object, end: str, **body: object) -> tuple[int, dict]:
        answer = browser.post(f"{path}/{end}", body, content_type="application/json")  # type: ignore[attr-defined]
        return answer.status_code, answer.json()

    assert post(lead, "open", version=1)[1]["stage"] == "tips"
    assert post(one, "questions", words="Why?") == (201, {"asked": True})
    assert one.get(f"{path}/questions").json()["items"] == []
    waiting = lead.get(f"{path}/questions").json()["items"]
    assert set(waiting[0]) == {"id", "words", "answer", "answered_at"}
    assert post(lead, "close", version=2)[1]["code"] == "learning_activity_questions_open"
    assert post(lead, f"questions/{waiting[0]['id']}/answer", answer="So.")[0] == 200
    assert post(lead, "next", version=2)[1]["stage"] == "try"
    assert post(lead, "close", version=3)[1]["state"] == "closed"
    assert len(one.get(f"{path}/participants").json()["items"]) == 2
