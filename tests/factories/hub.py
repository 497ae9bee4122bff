"""What people said and wrote in the hub, for the tests of access."""

from __future__ import annotations

from typing import Any

from floorwalker.apps.accounts.models import User
from floorwalker.apps.hub.models import (
    Announcement,
    Mention,
    Policy,
    Post,
    PostEdit,
    Pulse,
    PulseAsked,
    PulseResult,
    Receipt,
    Saying,
    SayingMove,
    Tag,
    Topic,
)
from floorwalker.apps.hub.services import searchable
from tests.factories import Planted, Where
from tests.people import NOW, World


def make_topic(world: World, where: Where, marker: str) -> Planted:
    """Seen by every agent of its site."""
    topic = Topic.objects.create(name=marker, about=marker, owner=where.user, site=where.site)
    here = User.objects.filter(agent__team__site=where.site).values_list("pk", flat=True)
    teams = where.site.teams.values_list("pk", flat=True)
    return Planted(topic, users=frozenset(here), teams=frozenset(teams))


def make_policy(world: World, where: Where, marker: str) -> Planted:
    """Read by all who work here."""
    policy = Policy.objects.create(name=marker, text=marker, owner=where.user, since=NOW.date())
    return Planted(policy, users=frozenset(User.objects.values_list("pk", flat=True)))


def a_saying(where: Where, marker: str, **more: Any) -> Saying:
    topic = Topic.objects.create(name=f"Topic {Topic.objects.count()}", owner=where.user, site=where.site)
    values: dict[str, Any] = {
        "kind": Saying.Kind.IDEA,
        "topic": topic,
        "text": marker,
        "author": where.user,
        "owner": where.user,
        "said_on": NOW.date(),
        "due": NOW.date(),
    }
    return Saying.objects.create(**values | more)


def make_saying(world: World, where: Where, marker: str) -> Saying:
    return a_saying(where, marker)


def make_sayingmove(world: World, where: Where, marker: str) -> SayingMove:
    saying = a_saying(where, marker)
    return SayingMove.objects.create(saying=saying, state="received", words=marker, by=where.user, at=NOW)


def a_post(where: Where, text: str, **more: Any) -> Post:
    values: dict[str, Any] = {
        "kind": Post.Kind.QUESTION,
        "text": text,
        "author": where.user,
        "audience": Post.Audience.TEAM,
        "site": where.site,
        "team": where.team,
        "at": NOW,
        "moved_at": NOW,
    }
    return Post.objects.create(**values | more | searchable(text))


def of_team(row: Any, where: Where) -> Planted:
    """Read by all agents of the team."""
    users = User.objects.filter(agent__team=where.team).values_list("pk", flat=True)
    return Planted(row, users=frozenset(users))


def make_post(world: World, where: Where, marker: str) -> Planted:
    return of_team(a_post(where, marker), where)


def make_postedit(world: World, where: Where, marker: str) -> Planted:
    post = a_post(where, "Where do I find the form?")
    return of_team(PostEdit.objects.create(post=post, text=marker, by=where.user, at=NOW), where)


def make_mention(world: World, where: Where, marker: str) -> Planted:
    post = a_post(where, "Who knows this?")
    return of_team(Mention.objects.create(post=post, user=where.user, at=NOW), where)


def make_tag(world: World, where: Where, marker: str) -> Planted:
    """Known to all who read the hub."""
    return Planted(Tag.objects.create(name=marker), users=frozenset(User.objects.values_list("pk", flat=True)))


def an_announcement(where: Where, words: str, **more: Any) -> Announcement:
    values: dict[str, Any] = {
        "title": words,
        "text": words,
        "by": where.user,
        "at": NOW,
        "audience": Announcement.Audience.TEAM,
        "site": where.site,
        "team": where.team,
        "state": Announcement.State.OUT,
    }
    return Announcement.objects.create(**values | more | searchable(words))


def make_announcement(world: World, where: Where, marker: str) -> Planted:
    """To the team alone, its leads not among the readers."""
    found = an_announcement(where, marker)
    planted = of_team(found, where)
    Receipt.objects.bulk_create(Receipt(announcement=found, user_id=user) for user in planted.users or ())
    return planted


def make_receipt(world: World, where: Where, marker: str) -> Receipt:
    found = an_announcement(where, "For the team.", confirm_by=NOW.date())
    return Receipt.objects.create(announcement=found, user=where.user)


def a_pulse(where: Where, **more: Any) -> Pulse:
    values: dict[str, Any] = {
        "site": where.site,
        "by": where.user,
        "opened_at": NOW,
        "closes_on": NOW.date(),
        "answer_by": NOW.date(),
        "state": Pulse.State.ANSWERED,
        "answered_at": NOW,
        "follows_by": NOW.date(),
        "answer": "We listen.",
    }
    found = Pulse.objects.create(**values | more)
    PulseAsked.objects.create(pulse=found, user=where.user)
    return found


def make_pulse(world: World, where: Where, marker: str) -> Pulse:
    return a_pulse(where, answer=marker, outcome=marker)


def make_pulseresult(world: World, where: Where, marker: str) -> PulseResult:
    pulse = a_pulse(where)
    return PulseResult.objects.create(pulse=pulse, group="all", question="skill", agree=5, answered=9)


def _said(world: World, where: Where) -> dict[str, Any]:
    topic = Topic.objects.filter(site=where.site).earliest("pk")
    return {"kind": "idea", "topic_id": topic.pk, "text": "A second screen."}


WORDS = {"words": "Agreed.", "due": "2030-03-20"}
BODIES = {
    "hub_say": _said,
    "hub_answer": lambda world, where: WORDS,
    "hub_try_out": lambda world, where: WORDS,
    "hub_finish": lambda world, where: {"words": "Done."},
    "hub_decline": lambda world, where: {"words": "No, it costs too much."},
    "hub_join": lambda world, where: {"to_saying_id": 1},
    "hub_post": lambda world, where: {"kind": "question", "text": "Where is the form?"},
    "hub_credit_tip": lambda world, where: {"agent_id": where.agent.pk, "text": "Breathe.", "once": "tip"},
    "hub_reply": lambda world, where: {"text": "In the drawer."},
    "hub_edit": lambda world, where: {"text": "Where is the form?", "version": 1},
    "hub_mention": lambda world, where: {"user_id": where.user.pk},
    "hub_report_post": lambda world, where: {"reason": "wrong"},
    "hub_keep_post": lambda world, where: {"why": "It is right."},
    "hub_hide": lambda world, where: {"why": "It names a customer."},
    "hub_announce": lambda world, where: {
        "title": "News",
        "text": "Something new.",
        "audience": "team",
        "place_id": where.team.pk,
    },
    "hub_withdraw": lambda world, where: {"why": "It was wrong."},
    "hub_ask_pulse": lambda world, where: {"closes_on": "2030-03-20", "answer_by": "2030-03-30"},
    "hub_answer_pulse": lambda world, where: {"skill": 5, "lead": 4, "valued": 3, "effort": 4},
    "hub_say_what_follows": lambda world, where: {"text": "We will.", "follows_by": "2030-03-20"},
    "hub_end_pulse": lambda world, where: {"text": "We did."},
}
