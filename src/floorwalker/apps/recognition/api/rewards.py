"""Rewards and fun days for programs."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _
from ninja import Query, Router
from pydantic import Field

from floorwalker.apps.recognition import queries, services
from floorwalker.apps.recognition.permissions import RecognitionPermission as P
from floorwalker.kernel.api import In, Out, Page, Paging, operation
from floorwalker.kernel.pages import Request

router = Router(tags=["Rewards"])


class RewardOut(Out):
    id: int
    name: str
    what: str
    site_id: int
    points: int | None
    stock: int | None
    days: int
    state: str
    n_votes: int = Field(description="How many would like it.")


class WishForRewardIn(In):
    name: str = Field(min_length=1, max_length=120)
    what: str = Field("", max_length=300)


class RewardIn(In):
    name: str = Field(min_length=1, max_length=120)
    what: str = Field("", max_length=300)
    points: int = Field(ge=1, le=1_000_000)
    stock: int | None = Field(None, ge=0, le=100_000)
    days: int = Field(14, ge=1, le=365)
    site_id: int | None = Field(None, description="Of a new one.")


class RewardKept(Out):
    id: int
    name: str
    points: int | None
    stock: int | None
    state: str


class RewardVoteIn(In):
    wanted: bool


class AskRewardIn(In):
    points: int = Field(ge=1, description="The price as it was read.")
    once: str = Field(min_length=1, max_length=64, description="Sent again with the same, it is asked for once.")


class RedemptionOut(Out):
    id: int
    reward_id: int | None
    agent_id: int
    points: int
    state: str
    asked_at: datetime
    due: datetime
    ended_at: datetime | None
    why: str


class RewardWhyIn(In):
    why: str = Field(min_length=1, max_length=300, description="Those it concerns read this.")


class FunDayOut(Out):
    id: int
    name: str
    what: str
    remote: str
    site_id: int
    day: date
    state: str


class FunDayIn(In):
    name: str = Field(min_length=1, max_length=120)
    what: str = Field(min_length=1, max_length=300)
    remote: str = Field(min_length=1, max_length=300, description="How to take part from home.")
    site_id: int
    day: date


class FunPostIn(In):
    words: str = Field(min_length=1, max_length=300)


class FunPostOut(Out):
    id: int
    fun_day_id: int
    words: str


@operation(
    router, "get", "/rewards", P.POINTS, P.KEEP_REWARDS, response=Page[RewardOut], summary=_("Rewards and wishes")
)
def list_rewards(request: Request, paging: Query[Paging]) -> Any:
    return paging.of(queries.rewards_with_votes(request.actor), "name")


@operation(
    router, "post", "/rewards/wishes", P.POINTS, response=RewardKept, status=201, summary=_("Wish for a reward")
)
def wish_for(request: Request, payload: WishForRewardIn) -> Any:
    return services.wish_for(**payload.dict(), by=request.actor, at=request.at)


@operation(
    router, "post", "/rewards/{int:reward_id}/vote", P.POINTS, response=RewardKept, summary=_("Vote, or not")
)
def vote(request: Request, reward_id: int, payload: RewardVoteIn) -> Any:
    return services.vote(reward_id=reward_id, wanted=payload.wanted, by=request.actor, at=request.at)


@operation(
    router, "post", "/rewards", P.KEEP_REWARDS, response=RewardKept, status=201, summary=_("Offer a reward")
)
def offer_reward(request: Request, payload: RewardIn) -> Any:
    return services.offer_reward(**payload.dict(), by=request.actor, at=request.at)


@operation(
    router, "post", "/rewards/{int:reward_id}", P.KEEP_REWARDS, response=RewardKept,
    summary=_("Grant a wish, or change what is offered"),
)  # fmt: skip
def change_reward(request: Request, reward_id: int, payload: RewardIn) -> Any:
    return services.offer_reward(reward_id=reward_id, **payload.dict(), by=request.actor, at=request.at)


@operation(
    router, "post", "/rewards/{int:reward_id}/decline", P.KEEP_REWARDS, response=RewardKept,
    summary=_("Decline a wish, with the reason"),
)  # fmt: skip
def decline_wish(request: Request, reward_id: int, payload: RewardWhyIn) -> Any:
    return services.decline_wish(reward_id=reward_id, why=payload.why, by=request.actor, at=request.at)


@operation(
    router, "post", "/rewards/{int:reward_id}/withdraw", P.KEEP_REWARDS, response=RewardKept,
    summary=_("Offer it no longer"),
)  # fmt: skip
def withdraw_reward(request: Request, reward_id: int) -> Any:
    return services.withdraw_reward(reward_id=reward_id, by=request.actor, at=request.at)


@operation(
    router, "post", "/rewards/{int:reward_id}/ask", P.POINTS, response=RedemptionOut, status=201,
    summary=_("Ask for a reward"),
)  # fmt: skip
def ask_reward(request: Request, reward_id: int, payload: AskRewardIn) -> Any:
    return services.ask_reward(reward_id=reward_id, **payload.dict(), by=request.actor, at=request.at)


@operation(
    router, "get", "/redemptions", P.POINTS, P.KEEP_REWARDS, response=Page[RedemptionOut],
    summary=_("What was asked for"),
)  # fmt: skip
def list_redemptions(request: Request, paging: Query[Paging]) -> Any:
    return paging.of(queries.all_redemptions(request.actor), "-asked_at")


@operation(
    router, "post", "/redemptions/{int:redemption_id}/approve", P.KEEP_REWARDS, response=RedemptionOut,
    summary=_("Approve it"),
)  # fmt: skip
def approve(request: Request, redemption_id: int) -> Any:
    return services.approve(redemption_id=redemption_id, by=request.actor, at=request.at)


@operation(
    router, "post", "/redemptions/{int:redemption_id}/deliver", P.KEEP_REWARDS, response=RedemptionOut,
    summary=_("It was handed over"),
)  # fmt: skip
def deliver(request: Request, redemption_id: int) -> Any:
    return services.deliver(redemption_id=redemption_id, by=request.actor, at=request.at)


@operation(
    router, "post", "/redemptions/{int:redemption_id}/decline", P.KEEP_REWARDS, response=RedemptionOut,
    summary=_("Decline it; the points go back"),
)  # fmt: skip
def decline(request: Request, redemption_id: int, payload: RewardWhyIn) -> Any:
    return services.decline(redemption_id=redemption_id, why=payload.why, by=request.actor, at=request.at)


@operation(
    router, "post", "/redemptions/{int:redemption_id}/take-back", P.POINTS, response=RedemptionOut,
    summary=_("Take back what you asked for"),
)  # fmt: skip
def take_back(request: Request, redemption_id: int) -> Any:
    return services.take_back(redemption_id=redemption_id, by=request.actor, at=request.at)


@operation(router, "get", "/fun", P.POINTS, response=Page[FunDayOut], summary=_("Fun days"))
def list_fun_days(request: Request, paging: Query[Paging]) -> Any:
    return paging.of(queries.visible_fun_days(request.actor), "-day")


@operation(router, "post", "/fun", P.KEEP_FUN, response=FunDayOut, status=201, summary=_("Plan a fun day"))
def plan_fun_day(request: Request, payload: FunDayIn) -> Any:
    return services.plan_fun_day(**payload.dict(), by=request.actor, at=request.at)


@operation(
    router, "post", "/fun/{int:fun_day_id}/cancel", P.KEEP_FUN, response=FunDayOut, summary=_("Call a fun day off")
)
def cancel_fun_day(request: Request, fun_day_id: int, payload: RewardWhyIn) -> Any:
    return services.cancel_fun_day(fun_day_id=fun_day_id, why=payload.why, by=request.actor, at=request.at)


@operation(
    router, "post", "/fun/{int:fun_day_id}/show", P.POINTS, response=FunPostOut, status=201,
    summary=_("Show your part"),
)  # fmt: skip
def show(request: Request, fun_day_id: int, payload: FunPostIn) -> Any:
    return services.show(fun_day_id=fun_day_id, words=payload.words, by=request.actor, at=request.at)


@operation(
    router, "post", "/fun/shown/{int:fun_post_id}/vote", P.POINTS, status=204, summary=_("Give it your vote")
)
def vote_fun(request: Request, fun_post_id: int) -> Any:
    services.vote_fun(fun_post_id=fun_post_id, by=request.actor, at=request.at)


@operation(
    router, "delete", "/fun/shown/{int:fun_post_id}", P.POINTS, P.KEEP_FUN, status=204,
    summary=_("Take it away: your own, or with a reason"),
)  # fmt: skip
def take_away(request: Request, fun_post_id: int, why: str = "") -> Any:
    services.take_away(fun_post_id=fun_post_id, why=why, by=request.actor, at=request.at)
