"""A form in force and conversations, for tests of reviews."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from floorwalker.apps.quality import services
from floorwalker.apps.quality.models import Conversation, FormVersion, Review
from floorwalker.apps.quality.rules.forms import FormContent, Item, Section, yes_or_no
from tests.people import NOW, Cast, Person

YES_NO = yes_or_no("It was done.", "It was left out.")
ITEMS = (
    Item("greet", "Greets by name", 1, YES_NO, expectation="Say the customer's name."),
    Item("verify", "Verifies who calls", 2, YES_NO, critical=True),
    Item("explain", "Explains the next step", 1, YES_NO, may_not_apply=True),
    Item("wait", "Systems answered at once", 2, YES_NO, controlled_by="system"),
)
CONTENT = FormContent((Section("Opening", ITEMS[:2]), Section("Talk", ITEMS[2:])))
WELL = {"greet": "yes", "verify": "yes", "explain": "yes", "wait": "yes"}
SLOW = WELL | {"wait": "no"}
RUDE = WELL | {"greet": "no"}
DAY = timedelta(days=1)


def a_form(cast: Cast) -> FormVersion:
    by = cast.quality_analyst.actor
    draft = services.make_form(name="Service", client_id=None, channel="", content=CONTENT, by=by, at=NOW)
    return services.publish_form(version_id=draft.pk, version=1, by=by, at=NOW)


def a_talk(cast: Cast, person: Person | None = None, key: str = "K1") -> Conversation:
    agent = (person or cast.agent).agent
    assert agent is not None
    return Conversation.objects.create(
        key=key, agent=agent, client=cast.world.aurora, channel="phone", started_at=NOW - DAY, seconds=300,
        reason="late parcel", imported_at=NOW,
        turns=[{"speaker": "customer", "at": 0, "text": "Where is it?"},
               {"speaker": "agent", "at": 5, "text": "Let me look."}],
    )  # fmt: skip


def drawn(cast: Cast, person: Person | None = None, key: str = "K1", at: datetime = NOW) -> Review:
    if not FormVersion.objects.filter(state="in_force").exists():
        a_form(cast)
    talk = a_talk(cast, person, key)
    return services.draw(conversation_id=talk.pk, by=cast.quality_analyst.actor, at=at)


def evaluated(
    cast: Cast, review: Review, answers: dict[str, str] = WELL, at: datetime = NOW, **said: str
) -> Review:
    review.refresh_from_db()
    return services.evaluate(
        review_id=review.pk, answers=answers, remarks=said, version=review.version, finish=True,
        by=cast.quality_analyst.actor, at=at,
    )  # fmt: skip


def own_view(
    cast: Cast, review: Review, answers: dict[str, str] = WELL, person: Person | None = None, at: datetime = NOW
) -> Review:
    by = (person or cast.agent).actor
    values: dict[str, Any] = {"answers": answers, "remarks": {}, "hand_in": True, "by": by, "at": at}
    return services.self_evaluate(review_id=review.pk, **values)


def released(cast: Cast, answers: dict[str, str] = RUDE, at: datetime = NOW, **said: str) -> Review:
    review = drawn(cast, at=at)
    own_view(cast, review, at=at)
    return evaluated(cast, review, answers, at, **said)
