"""Conversations at the door: redacted while they are read, every one accounted for, read by whom it concerns."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from floorwalker.apps.people.models import AgentName
from floorwalker.apps.quality import services
from floorwalker.apps.quality.models import Conversation, ConversationImport
from floorwalker.apps.quality.rules.conversations import Unfit, conversation
from floorwalker.apps.quality.services.conversations import ImportApplied
from floorwalker.kernel.errors import NotFound
from floorwalker.kernel.models import Entry
from tests.people import NOW, STARTED, Cast

CARD = "4111 1111 1111 1111"


def told(key: str = "C1", agent: str = "A007", **more: Any) -> dict[str, Any]:
    turns = [
        {"speaker": "customer", "at": 0, "text": f"I am Crystal Minh, my card is {CARD}"},
        {"speaker": "agent", "at": "6.4", "text": "Write to crystal@example.org"},
    ]
    values = {"key": key, "agent": agent, "started_at": "2026-03-02T10:00:00+00:00", "names": ["Crystal Minh"]}
    return values | {"channel": "chat", "reason": "refund", "turns": turns} | more


def lines(*rows: Any) -> str:
    return "\n".join(each if isinstance(each, str) else json.dumps(each) for each in rows)


def upload(cast: Cast, text: str, name: str = "talks.jsonl", system: str = "") -> Any:
    data = {"file": SimpleUploadedFile(name, text.encode()), "client": cast.world.aurora.pk, "system": system}
    return cast.client(cast.quality_analyst).post("/quality/conversations/import/", data, follow=True)


def number(cast: Cast) -> str:
    return cast.agent.agent.number if cast.agent.agent else ""


def test_a_file_is_looked_at_and_then_stored(cast: Cast) -> None:
    """Read = stored + here already + rejected, each reject with its line and reason; nothing before a click."""
    rows = [
        told("C1", number(cast)), told("C1", number(cast)), told("C2", "nobody"), "{broken",
        told("C3", number(cast), turns=[]), told("C4", number(cast), client="Nowhere"),
        told("C5", number(cast), client="Borealis"), told("C6", number(cast), channel="fax"),
        told("C7", number(cast), started_at="yesterday"),
    ]  # fmt: skip
    shown = upload(cast, lines(*rows))
    page = shown.content.decode()
    assert "9 read: 2 new, 1 here already, 6 rejected." in page
    for said in ("called “nobody”", "no JSON object", "Nobody says anything", "“Nowhere”", "“fax”", "“yesterday”"):
        assert said in page
    assert not Conversation.objects.exists()
    found = ConversationImport.objects.get()
    at = f"/quality/conversations/import/{found.pk}/"
    rejects = cast.client(cast.quality_analyst).get(f"{at}rejects.csv").content.decode()
    assert rejects.count("\n") == 7 and '"The line is no JSON object."' in rejects
    stored = cast.client(cast.quality_analyst).post(f"{at}store/", follow=True).content.decode()
    assert "2 conversations are stored." in stored
    assert set(Conversation.objects.values_list("key", "client__name")) == {("C1", "Aurora"), ("C5", "Borealis")}
    again = upload(cast, lines(*rows)).content.decode()
    assert "9 read: 0 new, 3 here already, 6 rejected." in again
    with pytest.raises(ImportApplied):
        services.import_conversations(import_id=found.pk, by=cast.quality_analyst.actor, at=NOW)


def test_what_must_not_be_kept_is_stored_nowhere(cast: Cast) -> None:
    """Neither with the upload nor with the conversation; its place says what stood there."""
    upload(cast, lines(told("C1", number(cast))))
    found = ConversationImport.objects.get()
    assert "4111" not in json.dumps(found.rows) and "Crystal" not in json.dumps(found.rows)
    services.import_conversations(import_id=found.pk, by=cast.quality_analyst.actor, at=NOW)
    stored = Conversation.objects.get()
    assert stored.turns == [
        {"speaker": "customer", "at": 0, "text": "I am [name], my card is [card]"},
        {"speaker": "agent", "at": 6, "text": "Write to [e-mail]"},
    ]
    found.refresh_from_db()
    assert found.rows == []


def test_a_table_of_turns_says_the_same(cast: Cast) -> None:
    """Rows of one key are one conversation, whose agent is found by the name the other system had that day."""
    assert cast.agent.agent is not None
    AgentName.objects.create(agent=cast.agent.agent, system="switch", external_id="ext9", days=(STARTED, None))
    table = (
        "key,agent,started_at,channel,names,speaker,at,text\n"
        f"T1,ext9,2026-03-02 10:00,phone,Crystal Minh|Bo,customer,0,I am Crystal and my card is {CARD}\n"
        "T1,,,,,agent,7,Good morning\n"
        ",ext9,2026-03-02 10:00,,,agent,0,lost\n"
        "T2,ext9,2026-03-02 10:00,,,robot,0,beep\n"
    )
    page = upload(cast, table, "talks.csv", system="switch").content.decode()
    assert "3 read: 1 new, 0 here already, 2 rejected." in page and "“robot”" in page
    services.import_conversations(
        import_id=ConversationImport.objects.get().pk, by=cast.quality_analyst.actor, at=NOW
    )
    stored = Conversation.objects.get()
    assert (stored.agent, stored.seconds, len(stored.turns)) == (cast.agent.agent, 7, 2)
    assert stored.turns[0]["text"] == "I am [name] and my card is [card]"


@pytest.mark.parametrize(
    ("text", "said"), [("key,agent\n1,2\n", "these columns are missing"), ("<html></html>", "a web page")]
)
def test_files_that_hold_none_are_refused_beside_the_field(cast: Cast, text: str, said: str) -> None:
    answer = upload(cast, text)
    assert answer.status_code == 422 and said in answer.content.decode()


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (
            "key,agent,started_at,speaker,text,agent_sentiment\n1,2,2026-03-02 10:00,agent,Hello,0.2\n",
            "agent_sentiment",
        ),
        ('{"key": "1", "agent": "2", "mood": "low", "turns": []}\n', "mood"),
        ('{"key": "1", "agent": "2", "turns": [{"speaker": "agent", "text": "x", "Anger": 1}]}\n', "Anger"),
    ],
)
def test_what_somebody_at_work_feels_is_refused(cast: Cast, text: str, name: str) -> None:
    """G-01: the whole file, by name, rather than a column dropped without a word; nothing of it is stored."""
    answer = upload(cast, text, "talks.csv" if text.startswith("key") else "talks.jsonl")
    assert answer.status_code == 422 and f"what somebody at work feels ({name})" in answer.content.decode()
    assert not ConversationImport.objects.exists()


def test_what_a_customer_feels_is_left_out_as_other_columns_are(cast: Cast) -> None:
    assert upload(cast, lines({**told("C1", number(cast)), "customer_sentiment": 0.1})).status_code != 422


def test_agents_out_of_sight_are_not_imported(cast: Cast) -> None:
    """A quality analyst of one team brings in no contact of another."""
    assert cast.stranger.agent is not None
    page = upload(cast, lines(told("C1", cast.stranger.agent.number))).content.decode()
    assert "1 read: 0 new, 0 here already, 1 rejected." in page


def said_by(cast: Cast, person: Any = None, **more: Any) -> Conversation:
    values = {
        "key": "K1", "agent": (person or cast.agent).agent, "client": cast.world.aurora, "channel": "phone",
        "started_at": NOW - timedelta(days=1), "seconds": 300, "reason": "late parcel", "imported_at": NOW,
        "turns": [{"speaker": "customer", "at": 0, "text": "Where is it?"},
                  {"speaker": "agent", "at": 5, "text": "Let me look."}],
    }  # fmt: skip
    return Conversation.objects.create(**(values | more))


def test_who_reads_a_conversation(cast: Cast) -> None:
    """The agent, who judges and who leads them; a manager, a client and another team do not. Reads are noted."""
    found = said_by(cast)
    address = f"/quality/conversations/{found.pk}/"
    for person in (cast.agent, cast.supervisor, cast.quality_analyst):
        page = cast.client(person).get(address).content.decode()
        assert "Let me look." in page, person.key
    assert set(Entry.objects.filter(verb="quality.conversation.seen").values_list("actor_name", flat=True)) == {
        "Supervisor",
        "Quality Analyst",
    }
    for person in (cast.colleague, cast.manager, cast.client_viewer, cast.other_supervisor, cast.planner):
        assert cast.client(person).get(address).status_code == 404, person.key
    assert "late parcel" in cast.client(cast.supervisor).get("/quality/conversations/?q=parcel").content.decode()
    assert (
        "late parcel" not in cast.client(cast.supervisor).get("/quality/conversations/?q=refund").content.decode()
    )


def test_nobody_drops_anothers_file(cast: Cast) -> None:
    upload(cast, lines(told("C1", number(cast))))
    with pytest.raises(NotFound):
        services.drop_import(import_id=ConversationImport.objects.get().pk, by=cast.manager.actor, at=NOW)


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"key": " "}, "missing"),
        ({"key": "x" * 121}, "too_long"),
        ({"seconds": -1}, "no_number"),
        ({"hold_seconds": "long"}, "no_number"),
        ({"turns": [{"speaker": "boss", "text": "x"}]}, "unknown_speaker"),
        ({"turns": [{"speaker": "agent", "text": "x" * 4001}]}, "text_too_long"),
        ({"turns": ["x"]}, "no_turn"),
        ({"turns": [{"speaker": "agent", "text": "x"}] * 2001}, "too_many_turns"),
    ],
)
def test_what_is_wrong_with_a_conversation_has_a_code(more: dict[str, Any], code: str) -> None:
    row = told() | more
    with pytest.raises(Unfit) as wrong:
        conversation(row, row["turns"], "UTC")
    assert wrong.value.code == code


def test_times_without_a_zone_are_of_the_reader() -> None:
    row = told(started_at="2026-07-01T10:00")
    assert conversation(row, row["turns"], "Europe/Lisbon")["started_at"] == "2026-07-01T10:00:00+01:00"
