"""What every verb of a review needs: the locked row, its next state, who is told, the days."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from floorwalker.apps.offphone import queries as offphone
from floorwalker.apps.people.models import Agent
from floorwalker.apps.promises import services as promises
from floorwalker.apps.quality import queries
from floorwalker.apps.quality.models import Answer, LostPoint, Remark, Review
from floorwalker.apps.quality.permissions import QualityPermission as P
from floorwalker.apps.quality.rules import forms
from floorwalker.apps.quality.rules import reviews as rules
from floorwalker.apps.quality.services.refusals import (
    NotAnAnswer,
    NotAnswered,
    NotTheEvaluator,
    ReviewMoveNotAllowed,
)
from floorwalker.kernel import audit, notices
from floorwalker.kernel.access import Actor, require
from floorwalker.kernel.errors import Stale
from floorwalker.kernel.periods import Period

PROMISE_REVIEW, PROMISE_CHECK, PROMISE_DISPUTE = "quality.review", "quality.check_me", "quality.dispute"
NOTICES: dict[str, object] = {
    "quality.asked": _("Evaluate a contact of yours"),
    "quality.offered": _("A contact of yours is reviewed"),
    "quality.to_evaluate": _("A contact to evaluate"),
    "quality.handed_in": _("An own evaluation is there"),
    "quality.released": _("A review of yours to read"),
    "quality.disputed": _("A dispute to answer"),
    "quality.doubter_left": _("Who doubts a score has left; the answer is still owed to their record"),
    "quality.decided": _("A dispute was answered"),
    "quality.closed": _("A review of yours is closed"),
    "quality.dropped": _("A review of yours was dropped"),
}
LOOK_AHEAD = timedelta(days=28)


def locked(review_id: int, by: Actor, permission: P, version: int | None = None) -> Review:
    require(by, permission)
    queries.the_review(by, review_id, permission)
    rows = Review.objects.select_for_update(of=("self",)).select_related(
        "agent__team__site", "conversation", "form_version__form", "evaluator"
    )
    review: Review = rows.get(pk=review_id)
    if version is not None and review.version != version:
        raise Stale
    return review


def by_evaluator(review: Review, by: Actor) -> None:
    if by.kind != "system" and review.evaluator_id != by.user_id:
        raise NotTheEvaluator(name=review.evaluator.name)


def check_move(review: Review, to: str, side: str) -> None:
    if not rules.may_move(review.state, to, side):
        raise ReviewMoveNotAllowed(state=Review.State(review.state).label, to=Review.State(to).label)


def move(review: Review, to: str, by: Actor, at: datetime, **facts: object) -> Review:
    """The next state, written down; verbs check first whether it may come."""
    review.state, review.version = to, review.version + 1
    review.save()
    note(review, to, by, at, **facts)
    return review


def note(review: Review, verb: str, by: Actor, at: datetime, **facts: object) -> None:
    person = review.agent.user_id
    about = ("quality.review", review.pk)
    audit.record(by=by, verb=f"quality.{verb}", about=about, facts=facts, person=person, at=at)


def tell(review: Review, user: int | None, what: str, at: datetime) -> None:
    if user is not None:
        once = f"quality:{review.pk}:{review.version}:{what}"
        kind = f"quality.{what}"
        notices.notify(to=user, kind=kind, ref=("quality.review", review.pk), once=once, at=at)


def promise(review: Review, kind: str, owner: int, due: datetime, what: str, by: Actor, at: datetime) -> None:
    """More people read promises than reviews: what is promised names the day of the contact and no more."""
    promises.register(
        kind=kind,
        ref=("quality.review", review.pk),
        owner=owner,
        to=_to_whom(review),
        what=what,
        due=due,
        by=by,
        at=at,
        once=promise_name(review, kind),
    )


def _to_whom(review: Review) -> int | str:
    """An agent never hears of second scores: they are owed to those who evaluate."""
    if review.why == rules.DOUBLE:
        return gettext("who evaluates")
    return review.agent.user_id or review.agent.name


def promise_name(review: Review, kind: str) -> str:
    return f"{kind}:{review.pk}:{review.disputes.count() if kind == PROMISE_DISPUTE else 0}"


def promised(review: Review) -> tuple[str, str]:
    """The kind and the words of what an evaluator promises; they tell the day of the contact and no more."""
    day = {"day": queries.contact_words(review)}
    if review.why == rules.CHECK_ME:
        return PROMISE_CHECK, gettext("Answer to “Check me” on the contact of %(day)s") % day
    if review.why == rules.DOUBLE:
        return PROMISE_REVIEW, gettext("Second score of the contact of %(day)s") % day
    return PROMISE_REVIEW, gettext("Review of the contact of %(day)s") % day


def end_promises(review: Review, end: Callable[[str], object]) -> None:
    """Keep, withdraw or hand over what the evaluator has promised."""
    for kind in (PROMISE_REVIEW, PROMISE_CHECK):
        end(promise_name(review, kind))


def zone_of(agent: Agent) -> str:
    return agent.zone or agent.team.site.zone


def day_of(review: Review) -> str:
    """The day of the contact where its agent works."""
    return review.conversation.started_at.astimezone(ZoneInfo(zone_of(review.agent))).date().isoformat()


def end_of(day: date, agent: Agent) -> datetime:
    """The midnight that ends a day where the agent is."""
    return datetime.combine(day + timedelta(days=1), time(), ZoneInfo(zone_of(agent)))


def days_on(agent: Agent, at: datetime, days: int, *, of_agent: bool) -> datetime:
    """When so many working days have passed: the agent's own by their published shifts, else Monday to Friday."""
    today = at.astimezone(ZoneInfo(zone_of(agent))).date()
    if not of_agent:
        return end_of(rules.after_working_days(today, days), agent)
    away = frozenset(agent.days_off.filter(day__gte=today).values_list("day", flat=True))
    ahead = Period(at, at + LOOK_AHEAD)
    rostered = frozenset(offphone.days_on_the_phones(agent.pk, ahead, zone_of(agent)))
    return end_of(rules.after_working_days(today, days, days_off=away, rostered=rostered), agent)


def keep_answers(review: Review, side: str, answers: Mapping[str, object], at: datetime) -> None:
    """Keep what was answered so far; an empty answer takes one back. Each is a value, or (value, seconds)."""
    content = queries.content_of(review)
    for key, given in answers.items():
        value, seconds = given if isinstance(given, tuple) else (given, None)
        value = str(value or "").strip()
        item = content.item(key)
        if item is None:
            raise NotAnAnswer(value=value, item=key)
        if not value:
            review.answers.filter(side=side, item_key=key).delete()
            continue
        if item.share(value) is None and not (value == forms.NOT_APPLICABLE and item.may_not_apply):
            raise NotAnAnswer(value=value, item=item.text)
        Answer.objects.update_or_create(
            review=review, side=side, item_key=key,
            defaults={"value": value, "evidence_seconds": seconds, "at": at},
        )  # fmt: skip


def keep_remarks(review: Review, side: str, remarks: Mapping[str, str], at: datetime) -> None:
    """Keep words; empty ones take them back."""
    for about, text in remarks.items():
        if text.strip():
            Remark.objects.update_or_create(
                review=review, side=side, about=about[:70], defaults={"text": text.strip()[:4000], "at": at}
            )
        else:
            review.remarks.filter(side=side, about=about[:70]).delete()


def full_score(review: Review, side: str) -> forms.Score:
    """What a side's answers are worth, once all that is asked is answered."""
    content = queries.content_of(review)
    found = forms.score(content, queries.answers_of(review, side))
    if found.missing:
        items = (content.item(key) for key in found.missing)
        raise NotAnswered(items=", ".join(f"“{item.text}”" for item in items if item))
    return found


def keep_score(review: Review, found: forms.Score) -> None:
    """Write a score down with every lost point."""
    content = queries.content_of(review)
    review.score = found.points if found.points is not None else found.all_points or 0.0
    review.all_points = found.all_points if found.all_points is not None else review.score
    review.failed = list(found.failed_critical)
    review.lost.all().delete()
    LostPoint.objects.bulk_create(
        LostPoint(
            review=review,
            item_key=lost.item,
            item_text=item.text if (item := content.item(lost.item)) else lost.item,
            controlled_by=lost.controlled_by,
            points=lost.points,
        )
        for lost in found.lost
    )
