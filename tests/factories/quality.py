"""Rows of quality for the tests of access."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from floorwalker.apps.accounts.models import User
from floorwalker.apps.quality.models import (
    AgentEffect,
    Answer,
    AssessmentNotice,
    Calibration,
    CalibrationScore,
    Conversation,
    ConversationImport,
    Dispute,
    Form,
    FormVersion,
    Phrase,
    PhraseLabel,
    QualityTarget,
    RaterEffect,
    RaterFit,
    Reading,
    Remark,
    Review,
    SampleDraw,
    SamplePlan,
    Spot,
    WeightRound,
    WeightVote,
    WeightVoter,
)
from floorwalker.apps.quality.rules.forms import FormContent, Item, Section, yes_or_no
from tests.factories import Planted, Where
from tests.people import NOW, World


def everybody() -> frozenset[int]:
    """Forms are the standards of the house: whoever is measured by them may read them."""
    return frozenset(User.objects.values_list("pk", flat=True))


def content(marker: str) -> FormContent:
    items = (
        Item("greet", f"Greets {marker}", 1, yes_or_no("Did.", "Did not."), expectation=marker),
        Item("wait", "The system was quick", 1, yes_or_no("It was.", "It was not."), controlled_by="system"),
    )
    return FormContent((Section("Opening", items),))


def make_form(world: World, where: Where, marker: str) -> Planted:
    return Planted(Form.objects.create(name=marker), users=everybody())


def make_formversion(world: World, where: Where, marker: str) -> Planted:
    form = Form.objects.create(name=f"Form of {where.key}", client=where.client)
    words = content(marker).to_json()
    row = FormVersion.objects.create(form=form, number=1, content=words, made_by=marker, made_at=NOW)
    return Planted(row, users=everybody())


def make_assessmentnotice(world: World, where: Where, marker: str) -> Planted:
    row = AssessmentNotice.objects.create(
        purpose=marker, told_on=NOW.date(), reviewer=marker, by_name=marker, at=NOW
    )
    return Planted(row, users=everybody())


def make_qualitytarget(world: World, where: Where, marker: str) -> QualityTarget:
    return QualityTarget.objects.create(
        client=where.client, starts=NOW.date(), score=80, note=marker, by_name=marker, at=NOW
    )


def make_conversation(world: World, where: Where, marker: str) -> Conversation:
    return Conversation.objects.create(
        key=marker,
        agent=where.agent,
        client=where.client,
        channel="phone",
        queue_name=marker,
        started_at=NOW - timedelta(days=2),
        seconds=300,
        reason=marker,
        disposition=marker,
        turns=[
            {"speaker": "customer", "at": 0, "text": f"Hello {marker}"},
            {"speaker": "agent", "at": 4, "text": f"Good morning {marker}"},
        ],
        imported_at=NOW,
    )


def make_conversationimport(world: World, where: Where, marker: str) -> ConversationImport:
    row = {"line": 1, "key": marker, "agent": marker, "client": "", "started_at": NOW.isoformat(), "turns": []}
    return ConversationImport.objects.create(
        user=where.user,
        file_name=marker,
        system=marker,
        client=where.client,
        uploaded_at=NOW,
        read=1,
        rows=[row],
        rejects=[],
        repeated=0,
    )


EVALUATORS = {"north_one": "quality_analyst", "north_two": "other_supervisor", "south_one": "hr"}


def evaluator_of(world: World, where: Where) -> User:
    """Somebody who judges there; of the South, where nobody of the cast does, somebody who sees no review."""
    key = next(key for key in EVALUATORS if getattr(world, key) == where.team)
    return User.objects.get(email=f"{EVALUATORS[key]}@example.org")


def a_review(world: World, where: Where, key: str, **more: Any) -> Review:
    """A review that is closed, so that nothing of it is blind any more."""
    talk = Conversation.objects.create(
        key=f"{key}:{where.key}",
        agent=where.agent,
        client=where.client,
        channel="chat",
        started_at=NOW - timedelta(days=9),
        seconds=60,
        turns=[{"speaker": "agent", "at": 0, "text": "Good morning"}],
        imported_at=NOW,
    )
    form, _ = Form.objects.get_or_create(name="Reviews")
    version, _ = FormVersion.objects.get_or_create(
        form=form, number=1, defaults={"content": content("by name").to_json(), "made_by": "x", "made_at": NOW}
    )
    values = {
        "conversation": talk,
        "agent": where.agent,
        "form_version": version,
        "evaluator": evaluator_of(world, where),
        "why": "sample",
        "state": "closed",
        "drawn_at": NOW - timedelta(days=8),
        "due": NOW - timedelta(days=3),
        "scored_at": NOW - timedelta(days=4),
        "released_at": NOW - timedelta(days=3),
        "closed_at": NOW - timedelta(days=1),
        "score": 80.0,
        "all_points": 70.0,
    }
    return Review.objects.create(**(values | more))


def make_review(world: World, where: Where, marker: str) -> Review:
    return a_review(world, where, "review")


def make_answer(world: World, where: Where, marker: str) -> Answer:
    review = a_review(world, where, "answer")
    return Answer.objects.create(review=review, side="evaluator", item_key="greet", value="yes", at=NOW)


def make_remark(world: World, where: Where, marker: str) -> Planted:
    """Words of the evaluator on an item, where the page shows them, about the review all positions open."""
    review = Review.objects.filter(conversation__key=f"review:{where.key}").first() or a_review(
        world, where, "remark"
    )
    for about in ("item:greet", "went_well", "to_improve"):
        Remark.objects.create(review=review, side="evaluator", about=about, text=marker, at=NOW)
    Answer.objects.create(review=review, side="evaluator", item_key="greet", value="yes", at=NOW)
    row = Remark.objects.create(review=review, side="evaluator", about=marker, text=marker, at=NOW)
    return Planted(row, users=frozenset({where.user.pk, review.evaluator_id}))


def make_dispute(world: World, where: Where, marker: str) -> Dispute:
    return Dispute.objects.create(
        review=a_review(world, where, "dispute"),
        round=1,
        opened_at=NOW - timedelta(days=2),
        due=NOW,
        decider=evaluator_of(world, where),
        state="upheld",
        decided_at=NOW - timedelta(days=1),
        score_before=80.0,
        score_after=80.0,
    )


def a_fit(**more: Any) -> RaterFit:
    """What was fitted last."""
    values = {
        "version": 1,
        "state": "fitted",
        "asked_at": NOW,
        "asked_by": "the night",
        "since": NOW - timedelta(days=365),
        "fitted_at": NOW,
        "mean": 75.0,
        "spread": {"agent": 4.0, "evaluator": 6.0, "contact": None, "rest": 9.0},
    }
    return RaterFit.objects.get_or_create(version=values["version"], defaults=values | more)[0]


def make_ratereffect(world: World, where: Where, marker: str) -> RaterEffect:
    row = RaterEffect.objects.create(
        fit=a_fit(), evaluator=where.user, evaluations=30, points=1.0, low=-1.0, high=3.0
    )
    row.teams.add(where.team)
    return row


def make_agenteffect(world: World, where: Where, marker: str) -> AgentEffect:
    return AgentEffect.objects.create(
        fit=a_fit(), agent=where.agent, evaluations=9, raw=70.0, adjusted=75.0, low=70.0, high=80.0
    )


def a_calibration(world: World, where: Where, key: str) -> Calibration:
    """Closed, so that nothing of it is blind any more."""
    review = a_review(world, where, key)
    return Calibration.objects.create(
        conversation=review.conversation,
        form_version=review.form_version,
        owner=where.user,
        state="closed",
        opened_at=NOW - timedelta(days=9),
        due=NOW,
        closed_at=NOW,
    )


def make_calibration(world: World, where: Where, marker: str) -> Calibration:
    return a_calibration(world, where, "calibration")


def make_calibrationscore(world: World, where: Where, marker: str) -> CalibrationScore:
    return CalibrationScore.objects.create(
        calibration=a_calibration(world, where, "calibration score"),
        participant=where.user,
        answers={"greet": "yes", "wait": "yes"},
        comments={"greet": marker},
        scored_at=NOW,
        score=100.0,
        all_points=100.0,
    )


def make_reading(world: World, where: Where, marker: str) -> Planted:
    found = a_calibration(world, where, "reading")
    row = Reading.objects.create(
        calibration=found, form=found.form_version.form, item_key="greet", text=marker, at=NOW
    )
    return Planted(row, users=everybody())


def a_sample_plan(where: Where, name: str) -> SamplePlan:
    return SamplePlan.objects.create(
        name=name, team=where.team, cadence_days=14, per_period=1, seed=7, zone="UTC", begins_at=NOW,
        made_by=name, made_at=NOW,
    )  # fmt: skip


def make_sampleplan(world: World, where: Where, marker: str) -> Planted:
    return Planted(a_sample_plan(where, marker), users=frozenset())


def make_sampledraw(world: World, where: Where, marker: str) -> Planted:
    """Of a plan all positions open, where their page shows it."""
    plan = SamplePlan.objects.filter(team=where.team).first() or a_sample_plan(where, "by team")
    row = SampleDraw.objects.create(
        plan=plan, agent=where.agent, part=1, wanted_at=NOW, tried_at=NOW, why_not="no_contact"
    )
    return Planted(row, users=frozenset())


def make_phrase(world: World, where: Where, marker: str) -> Planted:
    row = Phrase.objects.create(text=marker, said_by="customer", owner_topic="process", made_at=NOW)
    return Planted(row, users=frozenset())


def make_spot(world: World, where: Where, marker: str) -> Spot:
    phrase, _ = Phrase.objects.get_or_create(
        text="good morning", said_by="agent", defaults={"owner_topic": "agent", "made_at": NOW}
    )
    return Spot.objects.create(conversation=a_review(world, where, "spot").conversation, phrase=phrase, turn=0)


def make_phraselabel(world: World, where: Where, marker: str) -> PhraseLabel:
    spot = Spot.objects.filter(conversation__agent=where.agent).first() or make_spot(world, where, marker)
    return PhraseLabel.objects.create(
        conversation=spot.conversation, phrase=spot.phrase, turn=0, spotted=True, present=True,
        by=evaluator_of(world, where), at=NOW,
    )  # fmt: skip


def a_voter(where: Where, key: str) -> WeightVoter:
    """In a round of a form of their own, whose name everybody may read."""
    form = Form.objects.create(name=f"Form {Form.objects.count()} of {where.key}")
    words = content("by name").to_json()
    version = FormVersion.objects.create(
        form=form, number=1, content=words, made_by="x", made_at=NOW, state="in_force", in_force_from=NOW
    )
    found = WeightRound.objects.create(
        form_version=version, owner=User.objects.get(email="manager@example.org"), opened_at=NOW, due=NOW
    )
    return WeightVoter.objects.create(
        round=found, leader=where.user, voted_at=NOW, assent="no", assent_why=key, assent_at=NOW
    )


def make_weightround(world: World, where: Where, marker: str) -> WeightRound:
    return a_voter(where, "Round").round


def make_weightvoter(world: World, where: Where, marker: str) -> WeightVoter:
    return a_voter(where, marker)


def make_weightvote(world: World, where: Where, marker: str) -> WeightVote:
    return WeightVote.objects.create(voter=a_voter(where, "Vote"), item_key="greet", weight=1)


VALUES: dict[str, Any] = {"item_key": lambda world: "greet"}
BODIES: dict[str, Any] = {
    "quality_give_notice": lambda _world, _where: {
        "purpose": "To see what to teach.",
        "told_on": "2026-03-01",
        "reviewer": "The head of quality",
    },
    "quality_agree_target": lambda world, where: {
        "client_id": where.client.pk,
        "score": 80,
        "starts": "2026-03-01",
    },
}
