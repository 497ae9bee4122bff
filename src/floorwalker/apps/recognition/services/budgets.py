"""Budgets of points: opened, filled every month, given out of – by their owner alone, and never beyond."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from floorwalker.apps.recognition import queries
from floorwalker.apps.recognition.models import Account, Budget, Entry
from floorwalker.apps.recognition.permissions import RecognitionPermission as P
from floorwalker.apps.recognition.services import ledger
from floorwalker.kernel import audit
from floorwalker.kernel.access import SYSTEM, Actor, require
from floorwalker.kernel.errors import NotFound, Refused
from floorwalker.kernel.scoping import pick

MOST_AT_ONCE = 500  # of a lead to one person: a slip of the finger is not a month's budget


class LeadsNobodyThere(Refused):
    code = "budget_leads_nobody_there"
    text = _("{name} leads nobody there. Give the budget to who leads the team or the site.")


class NotYourBudget(Refused):
    code = "budget_not_yours"
    status = 403
    text = _("Only {owner} gives out of “{name}”. Ask them, or have a budget of your own opened.")


class TooManyAtOnce(Refused):
    code = "points_too_many_at_once"
    text = _("At most {most} points are given to one person at once.")


class BudgetEmpty(Refused):
    code = "budget_empty"
    status = 409
    text = _("“{name}” has {there} of the {needed} points this needs. It is filled on the first of the month.")


@transaction.atomic
def open_budget(
    *, name: str, owner_id: int, site_id: int, team_id: int | None, monthly_points: int, by: Actor, at: datetime
) -> Budget:
    """A new budget for somebody who leads there, filled at once."""
    require(by, P.KEEP_BUDGETS)
    place = next(
        ((site, team) for site, team in queries.teams_to_give(by)
         if site.pk == site_id and (team.pk if team else None) == team_id),
        None,
    )  # fmt: skip
    owner = queries.may_own_budgets().filter(pk=owner_id).first()
    if place is None or owner is None:
        raise NotFound
    if not queries.may_give_to(owner_id, site_id, team_id):
        raise LeadsNobodyThere(name=owner.name)
    account = Account.objects.create(kind=Account.Kind.BUDGET, balance=0)
    budget = Budget.objects.create(
        name=name.strip(),
        owner=owner,
        site=place[0],
        team=place[1],
        monthly_points=monthly_points,
        account=account,
    )
    _note(by, "recognition.open_budget", budget, at, monthly_points=monthly_points)
    fill(budget=budget, by=by, at=at)
    return budget


@transaction.atomic
def change_budget(
    *, budget_id: int, name: str, monthly_points: int, by: Actor, at: datetime, archived: bool = False
) -> Budget:
    """Another name or another number a month; what is there already stays, the number holds from next month."""
    require(by, P.KEEP_BUDGETS)
    budget = queries.the_budget(by, budget_id, P.KEEP_BUDGETS)
    budget.name, budget.monthly_points, budget.archived = name.strip(), monthly_points, archived
    budget.save(update_fields=["name", "monthly_points", "archived"])
    _note(by, "recognition.change_budget", budget, at, monthly_points=monthly_points, archived=archived)
    return budget


@transaction.atomic
def fill(*, budget: Budget, by: Actor, at: datetime) -> Entry | None:
    """Once a month up to its number: what was not given does not gather, what came back stays."""
    once = f"budget:{budget.pk}:{at:%Y-%m}"
    (account,) = ledger.hold([budget.account])
    if Entry.objects.filter(once=once).exists():
        return None
    missing = budget.monthly_points - (account.balance or 0)
    if missing < 1 or budget.archived:
        return None
    return ledger.move(
        kind=Entry.Kind.ISSUE,
        giver=ledger.single(Account.Kind.ISSUED),
        taker=account,
        points=missing,
        why=_t("Filled for %(month)s") % {"month": f"{at:%Y-%m}"},
        ref=f"recognition.budget:{budget.pk}",
        once=once,
        by=by,
        at=at,
    )


def fill_all(at: datetime) -> int:
    """The first job of a month does it; every other one of the month finds it done."""
    budgets = Budget.objects.filter(archived=False).select_related("account").order_by("pk")
    return sum(fill(budget=each, by=SYSTEM, at=at) is not None for each in budgets)


def budget_of_mine(*, budget_id: int, by: Actor) -> Budget:
    """One to give out of: who leads there may know of it, its owner alone gives."""
    found = queries.the_budget(by, budget_id)
    if found.owner_id != by.user_id:
        raise NotYourBudget(owner=found.owner.name, name=found.name)
    return found


@transaction.atomic
def give(*, budget_id: int, agent_id: int, points: int, why: str, once: str, by: Actor, at: datetime) -> Entry:
    """Points for who went above and beyond, out of one's own budget; ``once`` is the page it was asked from."""
    require(by, P.GIVE)
    agent = pick(queries.agents_to_give(by, queries.the_budget(by, budget_id)), agent_id)
    budget = budget_of_mine(budget_id=budget_id, by=by)
    if points > MOST_AT_ONCE:
        raise TooManyAtOnce(most=MOST_AT_ONCE)
    # Both at once and in the order of ids: whoever takes a gift of this budget back wants the same two.
    ledger.hold([budget.account, ledger.account_of(agent.pk)])
    fill(budget=budget, by=SYSTEM, at=at)
    once = f"given:{by.user_id}:{once}"
    known = Entry.objects.filter(once=once).exists()
    try:
        entry = ledger.award(
            to=agent.pk, source="beyond", points=points, ref=f"recognition.budget:{budget.pk}", why=why, once=once,
            at=at, by=by, out_of=budget.account,
        )  # fmt: skip
    except ledger.NotEnoughPoints as short:
        raise BudgetEmpty(name=budget.name, **short.facts) from short
    if not known:
        about = ("recognition.entry", entry.pk)
        facts = {"points": points, "budget": budget.name}
        audit.record(by=by, verb="recognition.give", about=about, facts=facts, person=agent.user_id, at=at)
    return entry


def _note(by: Actor, verb: str, budget: Budget, at: datetime, **facts: object) -> None:
    audit.record(by=by, verb=verb, about=("recognition.budget", budget.pk), facts=facts, at=at)
