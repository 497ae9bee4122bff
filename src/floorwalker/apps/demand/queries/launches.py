"""Reads of new accounts on their way to go-live."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Count, Q, QuerySet

from floorwalker.apps.accounts.models import RoleHeld, User
from floorwalker.apps.demand.judged_by import forms_in_force
from floorwalker.apps.demand.models import Launch, LaunchItem, Queue
from floorwalker.apps.demand.permissions import DemandPermission as P
from floorwalker.apps.demand.queries.expectations import in_force
from floorwalker.apps.demand.queries.forecasts import ExpectedDay, expected_days, in_use
from floorwalker.apps.demand.queries.queues import clients_to_agree_with
from floorwalker.apps.demand.rules.launch import KINDS, Facts, stands
from floorwalker.apps.demand.rules.people import fewest_people
from floorwalker.apps.people.models import AgentSkill, Team
from floorwalker.kernel.access import Actor, Permission
from floorwalker.kernel.picking import Choices
from floorwalker.kernel.roles import Role, Scope
from floorwalker.kernel.scoping import not_scoped, pick, scoped

WEEK = timedelta(days=6)  # from its first day to its last


def visible_launches(actor: Actor, permission: Permission = P.LAUNCH_ACCOUNTS) -> QuerySet[Launch]:
    return Launch.objects.filter(client__in=clients_to_agree_with(actor, permission))


def the_launch(actor: Actor, launch_id: Any) -> Launch:
    return pick(visible_launches(actor).select_related("client"), launch_id)


def the_item(actor: Actor, item_id: Any) -> LaunchItem:
    items = LaunchItem.objects.filter(launch__in=visible_launches(actor)).select_related("launch__client", "owner")
    return pick(items, item_id)


@dataclass(frozen=True)
class ItemState:
    """One item: whether it stands, and whether it is late."""

    item: LaunchItem
    done: bool
    late: bool


@dataclass(frozen=True)
class Held:
    """How many have the skill of a queue, and how many its first week needs at the very least."""

    queue: str
    held: int
    needed: int


@dataclass(frozen=True)
class LaunchState:
    """A new account with its items, late ones first."""

    launch: Launch
    items: list[ItemState]
    form: str = ""  # the quality form that stands
    short: Sequence[Held] = ()  # queues of which the forecast is known and whose skill too few have

    @property
    def done(self) -> int:
        return sum(each.done for each in self.items)

    @property
    def late(self) -> int:
        return sum(each.late for each in self.items)


def launch_states(launches: Sequence[Launch], today: date) -> list[LaunchState]:
    """The state of launches out of what is really there; the same number of queries for one and for many."""
    items: dict[int, list[LaunchItem]] = {}
    for item in LaunchItem.objects.filter(launch__in=launches).select_related("owner"):
        items.setdefault(item.launch_id, []).append(item)
    held = _held(launches)
    facts = _facts(launches, held)
    found = []
    for launch in launches:
        states = []
        for item in items.get(launch.pk, []):
            done = item.done_at is not None or stands(item.kind, facts[launch.pk], launch.go_live, item.chosen)
            states.append(ItemState(item, done, not done and item.due < today and launch.called_off_at is None))
        states.sort(key=lambda each: (each.done, not each.late, each.item.due, KINDS.index(each.item.kind)))
        taken = (i.chosen for i in items.get(launch.pk, []) if i.kind == LaunchItem.Kind.QUALITY_FORM)
        form = facts[launch.pk].quality_form or next(taken, "")
        short = [each for each in held.get(launch.pk, {}).values() if each.held < each.needed]
        found.append(LaunchState(launch, states, form, short))
    return found


def open_launches(actor: Actor) -> list[Launch]:
    return list(
        visible_launches(actor)
        .filter(called_off_at=None)
        .select_related("client")
        .order_by("went_live_at", "go_live")
    )


def possible_owners(actor: Actor, besides: int | None = None) -> QuerySet[User]:
    """Who can bring an item: who keeps more than their own things, where the actor launches accounts or anywhere.

    ``besides`` is who brings it now.
    """
    held = RoleHeld.objects.exclude(role__in=[Role.AGENT, Role.CLIENT_VIEWER, Role.AUDITOR])
    sight = actor.sight(P.LAUNCH_ACCOUNTS)
    if not sight.everything:
        teams = Team.objects.filter(Q(site__in=sight.sites) | Q(pk__in=sight.teams)).values("pk")
        held = held.filter(
            Q(scope=Scope.ALL)
            | Q(scope=Scope.SITE, scope_id__in=sight.sites)
            | Q(scope=Scope.TEAM, scope_id__in=teams)
            | Q(user=actor.user_id)
        )
    named = Q(pk__in=held.values("user_id")) | Q(pk=besides)
    return User.objects.filter(named, is_active=True).order_by("name", "pk")


def owners_to_pick(actor: Actor, besides: int | None = None) -> Choices:
    """The same to be found by typing; the roles somebody holds tell people of one name apart."""
    rows = possible_owners(actor, besides).annotate(held=ArrayAgg("roles_held__role", distinct=True))
    return Choices(rows, ("name", "held"), _owner, searched=("name",))


def _owner(name: str, held: list[str | None]) -> str:
    return ", ".join([name, *(str(Role(each).label) for each in held if each)])


def _held(launches: Sequence[Launch]) -> dict[int, dict[int, Held]]:
    """For each account under way and each queue with a forecast of its first week, who is there for it."""
    coming = [each for each in launches if each.went_live_at is None and each.called_off_at is None]
    if not coming:
        return {}
    queues = list(Queue.objects.filter(client__in={each.client_id for each in coming}, archived=False))
    first, last = min(each.go_live for each in coming), max(each.go_live for each in coming)
    expected = expected_days(queues, first, last + WEEK)
    skilled = AgentSkill.objects.filter(agent__left_on=None, skill__in={each.skill_id for each in queues})
    people = dict(skilled.order_by().values_list("skill_id").annotate(Count("agent", distinct=True)))
    return {
        launch.pk: {
            queue.pk: Held(queue.name, people.get(queue.skill_id, 0), fewest_people(week, queue.step_seconds))
            for queue in queues
            if queue.client_id == launch.client_id and (week := _first_week(launch, expected[queue.pk].days))
        }
        for launch in coming
    }


def _first_week(
    launch: Launch, days: Sequence[ExpectedDay]
) -> list[tuple[Sequence[float], Sequence[float | None]]]:
    week = [each for each in days if launch.go_live <= each.day <= launch.go_live + WEEK]
    return [(each.mean, each.aht) for each in week]


def _facts(launches: Sequence[Launch], held: dict[int, dict[int, Held]]) -> dict[int, Facts]:
    clients = {launch.client_id for launch in launches}
    queues = list(Queue.objects.filter(client__in=clients, archived=False))
    used = in_use(queues)
    forms = {each.client_id: each.name for each in forms_in_force()}
    far = max((launch.go_live for launch in launches), default=date.min)
    agreed = in_force(clients, far)
    found = {}
    for launch in launches:
        own = [queue for queue in queues if queue.client_id == launch.client_id]
        expectation = agreed.get(launch.client_id)
        found[launch.pk] = Facts(
            expectations_from=expectation.starts if expectation else None,
            queues=len(own),
            queues_with_hours=sum(queue.hours is not None for queue in own),
            queues_forecast=sum(_reaches(used.get(queue.pk), launch.go_live) for queue in own),
            queues_with_people=sum(each.held >= each.needed for each in held.get(launch.pk, {}).values()),
            quality_form=forms.get(launch.client_id, ""),
            went_live=launch.went_live_at is not None,
        )
    return found


def _reaches(version: Any, day: date) -> bool:
    """Whether a forecast covers the first week of going live."""
    return (
        version is not None
        and version.first_day <= day
        and day + WEEK <= version.first_day + timedelta(days=version.days - 1)
    )


scoped(Launch, visible_launches, P.LAUNCH_ACCOUNTS, canary="name", relations=("site", "client"))
not_scoped(LaunchItem, "read only through its launch")
