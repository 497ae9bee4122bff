"""One review as its page shows it: both views item by item, as far as the reader may see them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from floorwalker.apps.quality import words
from floorwalker.apps.quality.models import Dispute, Review, Side
from floorwalker.apps.quality.permissions import QualityPermission as P
from floorwalker.apps.quality.queries.reasons import why_of
from floorwalker.apps.quality.queries.reviews import (
    SHOWN_TO_AGENT,
    contact_words,
    evaluates_alone,
    has_left,
    standing_since,
    users_named,
    visible_answers,
    visible_disputes,
    visible_remarks,
)
from floorwalker.apps.quality.queries.sheets import ItemLine, item_line
from floorwalker.apps.quality.rules import forms
from floorwalker.apps.quality.rules import reviews as rules
from floorwalker.kernel.access import Actor
from floorwalker.kernel.look import Why, end_words, number_words


@dataclass(frozen=True)
class Said:
    """What one side answered to an item, with its words."""

    value: str = ""
    name: str = ""
    sentence: str = ""
    share: float | None = None
    comment: str = ""
    seconds: int | None = None


NOTHING = Said()


@dataclass(frozen=True)
class ReviewItem:
    """An item with both views."""

    line: ItemLine
    own: Said
    judged: Said
    decided: Said
    lost: str = ""

    @property
    def standing(self) -> Said:
        return self.decided if self.decided.value else self.judged

    @property
    def gap(self) -> float | None:
        """How far the agent's own answer lies above what stands, in points of 100 of this item."""
        if self.own.share is None or self.standing.share is None:
            return None
        return 100 * (self.own.share - self.standing.share)


@dataclass(frozen=True)
class ReviewSection:
    title: str
    items: list[ReviewItem]


@dataclass(frozen=True)
class Round:
    """One round of a dispute."""

    dispute: Dispute
    words: str
    answer: str
    decider: str

    @property
    def alone(self) -> bool:
        """The evaluator answers it too: nobody else may."""
        return self.dispute.alone


@dataclass(frozen=True)
class ReviewPage:
    """A review as its reader may see it."""

    review: Review
    sections: list[ReviewSection]
    own: bool  # the reader is its agent
    judge: bool  # the reader evaluates it
    shown: bool  # the evaluation is shown to this reader
    score: float | None
    why: Why | None
    words: dict[str, str]  # what the evaluator said about the whole
    question: str
    rounds: list[Round] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    may_self_evaluate: bool = False
    may_dispute: bool = False
    may_acknowledge: bool = False
    may_close: bool = False
    may_release: bool = False
    may_decide: bool = False
    may_take_over: bool = False
    dispute_until: datetime | None = None
    answers_alone: bool = False  # a dispute would be answered by the evaluator
    gone: bool = False  # its agent has left


def review_page(actor: Actor, review: Review, at: datetime) -> ReviewPage:
    """Everything in a handful of queries, whatever the number of items."""
    content = review.form_version.words
    own, judge = review.agent.user_id == actor.user_id, review.evaluator_id == actor.user_id
    shown = review.state in SHOWN_TO_AGENT or judge or actor.kind == "system"
    answers = {(each.side, each.item_key): each for each in visible_answers(actor).filter(review=review)}
    remarks = {(each.side, each.about): each.text for each in visible_remarks(actor).filter(review=review)}
    disputes = list(visible_disputes(actor).filter(review=review).order_by("round"))
    names = users_named([each.decider_id for each in disputes])
    counted = {side: {key: a.value for (s, key), a in answers.items() if s == side} for side in Side.values}
    standing = counted[Side.EVALUATOR] | counted[Side.DECIDER]
    result = forms.score(content, standing) if shown and standing else None
    asked = {item.key for item in forms.asked(content, standing or counted[Side.AGENT])}
    lost = _lost_words(content, standing, result) if result else {}

    def side(which: str, item: forms.Item) -> Said:
        answer = answers.get((which, item.key))
        comment = remarks.get((which, f"item:{item.key}"), "")
        if answer is None:
            return Said(comment=comment)
        sentence = next((each.sentence for each in item.anchors if each.value == answer.value), "")
        return Said(
            answer.value,
            words.answer_name(answer.value),
            sentence,
            item.share(answer.value),
            comment,
            answer.evidence_seconds,
        )

    sections = [
        ReviewSection(
            section.title,
            [
                ReviewItem(
                    item_line(content, item),
                    side(Side.AGENT, item),
                    side(Side.EVALUATOR, item) if shown else NOTHING,
                    side(Side.DECIDER, item) if shown else NOTHING,
                    lost.get(item.key, ""),
                )
                for item in section.items
                if item.key in asked or not standing
            ],
        )
        for section in content.sections
    ]
    since, rounds = standing_since(review), len(disputes)
    disputable = rules.may_dispute(state=review.state, rounds=rounds, since=since, at=at)
    open_dispute = next((each for each in disputes if each.state == Dispute.State.OPEN), None)
    answered = review.self_handed_in_at is not None
    judges = actor.may(P.EVALUATE) and not own
    alone = disputable and evaluates_alone(review)
    return ReviewPage(
        review=review,
        sections=sections,
        own=own,
        judge=judge,
        shown=shown,
        score=review.score if shown else None,
        why=why_of(review, content, standing, own=own, alone=alone, at=at)
        if shown and review.score is not None and result
        else None,
        words={
            about: remarks.get((Side.EVALUATOR, about), "") for about in ("went_well", "to_improve", "dropped")
        },
        question=remarks.get((Side.AGENT, "question"), ""),
        rounds=[
            Round(
                each,
                remarks.get((Side.AGENT, f"dispute:{each.round}"), ""),
                remarks.get((Side.DECIDER, f"decision:{each.round}"), ""),
                names.get(each.decider_id, ""),
            )
            for each in disputes
        ],
        failed=[item.text for key in review.failed if (item := content.item(key))] if shown else [],
        may_self_evaluate=own
        and rules.self_evaluation_open(state=review.state, self_due=review.self_due, answered=answered, at=at),
        may_dispute=own and disputable,
        may_acknowledge=own and review.state in ("released", "decided") and review.acknowledged_at is None,
        may_close=judge
        and review.state in ("released", "decided")
        and (review.acknowledged_at is not None or not disputable),
        may_release=judge
        and rules.may_release(state=review.state, self_due=review.self_due, answered=answered, at=at),
        may_decide=open_dispute is not None and open_dispute.decider_id == actor.user_id,
        may_take_over=judges and not judge and review.state not in rules.ENDED,
        dispute_until=since + rules.DISPUTE_WITHIN if since and disputable else None,
        answers_alone=alone,
        gone=has_left(review.agent, at),
    )


def _lost_words(content: forms.FormContent, answers: Mapping[str, str], result: forms.Score) -> dict[str, str]:
    """What each item cost: the agent's of the score, those of others of all points; never one beside the other."""
    found = forms.account(content, answers)
    said = {}
    for key, points in (found.lost if found else {}).items():
        said[key] = _("−%(n)s of 100 points") % {"n": number_words(points)}
    for each in result.lost:
        if each.controlled_by != forms.AGENT:
            cost = {"n": number_words(each.points)}
            said[each.item] = _("−%(n)s of all 100 points, and none of the score") % cost
    return said


def state_sentence(page: ReviewPage) -> str:
    """How a review stands, in a sentence for this reader."""
    review, day = page.review, contact_words(page.review)
    if page.own:
        return _own_sentence(page, day)
    name = review.agent.name
    if review.state == "drawn" and review.self_due and not review.self_handed_in_at:
        return _("%(name)s is asked first, until %(until)s; neither sees the other's answers.") % {
            "name": name, "until": end_words(review.self_due),
        }  # fmt: skip
    if review.state == "disputed" and page.gone:
        return _(
            "%(name)s has left. The doubt in the score is still answered: it stays in the record of both."
        ) % {"name": name}
    if review.state == "closed" and review.agent.left_on and not page.words["went_well"]:
        return _("Closed, because %(name)s has left.") % {"name": name}
    sentences = {
        "drawn": _("Drawn; %(evaluator)s evaluates it until %(due)s."),
        "scored": _(
            "Evaluated by %(evaluator)s; shown to %(name)s once their own evaluation is there or its days passed."
        ),
        "released": _("%(name)s can read it, and dispute it for ten days."),
        "disputed": _("%(name)s doubts the score; an answer is promised."),
        "decided": _("The dispute is answered."),
        "closed": _("Talked through and closed."),
        "dropped": _("Dropped: this contact is not judged."),
    }  # fmt: skip
    return sentences[review.state] % {
        "name": name,
        "evaluator": review.evaluator.name,
        "due": end_words(review.due),
    }


def _own_sentence(page: ReviewPage, day: str) -> str:
    review = page.review
    if page.may_self_evaluate:
        if review.self_due:
            return _("Your contact of %(day)s. How do you see it yourself? You have until %(until)s.") % {
                "day": day, "until": end_words(review.self_due),
            }  # fmt: skip
        return _("Your contact of %(day)s is reviewed. You may say first how you see it yourself.") % {"day": day}
    if review.state in ("drawn", "scored"):
        return _("Your contact of %(day)s is being evaluated; you see it when it is done.") % {"day": day}
    if review.state == "disputed":
        return _("You doubt the score of your contact of %(day)s; an answer is promised to you.") % {"day": day}
    if review.state == "dropped":
        return _("The review of your contact of %(day)s was dropped.") % {"day": day}
    return _("Your contact of %(day)s, evaluated by %(name)s.") % {"day": day, "name": review.evaluator.name}


@dataclass(frozen=True)
class Given:
    """What one side has answered so far."""

    answers: dict[str, str]
    comments: dict[str, str]
    seconds: dict[str, int | None]


def given(actor: Actor, review: Review, side: str) -> Given:
    """As far as this reader may see that side."""
    rows = list(visible_answers(actor).filter(review=review, side=side))
    said = visible_remarks(actor).filter(review=review, side=side, about__startswith="item:")
    return Given(
        {each.item_key: each.value for each in rows},
        {each.about.removeprefix("item:"): each.text for each in said},
        {each.item_key: each.evidence_seconds for each in rows},
    )


def said_of(actor: Actor, review: Review, side: str) -> dict[str, str]:
    """What a side says about the whole."""
    rows = visible_remarks(actor).filter(review=review, side=side, about__in=["went_well", "to_improve"])
    return dict(rows.values_list("about", "text"))


def items_asked(review: Review, answers: dict[str, str]) -> list[forms.Item]:
    return forms.asked(review.form_version.words, answers)


def own_rows(review: Review, given: Given) -> list[tuple[forms.Item, str]]:
    """The items asked with one's own answers in words, for the last look before handing in."""
    return [
        (item, words.answer_name(given.answers[item.key]) if given.answers.get(item.key) else "")
        for item in items_asked(review, given.answers)
    ]


PLAIN = ("id", "conversation_id", "agent_id", "form_version_id", "evaluator_id", "why", "state", "drawn_at", "due",
         "self_due", "self_handed_in_at", "released_at", "acknowledged_at", "closed_at", "version")  # fmt: skip


def plain_review(actor: Actor, review: Review) -> dict[str, Any]:
    """A review for programs: what a page would show this reader, and nothing else."""
    shown = review.state in SHOWN_TO_AGENT or review.evaluator_id == actor.user_id
    own = review.agent.user_id == actor.user_id or review.state in SHOWN_TO_AGENT
    return {name: getattr(review, name) for name in PLAIN} | {
        "score": review.score if shown else None,
        "all_points": review.all_points if shown else None,
        "self_score": review.self_score if own or (shown and review.state != "drawn") else None,
        "answers": [
            {"side": each.side, "item": each.item_key, "value": each.value, "seconds": each.evidence_seconds}
            for each in visible_answers(actor).filter(review=review).order_by("side", "pk")
        ],
        "words": [
            {"side": each.side, "about": each.about, "text": each.text}
            for each in visible_remarks(actor).filter(review=review).order_by("side", "pk")
        ],
    }
