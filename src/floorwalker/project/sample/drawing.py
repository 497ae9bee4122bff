"""Plans of drawing and weight rounds in a sample, by the room's own verbs."""

from __future__ import annotations

import random
from datetime import datetime, timedelta

from django.db import transaction

from floorwalker.apps.accounts.models import RoleHeld, User
from floorwalker.apps.accounts.queries import actor_of
from floorwalker.apps.people.models import Agent, Client, Site
from floorwalker.apps.quality import services
from floorwalker.apps.quality.models import FormVersion, SamplePlan
from floorwalker.apps.quality.rules.forms import FormContent, Item, Section, yes_or_no
from floorwalker.kernel.access import SYSTEM
from floorwalker.kernel.roles import Role

SEED = 11
DAY = timedelta(days=1)
LEADERS = 5
AGREED = 80
NOTICE = {
    "purpose": "To see what we have to teach and which of our systems stand in the way; never to rank people.",
    "reviewer": "The head of quality, with whoever speaks for the staff",
}
# Of the written word, where there is no greeting to hear and no hold to wait through.
LETTERS = FormContent(
    (
        Section(
            "The answer",
            (
                Item("asked", "Answers what was asked", 3,
                     yes_or_no("Every question has its answer.", "One is passed over."),
                     expectation="Read it to the end, then answer point by point."),
                Item("plain", "Says it in plain words", 2,
                     yes_or_no("A stranger understands it.", "It needs the handbook.")),
                Item("next", "Says what happens next and when", 2,
                     yes_or_no("The next step has a day.", "The customer has to ask again.")),
                Item("snippet", "The text block fitted", 1,
                     yes_or_no("Nothing had to be mended.", "The block says something else."),
                     controlled_by="process"),
            ),
        ),
    )
)  # fmt: skip


def is_there() -> bool:
    return SamplePlan.objects.exists()


def bring(at: datetime) -> None:
    """A plan for each site with one night's draw, a weighing all have answered and one that is open."""
    with transaction.atomic():
        for site in Site.objects.filter(archived=False).order_by("pk"):
            if Agent.objects.filter(team__site=site, left_on=None).exists():
                values = services.PlanValues(f"Every fortnight, {site.name}", site_id=site.pk, cadence_days=14)
                services.make_plan(values=values, by=SYSTEM, at=at - 20 * DAY, seed=SEED + site.pk)
        services.draw_due(at - DAY / 4)
        _rounds(at)
        _said(at)


def _said(at: datetime) -> None:
    """What scores are for, and the average each client's contract asks for."""
    services.give_notice(**NOTICE, told_on=(at - 90 * DAY).date(), by=SYSTEM, at=at - 90 * DAY)
    for client in Client.objects.filter(archived=False).order_by("pk"):
        starts = (at - 180 * DAY).date()
        services.agree_target(client_id=client.pk, score=AGREED, starts=starts, by=SYSTEM, at=at)


def _rounds(at: datetime) -> None:
    leaders = _leaders()
    version = FormVersion.objects.filter(state=FormVersion.State.IN_FORCE).order_by("pk").first()
    if len(leaders) < services.LEAST_LEADERS or version is None:
        return
    chance, owner = random.Random(SEED), leaders[0]
    begun = at - 9 * DAY
    closed = _ask(version, leaders, owner, begun, begun + 7 * DAY)
    for number, leader in enumerate(leaders):
        _weigh(closed, version, leader, chance, begun + number * DAY)
    draft = services.make_form(
        name="Letters", client_id=None, channel="email", content=LETTERS, by=SYSTEM, at=begun
    )
    letters = services.publish_form(version_id=draft.pk, version=1, by=SYSTEM, at=begun)
    asked = _ask(letters, leaders, owner, at - 2 * DAY, at + 5 * DAY)
    for leader in leaders[1:2]:
        _weigh(asked, letters, leader, chance, at - DAY)


def _leaders() -> list[User]:
    """The analyst first, who agrees the weights; then the manager and some who lead teams."""
    order = {Role.QUALITY_ANALYST: 0, Role.MANAGER: 1, Role.SUPERVISOR: 2}
    held = RoleHeld.objects.filter(role__in=list(order), user__is_active=True).select_related("user")
    rows = sorted(held, key=lambda each: (order[Role(each.role)], each.user_id))
    return list(dict.fromkeys(each.user for each in rows))[:LEADERS]


def _ask(version: FormVersion, leaders: list[User], owner: User, at: datetime, due: datetime) -> int:
    found = services.open_round(
        version_id=version.pk, leaders=[each.pk for each in leaders], due=due, by=SYSTEM, at=at, owner_id=owner.pk
    )
    return int(found.pk)


def _weigh(round_id: int, version: FormVersion, leader: User, chance: random.Random, at: datetime) -> None:
    """Everybody near the form as it is; about one item each has a picture of their own."""
    items = list(version.words.items())
    weights = {item.key: item.weight * 10 + chance.randint(-4, 6) for item in items}
    weights[chance.choice(items).key] += 30
    weights = {key: max(0.0, float(value)) for key, value in weights.items()}
    services.weigh(round_id=round_id, weights=weights, by=actor_of(leader), at=at)
