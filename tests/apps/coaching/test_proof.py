"""What feedback rests on: a contact, an evaluation or a state of this agent, or a moment; nothing else passes."""

from __future__ import annotations

from datetime import timedelta
from html import unescape
from typing import Any

import pytest

from floorwalker.apps.coaching import services
from floorwalker.apps.coaching.models import Feedback
from floorwalker.apps.offphone.services import tell_presence
from floorwalker.kernel.periods import Period
from tests.apps.quality.cases import DAY, a_talk, drawn, evaluated, own_view, released
from tests.people import NOW, Cast, Person


def given(cast: Cast, by: Person | None = None, to: Person | None = None, **evidence: Any) -> Feedback:
    agent = (to or cast.agent).agent
    assert agent is not None
    said = {"kind": "corrective", "words": "You did not greet.", "expectation": "Greet by name."}
    author = (by or cast.supervisor).actor
    return services.give(agent_id=agent.pk, by=author, at=NOW, **said | evidence)


def linked(cast: Cast, who: Person, found: Feedback, address: str) -> bool:
    return f'href="{address}"' in cast.client(who).get(f"/coaching/{found.pk}/").content.decode()


def test_a_contact_and_an_evaluation_are_links_for_both(cast: Cast) -> None:
    """S72: both open what it rests on."""
    review = released(cast)
    talk = review.conversation
    contact = given(cast, evidence_kind="contact", evidence_ref=" K1 ")
    evaluation = given(cast, evidence_kind="review", evidence_ref=str(review.pk))
    for who in (cast.agent, cast.supervisor):
        assert linked(cast, who, contact, f"/quality/conversations/{talk.pk}/"), who.key
        assert linked(cast, who, evaluation, f"/quality/reviews/{review.pk}/"), who.key
        assert cast.client(who).get(f"/quality/reviews/{review.pk}/").status_code == 200


def test_what_is_wrong_and_what_is_foreign_get_one_answer(cast: Cast) -> None:
    """S79, S95: “x”, a colleague's contact and one of another team are refused in the same words, by page too."""
    a_talk(cast, cast.colleague, "K2")
    a_talk(cast, cast.stranger, "K3")
    others = released(cast)
    other = drawn(cast, cast.colleague, key="K4")
    said = set()
    for ref in ("x", "K2", "K3", "K" * 120, "0"):
        with pytest.raises(services.EvidenceNotFound) as refused:
            given(cast, evidence_kind="contact", evidence_ref=ref)
        said.add(str(refused.value))
    assert len(said) == 1
    for ref in ("x", str(other.pk), str(others.pk + 999), "9" * 40, "-1"):
        with pytest.raises(services.EvidenceNotFound):
            given(cast, evidence_kind="review", evidence_ref=ref)
    assert cast.agent.agent is not None
    address = f"/coaching/agents/{cast.agent.agent.pk}/give/"
    typed = {"kind": "corrective", "words": "No.", "expectation": "Greet.", "evidence_kind": "contact"}
    page = cast.client(cast.supervisor).post(address, typed | {"evidence_ref": "K2"})
    assert page.status_code == 422 and "There is no contact of Agent" in unescape(page.content.decode())
    assert not Feedback.objects.exists()


def test_an_evaluation_that_is_still_blind_is_no_evidence(cast: Cast) -> None:
    """N13: who evaluated it would tell the agent of a score they may not see yet; the form does not offer it."""
    review = drawn(cast)
    evaluated(cast, review)
    assert cast.agent.agent is not None
    address = f"/coaching/agents/{cast.agent.agent.pk}/give/"
    with pytest.raises(services.EvidenceNotFound):
        given(cast, cast.quality_analyst, evidence_kind="review", evidence_ref=str(review.pk))
    option = f'value="review:{review.pk}"'
    assert option not in cast.client(cast.quality_analyst).get(address).content.decode()
    own_view(cast, review)
    assert option in cast.client(cast.quality_analyst).get(address).content.decode()
    given(cast, cast.quality_analyst, evidence_kind="review", evidence_ref=str(review.pk))


def test_a_state_has_a_name_and_a_time_at_work(cast: Cast) -> None:
    """One of the states a phone system knows; past, and on a published shift where any is published."""
    hour = timedelta(hours=1)
    found = given(cast, evidence_kind="state", evidence_ref="after_contact", evidence_at=NOW - hour)
    page = cast.client(cast.agent).get(f"/coaching/{found.pk}/").content.decode()
    assert "state of the phones: after-contact work, from" in page and "/schedules/mine/day/2026-03-04/" in page
    assert cast.agent.agent is not None
    pk, start = cast.agent.agent.pk, NOW.replace(hour=7)
    shift = Period(start, start + timedelta(hours=8))
    tell_presence(agents=[pk], between=Period(NOW - DAY, NOW + DAY), windows=[(pk, 1, shift)])
    given(cast, evidence_kind="state", evidence_ref="hold", evidence_at=NOW - hour)
    for ref, when in (("after_contact", NOW - 13 * hour), ("idle", NOW - hour), ("hold", NOW + hour)):
        with pytest.raises(services.EvidenceNotFound):
            given(cast, evidence_kind="state", evidence_ref=ref, evidence_at=when)


def test_nobody_looks_at_the_states_of_a_contractor(cast: Cast) -> None:
    """W-06: refused in a sentence, and not offered."""
    with pytest.raises(services.EvidenceNotFound, match="independent contractor"):
        given(cast, to=cast.contractor, evidence_kind="state", evidence_ref="talking", evidence_at=NOW - DAY)
    assert cast.contractor.agent is not None
    page = cast.client(cast.supervisor).get(f"/coaching/agents/{cast.contractor.agent.pk}/give/").content.decode()
    assert 'value="moment"' in page and 'value="state"' not in page


@pytest.mark.parametrize("days", [1, -2000])
def test_a_moment_lies_in_the_past_and_in_their_time_here(cast: Cast, days: int) -> None:
    with pytest.raises(services.EvidenceNotFound):
        given(cast, evidence_kind="moment", evidence_at=NOW + days * DAY, evidence_place="at the desk")


def test_feedback_begins_where_its_evidence_is(cast: Cast) -> None:
    """From the page of an evaluation and of a contact, with it chosen already; only for who may give it."""
    review = released(cast)
    talk, agent = review.conversation, cast.agent.agent
    assert agent is not None
    for address, evidence in (
        (f"/quality/reviews/{review.pk}/", f"review%3A{review.pk}"),
        (f"/quality/conversations/{talk.pk}/", "contact%3AK1"),
    ):
        link = f"/coaching/agents/{agent.pk}/give/?evidence={evidence}"
        for who in (cast.supervisor, cast.quality_analyst):
            assert link in cast.client(who).get(address).content.decode(), (who.key, address)
        assert "Give feedback on this" not in cast.client(cast.agent).get(address).content.decode()
        form = cast.client(cast.supervisor).get(link).content.decode()
        assert f'value="{evidence.replace("%3A", ":")}" selected' in form
    chosen = {
        "kind": "corrective",
        "words": "No greeting.",
        "expectation": "Greet.",
        "evidence_kind": "contact:K1",
    }
    assert cast.client(cast.supervisor).post(f"/coaching/agents/{agent.pk}/give/", chosen).status_code == 302
    assert Feedback.objects.get().evidence_ref == "K1"
