"""Working agreements: who reads them, and what waits for whom."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeAlias

from django.db.models import Max, Q, QuerySet
from django.utils.translation import gettext as _

from floorwalker.apps.coaching.models import Agreement, AgreementItem, AgreementReview, Verdict
from floorwalker.apps.coaching.permissions import CoachingPermission as P
from floorwalker.apps.coaching.rules import agreements as rules
from floorwalker.kernel.access import Actor, Permission, Sight
from floorwalker.kernel.look import day_words
from floorwalker.kernel.paging import Rows, open_first, page_of
from floorwalker.kernel.scoping import pick, scoped, within

AgreementRows: TypeAlias = "QuerySet[Agreement]"
OPEN = Q(state__in=["draft", "in_force"])


def _two(sight: Sight, prefix: str) -> Q:
    return within(sight, own=f"{prefix}agent__user") | within(sight, own=f"{prefix}lead")


def visible_agreements(actor: Actor, permission: Permission = P.TALK) -> QuerySet[Agreement]:
    """The two and nobody else."""
    return Agreement.objects.filter(_two(actor.sight(permission), ""))


def the_agreement(actor: Actor, agreement_id: int, permission: Permission = P.TALK) -> Agreement:
    return pick(visible_agreements(actor, permission).select_related("agent__team__site", "lead"), agreement_id)


def visible_agreement_items(actor: Actor, permission: Permission = P.TALK) -> QuerySet[AgreementItem]:
    return AgreementItem.objects.filter(_two(actor.sight(permission), "agreement__"))


def the_agreement_item(actor: Actor, item_id: int) -> AgreementItem:
    return pick(visible_agreement_items(actor).select_related("agreement"), item_id)


def visible_agreement_reviews(actor: Actor, permission: Permission = P.TALK) -> QuerySet[AgreementReview]:
    return AgreementReview.objects.filter(_two(actor.sight(permission), "agreement__"))


def the_agreement_review(actor: Actor, review_id: int, permission: Permission = P.TALK) -> AgreementReview:
    rows = visible_agreement_reviews(actor, permission)
    return pick(rows.select_related("agreement__agent__team__site", "agreement__lead"), review_id)


def visible_verdicts(actor: Actor, permission: Permission = P.TALK) -> QuerySet[Verdict]:
    """One's own at once; the other's when both have said theirs."""
    sight = actor.sight(permission)
    if sight.everything:
        return Verdict.objects.all()
    mine = Q(side=rules.AGENT) & within(sight, own="review__agreement__agent__user")
    mine |= Q(side=rules.LEAD) & within(sight, own="review__agreement__lead")
    return Verdict.objects.filter(_two(sight, "review__agreement__"), mine | Q(review__state="done"))


OF_TWO: dict[str, Any] = {"relations": ("own",)}
scoped(Agreement, visible_agreements, P.TALK, canary="answer", **OF_TWO)
scoped(AgreementItem, visible_agreement_items, P.TALK, canary="words", key="agreement_item_id", **OF_TWO)
scoped(AgreementReview, visible_agreement_reviews, P.TALK, key="agreement_review_id", **OF_TWO)
scoped(Verdict, visible_verdicts, P.TALK, canary="example", **OF_TWO)


def agreements(actor: Actor, **place: Any) -> Rows[Agreement]:
    """Mine, the open ones first."""
    rows = visible_agreements(actor).select_related("agent", "lead")
    rows, order = open_first(rows, OPEN, due="made_at", ended="ended_at")
    return page_of(rows, order, counted=True, **place)


def open_agreements(agent_id: int | None = None, lead_id: int | None = None) -> QuerySet[Agreement]:
    """Drafts and what is in force, of one agent or of one pair if they are named."""
    wanted = {"agent": agent_id, "lead": lead_id}
    return Agreement.objects.filter(OPEN, **{name: each for name, each in wanted.items() if each is not None})


def latest_number(agent_id: int, lead_id: int) -> int:
    return Agreement.objects.filter(agent=agent_id, lead=lead_id).aggregate(n=Max("number"))["n"] or 0


def agreement_side(actor: Actor, agreement: Agreement) -> str:
    """On whose side somebody stands; nobody else sees it."""
    if actor.user_id is not None and agreement.agent.user_id == actor.user_id:
        return rules.AGENT
    return rules.LEAD if agreement.lead_id == actor.user_id else ""


@dataclass(frozen=True)
class AgreementPage:
    """One agreement, both sides of it, and what its reader can do."""

    agreement: Agreement
    side: str
    mine: list[AgreementItem]
    theirs: list[AgreementItem]
    i_agreed: bool
    they_agreed: bool
    missing: list[str]
    open_review: AgreementReview | None
    i_said: bool
    done: list[AgreementReview]
    newer: Agreement | None


def agreement_page(actor: Actor, agreement: Agreement) -> AgreementPage:
    side = agreement_side(actor, agreement)
    items = list(visible_agreement_items(actor).filter(agreement=agreement))
    agreed = {rules.AGENT: agreement.agreed_by_agent_at, rules.LEAD: agreement.agreed_by_lead_at}
    reviews = list(visible_agreement_reviews(actor).filter(agreement=agreement).order_by("-opened_at"))
    opened = next((each for each in reviews if each.state == "open"), None)
    later = visible_agreements(actor).filter(agent=agreement.agent_id, lead=agreement.lead_id)
    contractor = agreement.agent.engagement == "contractor"
    return AgreementPage(
        agreement=agreement,
        side=side,
        mine=[each for each in items if each.side == side],
        theirs=[each for each in items if each.side != side],
        i_agreed=bool(agreed.get(side)),
        they_agreed=bool(agreed.get(rules.other(side))),
        missing=rules.sides_without([each.side for each in items], contractor=contractor),
        open_review=opened,
        i_said=bool(opened and said_at(opened, side)),
        done=[each for each in reviews if each.state == "done"],
        newer=later.filter(number__gt=agreement.number).order_by("-number").first(),
    )


def said_at(review: AgreementReview, side: str) -> datetime | None:
    return review.agent_said_at if side == rules.AGENT else review.lead_said_at


@dataclass(frozen=True)
class ReviewLine:
    """One item and what was said of it, as far as its reader may know."""

    item: AgreementItem
    verdict: Verdict | None


def review_lines(actor: Actor, review: AgreementReview) -> list[ReviewLine]:
    said = {each.item_id: each for each in visible_verdicts(actor).filter(review=review)}
    items = visible_agreement_items(actor).filter(agreement=review.agreement_id)
    return [ReviewLine(each, said.get(each.pk)) for each in items]


def items_to_judge(actor: Actor, review: AgreementReview) -> list[AgreementItem]:
    """What the other side named."""
    side = agreement_side(actor, review.agreement)
    items = visible_agreement_items(actor).filter(agreement=review.agreement_id, side=rules.other(side))
    return list(items) if side else []


def not_held(actor: Actor, agent_id: int, lead_id: int, since: datetime) -> list[Verdict]:
    """What was not or only partly held, said by both in a review of late; for the next talk of the two."""
    rows = visible_verdicts(actor).filter(
        review__agreement__agent=agent_id,
        review__agreement__lead=lead_id,
        review__state="done",
        review__ended_at__gte=since,
        held__in=[rules.NOT, rules.PARTLY],
    )
    return list(rows.select_related("item").order_by("-held", "pk")[:5])


@dataclass(frozen=True)
class AgreementsWaiting:
    drafts: list[Agreement]
    reviews: list[AgreementReview]
    late: int


def agreements_waiting(actor: Actor, at: datetime) -> AgreementsWaiting:
    """Drafts one has not agreed to, and reviews one has not said one's part of."""
    mine, led = Q(agent__user=actor.user_id), Q(lead=actor.user_id)
    drafts = visible_agreements(actor).filter(
        mine & Q(agreed_by_agent_at=None) | led & Q(agreed_by_lead_at=None), state="draft"
    )
    said = Q(agreement__agent__user=actor.user_id, agent_said_at=None)
    said |= Q(agreement__lead=actor.user_id, lead_said_at=None)
    reviews = visible_agreement_reviews(actor).filter(said, state="open")
    found = list(reviews.select_related("agreement__agent", "agreement__lead").order_by("due", "pk")[:20])
    late = sum(each.due < at for each in found)
    return AgreementsWaiting(list(drafts.select_related("agent", "lead").order_by("made_at")[:20]), found, late)


def reviews_to_open(today: date) -> list[int]:
    """Agreements in force whose day to be reviewed has come."""
    rows = Agreement.objects.filter(state="in_force", review_due__lte=today).exclude(reviews__state="open")
    return list(rows.order_by("pk").values_list("pk", flat=True))


def agreement_in_words(actor: Actor, ref: tuple[str, int]) -> str | None:
    """How an agreement stands, without what stands in it."""
    found = visible_agreements(actor).select_related("agent__user", "lead").filter(pk=ref[1]).first()
    if found is None:
        return None
    other = found.lead.name if found.agent.user_id == actor.user_id else found.agent.name
    said = {"name": other, "state": found.get_state_display()}
    return _("Working agreement with %(name)s: %(state)s.") % said


def agreement_review_in_words(actor: Actor, ref: tuple[str, int]) -> str | None:
    review = visible_agreement_reviews(actor).select_related("agreement__agent__user", "agreement__lead")
    found = review.filter(pk=ref[1]).first()
    if found is None:
        return None
    mine = found.agreement.agent.user_id == actor.user_id
    other = found.agreement.lead.name if mine else found.agreement.agent.name
    if found.state == "done":
        return _("You and %(name)s have both said how your agreement was held.") % {"name": other}
    said = {"name": other, "day": day_words(found.due)}
    return _("Say how %(name)s held what they named, until %(day)s.") % said
