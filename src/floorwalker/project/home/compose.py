"""Who finds what on their first page: the items of each role, one page for a person of several."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from floorwalker.kernel.access import Actor
from floorwalker.kernel.look import Step
from floorwalker.kernel.roles import Role
from floorwalker.project.home import start
from floorwalker.project.home.item import Item, ranked
from floorwalker.project.home.items import (
    activities,
    boards,
    capacity,
    coaching,
    demand,
    duels,
    goals,
    hub,
    installation,
    points,
    practice,
    promises,
    quality,
    shifts,
    thanks,
    time,
)

Make = Callable[[Actor, datetime], Item | None]

# By role, in the order in which it is useful.
OF_ROLE: dict[Role, tuple[Make, ...]] = {
    Role.AGENT: (
        activities.to_take_part_in,
        shifts.next_shift,
        hub.to_confirm,
        shifts.asked_of_me,
        quality.my_reviews,
        coaching.next_talk,
        coaching.agreements,
        coaching.my_sheets,
        goals.to_answer,
        duels.my_duels,
        hub.replies,
        hub.pulse,
        time.my_time,
        boards.my_season,
        practice.new_scenarios,
        points.to_earn,
    ),
    Role.SUPERVISOR: (
        activities.to_lead,
        coaching.see_first,
        coaching.to_hold,
        coaching.agreements,
        shifts.to_answer,
        shifts.team_today,
        quality.to_review,
        quality.weights,
        coaching.my_groups,
        goals.to_answer,
        time.to_place,
        hub.waiting,
        hub.reported,
        hub.not_confirmed,
        thanks.due,
        points.to_name,
        shifts.against_rules,
    ),
    Role.QUALITY_ANALYST: (activities.to_lead, quality.to_review, quality.weights, coaching.my_groups),
    Role.TRAINER: (
        activities.to_lead,
        practice.to_finish,
        activities.exercises_to_finish,
        coaching.my_groups,
        duels.vote_questions,
    ),
    Role.PLANNER: (
        capacity.may_miss,
        shifts.weeks_ahead,
        demand.files_waiting,
        demand.forecasts_behind,
        demand.to_state,
        shifts.to_answer,
        demand.clients_said,
        shifts.against_rules,
        shifts.team_today,
    ),
    Role.CLIENT_VIEWER: (demand.my_queues, demand.statements),
    Role.MANAGER: (
        activities.to_lead,
        capacity.may_miss,
        shifts.weeks_ahead,
        shifts.team_today,
        coaching.silence,
        duels.vote_questions,
        quality.weights,
        hub.pulse_to_answer,
        hub.waiting,
        hub.reported,
        hub.not_confirmed,
        time.delivered,
        boards.questions,
        points.to_deliver,
        points.to_name,
        promises.kept,
        practice.to_finish,
        activities.exercises_to_finish,
    ),
    Role.ADMINISTRATOR: (
        installation.without_factor,
        installation.health,
        installation.failed_work,
        hub.reported,
        installation.book,
    ),
    Role.AUDITOR: (installation.book, promises.kept),
    Role.HR: (hub.pulse_to_answer, hub.not_confirmed, points.to_deliver, promises.kept),
}
OF_EVERYBODY: tuple[Make, ...] = (
    hub.to_confirm,
    promises.i_owe,
    promises.owed_to_me,
    installation.my_work,
    promises.unread,
)
# The name of the page, by the first of the roles held.
TITLES: dict[Role, Any] = {
    Role.PLANNER: _("The week"),
    Role.SUPERVISOR: _("My floor"),
    Role.QUALITY_ANALYST: _("To review"),
    Role.CLIENT_VIEWER: _("My queues"),
    Role.MANAGER: _("The loop"),
    Role.AGENT: _("My day"),
}


@dataclass(frozen=True)
class Home:
    """A first page."""

    title: Any
    state: str
    steps: list[Step]
    items: list[Item]


def home_of(actor: Actor, at: datetime) -> Home:
    """The first page of this person, made of what concerns all their roles."""
    items = ranked(made for make in makers(actor) if (made := make(actor, at)) is not None)
    steps = start.unfinished(actor, at)
    return Home(title_of(actor), state_words(items, bool(steps)), steps, items)


def title_of(actor: Actor) -> Any:
    return next((title for role, title in TITLES.items() if actor.has_role(role)), _("Today"))


def makers(actor: Actor) -> list[Make]:
    """What is asked for this person; each thing once, though several of their roles want it."""
    wanted = [make for role, found in OF_ROLE.items() if actor.has_role(role) for make in found]
    return list(dict.fromkeys([*wanted, *OF_EVERYBODY]))


def state_words(items: list[Item], starting: bool) -> str:
    """How things stand, in one sentence."""
    urgent = sum(item.urgent for item in items)
    if urgent:
        return ngettext("%(n)d thing waits for you.", "%(n)d things wait for you.", urgent) % {"n": urgent}
    if starting:
        return str(_("The centre is being set up; the next step is marked."))
    return str(_("Nothing waits for you."))
