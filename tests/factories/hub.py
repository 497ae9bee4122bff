"""What people said, for the tests of access: with their name, to themselves, for nobody else."""

from __future__ import annotations

from typing import Any

from floorwalker.apps.accounts.models import User
from floorwalker.apps.hub.models import Policy, Saying, SayingMove, Topic
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
}
