"""Reviews: who sees which, what is blind until when, and who may evaluate whom."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TypeVar

from django.db.models import Count, Exists, Model, OuterRef, Q, QuerySet

from floorwalker.apps.accounts.models import RoleHeld, User
from floorwalker.apps.people.models import Agent
from floorwalker.apps.quality.models import Answer, Conversation, Dispute, LostPoint, Remark, Review, Side
from floorwalker.apps.quality.permissions import QualityPermission as P
from floorwalker.apps.quality.rules import reviews as rules
from floorwalker.apps.quality.rules.forms import FormContent
from floorwalker.kernel.access import Actor, Permission
from floorwalker.kernel.look import day_words
from floorwalker.kernel.roles import Role, Scope
from floorwalker.kernel.scoping import not_scoped, pick, scoped, within

M = TypeVar("M", bound=Model)
SHOWN_TO_AGENT = ("released", "disputed", "decided", "closed")
SETTLED = ("scored", *SHOWN_TO_AGENT)
OPEN = ("drawn", "scored", "released", "disputed", "decided")


def visible_reviews(actor: Actor, permission: Permission = P.SEE_REVIEWS) -> QuerySet[Review]:
    """An agent's own, and those of the agents one judges or leads. Second scores are no matter of the agent's."""
    sight = actor.sight(permission)
    reach = within(sight, own="agent__user", team="agent__team", site="agent__team__site")
    found = Review.objects.filter(reach)
    if sight.own is not None:
        found = found.exclude(agent__user=sight.own, why__in=[rules.DOUBLE, rules.CALIBRATION])
    return _unled(found, actor)


def _unled(rows: QuerySet[M], actor: Actor, review: str = "") -> QuerySet[M]:
    """Without the first scores of contacts this actor has still to score again: nobody is led by them.

    ``review`` is the way from a row to its review, with the two lines of a lookup; empty where it is one.
    """
    if actor.user_id is None:
        return rows
    mine = Review.objects.filter(
        conversation=OuterRef(f"{review}conversation"),
        evaluator=actor.user_id,
        why=rules.DOUBLE,
        state=rules.DRAWN,
    )
    return rows.exclude(Exists(mine) & ~Q(**{f"{review}evaluator": actor.user_id}))


def the_review(actor: Actor, review_id: int, permission: Permission = P.SEE_REVIEWS) -> Review:
    rows = visible_reviews(actor, permission).select_related(
        "agent__team__site", "agent__user", "evaluator", "form_version__form", "conversation__client"
    )
    return pick(rows, review_id)


def visible_answers(actor: Actor, permission: Permission = P.SEE_REVIEWS) -> QuerySet[Answer]:
    """Answers of reviews in sight; each side's are blind to the other until both are settled."""
    reach = within(
        actor.sight(permission), own="review__agent__user", team="review__agent__team",
        site="review__agent__team__site",
    )  # fmt: skip
    found = Answer.objects.filter(reach)
    if actor.kind == "system":
        return found
    shown = Q(review__state__in=SHOWN_TO_AGENT)
    mine = Q(side=Side.AGENT, review__agent__user=actor.user_id)
    judged = Q(review__evaluator=actor.user_id) & (~Q(side=Side.AGENT) | Q(review__state__in=SETTLED))
    return _unled(found.filter(shown | mine | judged), actor, "review__")


def visible_remarks(actor: Actor, permission: Permission = P.SEE_WORDS) -> QuerySet[Remark]:
    """Words reach the agent, the evaluator and the decider; the other side's once both are settled."""
    sight = actor.sight(permission)
    if sight.everything:
        return Remark.objects.all()
    if sight.own is None:
        return Remark.objects.none()
    shown = Q(review__state__in=SHOWN_TO_AGENT)
    agent = Q(review__agent__user=sight.own) & (Q(side=Side.AGENT) | shown)
    asked = Q(side=Side.AGENT, about="question")
    evaluator = Q(review__evaluator=sight.own) & (~Q(side=Side.AGENT) | asked | Q(review__state__in=SETTLED))
    decides = Q(review__in=Dispute.objects.filter(decider=sight.own).values("review"))
    return _unled(Remark.objects.filter(agent | evaluator | decides), actor, "review__")


def visible_disputes(actor: Actor, permission: Permission = P.SEE_REVIEWS) -> QuerySet[Dispute]:
    reach = within(
        actor.sight(permission), own="review__agent__user", team="review__agent__team",
        site="review__agent__team__site",
    )  # fmt: skip
    return _unled(Dispute.objects.filter(reach), actor, "review__")


scoped(Review, visible_reviews, P.SEE_REVIEWS, P.EVALUATE, P.ANSWER)
scoped(Answer, visible_answers, P.SEE_REVIEWS, fixed=("item_key", "value"))
scoped(Remark, visible_remarks, P.SEE_WORDS, canary=("text", "about"), relations=("own",))
scoped(Dispute, visible_disputes, P.SEE_REVIEWS)
not_scoped(LostPoint, "read in sums only, by item and by who controls it")


@dataclass(frozen=True)
class Holder:
    """Somebody who may evaluate an agent."""

    user_id: int
    name: str
    analyst: bool
    open: int  # reviews they have to evaluate


def evaluators_of(agent: Agent) -> list[Holder]:
    """Who may evaluate this agent: analysts first, then whoever has the least to do; never the agent."""
    where = (
        Q(scope=Scope.ALL)
        | Q(scope=Scope.SITE, scope_id=agent.team.site_id)
        | Q(scope=Scope.TEAM, scope_id=agent.team_id)
    )
    held = RoleHeld.objects.filter(where, role__in=P.EVALUATE.value.held, user__is_active=True)
    rows = held.exclude(user=agent.user_id).values_list("user_id", "user__name", "role")
    found: dict[int, tuple[str, bool]] = {}
    for user_id, name, role in rows:
        found[user_id] = (name, role == Role.QUALITY_ANALYST or (user_id in found and found[user_id][1]))
    busy = dict(
        Review.objects.filter(evaluator__in=found, state=rules.DRAWN)
        .values_list("evaluator")
        .annotate(n=Count("pk"))
        .order_by()
    )
    holders = [Holder(pk, name, analyst, busy.get(pk, 0)) for pk, (name, analyst) in found.items()]
    return sorted(holders, key=lambda each: (not each.analyst, each.open, each.name, each.user_id))


def decider_for(review: Review) -> int:
    """Who answers a dispute: not the evaluator, nor who decided before, as far as somebody else may.

    In a house where one person evaluates alone it is that person; the pages say so before and after (S-15).
    """
    before = list(review.disputes.values_list("decider", flat=True))
    again = Review.objects.filter(conversation=review.conversation_id, why=rules.DOUBLE, state=rules.DRAWN)
    scores_again = set(again.values_list("evaluator", flat=True))  # and must not see the first score before
    others = [
        each.user_id
        for each in evaluators_of(review.agent)
        if each.user_id != review.evaluator_id and each.user_id not in scores_again
    ]
    fresh = [user for user in others if user not in before]
    return (fresh or others or [review.evaluator_id])[0]


def evaluates_alone(review: Review) -> bool:
    """Whether nobody but its evaluator may evaluate this agent, and so answer a dispute."""
    return {each.user_id for each in evaluators_of(review.agent)} <= {review.evaluator_id}


def last_asked(agent_id: int) -> datetime | None:
    """When this agent was last asked to evaluate a contact of theirs."""
    asked = Review.objects.filter(agent=agent_id, self_due__isnull=False).order_by("-drawn_at")
    return asked.values_list("drawn_at", flat=True).first()


def answers_of(review: Review, side: str) -> dict[str, str]:
    """What counts as a side's answers; who decided a dispute overrides the evaluator."""
    sides = [side] if side != Side.DECIDER else [Side.EVALUATOR, Side.DECIDER]
    rows = {each: dict(review.answers.filter(side=each).values_list("item_key", "value")) for each in sides}
    merged: dict[str, str] = {}
    for each in sides:
        merged |= rows[each]
    return merged


def said(review: Review, side: str) -> dict[str, str]:
    """A side's own words by what they are about, for the verbs of that side."""
    return dict(review.remarks.filter(side=side).values_list("about", "text"))


def standing_since(review: Review) -> datetime | None:
    """Since when what stands has stood: the last decision, else the release."""
    decided = review.disputes.exclude(decided_at=None).order_by("-round").values_list("decided_at", flat=True)
    return decided.first() or review.released_at


def reviews_to_release(at: datetime) -> QuerySet[Review]:
    """Evaluated and blind no longer."""
    free = Q(self_due=None) | Q(self_handed_in_at__isnull=False) | Q(self_due__lte=at)
    return Review.objects.filter(free, state=rules.SCORED)


def asked_first() -> QuerySet[Review]:
    """Reviews whose agent was asked and has not answered, as long as they could."""
    rows = Review.objects.filter(
        state__in=[rules.DRAWN, rules.SCORED], self_due__isnull=False, self_handed_in_at=None
    )
    return rows.select_related("agent__team", "conversation").defer("conversation__turns")


def has_left(agent: Agent, at: datetime) -> bool:
    return agent.left_on is not None and agent.left_on <= at.date()


def still_doubted(agent: Agent) -> QuerySet[Review]:
    """Reviews of an agent whose score is disputed and not answered yet."""
    return Review.objects.filter(agent=agent, state=rules.DISPUTED).select_related("agent", "conversation")


def leavers_with_reviews(today: date) -> list[int]:
    """Agents who have left and whose reviews wait for a talk or an answer."""
    rows = Review.objects.filter(
        agent__left_on__lte=today, state__in=[rules.DRAWN, rules.RELEASED, rules.DISPUTED, rules.DECIDED]
    )
    return list(rows.order_by("agent").values_list("agent", flat=True).distinct())


def contact_words(review: Review) -> str:
    """A contact as people call it."""
    return day_words(review.conversation.started_at)


def content_of(review: Review) -> FormContent:
    return review.form_version.words


def users_named(ids: list[int]) -> dict[int, str]:
    return dict(User.objects.filter(pk__in=ids).values_list("pk", "name"))


def due_soon(review: Review, at: datetime) -> bool:
    return review.due - at < timedelta(days=1)


def review_of(actor: Actor, conversation: Conversation) -> int | None:
    """The review of a conversation this actor sees, if there is one."""
    rows = visible_reviews(actor).filter(conversation=conversation).exclude(state=rules.DROPPED)
    return rows.order_by("pk").values_list("pk", flat=True).first()
