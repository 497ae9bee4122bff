"""Reads of rewards: the catalogue in the order of votes, wishes, and who asked for what."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from floorwalker.apps.accounts.models import RoleHeld, User
from floorwalker.apps.people import queries as people
from floorwalker.apps.people.models import Agent, Site
from floorwalker.apps.recognition.models import PointsPolicy, Redemption, Reward, RewardVote
from floorwalker.apps.recognition.permissions import RecognitionPermission as P
from floorwalker.apps.recognition.queries.ledger import my_agent
from floorwalker.kernel.access import Actor, Permission
from floorwalker.kernel.look import day_words
from floorwalker.kernel.paging import Rows, page_of
from floorwalker.kernel.roles import Scope
from floorwalker.kernel.scoping import pick, scoped, within

IN_SIGHT = (Reward.State.WISHED, Reward.State.OFFERED)


def visible_rewards(actor: Actor, permission: Permission = P.POINTS) -> QuerySet[Reward]:
    """Those of one's site; for who keeps rewards, those of their sites."""
    sight = actor.sight(permission)
    if sight.everything:
        return Reward.objects.all()
    if permission is P.KEEP_REWARDS:
        return Reward.objects.filter(within(sight, site="site"))
    me = people.agent_of(actor) if sight.own is not None else None
    return Reward.objects.filter(site=me.team.site_id) if me else Reward.objects.none()


def the_reward(actor: Actor, reward_id: int, permission: Permission = P.POINTS) -> Reward:
    return pick(visible_rewards(actor, permission).select_related("site", "owner", "wished_by"), reward_id)


def visible_votes(actor: Actor, permission: Permission = P.POINTS) -> QuerySet[RewardVote]:
    """One's own: how others voted is a number."""
    return RewardVote.objects.filter(within(actor.sight(permission), own="agent__user"))


def visible_redemptions(actor: Actor, permission: Permission = P.POINTS) -> QuerySet[Redemption]:
    """One's own; for who keeps rewards, those of their people."""
    sight = actor.sight(permission)
    if permission is P.KEEP_REWARDS:
        return Redemption.objects.filter(within(sight, team="agent__team", site="agent__team__site"))
    return Redemption.objects.filter(within(sight, own="agent__user"))


def the_redemption(actor: Actor, redemption_id: int, permission: Permission = P.POINTS) -> Redemption:
    rows = visible_redemptions(actor, permission).select_related("reward", "agent__team", "owner", "set_aside")
    return pick(rows, redemption_id)


scoped(
    Reward, visible_rewards, P.POINTS, P.KEEP_REWARDS, canary=("name", "what", "why"), relations=("own", "site")
)
scoped(RewardVote, visible_votes, P.POINTS, key="vote_id", relations=("own",))
scoped(Redemption, visible_redemptions, P.POINTS, P.KEEP_REWARDS, canary="why")


@dataclass(frozen=True)
class RewardLine:
    """A reward as the catalogue shows it."""

    reward: Reward
    votes: int
    mine: bool
    missing: int | None  # points still missing; none where it has no price

    @property
    def gone(self) -> bool:
        return self.reward.stock == 0


@dataclass(frozen=True)
class Catalogue:
    offered: list[RewardLine]
    wishes: list[RewardLine]
    page: Rows[Any]


def catalogue(actor: Actor, balance: int, **place: Any) -> Catalogue:
    """What is to be had and what is wished for, each by votes; ties by name."""
    me = my_agent(actor)
    mine = RewardVote.objects.filter(reward=OuterRef("pk"), agent=me)
    rows = visible_rewards(actor).filter(state__in=IN_SIGHT).annotate(n_votes=Count("votes"), by_me=Exists(mine))
    page = page_of(rows, ("state", "-n_votes", "name", "pk"), limit=50, counted=True, **place)
    lines = [
        RewardLine(each, each.n_votes, each.by_me, max(0, each.points - balance) if each.points else None)
        for each in page.items
    ]
    offered, wished = Reward.State.OFFERED, Reward.State.WISHED
    return Catalogue(
        [each for each in lines if each.reward.state == offered],
        [each for each in lines if each.reward.state == wished],
        page,
    )


def votes_of(reward: Reward) -> int:
    return reward.votes.count()


def my_redemptions(actor: Actor, most: int = 5) -> list[Redemption]:
    """What I asked for: the open ones first, then the latest."""
    rows = visible_redemptions(actor).select_related("reward", "owner")
    ordered = rows.annotate(over=Exists(Redemption.objects.filter(pk=OuterRef("pk"), ended_at__isnull=False)))
    return list(ordered.order_by("over", "-asked_at", "-pk")[:most])


def kept_rewards(actor: Actor, **place: Any) -> Rows[Any]:
    """The catalogue and the wishes of one's sites, for who keeps them."""
    rows = visible_rewards(actor, P.KEEP_REWARDS).filter(state__in=IN_SIGHT)
    rows = rows.select_related("site", "owner").annotate(n_votes=Count("votes"))
    return page_of(rows, ("-state", "-n_votes", "name", "pk"), limit=25, counted=True, **place)


def waiting(actor: Actor, **place: Any) -> Rows[Redemption]:
    """What waits to be approved or delivered, the earliest promise first; never one's own."""
    rows = visible_redemptions(actor, P.KEEP_REWARDS).filter(state__in=Redemption.OPEN)
    rows = rows.exclude(agent__user=actor.user_id).select_related("reward", "agent__team", "owner", "approved_by")
    return page_of(rows, ("due", "pk"), limit=25, counted=True, **place)


def waiting_count(actor: Actor) -> int:
    if not actor.may(P.KEEP_REWARDS):
        return 0
    rows = visible_redemptions(actor, P.KEEP_REWARDS).filter(state__in=Redemption.OPEN)
    return rows.exclude(agent__user=actor.user_id).count()


def keepers(agent: Agent) -> set[int]:
    """Users who keep the rewards of an agent's place, but the agent."""
    where = Q(scope=Scope.ALL) | Q(scope=Scope.SITE, scope_id=agent.team.site_id)
    held = RoleHeld.objects.filter(where, role__in=P.KEEP_REWARDS.value.held, user__is_active=True)
    return set(held.exclude(user=agent.user_id).values_list("user", flat=True))


def sites_to_keep(actor: Actor) -> list[Site]:
    rows = Site.objects.filter(within(actor.sight(P.KEEP_REWARDS), site="pk"), archived=False)
    return list(rows.order_by("name"))


def policy() -> str:
    """What becomes of the points of people who leave."""
    found = PointsPolicy.objects.order_by("pk").values_list("leaving", flat=True).first()
    return found or PointsPolicy.Leaving.KEPT


def redemption_in_words(actor: Actor, ref: tuple[str, int]) -> str | None:
    """The notice of what became of something asked for."""
    found = visible_redemptions(actor).filter(pk=ref[1]).select_related("reward").first()
    if found is None:
        return None
    words = {
        Redemption.State.ASKED: _("“%(what)s” is set aside; promised for %(day)s."),
        Redemption.State.APPROVED: _("“%(what)s” is approved; promised for %(day)s."),
        Redemption.State.DELIVERED: _("“%(what)s” is delivered. Enjoy it!"),
        Redemption.State.DECLINED: _("“%(what)s” was declined and your points are back: %(why)s"),
        Redemption.State.TAKEN_BACK: _("You took “%(what)s” back."),
    }
    return words[Redemption.State(found.state)] % {
        "what": str(found),
        "day": day_words(found.due),
        "why": found.why,
    }


def asked_in_words(actor: Actor, ref: tuple[str, int]) -> str | None:
    """The notice of who keeps rewards: somebody asked for one."""
    found = visible_redemptions(actor, P.KEEP_REWARDS).filter(pk=ref[1]).select_related("reward", "agent").first()
    if found is None:
        return None
    return _("%(name)s: “%(what)s”, promised for %(day)s.") % {
        "name": found.agent.name,
        "what": str(found),
        "day": day_words(found.due),
    }


def wish_in_words(actor: Actor, ref: tuple[str, int]) -> str | None:
    """The notice of who wished for it."""
    found = visible_rewards(actor).filter(pk=ref[1]).first()
    if found is None:
        return None
    if found.state == Reward.State.DECLINED:
        return _("“%(name)s” cannot be offered: %(why)s") % {"name": found.name, "why": found.why}
    return _("“%(name)s” can be had now, for %(n)d points.") % {"name": found.name, "n": found.points or 0}


def leavers_with_points(at: datetime) -> list[Agent]:
    """Who left since it was decided that points are paid out, and has some; nobody where they are kept."""
    found = PointsPolicy.objects.order_by("pk").first()
    if found is None or found.leaving != PointsPolicy.Leaving.PAID_OUT:
        return []
    gone = Agent.objects.filter(
        left_on__lt=at.date(), left_on__gte=found.since.date(), points_account__balance__gt=0
    )
    return list(gone.select_related("team__site").order_by("pk")[:500])


def names_of(users: set[int]) -> list[str]:
    return list(User.objects.filter(pk__in=users).order_by("name").values_list("name", flat=True)[:5])


@dataclass(frozen=True)
class RedemptionPage:
    """One thing asked for, with what this reader may do about it now."""

    found: Redemption
    mine: bool
    may_approve: bool
    may_deliver: bool
    may_decline: bool
    others: list[str]  # who else keeps rewards there


def redemption_page(actor: Actor, redemption_id: int) -> RedemptionPage:
    rows = visible_redemptions(actor) | visible_redemptions(actor, P.KEEP_REWARDS)
    found = pick(
        rows.select_related("reward", "agent__team__site", "owner", "approved_by", "ended_by"), redemption_id
    )
    mine = found.agent.user_id is not None and found.agent.user_id == actor.user_id
    keeps = not mine and visible_redemptions(actor, P.KEEP_REWARDS).filter(pk=found.pk).exists()
    others = keepers(found.agent) - {actor.user_id} if keeps else set()
    is_open, asked = found.state in Redemption.OPEN, found.state == Redemption.State.ASKED
    return RedemptionPage(
        found=found,
        mine=mine,
        may_approve=keeps and asked and bool(others),
        may_deliver=keeps and is_open and (not others or (not asked and found.approved_by_id != actor.user_id)),
        may_decline=keeps and is_open,
        others=names_of(others),
    )


def rewards_with_votes(actor: Actor) -> QuerySet[Reward]:
    """The catalogue and the wishes, as agent and as keeper, for programs."""
    found = visible_rewards(actor) | visible_rewards(actor, P.KEEP_REWARDS)
    rows = Reward.objects.filter(pk__in=found.filter(state__in=IN_SIGHT).values("pk"))
    return rows.annotate(n_votes=Count("votes"))


def all_redemptions(actor: Actor) -> QuerySet[Redemption]:
    """One's own, and those one keeps, for programs."""
    found = visible_redemptions(actor) | visible_redemptions(actor, P.KEEP_REWARDS)
    return Redemption.objects.filter(pk__in=found.values("pk"))
