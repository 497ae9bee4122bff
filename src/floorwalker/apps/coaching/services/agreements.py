"""Working agreements: each side names what it will hold, both agree, and once a quarter each says how it went."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from floorwalker.apps.coaching import queries
from floorwalker.apps.coaching.models import Agreement, AgreementItem, AgreementReview, Verdict
from floorwalker.apps.coaching.permissions import CoachingPermission as P
from floorwalker.apps.coaching.rules import agreements as rules
from floorwalker.apps.coaching.services.feedback import WordsMissing, mind
from floorwalker.apps.coaching.services.talk_refusals import NobodyLeads
from floorwalker.apps.people import queries as people
from floorwalker.apps.people.models import Agent
from floorwalker.apps.promises import services as promises
from floorwalker.kernel import audit, notices
from floorwalker.kernel.access import SYSTEM, Actor, refuse, require
from floorwalker.kernel.errors import NotFound, Refused, Stale

AGREEMENT_KIND, AGREEMENT_REVIEW_KIND = "coaching.agreement", "coaching.agreement_review"


class AgreementStays(Refused):
    code = "coaching_agreement_stays"
    status = 409
    text = gettext_lazy("What was agreed stays as it is; begin a new version to change it.")


class OwnSideOnly(Refused):
    code = "coaching_own_side_only"
    status = 409
    text = gettext_lazy("Each side names what it will hold itself; this is the other's.")


class OneSided(Refused):
    code = "coaching_agreement_one_sided"
    text = gettext_lazy("Both sides name at least one thing they will hold before anybody agrees.")


class AgreementSaid(Refused):
    code = "coaching_agreement_said"
    status = 409
    text = gettext_lazy("You have said your part already, or this review is over.")


class VerdictMissing(Refused):
    code = "coaching_verdict_missing"
    text = gettext_lazy("Say of each item how it was held, with an example: {items}.")


@transaction.atomic
def begin_agreement(*, by: Actor, at: datetime, agent_id: int | None = None) -> Agreement:
    """Begin a working agreement, or a new version with what is in force; an open draft is gone on with.

    With an agent's id by who leads them; without by an agent, with who leads them.
    """
    require(by, P.TALK)
    if agent_id is not None:
        require(by, P.HOLD)
        agent = people.the_agent(by, agent_id, P.HOLD)
        lead_id = by.user_id
    else:
        found = people.agent_of(by)
        if found is None:
            raise NotFound
        agent, leads = found, queries.users_who_lead(found)
        if not leads:
            raise NobodyLeads
        lead_id = leads[0]
    if lead_id is None or agent.user_id == lead_id:
        refuse(by)
    rows = Agreement.objects.select_related("agent__team__site", "lead").filter(agent=agent, lead=lead_id)
    if draft := rows.filter(state="draft").first():
        return draft
    number = queries.latest_number(agent.pk, lead_id) + 1
    try:
        with transaction.atomic():
            fresh = Agreement.objects.create(agent=agent, lead_id=lead_id, number=number, made_at=at)
    except IntegrityError:  # the other side began at the same moment
        return rows.get(state="draft")
    if before := rows.filter(state="in_force").first():
        kept = [AgreementItem(agreement=fresh, side=each.side, words=each.words) for each in before.items.all()]
        AgreementItem.objects.bulk_create(kept)
    _note(fresh, "begin", by, at)
    _tell(fresh, by, "begun", at)
    return fresh


@transaction.atomic
def add_agreement_item(
    *, agreement_id: int, words: str, by: Actor, at: datetime, meant: bool = False
) -> AgreementItem:
    """Name something one will hold oneself; whoever had agreed is asked again."""
    agreement, side = _draft(agreement_id, by)
    if not words.strip():
        raise WordsMissing
    mind(words, meant=meant)
    item = AgreementItem.objects.create(agreement=agreement, side=side, words=words.strip()[:300])
    _changed(agreement, by, at)
    return item


@transaction.atomic
def drop_agreement_item(*, agreement_item_id: int, by: Actor, at: datetime) -> Agreement:
    """Take back what one named oneself, before it is agreed."""
    item = queries.the_agreement_item(by, agreement_item_id)
    agreement, side = _draft(item.agreement_id, by)
    if item.side != side:
        raise OwnSideOnly
    item.delete()
    return _changed(agreement, by, at)


@transaction.atomic
def agree_agreement(*, agreement_id: int, version: int, by: Actor, at: datetime) -> Agreement:
    """One side agrees to the words as they stand; when both have, it is in force until a newer one."""
    agreement, side = _draft(agreement_id, by)
    if agreement.version != version:
        raise Stale
    sides = list(agreement.items.values_list("side", flat=True))
    contractor = agreement.agent.engagement == Agent.Engagement.CONTRACTOR
    if rules.sides_without(sides, contractor=contractor):
        raise OneSided
    if side == rules.AGENT or agreement.agent.user_id is None:
        agreement.agreed_by_agent_at = agreement.agreed_by_agent_at or at
    if side == rules.LEAD:
        agreement.agreed_by_lead_at = agreement.agreed_by_lead_at or at
    if agreement.agreed_by_agent_at and agreement.agreed_by_lead_at:
        before = Agreement.objects.filter(agent=agreement.agent_id, lead=agreement.lead_id, state="in_force")
        for each in before.select_for_update(of=("self",)):
            _end(each, Agreement.State.REPLACED, _("a newer one was agreed"), at)
        agreement.state, agreement.in_force_from = Agreement.State.IN_FORCE, _today(agreement.agent, at)
        agreement.review_due = rules.review_day(agreement.in_force_from)
    agreement.save()
    _note(agreement, "agree", by, at)
    _tell(agreement, by, f"agreed:{agreement.version}:{side}", at)
    return agreement


@transaction.atomic
def open_agreement_reviews(at: datetime) -> int:
    """Every day: what is to be reviewed is promised both ways; who is late is told. How many were opened."""
    opened = 0
    for agreement_id in queries.reviews_to_open(at.date()):
        rows = Agreement.objects.select_for_update(of=("self",)).select_related("agent__team__site", "lead")
        agreement = rows.get(pk=agreement_id)
        due = at + rules.SAID_WITHIN
        review = AgreementReview.objects.create(agreement=agreement, opened_at=at, due=due)
        agreement.review_due = rules.review_day(_today(agreement.agent, at))
        agreement.save(update_fields=["review_due"])
        _promise(review, at)
        _tell_review(review, "open", at)
        opened += 1
    late = AgreementReview.objects.filter(state="open", due__lt=at).select_related("agreement__agent")
    for review in late:
        _tell_review(review, "late", at)
    return opened


@transaction.atomic
def say_how_held(
    *, agreement_review_id: int, said: Mapping[int, tuple[str, str]], by: Actor, at: datetime, meant: bool = False
) -> AgreementReview:
    """One side says of each item of the other how it was held, with an example; blind until both have.

    ``said`` is by item: met, partly or not, and the example.
    """
    require(by, P.TALK)
    queries.the_agreement_review(by, agreement_review_id)
    rows = AgreementReview.objects.select_for_update(of=("self",))
    review = rows.select_related("agreement__agent__team__site", "agreement__lead").get(pk=agreement_review_id)
    side = queries.agreement_side(by, review.agreement)
    if review.state != AgreementReview.State.OPEN or not side or queries.said_at(review, side):
        raise AgreementSaid
    theirs = {each.pk: each for each in queries.items_to_judge(by, review)}
    told = {pk for pk, (held, example) in said.items() if held in Verdict.Held.values and example.strip()}
    if missing := rules.missing_verdicts(theirs, told):
        raise VerdictMissing(items=", ".join(f"“{theirs[pk].words}”" for pk in missing))
    mind(*(example for _held, example in said.values()), meant=meant)
    Verdict.objects.bulk_create(
        Verdict(review=review, item_id=pk, side=side, held=held, example=example.strip()[:500], at=at)
        for pk, (held, example) in said.items()
        if pk in theirs
    )
    if side == rules.AGENT:
        review.agent_said_at = at
    else:
        review.lead_said_at = at
    promises.keep(once=_promise_name(review, side), by=by, at=at)
    if review.agent_said_at and review.lead_said_at:
        review.state, review.ended_at = AgreementReview.State.DONE, at
    review.save()
    _note(review.agreement, "say", by, at)
    if review.state == AgreementReview.State.DONE:
        _tell_review(review, "done", at)
    return review


def end_agreements(agreements: queries.AgreementRows, why: str, at: datetime) -> int:
    """Whoever agreed is no longer one of the two; drafts and what is in force end with the reason."""
    found = list(agreements.select_for_update(of=("self",)).order_by("pk"))
    for each in found:
        _end(each, Agreement.State.ENDED, why, at)
    return len(found)


def _end(agreement: Agreement, state: str, why: str, at: datetime) -> None:
    agreement.state, agreement.answer, agreement.ended_at = state, why, at
    agreement.save(update_fields=["state", "answer", "ended_at"])
    for review in agreement.reviews.filter(state="open"):
        review.state, review.ended_at = AgreementReview.State.DROPPED, at
        review.save(update_fields=["state", "ended_at"])
        for side in rules.SIDES:
            promises.withdraw(once=_promise_name(review, side), why=why, by=SYSTEM, at=at)


def _draft(agreement_id: int, by: Actor) -> tuple[Agreement, str]:
    require(by, P.TALK)
    queries.the_agreement(by, agreement_id)
    rows = Agreement.objects.select_for_update(of=("self",))
    agreement = rows.select_related("agent__team__site", "lead").get(pk=agreement_id)
    if agreement.state != Agreement.State.DRAFT:
        raise AgreementStays
    return agreement, queries.agreement_side(by, agreement)


def _changed(agreement: Agreement, by: Actor, at: datetime) -> Agreement:
    """Other words: who had agreed, had agreed to something else."""
    agreement.agreed_by_agent_at = agreement.agreed_by_lead_at = None
    agreement.version += 1
    agreement.save()
    _note(agreement, "change", by, at)
    return agreement


def _promise_name(review: AgreementReview, side: str) -> str:
    return f"coaching:agreement:{review.pk}:{side}"


def _promise(review: AgreementReview, at: datetime) -> None:
    """Each owes the other an answer; a contractor owes none."""
    agreement = review.agreement
    agent = agreement.agent.user_id
    what, ref = _("How a working agreement was held"), ("coaching.agreement_review", review.pk)
    more = {"kind": AGREEMENT_REVIEW_KIND, "ref": ref, "what": what, "due": review.due, "by": SYSTEM, "at": at}
    to: int | str = agent or agreement.agent.name
    name = _promise_name(review, rules.LEAD)
    promises.register(owner=agreement.lead_id, to=to, once=name, **more)  # type: ignore[arg-type]
    if agent is not None and agreement.agent.engagement != Agent.Engagement.CONTRACTOR:
        name = _promise_name(review, rules.AGENT)
        promises.register(owner=agent, to=agreement.lead_id, once=name, **more)  # type: ignore[arg-type]


def _today(agent: Agent, at: datetime) -> date:
    return at.astimezone(ZoneInfo(agent.zone or agent.team.site.zone)).date()


def _note(agreement: Agreement, verb: str, by: Actor, at: datetime) -> None:
    about, person = ("coaching.agreement", agreement.pk), agreement.agent.user_id
    audit.record(by=by, verb=f"coaching.agreement_{verb}", about=about, facts={}, person=person, at=at)


def _tell(agreement: Agreement, by: Actor, what: str, at: datetime) -> None:
    for user in {agreement.agent.user_id, agreement.lead_id} - {by.user_id, None}:
        assert user is not None
        once = f"agreement:{agreement.pk}:{what}"
        notices.notify(to=user, kind=AGREEMENT_KIND, ref=("coaching.agreement", agreement.pk), once=once, at=at)


def _tell_review(review: AgreementReview, what: str, at: datetime) -> None:
    """Both, but who has said their part is not told to."""
    agreement = review.agreement
    for side, user in ((rules.AGENT, agreement.agent.user_id), (rules.LEAD, agreement.lead_id)):
        if user is not None and (what == "done" or queries.said_at(review, side) is None):
            ref, once = ("coaching.agreement_review", review.pk), f"agreement:review:{review.pk}:{what}"
            notices.notify(to=user, kind=AGREEMENT_REVIEW_KIND, ref=ref, once=once, at=at)
