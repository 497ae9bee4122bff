"""Group sessions in which people do something together: planned, begun, its tips in the hub, ended with it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from floorwalker.apps.coaching import services
from floorwalker.apps.coaching.models import AgendaItem, GroupSession, OneToOne
from floorwalker.apps.hub.models import Post, Tag
from floorwalker.apps.learning import services as learning
from floorwalker.apps.learning.models import Activity
from floorwalker.apps.people.models import Agent
from floorwalker.kernel.errors import NotFound
from floorwalker.kernel.models import Notice
from tests.apps.learning.tables import STEPS
from tests.people import NOW, Cast


def a_session(cast: Cast, kind: str = "round_table", **more: object) -> GroupSession:
    """Of the supervisor with three of the team, one of them a contractor."""
    people = (cast.agent, cast.colleague, cast.contractor)
    values = {"title": "First words", "topic": "What do you say first?", "minutes": 45}
    return services.plan_group(
        **(values | more),  # type: ignore[arg-type]
        due=NOW + timedelta(days=9),
        agent_ids=[each.agent.pk for each in people if each.agent],
        activity=kind,
        by=cast.supervisor.actor,
        at=NOW,
    )


def begun(cast: Cast, kind: str = "round_table") -> tuple[GroupSession, Activity]:
    group = a_session(cast, kind)
    services.begin_activity(group_id=group.pk, by=cast.supervisor.actor, at=NOW)
    return group, Activity.objects.get()


def led_on(cast: Cast, activity: Activity) -> None:
    activity.refresh_from_db()
    learning.move_on(activity_id=activity.pk, version=activity.version, by=cast.supervisor.actor, at=NOW)


def test_a_session_is_planned_by_what_it_is(cast: Cast) -> None:
    """Each kind says in words what it is and suggests its usual length; some ask for an exercise."""
    browser, team = cast.client(cast.supervisor), cast.world.north_one.pk
    page = browser.get(f"/coaching/groups/new/?team={team}&kind=own_pitch").content.decode()
    assert "reads it as the customer" in page and '<option value="60" selected' in page
    quiz = browser.get(f"/coaching/groups/new/?team={team}&kind=quiz").content.decode()
    assert "Nothing of this kind is in force yet" in quiz and '<option value="30" selected' in quiz
    assert browser.get(f"/coaching/groups/new/?team={team}&kind=dance").status_code == 404
    Tag.objects.create(name="Fibre")
    form = {
        "title": "First words", "topic": "x", "prompt": "", "minutes": 45, "due": "2099-03-12",
        "agents": [each.agent.pk for each in (cast.agent, cast.colleague) if each.agent],
    }  # fmt: skip
    answer = browser.post(f"/coaching/groups/new/?team={team}&kind=round_table", form)
    group, activity = GroupSession.objects.get(), Activity.objects.get()
    assert answer.headers["Location"] == f"/coaching/groups/{group.pk}/"
    assert (activity.kind, activity.state, activity.prompt) == ("round_table", "prepared", "x")
    assert (group.activity, group.activity_ref) == ("round_table", activity.pk)
    assert [each.name for each in activity.topics.all()] == ["Fibre"]
    assert activity.participants.count() == 2
    missing = browser.post(f"/coaching/groups/new/?team={team}&kind=quiz", form)
    assert missing.status_code == 422


def test_the_same_through_the_api(cast: Cast) -> None:
    """Planned, begun; what it is stands with it."""
    browser = cast.client(cast.supervisor)
    agents = [each.agent.pk for each in (cast.agent, cast.colleague) if each.agent]
    said = {
        "title": "T",
        "topic": "x",
        "due": "2099-03-12T10:00:00Z",
        "agent_ids": agents,
        "activity": "own_pitch",
    }
    made = browser.post("/api/v1/groups", said, content_type="application/json").json()
    assert (made["activity"], made["activity_id"]) == ("own_pitch", Activity.objects.get().pk)
    begin = f"/api/v1/groups/{made['id']}/begin"
    assert browser.post(begin).json() == {"activity_id": made["activity_id"]}
    assert browser.post(begin).status_code == 409
    assert cast.client(cast.agent).post(begin).status_code in (403, 404)


def test_one_next_action_for_lead_and_member(cast: Cast) -> None:
    """Begin, go on leading it, see what came of it; a member takes part. One notice when it begins."""
    group = a_session(cast)
    lead, member = cast.client(cast.supervisor), cast.client(cast.agent)
    address = f"/coaching/groups/{group.pk}/"
    assert "Begin" in lead.get(address).content.decode()
    assert "Take part" not in member.get(address).content.decode()
    assert member.post(f"{address}begin/").status_code in (403, 404)
    answer = lead.post(f"{address}begin/")
    activity = Activity.objects.get()
    assert answer.headers["Location"] == f"/arena/activities/{activity.pk}/"
    assert "Take part" in member.get(address).content.decode()
    assert "Go on leading it" in lead.get(address).content.decode()
    assert Notice.objects.filter(to_user=cast.agent.user.pk, ref_kind="learning.activity").count() == 1
    assert (
        Notice.objects.filter(to_user=cast.agent.user.pk, ref_kind="coaching.group").count() == 1
    )  # it is planned
    learning.close_activity(activity_id=activity.pk, version=activity.version, by=cast.supervisor.actor, at=NOW)
    for browser in (lead, member):
        assert "See what came of it" in browser.get(address).content.decode()
    assert lead.post(f"{address}begin/").status_code == 409


def test_a_tip_becomes_what_works_with_credit_once(cast: Cast) -> None:
    """Credited to its author, told by the hub alone, about its product, to the author's team or wider."""
    tag = Tag.objects.create(name="Fibre")
    group, activity = begun(cast)
    topic = activity.topics.get()
    tip = learning.write_tip(
        activity_id=activity.pk, text="I say their name", topic_id=topic.pk, by=cast.agent.actor, at=NOW
    )
    lead, address = cast.client(cast.supervisor), f"/coaching/groups/{group.pk}/"
    page = lead.get(address).content.decode()
    assert "has not said that it may be shared" in page and "Share it in the hub" not in page
    with pytest.raises(learning.TipNotToShare):
        services.share_tip(group_id=group.pk, tip_id=tip.pk, by=cast.supervisor.actor, at=NOW)
    assert not Post.objects.exists()
    learning.consent_to_share(tip_id=tip.pk, yes=True, by=cast.agent.actor, at=NOW)
    assert "Share it in the hub" in lead.get(address).content.decode()
    for _twice in range(2):
        lead.post(f"{address}tips/{tip.pk}/share/", {"to": ""})
    post = Post.objects.get()
    assert (post.kind, post.text, post.tag_id, post.team) == ("practice", tip.text, tag.pk, cast.world.north_one)
    assert (post.credit, post.author, post.once) == (cast.agent.agent, cast.supervisor.user, f"tip:{tip.pk}")
    told = Notice.objects.filter(to_user=cast.agent.user.pk, ref_kind="hub.post")
    assert [each.kind for each in told] == ["hub.credited"]
    page = lead.get(address).content.decode()
    assert f"/hub/posts/{post.pk}/" in page and "Share it in the hub" not in page
    found = cast.client(cast.colleague).get("/hub/").content.decode()
    assert "I say their name" in found and cast.agent.user.name in found


def test_tips_are_shared_by_the_lead_of_their_session_only(cast: Cast) -> None:
    """A member cannot, nor is a tip of another table shared here; through the API with an audience."""
    group, activity = begun(cast)
    said = {"by": cast.agent.actor, "at": NOW, "consent": True}
    tip = learning.write_tip(activity_id=activity.pk, text="I say their name", **said)
    assert cast.client(cast.colleague).post(f"/coaching/groups/{group.pk}/tips/{tip.pk}/share/").status_code == 404
    other = a_session(cast)
    with pytest.raises(NotFound):
        services.share_tip(group_id=other.pk, tip_id=tip.pk, by=cast.supervisor.actor, at=NOW)
    address = f"/api/v1/groups/{group.pk}/tips/{tip.pk}/share"
    lead = cast.client(cast.supervisor)
    answer = lead.post(address, {"to": "all"}, content_type="application/json").json()
    post = Post.objects.get()
    assert answer == {"tip_id": tip.pk, "post_id": post.pk} and post.audience == "all"
    assert lead.post(address, {"to": ""}, content_type="application/json").json() == answer


def test_what_i_change_goes_to_my_one_to_one_when_i_want(cast: Cast) -> None:
    """Only the agent finds it on the session's page; on the agenda it says what they let stand."""
    group, activity = begun(cast, "own_pitch")
    address = f"/coaching/groups/{group.pk}/"
    for number, (name, answers) in enumerate(STEPS.items()):
        if number:
            led_on(cast, activity)
        learning.write_pitch_step(activity_id=activity.pk, step=name, answers=answers, by=cast.agent.actor, at=NOW)
    mine = cast.client(cast.agent)
    assert "Ask for a one-to-one" in mine.get(address).content.decode()
    assert mine.post(f"{address}change/", {"words": "Ask first"}).status_code == 404
    assert cast.agent.agent is not None
    talk = OneToOne.objects.create(
        agent=cast.agent.agent, lead=cast.supervisor.user, minutes=30,
        due=timezone.now() + timedelta(days=3), made_at=NOW,
    )  # fmt: skip
    assert "Ask first" in mine.get(address).content.decode()
    for other in (cast.supervisor, cast.colleague):
        assert "Ask first" not in cast.client(other).get(address).content.decode()
    assert mine.post(f"{address}change/", {"words": "My migraine"}).status_code == 422
    answer = mine.post(f"{address}change/", {"words": "Ask first"})
    assert answer.headers["Location"] == f"/coaching/talks/{talk.pk}/"
    assert AgendaItem.objects.get().words == "Ask first"


def test_held_without_somebody_the_activity_goes_on_without_them(cast: Cast) -> None:
    """Who did not come takes part no more and finds it no more; the others go on, also from home."""
    group, activity = begun(cast)
    assert cast.colleague.agent is not None
    group.refresh_from_db()
    services.hold_group(
        group_id=group.pk, absent_ids=[cast.colleague.agent.pk], version=group.version,
        by=cast.supervisor.actor, at=NOW,
    )  # fmt: skip
    assert cast.client(cast.colleague).get(f"/arena/activities/{activity.pk}/").status_code == 404
    assert "Take part" not in cast.client(cast.colleague).get(f"/coaching/groups/{group.pk}/").content.decode()
    assert cast.client(cast.agent).get(f"/arena/activities/{activity.pk}/").status_code == 200


def test_the_session_is_not_closed_while_a_question_waits(cast: Cast) -> None:
    """Said beside the form; answered, both are closed together."""
    group, activity = begun(cast)
    learning.ask_box(activity_id=activity.pk, words="Why on Mondays?", by=cast.agent.actor, at=NOW)
    group.refresh_from_db()
    services.hold_group(group_id=group.pk, absent_ids=[], version=group.version, by=cast.supervisor.actor, at=NOW)
    group.refresh_from_db()
    lead = cast.client(cast.supervisor)
    form = {"outcome": "Never on a Monday", "due": _soon(), "version": group.version}
    refused = lead.post(f"/coaching/groups/{group.pk}/close/", form)
    assert refused.status_code == 422 and "questions in the box" in refused.content.decode()
    activity.refresh_from_db()
    assert activity.state == "open"
    learning.answer_box(
        activity_id=activity.pk, box_question_id=activity.box.get().pk, answer="No more of them",
        by=cast.supervisor.actor, at=NOW,
    )  # fmt: skip
    assert lead.post(f"/coaching/groups/{group.pk}/close/", form).status_code == 302
    activity.refresh_from_db()
    assert (activity.state, GroupSession.objects.get().state) == ("closed", "closed")


def test_called_off_or_never_begun_the_activity_falls_away(cast: Cast) -> None:
    """With the reason everybody reads; a session that met without beginning it takes it along when it closes."""
    group = a_session(cast)
    services.cancel_group(
        group_id=group.pk, why="The roof leaks", version=group.version, by=cast.supervisor.actor, at=NOW
    )
    activity = Activity.objects.get()
    assert (activity.state, activity.why) == ("called_off", "The roof leaks")
    other = a_session(cast)
    other = services.hold_group(
        group_id=other.pk, absent_ids=[], version=other.version, by=cast.supervisor.actor, at=NOW
    )
    services.close_group(
        group_id=other.pk, outcome="x", outcome_due=NOW + timedelta(days=3), version=other.version,
        by=cast.supervisor.actor, at=NOW,
    )  # fmt: skip
    assert Activity.objects.get(pk=other.activity_ref).state == "called_off"


def test_leaving_and_handing_over_reach_the_activity(cast: Cast) -> None:
    """Who has left is expected no more; who leads the people now leads it too, and tips wait for them."""
    group = a_session(cast)
    assert cast.contractor.agent is not None
    services.end_of_leaver(agent_id=cast.contractor.agent.pk, at=NOW)
    activity = Activity.objects.get()
    assert activity.participants.count() == 2
    people = Agent.objects.filter(team=cast.world.north_one)
    people.update(team=cast.world.north_two)
    assert services.follow_leads(at=NOW) == 1
    activity.refresh_from_db()
    assert activity.lead == cast.other_supervisor.user
    services.begin_activity(group_id=group.pk, by=cast.other_supervisor.actor, at=NOW)
    assert cast.client(cast.supervisor).get(f"/arena/activities/{activity.pk}/").status_code == 404


def _soon() -> str:
    return (timezone.localdate() + timedelta(days=20)).isoformat()
