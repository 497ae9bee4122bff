"""What the workers of the races do: an operation is drawn first, so that the same can be done again."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from random import Random
from typing import Any

from floorwalker.apps.accounts.models import User
from floorwalker.apps.accounts.queries import actor_of
from floorwalker.apps.recognition import services
from floorwalker.apps.recognition.models import Entry, Incentive
from floorwalker.apps.recognition.services import ledger
from floorwalker.kernel.access import SYSTEM
from tests.people import NOW, Cast

Operation = dict[str, Any]
EACH = 400  # points every agent begins with
MONTHLY = 600  # of the budget: soon given out, so that giving is refused too
INCENTIVES = 40
CHANCES = {
    "award": 4, "ask": 5, "end": 4, "merge": 2, "give": 3, "announce": 1, "pay": 3, "release": 0.3, "reverse": 2,
}  # fmt: skip


@dataclass(frozen=True)
class Field:
    """Four people, so that processes are in each other's way all the time, and who may give to two of them."""

    agents: list[int]
    team: list[int]
    lead: int
    budget: int
    incentives: list[int]

    @property
    def facts(self) -> dict[str, Any]:
        return asdict(self)


def a_field(cast: Cast) -> Field:
    """Points for everybody, a budget, and incentives written but not announced."""
    people = (cast.agent, cast.colleague, cast.other_team_agent, cast.stranger)
    agents = [each.agent.pk for each in people if each.agent is not None]
    for pk in agents:
        services.award(
            to=pk, source="arena", points=EACH, ref="", why="begin", once=f"begin:{pk}", at=NOW, by=SYSTEM
        )
    world, lead = cast.world, cast.supervisor
    budget = services.open_budget(
        name="North One", owner_id=lead.user.pk, site_id=world.north.pk, team_id=world.north_one.pk,
        monthly_points=MONTHLY, by=cast.manager.actor, at=NOW,
    )  # fmt: skip
    drafts = [
        services.plan_incentive(
            budget_id=budget.pk, name=f"Incentive {n}", what="Practise.", occasion="practice", points=1 + n % 5,
            places=6, most_each=4, first_day=NOW.date(), last_day=NOW.date(), by=lead.actor, at=NOW,
        ).pk
        for n in range(INCENTIVES)
    ]  # fmt: skip
    return Field(agents, agents[:2], lead.user.pk, budget.pk, drafts)


def draw(chance: Random, field: Field) -> Operation | None:
    """One to do, in words that a file can hold; None where there is nothing to do it to."""
    (what,) = chance.choices(list(CHANCES), list(CHANCES.values()))
    points = chance.randint(1, 9)
    if what in ("award", "pay"):
        return {"do": what, "agent": chance.choice(field.agents), "points": points}
    if what == "ask":
        return {"do": what, "agent": chance.choice(field.agents), "points": chance.randint(1, 40)}
    if what == "give":
        return {"do": what, "agent": chance.choice(field.team), "points": points}
    if what == "merge":
        agent, into = chance.sample(field.agents, 2)
        return {"do": what, "agent": agent, "into": into}
    if what in ("announce", "release"):
        return {"do": what, "incentive": chance.choice(field.incentives)}
    kind = {"end": "ask", "reverse": "award"}[what]
    found = list(Entry.objects.filter(kind=kind).order_by("-pk").values_list("pk", flat=True)[:20])
    return {"do": what, "entry": chance.choice(found), "spent": chance.random() < 0.5} if found else None


def do(told: Operation, once: str, field: Field) -> list[Entry]:
    """Do it; the same again is the same. What was written or found, by its entries."""
    what, at = told["do"], NOW
    lead = actor_of(User.objects.prefetch_related("roles_held").get(pk=field.lead))
    said = {"ref": "", "why": "won", "once": once, "at": at, "by": SYSTEM}
    if what == "award":
        return [services.award(to=told["agent"], source="arena", points=told["points"], **said)]
    if what == "ask":
        return [ledger.redeem(agent_id=told["agent"], points=told["points"], **said)]
    if what == "merge":
        merged = services.bring_together(agent_id=told["agent"], into=told["into"], once=once, by=SYSTEM, at=at)
        return [merged] if merged else []
    if what == "give":
        return [
            services.give(
                budget_id=field.budget, agent_id=told["agent"], points=told["points"], why="Stayed.", once=once,
                by=lead, at=at,
            )
        ]  # fmt: skip
    if what == "pay":
        return services.pay_incentives(occasion="practice", agent_ids=[told["agent"]], about=once, at=at)
    if what == "announce":
        services.announce_incentive(incentive_id=told["incentive"], by=lead, at=at)
        return list(Entry.objects.filter(once=f"incentive:{told['incentive']}:held"))
    if what == "release":
        return released(told["incentive"], lead)
    entry = Entry.objects.select_related("giver", "taker").get(pk=told["entry"])
    if what == "end":
        return [ledger.end_redeeming(asked=entry, spent=told["spent"], why="mug", by=SYSTEM, at=at)]
    return [services.reverse(entry=entry.pk, why="wrong", by=SYSTEM, at=at)]


def released(incentive: int, lead: Any) -> list[Entry]:
    """Called off when it runs; a draft would be gone for good, and nobody could announce it."""
    if not Incentive.objects.filter(pk=incentive).exclude(state="draft").exists():
        return []
    services.cancel_incentive(incentive_id=incentive, why="Over.", by=lead, at=NOW)
    return list(Entry.objects.filter(once=f"incentive:{incentive}:released"))
