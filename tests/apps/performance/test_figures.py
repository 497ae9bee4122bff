"""Figures of days: told by the batch, by file and by an evaluation; never changed, only replaced."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.test import Client as Browser

from floorwalker.apps.people.models import AgentName
from floorwalker.apps.performance import services
from floorwalker.apps.performance.models import AgentDay, FactFile
from floorwalker.apps.performance.rules.facts import Told
from floorwalker.apps.performance.services import NotTold, Outcome
from floorwalker.kernel.access import SYSTEM
from floorwalker.kernel.errors import NotFound
from floorwalker.kernel.models import Entry
from tests.people import NOW, Cast, Person

DAY = date(2026, 3, 2)


def told(
    person: Person, value: float = 82.0, key: str = "a", measure: str = "quality_score", day: date = DAY
) -> Told:
    assert person.agent is not None
    return Told(person.agent.pk, day, measure, value, 1.0, key)


def tell(person: Person, *facts: Told) -> Outcome:
    return services.tell_days(facts=facts, source="test", by=person.actor, at=NOW)


def test_the_same_again_changes_nothing_and_a_correction_replaces(cast: Cast) -> None:
    """By the key of the source; what was replaced stays, and only one row counts."""
    assert tell(cast.supervisor, told(cast.agent)) == Outcome(1, 0, 0)
    assert tell(cast.supervisor, told(cast.agent)) == Outcome(0, 0, 1)
    assert tell(cast.supervisor, told(cast.agent, 74.0)) == Outcome(0, 1, 0)
    rows = AgentDay.objects.order_by("pk").values_list("value", "replaced")
    assert list(rows) == [(82.0, True), (74.0, False)]
    assert Entry.objects.filter(verb="performance.tell").count() == 2


def test_what_was_told_cannot_be_changed_behind_the_suites_back(cast: Cast) -> None:
    """The table itself refuses another value and a deletion."""
    tell(cast.supervisor, told(cast.agent))
    for change in (
        lambda: AgentDay.objects.update(value=99.0),
        lambda: AgentDay.objects.update(value=99.0, replaced=True),
        lambda: AgentDay.objects.all().delete(),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()


def test_nobody_tells_figures_of_people_they_do_not_lead(cast: Cast) -> None:
    """And nothing of the batch is told; a key says nothing of other people's keys."""
    with pytest.raises(NotFound):
        tell(cast.supervisor, told(cast.agent), told(cast.stranger, key="b"))
    with pytest.raises(NotFound):
        tell(cast.agent, told(cast.agent))
    tell(cast.manager, told(cast.stranger))
    assert tell(cast.supervisor, told(cast.agent)) == Outcome(1, 0, 0)
    assert AgentDay.objects.filter(replaced=True).count() == 0


@pytest.mark.parametrize(
    ("value", "measure", "days", "why"),
    [
        (101.0, "quality_score", 0, "points go to 100"),
        (float("nan"), "quality_score", 0, "points go to 100"),
        (2.0, "conversion", 0, "shares to 1"),
        (80.0, "smiles", 0, "no such measure"),
        (80.0, "quality_score", 5, "not come yet"),
        (80.0, "quality_score", -2000, "not with us"),
    ],
)
def test_a_figure_that_cannot_be_is_named(cast: Cast, value: float, measure: str, days: int, why: str) -> None:
    """Which one, of what, and why; none of the batch is told."""
    bad = told(cast.agent, value, "b", measure, DAY + timedelta(days=days))
    with pytest.raises(NotTold, match=rf"Figure 2, {measure} .*{why}"):
        tell(cast.supervisor, told(cast.agent), bad)
    assert not AgentDay.objects.exists()


def test_adherence_of_contractors_is_never_told(cast: Cast) -> None:
    """W-06."""
    with pytest.raises(NotTold, match="independent contractors"):
        tell(cast.supervisor, told(cast.contractor, 0.9, measure="adherence"))
    assert tell(cast.supervisor, told(cast.agent, 0.9, measure="adherence")).new == 1


def test_evaluations_of_a_day_are_one_figure(cast: Cast) -> None:
    """Told twice it counts once; with more evaluations, or one decided anew, their mean takes its place."""
    assert cast.agent.agent is not None
    for score, number in ((82.0, 1), (82.0, 1), (90.0, 2)):
        services.tell_quality(
            agent_id=cast.agent.agent.pk, day=DAY, read=lambda found=(score, number): found, at=NOW
        )
    row = AgentDay.objects.get(replaced=False)
    assert (row.measure, row.value, row.weight, row.source) == ("quality_score", 90.0, 2.0, "quality")
    assert services.tell_quality(agent_id=cast.agent.agent.pk, day=DAY, read=lambda: None, at=NOW).new == 0


FILE = """agent;day;measure;value;weight
A006;2026-03-02;quality_score;82,5;2
A006;2026-03-03;quality score;85;
A008;2026-03-02;adherence;95 %;7
A006;02.03.2026;quality_score;80;1
A006;2026-03-02;quality_score;90;1
A013;2026-03-02;quality_score;80;1
A006;2026-03-02;smiles;80;1
A006;2026-03-02;conversion;high;1
"""


def sent(browser: Browser, text: str, system: str = "") -> FactFile:
    file = SimpleUploadedFile("figures.csv", text.encode())
    answer = browser.post("/numbers/files/", {"file": file, "system": system})
    assert answer.status_code == 302, answer.content.decode()
    return FactFile.objects.latest("pk")


def test_a_file_is_read_looked_at_and_taken_in(cast: Cast) -> None:
    """Every row is new, replacing, the same or refused with its reason; nothing counts before it is taken."""
    numbers = {person.agent.number: person for person in cast.everybody if person.agent}
    text = FILE.replace("A006", cast.agent.agent.number).replace("A008", cast.contractor.agent.number)  # type: ignore[union-attr]
    text = text.replace("A013", cast.stranger.agent.number)  # type: ignore[union-attr]
    assert len(numbers) == 6
    browser = cast.client(cast.supervisor)
    found = sent(browser, text)
    page = browser.get(f"/numbers/files/{found.pk}/").content.decode()
    assert "2 new, 0 replacing what was told, 0 as they are, 6 refused." in page
    for why in (
        "written like",
        "independent contractors",
        "further up",
        "had this name",
        "no such measure",
        "a number",
    ):
        assert why in page
    assert not AgentDay.objects.exists()
    browser.post(f"/numbers/files/{found.pk}/")
    found.refresh_from_db()
    assert found.outcome == {"read": 8, "new": 2, "replaced": 0, "same": 0, "refused": 6}
    assert list(AgentDay.objects.order_by("day").values_list("value", "weight")) == [(82.5, 2.0), (85.0, 1.0)]
    kept = browser.get(f"/numbers/files/{found.pk}/refused.csv").content.decode()
    assert len(kept.strip().splitlines()) == 7
    assert "taken in already" in browser.post(f"/numbers/files/{found.pk}/", follow=True).content.decode()


def test_the_same_file_again_is_the_same_and_a_better_one_replaces(cast: Cast) -> None:
    """By agent, day and measure."""
    head, number, browser = "agent,day,measure,value\n", cast.agent.agent.number, cast.client(cast.supervisor)  # type: ignore[union-attr]
    for value, said in (("80", "1 new"), ("80", "1 as they are"), ("81", "1 replacing")):
        found = sent(browser, f"{head}{number},2026-03-02,quality_score,{value}\n")
        assert said in browser.get(f"/numbers/files/{found.pk}/").content.decode()
        browser.post(f"/numbers/files/{found.pk}/")
    assert AgentDay.objects.get(replaced=False).value == 81


def test_names_of_another_system_count_on_their_days(cast: Cast) -> None:
    """A name that was handed on means who had it on the day."""
    for person, days in ((cast.agent, (DAY, date(2026, 3, 3))), (cast.colleague, (date(2026, 3, 3), None))):
        AgentName.objects.create(agent=person.agent, system="switch", external_id="x1", days=days)
    text = "agent,day,measure,value\nX1,2026-03-02,quality_score,80\nX1,2026-03-03,quality_score,90\n"
    browser = cast.client(cast.supervisor)
    found = sent(browser, text, "switch")
    browser.post(f"/numbers/files/{found.pk}/")
    told = dict(AgentDay.objects.values_list("agent", "value"))
    assert told == {cast.agent.agent.pk: 80, cast.colleague.agent.pk: 90}  # type: ignore[union-attr]


def test_a_file_without_its_columns_says_which(cast: Cast) -> None:
    """The page stays, with the sentence at the field."""
    file = SimpleUploadedFile("figures.csv", b"who,when\nA,B\n")
    answer = cast.client(cast.supervisor).post("/numbers/files/", {"file": file})
    assert answer.status_code == 422
    assert "lacks the columns agent, day, measure, value" in answer.content.decode()


def test_a_file_is_forgotten(cast: Cast) -> None:
    """And one of somebody else is not found."""
    browser = cast.client(cast.supervisor)
    found = sent(browser, "agent,day,measure,value\nA,2026-03-02,quality_score,80\n")
    assert cast.client(cast.manager).post(f"/numbers/files/{found.pk}/drop/").status_code == 404
    browser.post(f"/numbers/files/{found.pk}/drop/")
    assert not FactFile.objects.exists()


def test_the_system_may_tell_of_everybody(cast: Cast) -> None:
    """Reactions and jobs do."""
    assert tell_as_system(cast.stranger) == Outcome(1, 0, 0)


def tell_as_system(person: Person) -> Outcome:
    return services.tell_days(facts=[told(person)], source="test", by=SYSTEM, at=NOW)


def test_a_file_of_what_people_feel_is_refused(cast: Cast) -> None:
    """G-01: nothing of it is kept, and the page says which column it is."""
    file = SimpleUploadedFile(
        "figures.csv", b"agent,day,measure,value,agent_sentiment\nA,2026-03-02,quality_score,80,1\n"
    )
    answer = cast.client(cast.supervisor).post("/numbers/files/", {"file": file})
    assert answer.status_code == 422
    assert "agent_sentiment tells what somebody at work feels" in answer.content.decode()
    assert not FactFile.objects.exists()
