"""What waits for an evaluator, each with why, and lists of reviews."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from floorwalker.apps.quality.models import Dispute, Remark, Review
from floorwalker.apps.quality.permissions import QualityPermission as P
from floorwalker.apps.quality.queries.calibration import calibrations_to_do
from floorwalker.apps.quality.queries.reviews import has_left, visible_remarks, visible_reviews
from floorwalker.apps.quality.rules import reviews as rules
from floorwalker.kernel.access import Actor
from floorwalker.kernel.look import day_words

FIRST = 7
MOST = 400  # of which the first are shown and all are counted


@dataclass(frozen=True)
class Task:
    """One thing an evaluator has to do: what, why it is theirs, by when, and where."""

    number: int  # settles who comes first of two due at one moment
    why: str
    action: str
    url: str
    due: datetime
    late: bool
    word: str

    @property
    def tone(self) -> str:
        return "bad" if self.late else "attention"


@dataclass(frozen=True)
class Desk:
    first: list[Task]
    more: int
    late: int
    waiting: int  # evaluated and still blind


def desk_of(actor: Actor, at: datetime) -> Desk:
    """At most seven, the most pressing first."""
    tasks = sorted(_tasks(actor, at), key=lambda each: (not each.late, each.due, each.number))
    waiting = _mine(actor).filter(state=rules.SCORED, self_due__gt=at, self_handed_in_at=None).count()
    return Desk(tasks[:FIRST], max(0, len(tasks) - FIRST), sum(each.late for each in tasks), waiting)


def _mine(actor: Actor) -> QuerySet[Review]:
    rows = visible_reviews(actor, P.EVALUATE).filter(evaluator=actor.user_id)
    return rows.select_related("agent", "conversation").defer("conversation__turns")


def _tasks(actor: Actor, at: datetime) -> Iterator[Task]:
    open_disputes = Dispute.objects.filter(decider=actor.user_id, state=Dispute.State.OPEN)
    dues = dict(open_disputes.values_list("review", "due"))
    rows = visible_reviews(actor, P.EVALUATE).filter(pk__in=dues)
    doubted = rows.select_related("agent", "conversation").defer("conversation__turns") if dues else []
    for review in doubted:
        why = _("%(name)s doubts the score; you answer it.") % {"name": review.agent.name}
        if has_left(review.agent, at):
            why = _("%(name)s has left and doubted the score; you answer it for the record.") % {
                "name": review.agent.name
            }
        yield _task(review, why, _("Answer"), "quality:decide", dues[review.pk], at, _("dispute"))
    for review in _mine(actor).filter(_to_score_or_close(at)).order_by("due", "pk")[:MOST]:
        yield _to_score(review, at) if review.state == rules.DRAWN else _to_close(review, at)
    for each in calibrations_to_do(actor, at):
        action = _("Close") if each.closes else _("Score it")
        url = reverse("quality:calibration", args=[each.calibration.pk])
        yield Task(each.calibration.pk, each.why, action, url, each.calibration.due, each.late, _("calibration"))


def _to_score_or_close(at: datetime) -> Q:
    """Drawn; or read by the agent, or past the days of a dispute, so that they only want closing."""
    recent = Dispute.objects.filter(review=OuterRef("pk"), decided_at__gt=at - rules.DISPUTE_WITHIN)
    over = Q(acknowledged_at__isnull=False) | Q(released_at__lte=at - rules.DISPUTE_WITHIN) & ~Exists(recent)
    return Q(state=rules.DRAWN) | over & Q(state__in=[rules.RELEASED, rules.DECIDED])


def _to_score(review: Review, at: datetime) -> Task:
    said = {"name": review.agent.name, "day": day_words(review.conversation.started_at)}
    if review.why == rules.CHECK_ME:
        why, word = _("%(name)s asked: am I doing this right?"), _("check me")
    elif review.why == rules.DOUBLE:
        why = _("A second score of %(name)s’s contact of %(day)s: it tells how alike you judge.")
        word = _("second score")
    else:
        why, word = _("Drawn for %(name)s, contact of %(day)s."), _("to evaluate")
    return _task(review, why % said, _("Evaluate"), "quality:evaluate", review.due, at, word)


def _to_close(review: Review, at: datetime) -> Task:
    assert review.released_at is not None
    due = (review.acknowledged_at or review.released_at) + rules.DISPUTE_WITHIN
    why = _("%(name)s has read it; say what went well and what to improve.") % {"name": review.agent.name}
    if review.acknowledged_at is None:
        why = _("%(name)s has let the days for a dispute pass.") % {"name": review.agent.name}
    return _task(review, why, _("Close"), "quality:review", due, at, _("to close"))


def _task(review: Review, why: str, action: str, page: str, due: datetime, at: datetime, word: str) -> Task:
    return Task(review.pk, why, action, reverse(page, args=[review.pk]), due, due < at, word)


@dataclass(frozen=True)
class WantedReviews:
    """What a list of reviews is narrowed down to."""

    state: str = ""
    agent: int | None = None
    mine: bool = False


def reviews_in(actor: Actor, wanted: WantedReviews) -> QuerySet[Review]:
    """Reviews in sight that match."""
    found = visible_reviews(actor).select_related("agent__team", "evaluator", "conversation", "form_version__form")
    if wanted.state == "open":
        found = found.exclude(state__in=rules.ENDED)
    elif wanted.state:
        found = found.filter(state=wanted.state)
    if wanted.agent is not None:
        found = found.filter(agent=wanted.agent)
    if wanted.mine:
        found = found.filter(evaluator=actor.user_id)
    return found.defer("conversation__turns")


def shown_score(actor: Actor, review: Review) -> float | None:
    """The score as far as this reader may know it yet."""
    if review.state in ("released", "disputed", "decided", "closed") or review.evaluator_id == actor.user_id:
        return review.score
    return None


EXPORTED = ("review", "contact", "agent", "form", "version", "evaluator", "why", "state", "released", "score",
            "all_points", "self_score")  # fmt: skip


def export_reviews(actor: Actor, rows: QuerySet[Review]) -> Iterator[list[Any]]:
    """One line a review: scores that are shown, no words."""
    for each in rows.order_by("-drawn_at", "pk"):
        score = shown_score(actor, each)
        yield [
            each.pk,
            each.conversation.started_at,
            each.agent.name,
            each.form_version.form.name,
            each.form_version.number,
            each.evaluator.name,
            each.why,
            each.state,
            each.released_at,
            score,
            each.all_points if score is not None else None,
            each.self_score if score is not None else None,
        ]


def question_of(actor: Actor, review: Review) -> str:
    """What the agent wanted to know."""
    found: Remark | None = visible_remarks(actor).filter(review=review, about="question").first()
    return found.text if found else ""
