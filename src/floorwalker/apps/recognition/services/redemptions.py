"""Redeeming: asked for, approved, delivered – or declined with the points back; the day of delivery is a promise.

Where two people keep rewards, one approves and the other hands over; where one does it all, a single step does.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from floorwalker.apps.people.models import Agent
from floorwalker.apps.promises import services as promises
from floorwalker.apps.recognition import queries
from floorwalker.apps.recognition.models import Redemption, Reward
from floorwalker.apps.recognition.permissions import RecognitionPermission as P
from floorwalker.apps.recognition.services import ledger
from floorwalker.kernel import audit, notices
from floorwalker.kernel.access import SYSTEM, Actor, refuse, require
from floorwalker.kernel.errors import NotFound, Refused

REDEEMED_KIND = "recognition.redeemed"
ASKED_KIND = "recognition.asked"
REWARD_PROMISE = "recognition.reward"
PAY_OUT_DAYS = 30


class NotToBeHad(Refused):
    code = "reward_not_to_be_had"
    status = 409
    text = _("“{name}” is not to be had at the moment.")


class OutOfStock(Refused):
    code = "reward_out_of_stock"
    status = 409
    text = _("The last “{name}” was asked for a moment ago. Your points are untouched.")


class PriceChanged(Refused):
    code = "reward_price_changed"
    status = 409
    text = _("“{name}” costs {points} points now. Look again and decide.")


class SecondHolder(Refused):
    code = "redemption_second_holder"
    status = 409
    text = _("You approved it, so somebody else hands it over: {names}.")


class ApproveFirst(Refused):
    code = "redemption_approve_first"
    status = 409
    text = _("It is approved first, by you or by {names}; who did not approve hands it over.")


class RedemptionNotThatWay(Refused):
    code = "redemption_not_that_way"
    status = 409
    text = _("It is {state} already.")


@transaction.atomic
def ask_reward(*, reward_id: int, points: int, once: str, by: Actor, at: datetime) -> Redemption:
    """Ask for a reward at the price that was read; the points are set aside at once, the delivery is promised."""
    require(by, P.POINTS)
    me = queries.my_agent(by)
    once = f"asked:{me.pk}:{once}"
    known = Redemption.objects.filter(set_aside__once=once).first()
    if known is not None:
        return known
    reward = Reward.objects.select_for_update().get(pk=queries.the_reward(by, reward_id).pk)
    known = Redemption.objects.filter(set_aside__once=once).first()  # its twin was through meanwhile
    if known is not None:
        return known
    if reward.state != Reward.State.OFFERED or reward.owner_id is None:
        raise NotToBeHad(name=reward.name)
    if reward.points != points:
        raise PriceChanged(name=reward.name, points=reward.points)
    if reward.stock == 0:
        raise OutOfStock(name=reward.name)
    ref, due = f"recognition.reward:{reward.pk}", at + timedelta(days=reward.days)
    aside = ledger.redeem(agent_id=me.pk, points=points, ref=ref, why=reward.name, once=once, by=by, at=at)
    if reward.stock is not None:
        reward.stock -= 1
        reward.save(update_fields=["stock"])
    found = Redemption.objects.create(
        reward=reward, agent=me, points=points, owner_id=reward.owner_id, asked_at=at, due=due, set_aside=aside
    )
    _promise(found, by, at)
    return found


@transaction.atomic
def approve(*, redemption_id: int, by: Actor, at: datetime) -> Redemption:
    """Say that it may be had. Where nobody else keeps rewards, nobody needs to: deliver it."""
    found = _of_others(by, redemption_id)
    if found.state == Redemption.State.APPROVED:
        return found
    _expect(found, Redemption.State.ASKED)
    found.state, found.approved_by_id = Redemption.State.APPROVED, by.user_id
    found.save(update_fields=["state", "approved_by"])
    _note(by, "recognition.approve", found, at)
    _tell(found, at)
    return found


@transaction.atomic
def deliver(*, redemption_id: int, by: Actor, at: datetime) -> Redemption:
    """It was handed over: the points are spent, the promise is kept."""
    found = _of_others(by, redemption_id)
    if found.state == Redemption.State.DELIVERED:
        return found
    _expect(found, *Redemption.OPEN)
    others = queries.keepers(found.agent) - {by.user_id}
    if others and found.state == Redemption.State.ASKED:
        raise ApproveFirst(names=_names(others))
    if others and found.approved_by_id == by.user_id:
        raise SecondHolder(names=_names(others))
    ledger.end_redeeming(asked=found.set_aside, spent=True, why=str(found), by=by, at=at)
    promises.keep(once=found.promised, by=by, at=at)
    return _end(found, Redemption.State.DELIVERED, "", by, at)


@transaction.atomic
def decline(*, redemption_id: int, why: str, by: Actor, at: datetime) -> Redemption:
    """It cannot be had, with the reason; the points go back to the agent."""
    found = _of_others(by, redemption_id)
    if found.state == Redemption.State.DECLINED:
        return found
    _expect(found, *Redemption.OPEN)
    if not why.strip():
        raise ledger.PointsWithoutWhy
    _give_back(found, by, at)
    promises.withdraw(once=found.promised, why=why, by=by, at=at)
    return _end(found, Redemption.State.DECLINED, why.strip()[:300], by, at)


@transaction.atomic
def take_back(*, redemption_id: int, by: Actor, at: datetime) -> Redemption:
    """The agent would rather have the points; possible until it is delivered."""
    require(by, P.POINTS)
    found = _locked(queries.the_redemption(by, redemption_id).pk)
    if found.state == Redemption.State.TAKEN_BACK:
        return found
    _expect(found, *Redemption.OPEN)
    _give_back(found, by, at)
    promises.withdraw(once=found.promised, why=_t("Taken back by who asked for it."), by=by, at=at)
    return _end(found, Redemption.State.TAKEN_BACK, "", by, at)


def settle_leavers(at: datetime) -> int:
    """Every hour: points of people who have left are kept, or set aside to be paid out, as was decided.

    What they asked for before is owed to them as before.
    """
    return sum(_settle(each, at) for each in queries.leavers_with_points(at))


@transaction.atomic
def _settle(agent: Agent, at: datetime) -> bool:
    owner = min(queries.keepers(agent), default=None)
    (account,) = ledger.hold([ledger.account_of(agent.pk)])
    if not account.balance or owner is None:
        return False
    aside = ledger.redeem(
        agent_id=agent.pk,
        points=account.balance,
        ref=f"people.agent:{agent.pk}",
        why=_t("To be paid out, because you left"),
        once=f"left:{agent.pk}:{at.isoformat()}",
        by=SYSTEM,
        at=at,
    )
    found = Redemption.objects.create(
        agent=agent,
        points=aside.points,
        owner_id=owner,
        asked_at=at,
        due=at + timedelta(days=PAY_OUT_DAYS),
        set_aside=aside,
    )
    _promise(found, SYSTEM, at)
    return True


def _promise(found: Redemption, by: Actor, at: datetime) -> None:
    """The day is promised, and the one who owes it is told."""
    promises.register(
        kind=REWARD_PROMISE,
        ref=("recognition.redemption", found.pk),
        owner=found.owner_id,
        to=found.agent.user_id or found.agent.name,
        what=_t("%(what)s, for %(n)d points") % {"what": str(found), "n": found.points},
        due=found.due,
        by=by,
        at=at,
        once=found.promised,
    )
    _note(by, "recognition.ask_reward", found, at)
    about = ("recognition.redemption", found.pk)
    notices.notify(to=found.owner_id, kind=ASKED_KIND, ref=about, once=f"asked:{found.pk}", at=at)


def _give_back(found: Redemption, by: Actor, at: datetime) -> None:
    """Reward before account, as in asking: whoever locks both does it in this order."""
    if found.reward_id is not None:
        reward = Reward.objects.select_for_update().get(pk=found.reward_id)
        if reward.stock is not None:
            reward.stock += 1
            reward.save(update_fields=["stock"])
    ledger.end_redeeming(asked=found.set_aside, spent=False, why=str(found), by=by, at=at)


def _of_others(by: Actor, redemption_id: int) -> Redemption:
    """Locked, and never one's own: who keeps rewards and answers contacts as well waits for somebody else."""
    require(by, P.KEEP_REWARDS)
    found = _locked(queries.the_redemption(by, redemption_id, P.KEEP_REWARDS).pk)
    if by.user_id is None:
        refuse(by)
    if found.agent.user_id == by.user_id:
        raise NotFound
    return found


def _locked(pk: int) -> Redemption:
    rows = Redemption.objects.select_for_update(of=("self",))
    return rows.select_related("reward", "agent__team__site", "set_aside__giver", "set_aside__taker").get(pk=pk)


def _expect(found: Redemption, *states: str) -> None:
    if found.state not in states:
        raise RedemptionNotThatWay(state=found.get_state_display())


def _end(found: Redemption, state: str, why: str, by: Actor, at: datetime) -> Redemption:
    found.state, found.why, found.ended_at, found.ended_by_id = state, why, at, by.user_id
    found.save(update_fields=["state", "why", "ended_at", "ended_by"])
    _note(by, f"recognition.{state}", found, at)
    if state != Redemption.State.TAKEN_BACK:
        _tell(found, at)
    return found


def _tell(found: Redemption, at: datetime) -> None:
    if found.agent.user_id is not None:
        about = ("recognition.redemption", found.pk)
        once = f"redemption:{found.pk}:{found.state}"
        notices.notify(to=found.agent.user_id, kind=REDEEMED_KIND, ref=about, once=once, at=at)


def _names(users: set[int]) -> str:
    return ", ".join(queries.names_of(users))


def _note(by: Actor, verb: str, found: Redemption, at: datetime) -> None:
    facts = {"what": str(found), "points": found.points}
    about = ("recognition.redemption", found.pk)
    audit.record(by=by, verb=verb, about=about, facts=facts, person=found.agent.user_id, at=at)
