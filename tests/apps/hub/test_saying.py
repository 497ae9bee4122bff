"""From what somebody says to what becomes of it, at the pages people use."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse

from floorwalker.apps.hub import queries, services
from floorwalker.apps.hub.models import Policy, Saying, Topic
from floorwalker.apps.promises.models import Promise
from floorwalker.kernel.errors import NotFound
from floorwalker.kernel.models import Notice
from floorwalker.kernel.models.entry import Entry
from tests.people import NOW, Cast

LATER = date.today() + timedelta(days=400)


@pytest.fixture
def topic(cast: Cast) -> Topic:
    return Topic.objects.create(name="Tools", owner=cast.supervisor.user, second=cast.manager.user, days=3)


def said(cast: Cast, topic: Topic, kind: str = "idea", **more: Any) -> Saying:
    values = {"kind": kind, "topic_id": topic.pk, "text": "A second screen for refunds."} | more
    return services.say(**values, by=cast.agent.actor, at=NOW)


def page(cast: Cast, who: str, name: str, *args: Any) -> str:
    answer = cast.client(getattr(cast, who)).get(reverse(f"hub:{name}", args=args))
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def test_everybody_finds_the_button_and_says_something(cast: Cast, topic: Topic) -> None:
    """From the shell of an agent's first page: the form, the answerer's list, a promise with a day, a notice."""
    browser = cast.client(cast.agent)
    assert 'href="/say/"' in browser.get("/").content.decode()
    form = {"kind": "obstacle", "topic": topic.pk, "text": "The refund page hangs.", "shown_to": "me"}
    answer = browser.post("/say/", form)
    assert answer.headers["Location"] == "/say/mine/?received=yes"
    assert "The refund page hangs." in page(cast, "agent", "mine")
    assert "The refund page hangs." in page(cast, "supervisor", "to_answer")
    promise = Promise.objects.get()
    assert (promise.owner, promise.to_user) == (cast.supervisor.user, cast.agent.user)
    assert Notice.objects.filter(to_user=cast.supervisor.user.pk, kind=services.WAITS_KIND).count() == 1


def test_a_form_without_words_says_what_is_missing(cast: Cast, topic: Topic) -> None:
    """422, with the field named."""
    answer = cast.client(cast.agent).post("/say/", {"kind": "idea", "topic": topic.pk, "shown_to": "me"})
    assert answer.status_code == 422
    assert "id_text" in answer.content.decode()


def test_without_topics_the_page_says_who_adds_them(cast: Cast) -> None:
    """An empty house: the agent reads that a manager names topics, the manager finds the button."""
    assert "A manager names topics" in page(cast, "agent", "say")
    assert reverse("hub:topics_new") in page(cast, "manager", "say")


def test_an_idea_is_answered_tried_and_done_and_its_author_reads_each_step(cast: Cast, topic: Topic) -> None:
    """Each move by who answers, each kept as a promise, the last one with what was learnt."""
    saying = said(cast, topic, public=True)
    browser = cast.client(cast.supervisor)
    steps = (
        ("answer", {"words": "Good, we look at it.", "due": LATER}, "answered"),
        ("trial", {"words": "Two desks get one.", "due": LATER}, "trial"),
        ("finish", {"words": "Refunds took a minute less."}, "done"),
    )
    for name, form, state in steps:
        answer = browser.post(reverse(f"hub:{name}", args=[saying.pk]), form)
        assert answer.status_code == 302, answer.content.decode()
        saying.refresh_from_db()
        assert saying.state == state
        assert form["words"] in page(cast, "agent", "mine")
    assert set(Promise.objects.values_list("state", flat=True)) <= {"kept", "late"}
    assert Notice.objects.filter(to_user=cast.agent.user.pk, kind=services.MOVED_KIND).count() == 3
    public = page(cast, "stranger", "answered")
    assert "Refunds took a minute less." in public
    assert f"{cast.agent.user.name}, " not in public


def test_what_is_for_its_author_alone_is_read_by_nobody_else(cast: Cast, topic: Topic) -> None:
    """Page, list and CSV of a colleague and of the manager who does not answer; the second does."""
    saying = said(cast, topic, kind="question")
    services.answer(saying_id=saying.pk, words="On Monday.", by=cast.supervisor.actor, at=NOW)
    for who in ("colleague", "stranger", "hr", "administrator"):
        browser = cast.client(getattr(cast, who))
        assert browser.get(reverse("hub:saying", args=[saying.pk])).status_code == 404
        csv = b"".join(browser.get(reverse("hub:answered_csv")).streaming_content)  # type: ignore[attr-defined]
        assert b"second screen" not in csv
    assert "second screen" in page(cast, "manager", "saying", saying.pk)


def test_words_for_all_are_shown_once_they_are_answered(cast: Cast, topic: Topic) -> None:
    """Not before: nobody reads a question without its answer."""
    saying = said(cast, topic, kind="question", public=True)
    assert "second screen" not in page(cast, "colleague", "answered")
    services.answer(saying_id=saying.pk, words="On Monday.", by=cast.supervisor.actor, at=NOW)
    assert "On Monday." in page(cast, "colleague", "answered")


def test_an_answer_needs_words_and_a_day(cast: Cast, topic: Topic) -> None:
    """An obstacle is answered with the day of its fix; a question needs none."""
    saying = said(cast, topic, kind="obstacle")
    url = reverse("hub:answer", args=[saying.pk])
    browser = cast.client(cast.supervisor)
    assert browser.post(url, {"words": "We fix it."}).status_code == 422
    assert browser.post(url, {"words": " ", "due": LATER}).status_code == 422
    assert browser.post(url, {"words": "We fix it.", "due": "2020-01-01"}).status_code == 422
    saying.refresh_from_db()
    assert saying.state == "received"


def test_only_who_answers_moves_it(cast: Cast, topic: Topic) -> None:
    """Neither its author nor a supervisor of another topic."""
    saying = said(cast, topic)
    for who in (cast.agent, cast.other_supervisor, cast.planner):
        with pytest.raises(NotFound):
            services.decline(saying_id=saying.pk, words="No.", by=who.actor, at=NOW)


def test_what_has_ended_stays_ended(cast: Cast, topic: Topic) -> None:
    """A second decline is refused with the state it is in, and nothing is told twice."""
    saying = said(cast, topic)
    services.decline(saying_id=saying.pk, words="It costs too much.", by=cast.supervisor.actor, at=NOW)
    told = Notice.objects.count()
    with pytest.raises(services.CannotMove, match="declined"):
        services.decline(saying_id=saying.pk, words="Really.", by=cast.supervisor.actor, at=NOW)
    assert Notice.objects.count() == told
    assert "It costs too much." in page(cast, "agent", "mine"), "its author reads why"


@pytest.mark.parametrize("kind", Saying.Kind.values)
def test_nothing_waits_past_its_day_as_if_nothing_were(cast: Cast, topic: Topic, kind: str) -> None:
    """Run for four weeks: after its day it says so, once, with the name of who owes it for all to see."""
    saying = said(cast, topic, kind=kind)
    for hour in range(0, 28 * 24, 7):
        at = NOW + timedelta(hours=hour)
        services.note_late(at)
        saying.refresh_from_db()
        assert (saying.state == "received") == (at.date() <= saying.due), at
    late = page(cast, "stranger", "answered")
    assert cast.supervisor.user.name in late
    assert "second screen" not in late
    for who in (cast.supervisor, cast.manager):
        found = Notice.objects.filter(to_user=who.user.pk, once__contains=":late:")
        assert found.count() == 1
    services.answer(saying_id=saying.pk, words="Sorry.", due=LATER, by=cast.manager.actor, at=at)
    assert cast.supervisor.user.name not in page(cast, "stranger", "answered") or kind == "question"
    assert Promise.objects.get(once__endswith=f":received:{topic.pk}").state == "late"


def test_a_fix_or_a_trial_past_its_day_is_shown_too(cast: Cast, topic: Topic) -> None:
    """An answer with a day is a promise like the first."""
    saying = said(cast, topic, kind="obstacle")
    services.answer(saying_id=saying.pk, words="By Friday.", due=NOW.date(), by=cast.supervisor.actor, at=NOW)
    assert services.note_late(NOW + timedelta(days=2)) == 1
    assert services.note_late(NOW + timedelta(days=2, hours=1)) == 0
    assert "Past their day" in page(cast, "colleague", "answered")


def test_two_who_said_the_same_follow_one(cast: Cast, topic: Topic) -> None:
    """Joined, the second author reads the steps of the first, and each is told of them."""
    first = said(cast, topic)
    second = services.say(
        kind="idea", topic_id=topic.pk, text="More screens, please.", by=cast.colleague.actor, at=NOW
    )
    answer = cast.client(cast.supervisor).post(reverse("hub:join", args=[second.pk]), {"to": first.pk})
    assert answer.status_code == 302
    services.finish(saying_id=first.pk, words="They are on your desks.", by=cast.supervisor.actor, at=NOW)
    theirs = page(cast, "colleague", "mine")
    assert "They are on your desks." in theirs
    assert "A second screen for refunds." not in theirs
    told = Notice.objects.filter(kind=services.MOVED_KIND)
    assert {cast.agent.user.pk, cast.colleague.user.pk} == set(told.values_list("to_user", flat=True))


def test_another_kind_cannot_be_joined(cast: Cast, topic: Topic) -> None:
    """A question does not follow an idea, and nothing follows itself."""
    idea, question = said(cast, topic), said(cast, topic, kind="question")
    for to in (idea.pk, question.pk, 1):
        with pytest.raises(services.CannotJoin):
            services.join(saying_id=question.pk, to_saying_id=to, by=cast.supervisor.actor, at=NOW)


def test_what_belongs_elsewhere_is_handed_on_with_its_day(cast: Cast, topic: Topic) -> None:
    """The other owner has it with the same day; the first promise is withdrawn with its reason."""
    saying = said(cast, topic)
    pay = Topic.objects.create(name="Pay", owner=cast.hr.user)
    form = {"topic": pay.pk, "words": "This is about pay."}
    assert cast.client(cast.supervisor).post(reverse("hub:hand_on", args=[saying.pk]), form).status_code == 302
    assert "second screen" in page(cast, "hr", "to_answer")
    assert "This is about pay." in page(cast, "agent", "mine")
    states = dict(Promise.objects.values_list("owner__name", "state"))
    assert states == {"Supervisor": "withdrawn", "Hr": "open"}
    assert len(set(Promise.objects.values_list("due", flat=True))) == 1


def test_a_policy_is_read_by_all_and_asked_to_change(cast: Cast, topic: Topic) -> None:
    """HR writes it down; an agent asks for a change from its place; the register counts it."""
    form = {"name": "Breaks", "text": "Every two hours.", "owner": cast.hr.user.pk, "since": "2026-01-01"}
    assert cast.client(cast.hr).post(reverse("hub:new_policy"), form).status_code == 302
    policy = Policy.objects.get()
    assert "Every two hours." in page(cast, "stranger", "policies")
    wish = {"kind": "policy", "topic": topic.pk, "text": "Every ninety minutes.", "shown_to": "me"}
    browser = cast.client(cast.agent)
    assert browser.post("/say/", wish).status_code == 422
    assert browser.post("/say/", wish | {"policy": policy.pk}).status_code == 302
    assert "1 change was asked for" in page(cast, "agent", "policies")
    again = cast.client(cast.hr).post(reverse("hub:new_policy"), form | {"name": "BREAKS"})
    assert again.status_code == 422
    assert cast.client(cast.agent).get(reverse("hub:policy", args=[policy.pk])).status_code == 404


def test_the_map_says_whom_to_talk_to(cast: Cast, topic: Topic) -> None:
    """Topic, who answers, how soon, who is told after; a topic of another site is not shown to an agent."""
    Topic.objects.create(name="Parking", owner=cast.hr.user, site=cast.world.south)
    found = page(cast, "agent", "who")
    assert "Tools" in found
    assert cast.supervisor.user.name in found
    assert "3 working days" in found
    assert "Parking" not in found
    assert "Parking" in page(cast, "stranger", "who")


def test_a_client_has_no_part_in_it(cast: Cast, topic: Topic) -> None:
    """Neither button nor page."""
    browser = cast.client(cast.client_viewer)
    assert 'href="/say/"' not in browser.get("/").content.decode()
    assert browser.get("/say/").status_code == 404


def test_the_api_says_and_answers(cast: Cast, topic: Topic) -> None:
    """What the pages do, for programs; the author is in no answer."""
    body = {"kind": "question", "topic_id": topic.pk, "text": "When?"}
    made = cast.client(cast.agent).post("/api/v1/sayings", body, content_type="application/json")
    assert made.status_code == 201, made.content
    assert "author" not in made.json()
    url = f"/api/v1/sayings/{made.json()['id']}/answer"
    answer = cast.client(cast.supervisor).post(url, {"words": "Soon."}, content_type="application/json")
    assert answer.json()["state"] == "answered"
    moves = cast.client(cast.agent).get(f"/api/v1/sayings/{made.json()['id']}/moves").json()
    assert [each["words"] for each in moves["items"]] == ["Soon."]


def test_each_step_is_in_the_audit(cast: Cast, topic: Topic) -> None:
    """Said, and declined with the name of who did."""
    saying = said(cast, topic)
    services.decline(saying_id=saying.pk, words="No.", by=cast.supervisor.actor, at=NOW)
    verbs = Entry.objects.filter(about_kind="hub.saying").order_by("pk").values_list("verb", "actor_name")
    assert list(verbs) == [("hub.say", "Agent"), ("hub.declined", "Supervisor")]
    assert queries.shown(cast.agent.actor, saying, NOW.date()).state == "declined"
