"""How contacts were documented: counted by queue, and asked about where code and last words contradict."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from floorwalker.apps.quality import queries
from floorwalker.apps.quality.models import Conversation
from floorwalker.apps.quality.rules import endings
from tests.apps.quality import labelled
from tests.people import Cast, Person

PAGE = labelled.ROOT / "docs" / "science" / "phrases.md"


@pytest.mark.parametrize(
    ("code", "means"),
    [("Solved", "done"), ("not solved", "open"), ("UNRESOLVED", "open"), ("called back", "open"),
     ("Follow-up", "open"), ("escalated to tier 2", "open"), ("refunded", "done"), ("17", ""),
     ("", ""), ("reopened by error", "")],
)  # fmt: skip
def test_what_a_code_means(code: str, means: str) -> None:
    """By its words; of a number or a word nobody knows nothing is asked."""
    assert endings.code_means(code) == means


def told(*turns: tuple[str, str]) -> list[dict[str, str]]:
    return [{"speaker": speaker, "text": text} for speaker, text in turns]


def test_only_the_last_words_and_no_both_ways() -> None:
    """What was promised early and kept is no question, nor is a contact that says both."""
    later = [("agent", "We will call you."), *[("customer", "Yes.")] * endings.LAST]
    assert endings.ending("solved", told(*later)) == ""
    assert endings.ending("solved", told(*later[:2])) == endings.SAID_OPEN
    assert endings.ending("solved", told(("agent", "We will call you."), ("customer", "It works now."))) == ""
    assert endings.ending("called back", told(("customer", "Oh, it works now."))) == endings.SAID_DONE
    assert endings.ending("17", told(("agent", "We will call you."))) == ""


def test_the_page_tells_how_right_the_questions_are() -> None:
    """Precision and recall on endings kept apart from those the rules were written on; as the document says."""
    found = [
        (each.question, bool(endings.ending(each.disposition, each.turns)))
        for each in labelled.endings("published")
    ]
    right = sum(question and asked for question, asked in found)
    asked, questions = sum(asked for _, asked in found), sum(question for question, _ in found)
    page = " ".join(PAGE.read_text(encoding="utf-8").split())
    assert f"Of {len(found)} endings" in page
    assert f"precision {labelled.share(right, asked)}; recall {labelled.share(right, questions)}" in page
    everything = sum(question for question, _ in found) / len(found)
    assert right / asked > 0.75 > everything  # to ask of every contact would be right less than half the time


def a_contact(cast: Cast, key: str, *, person: Person | None = None, **more: str) -> Conversation:
    agent = (person or cast.agent).agent
    assert agent is not None
    turns = told(("agent", "I will let you know."))
    disposition = more.get("disposition", "")
    return Conversation.objects.create(
        key=key, agent=agent, client=cast.world.aurora, channel="phone",
        started_at=timezone.now() - timedelta(days=1), seconds=60,
        imported_at=timezone.now(), turns=[{**turn, "at": 0} for turn in turns],
        ending=endings.ending(disposition, turns), **more,
    )  # fmt: skip


def test_shares_by_queue_and_questions_for_who_may_read(cast: Cast) -> None:
    """The least documented queue first; managers see sums and no contact; analysts those of their teams."""
    a_contact(cast, "K1", queue_name="Desk", disposition="solved", reason="parcel")
    a_contact(cast, "K2", queue_name="Desk", disposition="called back")
    a_contact(cast, "K3", queue_name="Night")
    a_contact(cast, "elsewhere", queue_name="Desk", disposition="solved", person=cast.stranger)
    lines = queries.endings(cast.quality_analyst.actor, timezone.now() - timedelta(days=30))
    assert [(each.queue, each.contacts, each.with_reason, each.coded, each.questions) for each in lines] == [
        ("Night", 1, 0, 0, 0),
        ("Desk", 2, 1, 2, 1),
    ]
    page = cast.client(cast.quality_analyst).get("/quality/endings/?days=30").content.decode()
    assert (
        "67 % of 3 contacts" in page.replace("\xa0", " ") and "the last words say there is something left" in page
    )
    assert f"/quality/conversations/{Conversation.objects.get(key='K1').pk}/" in page
    whole = cast.client(cast.manager).get("/quality/endings/?days=30").content.decode()
    assert "4 contacts" in whole and "/quality/conversations/" not in whole.split("<main")[1]
    assert '"Desk",3,1,3,2' in cast.client(cast.manager).get("/quality/endings/endings.csv").content.decode()
    own = Conversation.objects.get(key="K1")
    assert "Does that fit?" in cast.client(cast.agent).get(f"/quality/conversations/{own.pk}/").content.decode()
    assert cast.client(cast.agent).get("/quality/endings/").status_code == 404
