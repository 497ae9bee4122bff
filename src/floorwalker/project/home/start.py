"""From an empty suite to a published week in five steps, each seen from what there is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from floorwalker.apps.accounts.permissions import AccountPermission
from floorwalker.apps.capacity import queries as capacity
from floorwalker.apps.capacity.permissions import CapacityPermission
from floorwalker.apps.demand import queries as demand
from floorwalker.apps.demand.permissions import DemandPermission
from floorwalker.apps.people import directories
from floorwalker.apps.people import queries as people
from floorwalker.apps.people.models import Site
from floorwalker.apps.people.permissions import PeoplePermission
from floorwalker.apps.schedules import queries as schedules
from floorwalker.apps.schedules.models import Draft
from floorwalker.apps.schedules.permissions import SchedulePermission
from floorwalker.kernel.access import Actor, Permission
from floorwalker.kernel.look import Step, day_words, number_words

SEEN_WITH = (PeoplePermission.KEEP_AGENTS, DemandPermission.SEE_VOLUMES, SchedulePermission.SEE_ROSTER)


@dataclass(frozen=True)
class Stage:
    """One of the five: whether it is done, and the one thing that does it, for whom may."""

    label: str
    done: bool
    note: str
    url: str
    action: str
    needs: Permission


def may_found(actor: Actor) -> bool:
    """Whether this person may create the centre."""
    return directories.SITES.may_add(actor)


def follows(actor: Actor) -> bool:
    """Whether this person sees all of what the steps are made of."""
    return all(actor.may(each) for each in SEEN_WITH)


def unfinished(actor: Actor, at: datetime) -> list[Step]:
    """The steps while there is one left; nothing once a week was published, or for whom they are not."""
    if follows(actor):
        return [] if schedules.visible_publications(actor).exists() else steps(actor, at)
    if may_found(actor) and not _sites(actor):
        return steps(actor, at)
    return []


def steps(actor: Actor, at: datetime) -> list[Step]:
    """All five, the one that is next marked; where it needs another role, that is said."""
    found, reached = [], False
    for stage in stages(actor, at.astimezone(ZoneInfo(actor.zone)).date()):
        found.append(_waiting(stage) if reached and not stage.done else _step(actor, stage))
        reached = reached or not stage.done
    return found


def _waiting(stage: Stage) -> Step:
    return Step(stage.label, "waiting", stage.note)


def _step(actor: Actor, stage: Stage) -> Step:
    if stage.done:
        return Step(stage.label, "done", stage.note)
    if actor.may(stage.needs):
        return Step(stage.label, "current", stage.note, stage.url, stage.action if stage.url else "")
    roles = ", ".join(sorted(str(role.label) for role in stage.needs.roles))
    note = _("Somebody with another role does this: %(roles)s.") % {"roles": roles}
    if actor.may(AccountPermission.GIVE_ROLES):
        return Step(stage.label, "blocked", note, reverse("accounts:users"), _("Give the role"))
    return Step(stage.label, "blocked", note)


def stages(actor: Actor, today: date) -> list[Stage]:
    """The five as they stand."""
    sites, queues = _sites(actor), list(demand.queues_in_order(actor))
    return [
        _people(actor, sites),
        _history(queues),
        _plan(actor, queues),
        _roster(actor, sites, today),
        _publish(actor),
    ]


def _people(actor: Actor, sites: list[Site]) -> Stage:
    if not sites:
        return Stage(
            _("People"), False, _("Say where your centre is; then its people come in by a file."),
            reverse("home:centre"), _("Create the centre"), PeoplePermission.KEEP_ORGANISATION,
        )  # fmt: skip
    number = people.visible_agents(actor).filter(left_on=None).count()
    note = (
        ngettext("%(n)s person is in.", "%(n)s people are in.", number) % {"n": number_words(number)}
        if number
        else _("One file with everybody’s name, number and team.")
    )
    return Stage(
        _("People"), number > 0, note, reverse("people:import"), _("Import people"), PeoplePermission.KEEP_AGENTS
    )


def _history(queues: list[Any]) -> Stage:
    last = max((each.last for each in demand.held_of(queues).values() if each.last), default=None)
    note = (
        _("Known until %(day)s.") % {"day": day_words(last)}
        if last
        else _("A file of past contacts or counts; the queues come with it.")
    )
    return Stage(
        _("History"), last is not None, note, reverse("demand:uploads"), _("Upload history"),
        DemandPermission.STORE_HISTORY,
    )  # fmt: skip


def _plan(actor: Actor, queues: list[Any]) -> Stage:
    label, note = _("Forecast and required staff"), _("What to expect, and how many people that takes.")
    if not demand.in_use(queues):
        return Stage(
            label, False, note, reverse("demand:make"), _("Make the forecast"), DemandPermission.MAKE_FORECASTS
        )
    done = capacity.visible_requirements(actor).exists()
    return Stage(
        label, done, note, reverse("capacity:order"), _("Compute required staff"), CapacityPermission.PLAN
    )


def _roster(actor: Actor, sites: list[Site], today: date) -> Stage:
    made = schedules.visible_drafts(actor).exclude(state=Draft.State.DISCARDED).exists()
    done = made or schedules.visible_publications(actor).exists()
    monday = today + timedelta(days=7 - today.weekday())
    site = None if done else _site_to_plan(actor, sites)
    url = reverse("schedules:start_run", args=[site.pk, monday]) if site else ""
    return Stage(
        _("Roster"), done, _("Who works when, by the rules."), url, _("Make the roster"), SchedulePermission.PLAN
    )


def _site_to_plan(actor: Actor, sites: list[Site]) -> Site | None:
    """Where most people are, of the sites with required staff if there is any: the first made may stand empty."""
    rows = people.visible_agents(actor).filter(left_on=None).order_by().values_list("team__site")
    there = dict(rows.annotate(n=Count("pk")))
    required = set(capacity.visible_requirements(actor).values_list("queue__site", flat=True))
    return max(
        sites, key=lambda each: (each.pk in required and each.pk in there, there.get(each.pk, 0)), default=None
    )


def _publish(actor: Actor) -> Stage:
    done = schedules.visible_publications(actor).exists()
    draft = schedules.visible_drafts(actor).filter(state=Draft.State.OPEN).order_by("-pk").first()
    url = reverse("schedules:publish", args=[draft.pk]) if draft and not done else ""
    return Stage(
        _("Publish"), done, _("Everybody sees their week and is told."), url, _("Look and publish"),
        SchedulePermission.PUBLISH,
    )  # fmt: skip


def _sites(actor: Actor) -> list[Site]:
    return list(people.visible_sites(actor).filter(archived=False).order_by("pk"))
