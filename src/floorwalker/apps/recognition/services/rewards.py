"""Rewards: wished for and voted on by agents, offered or declined with a reason by who keeps them."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from floorwalker.apps.recognition import queries
from floorwalker.apps.recognition.models import PointsPolicy, Redemption, Reward, RewardVote
from floorwalker.apps.recognition.permissions import RecognitionPermission as P
from floorwalker.apps.recognition.services.ledger import PointsWithoutWhy
from floorwalker.kernel import audit, notices
from floorwalker.kernel.access import Actor, refuse, require
from floorwalker.kernel.errors import NotFound, Refused

WISH_KIND = "recognition.wish"
MOST_WISHES = 5  # open ones of one person


class WishesEnough(Refused):
    code = "reward_wishes_enough"
    status = 409
    text = _("{most} wishes of yours wait for an answer. Vote for one of the others, or wait for an answer.")


class RewardNotThatWay(Refused):
    code = "reward_not_that_way"
    status = 409
    text = _("“{name}” is {state}; this cannot be done with it now.")


class StillAskedFor(Refused):
    code = "reward_still_asked_for"
    status = 409
    text = _("“{name}” was asked for {n} times and is not delivered yet. Deliver or decline those first.")


@transaction.atomic
def wish_for(*, name: str, what: str, by: Actor, at: datetime) -> Reward:
    """An agent says what points should be good for; it has their vote."""
    require(by, P.POINTS)
    me = queries.my_agent(by)
    if Reward.objects.filter(wished_by=me, state=Reward.State.WISHED).count() >= MOST_WISHES:
        raise WishesEnough(most=MOST_WISHES)
    found = Reward.objects.create(name=name.strip(), what=what.strip(), site=me.team.site, wished_by=me, since=at)
    RewardVote.objects.create(reward=found, agent=me, at=at)
    _note(by, "recognition.wish_for", found, at)
    return found


@transaction.atomic
def vote(*, reward_id: int, wanted: bool, by: Actor, at: datetime) -> Reward:
    """Vote for a reward or a wish, or take the vote back; said twice, it counts once."""
    require(by, P.POINTS)
    me, found = queries.my_agent(by), queries.the_reward(by, reward_id)
    if found.state not in (Reward.State.WISHED, Reward.State.OFFERED):
        raise RewardNotThatWay(name=found.name, state=found.get_state_display())
    if wanted:
        RewardVote.objects.get_or_create(reward=found, agent=me, defaults={"at": at})
    else:
        RewardVote.objects.filter(reward=found, agent=me).delete()
    return found


@transaction.atomic
def offer_reward(
    *,
    name: str,
    what: str,
    points: int,
    stock: int | None,
    days: int,
    by: Actor,
    at: datetime,
    site_id: int | None = None,
    reward_id: int | None = None,
) -> Reward:
    """Offer something new at a site, grant a wish, or change what is offered; whoever does owes the delivery."""
    require(by, P.KEEP_REWARDS)
    if by.user_id is None:
        refuse(by)
    if reward_id is None:
        site = next((each for each in queries.sites_to_keep(by) if each.pk == site_id), None)
        if site is None:
            raise NotFound
        found = Reward(site=site, since=at)
    else:
        found = Reward.objects.select_for_update().get(pk=queries.the_reward(by, reward_id, P.KEEP_REWARDS).pk)
        if found.state not in (Reward.State.WISHED, Reward.State.OFFERED):
            raise RewardNotThatWay(name=found.name, state=found.get_state_display())
    granted = found.state == Reward.State.WISHED and found.wished_by_id is not None
    found.name, found.what, found.points, found.stock, found.days = name.strip(), what.strip(), points, stock, days
    found.owner_id, found.state = found.owner_id or by.user_id, Reward.State.OFFERED
    found.save()
    _note(by, "recognition.offer_reward", found, at, points=points)
    if granted:
        _tell_wisher(found, at)
    return found


@transaction.atomic
def decline_wish(*, reward_id: int, why: str, by: Actor, at: datetime) -> Reward:
    """A wish that cannot be offered, with the reason; who wished for it reads that."""
    found = _kept(by, reward_id, Reward.State.WISHED)
    if not why.strip():
        raise PointsWithoutWhy
    found.state, found.why = Reward.State.DECLINED, why.strip()[:300]
    found.save(update_fields=["state", "why"])
    _note(by, "recognition.decline_wish", found, at)
    _tell_wisher(found, at)
    return found


@transaction.atomic
def withdraw_reward(*, reward_id: int, by: Actor, at: datetime) -> Reward:
    """No longer offered; what was asked for is owed still, and ends first."""
    found = _kept(by, reward_id, Reward.State.OFFERED)
    waiting = found.redemptions.filter(state__in=Redemption.OPEN).count()
    if waiting:
        raise StillAskedFor(name=found.name, n=waiting)
    found.state = Reward.State.WITHDRAWN
    found.save(update_fields=["state"])
    _note(by, "recognition.withdraw_reward", found, at)
    return found


@transaction.atomic
def decide_leaving(*, leaving: str, by: Actor, at: datetime) -> PointsPolicy:
    """What becomes of the points of people who leave from now on; agents read it on their page."""
    require(by, P.KEEP_BUDGETS)
    found = PointsPolicy.objects.select_for_update().order_by("pk").first() or PointsPolicy()
    found.leaving, found.since = leaving, at
    found.save()
    about = ("recognition.policy", found.pk)
    audit.record(by=by, verb="recognition.decide_leaving", about=about, facts={"leaving": leaving}, at=at)
    return found


def _kept(by: Actor, reward_id: int, state: str) -> Reward:
    require(by, P.KEEP_REWARDS)
    found = Reward.objects.select_for_update().get(pk=queries.the_reward(by, reward_id, P.KEEP_REWARDS).pk)
    if found.state != state:
        raise RewardNotThatWay(name=found.name, state=found.get_state_display())
    return found


def _tell_wisher(found: Reward, at: datetime) -> None:
    user = found.wished_by.user_id if found.wished_by else None
    if user is not None:
        about = ("recognition.reward", found.pk)
        notices.notify(to=user, kind=WISH_KIND, ref=about, once=f"wish:{found.pk}:{found.state}", at=at)


def _note(by: Actor, verb: str, found: Reward, at: datetime, **facts: object) -> None:
    about = ("recognition.reward", found.pk)
    audit.record(by=by, verb=verb, about=about, facts={"name": found.name, **facts}, at=at)
