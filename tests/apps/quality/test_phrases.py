"""Phrases worth noticing: found by rules, counted for who can mend them, judged by hand."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from floorwalker.apps.quality import queries, services
from floorwalker.apps.quality.models import Conversation, Phrase, PhraseLabel, Spot
from floorwalker.apps.quality.rules import phrases as rules
from floorwalker.science.sample.sayings import LOOKALIKES, PLAIN, PLANTED, TRIGGERS
from tests.apps.quality.cases import DAY
from tests.people import Cast, Person

Work = Callable[..., None]


def patterns(*texts: str, said_by: str = "customer") -> list[rules.Pattern]:
    return [rules.pattern_of(rules.Wanted(n, text, said_by)) for n, text in enumerate(texts)]


def said(*texts: str, speaker: str = "customer") -> list[dict[str, object]]:
    return [{"speaker": speaker, "at": n, "text": text} for n, text in enumerate(texts)]


def a_talk(cast: Cast, *texts: str, key: str = "K", person: Person | None = None) -> Conversation:
    agent = (person or cast.agent).agent
    assert agent is not None
    return Conversation.objects.create(
        key=key, agent=agent, client=cast.world.aurora, channel="phone", started_at=timezone.now() - DAY,
        seconds=60, reason="billing", queue_name="Desk", imported_at=timezone.now(),
        turns=said(*texts, speaker="customer"),
    )  # fmt: skip


def added(
    cast: Cast, text: str = "called three times", said_by: str = "customer", owner: str = "process"
) -> Phrase:
    return services.add_phrase(
        text=text, said_by=said_by, owner_topic=owner, client_id=None, by=cast.quality_analyst.actor,
        at=timezone.now(),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("I have CALLED  three times already", True),
        ("I called, three times", True),
        ("My neighbour called. Three times a week!", False),
        ("I recalled three times", False),
        ("called three timesheets", False),
    ],
)
def test_whole_words_in_order_and_within_a_sentence(text: str, found: bool) -> None:
    """Case, commas and spaces do not matter; parts of words and the end of a sentence do."""
    assert bool(rules.spots(said(text), patterns("called three times"))) is found


def test_apostrophes_stems_and_speakers() -> None:
    """Both apostrophes are one, an asterisk ends a stem, and what the other side says is not theirs."""
    assert rules.spots(said("I can’t wait"), patterns("can't wait"))
    assert rules.spots(said("I am cancelling my contract"), patterns("cancel* my contract"))
    assert not rules.spots(said("called three times", speaker="agent"), patterns("called three times"))
    assert not rules.spots(said("called"), [rules.pattern_of(rules.Wanted(1, "called", "customer", 7))], 8)


def test_every_planted_phrase_is_found_and_no_lookalike() -> None:
    """The made-up centre's sayings: all ten triggers, none of the words that only look like one."""
    wanted = [rules.pattern_of(rules.Wanted(n, each.phrase, each.speaker)) for n, each in enumerate(TRIGGERS)]
    for saying in (*PLANTED, *PLAIN, *LOOKALIKES):
        found = [TRIGGERS[n].phrase for n, _ in rules.spots(said(saying.text, speaker=saying.speaker), wanted)]
        assert found == ([saying.trigger] if saying.trigger else []), saying.text


def test_found_when_it_comes_in_and_in_what_is_stored(cast: Cast, work: Work) -> None:
    """By a job for the older ones; again changes nothing; archived it is looked for no more."""
    talk = a_talk(cast, "Hello", "I have called three times")
    phrase = added(cast)
    work(inline=True)
    assert list(Spot.objects.values_list("conversation", "turn")) == [(talk.pk, 1)]
    later = a_talk(cast, "I called three times", key="K2")
    assert services.spot_in([talk, later]) == 2 and Spot.objects.count() == 2
    services.archive_phrase(phrase_id=phrase.pk, archived=True, by=cast.quality_analyst.actor, at=timezone.now())
    assert services.spot_in([a_talk(cast, "I called three times", key="K3")]) == 0
    page = cast.client(cast.quality_analyst).get(f"/quality/conversations/{talk.pk}/").content.decode()
    assert "no agent can change it; it is for the process" in page


def test_the_bank_counts_and_says_for_whom(cast: Cast, work: Work) -> None:
    """By page, for the manager in sums without words, for who can mend it beside the lost points, as a file."""
    a_talk(cast, "I called three times")
    a_talk(cast, "I called three times", key="elsewhere", person=cast.stranger)
    phrase = added(cast)
    added(cast, "not my department", "agent", "agent")
    work(inline=True)
    analyst, manager = cast.client(cast.quality_analyst), cast.client(cast.manager)
    assert "called three times" in analyst.get("/quality/phrases/").content.decode()
    page = analyst.get(f"/quality/phrases/{phrase.pk}/").content.decode()
    assert "in 1 contact of twelve weeks" in page and "I called three times" in page and "Desk" in page
    whole = manager.get(f"/quality/phrases/{phrase.pk}/").content.decode()
    assert "in 2 contacts of twelve weeks" in whole and "I called three times" not in whole
    lost = manager.get("/quality/lost/").content.decode()
    assert "called three times" in lost and "not my department" not in lost
    assert '"process","called three times",2' in manager.get("/quality/lost/said.csv").content.decode()
    assert cast.client(cast.agent).get("/quality/phrases/").status_code == 404
    rows = analyst.get("/quality/phrases/phrases.csv").content.decode().splitlines()
    assert rows[1].startswith('"called three times","customer","process",1,0,0')
    assert cast.client(cast.manager).post("/quality/phrases/", {"text": "x y"}).status_code == 404
    assert Phrase.objects.count() == 2


FILE = """phrase,said_by,who_could_mend_it,client
the app is down,customer,system,
called three times,customer,process,
"""


def test_a_file_of_phrases_is_taken_whole_or_not_at_all(cast: Cast) -> None:
    """What is there already is counted; a row that does not fit is named, and nothing is kept."""
    added(cast)
    analyst = cast.client(cast.quality_analyst)

    def sent(text: str) -> str:
        file = SimpleUploadedFile("phrases.csv", text.encode())
        return analyst.post("/quality/phrases/file/", {"file": file}, follow=True).content.decode()

    assert "Line 3: “said_by” is customer or agent" in sent(FILE.replace("times,customer", "times,everybody"))
    assert Phrase.objects.count() == 1
    assert "1 phrases are added; 1 were in the bank already" in sent(FILE)
    assert "these columns are missing" in sent("words\nx\n")


def test_labels_say_how_well_it_is_found(cast: Cast, work: Work) -> None:
    """Precision from 20 spots, recall from 50 other turns on; which kind is drawn stays hidden."""
    phrase = added(cast, "called three times")
    actor, now = cast.quality_analyst.actor, timezone.now()
    for n in range(30):
        a_talk(cast, "I called three times", "I rang them thrice", "Yes", key=f"K{n}")
    work(inline=True)
    chance = random.Random(1)
    for _ in range(80):
        drawn = queries.draw_turn(actor, phrase, chance)
        assert drawn is not None
        text = drawn.conversation.turns[drawn.turn]["text"]
        services.label(
            phrase_id=phrase.pk, conversation_id=drawn.conversation.pk, turn=drawn.turn,
            present="three" in text or "thrice" in text, by=actor, at=now,
        )  # fmt: skip
    counts = [PhraseLabel.objects.filter(spotted=spotted).count() for spotted in (True, False)]
    assert counts == [30, 50]
    shown = queries.phrase_page(actor, phrase, now)
    assert shown.precision is not None and (shown.precision.hits, shown.precision.of) == (30, 30)
    assert shown.recall is not None and shown.recall.low < 0.5 < shown.recall.high
    assert shown.recall.value == pytest.approx(0.5, abs=0.1), "half of what was meant was said otherwise"
    page = cast.client(cast.quality_analyst).get(f"/quality/phrases/{phrase.pk}/").content.decode()
    assert "it was said in 30 of 30 spots" in page
    with pytest.raises(services.NoSuchTurn):
        services.label(
            phrase_id=phrase.pk, conversation_id=drawn.conversation.pk, turn=9, present=True, by=actor, at=now
        )


def test_intervals_are_wilsons() -> None:
    """The published example of the interval, and silence below the stated sizes."""
    share = rules.wilson(15, 20)
    assert (share.low, share.high) == (pytest.approx(0.5684, abs=1e-3), pytest.approx(0.8720, abs=1e-3))
    assert rules.precision(19, 19) is None and rules.recall(rules.wilson(20, 20), 20, 0, 49, 100) is None


def test_labelling_by_page_and_program(cast: Cast, work: Work) -> None:
    """One turn after the other in the browser; the same by the API."""
    talk = a_talk(cast, "I called three times")
    phrase = added(cast)
    work(inline=True)
    analyst, page = cast.client(cast.quality_analyst), f"/quality/phrases/{phrase.pk}/check/"
    assert "It is said" in analyst.get(page).content.decode()
    analyst.post(page, {"conversation": talk.pk, "turn": 0, "present": "no"})
    assert PhraseLabel.objects.get().present is False
    assert "No turn is left to look at" in analyst.get(page).content.decode()
    sent = {"conversation_id": talk.pk, "turn": 0, "present": True}
    got = analyst.post(f"/api/v1/quality/phrases/{phrase.pk}/labels", sent, content_type="application/json")
    assert got.json()["present"] is True and PhraseLabel.objects.count() == 1
    assert analyst.get(f"/api/v1/quality/phrases/{phrase.pk}/spots").json()["items"][0]["turn"] == 0
    assert cast.client(cast.supervisor).get(page).status_code == 404
