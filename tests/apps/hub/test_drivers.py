"""The four drivers in one pulse: asked at the door, answered without a name, the weakest said only when clear."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from floorwalker.apps.hub import services
from floorwalker.apps.hub.models import Pulse, PulseResult, PulseSheet
from floorwalker.apps.hub.rules import pulses as rules
from floorwalker.apps.hub.rules.pulses import Share
from tests.apps.hub.test_pulses import after, crowd_of
from tests.apps.test_api_doors import Door
from tests.conformance import crowds
from tests.people import Cast, Person

NAMES = ("confidence", "skill", "lead", "career")


def asked(cast: Cast) -> Pulse:
    """By a manager, at the page."""
    day = timezone.now().date()
    given = {"questions": "drivers", "closes_on": day + timedelta(days=7), "answer_by": day + timedelta(days=20)}
    got = cast.client(cast.manager).post(reverse("hub:ask_pulse"), given)
    assert got.status_code == 302, got.content.decode()
    return Pulse.objects.get()


def answered(pulse: Pulse, number: int, **low: int) -> None:
    given = dict.fromkeys(NAMES, 5) | low
    for user in crowd_of(number):
        by = Person("x", user).actor
        services.answer_pulse(pulse_id=pulse.pk, answers=given, by=by, at=timezone.now())
    services.close_pulses(after(pulse))


def shown(cast: Cast, pulse: Pulse) -> str:
    return str(cast.client(cast.agent).get(reverse("hub:pulse", args=[pulse.pk])).content.decode())


@pytest.mark.parametrize(
    ("agree", "weakest"),
    [
        ((90, 90, 90, 40), "career"),
        ((40, 90, 90, 90), "confidence"),
        ((90, 90, 45, 40), None),  # the two lowest overlap
        ((40, 40, 40, 40), None),
        ((55, 50, 55, 55), None),
    ],
)
def test_the_weakest_is_said_only_where_it_stands_clear(agree: Any, weakest: str | None) -> None:
    """Its whole interval below that of each other; of a hundred who answered."""
    assert rules.weakest({n: Share(a, 100) for n, a in zip(NAMES, agree, strict=True)}) == weakest


def test_intervals_that_touch_name_nobody() -> None:
    """Of five, one more or less is chance; and of one question alone nothing is the weakest."""
    assert rules.weakest({n: Share(a, 5) for n, a in zip(NAMES, (5, 5, 5, 3), strict=True)}) is None
    assert rules.weakest({"skill": Share(1, 5)}) is None


def test_a_manager_asks_the_four_drivers_and_the_page_asks_them(cast: Cast) -> None:
    """Four sentences, confidence among them; the answer to one of the usual set is none to these."""
    crowds.people(cast, range(6))
    pulse = asked(cast)
    assert (pulse.asks, pulse.fourth) == ("drivers", "career")
    page = shown(cast, pulse)
    for name in NAMES:
        assert f'name="{name}"' in page
    assert 'name="valued"' not in page
    url = reverse("hub:answer_pulse", args=[pulse.pk])
    browser = cast.client(cast.agent)
    assert browser.post(url, {"skill": 5, "lead": 4, "valued": 3, "career": 4}).status_code == 422
    assert browser.post(url, {"confidence": 1, "skill": 5, "lead": 4, "career": 3}).status_code == 302
    sheet = PulseSheet.objects.get()
    assert (sheet.first, sheet.second, sheet.third, sheet.fourth) == (1, 5, 4, 3)


def test_the_weakest_driver_is_named_on_the_page_and_to_programs(cast: Cast) -> None:
    """For all and for each group that may be shown; five of each are enough where all say the same."""
    crowds.people(cast, range(6))
    pulse = asked(cast)
    answered(pulse, 6, confidence=1)
    page = shown(cast, pulse)
    assert "Weakest of the four drivers: Confidence." in page
    rows = Door(cast, cast.manager).every(f"/pulses/{pulse.pk}/results")
    assert {each["question"] for each in rows if each["weakest"]} == {"confidence"}
    assert {each["question"] for each in rows} == set(NAMES)
    assert Door(cast, cast.manager).get(f"/pulses/{pulse.pk}").json()["asks"] == "drivers"


def test_no_driver_is_named_where_two_are_as_low(cast: Cast) -> None:
    """The page says that none stands clear."""
    crowds.people(cast, range(6))
    pulse = asked(cast)
    answered(pulse, 6, confidence=1, career=1)
    page = shown(cast, pulse)
    assert "Weakest of" not in page and "No driver is named the weakest" in page
    assert not PulseResult.objects.filter(weakest=True).exists()


def test_of_fewer_than_five_nothing_is_said(cast: Cast) -> None:
    """The floor holds for drivers, too."""
    crowds.people(cast, range(6))
    pulse = asked(cast)
    answered(pulse, 4, confidence=1)
    assert not PulseResult.objects.exists()
    assert "eakest" not in shown(cast, pulse)


def test_programs_ask_and_answer_the_four_drivers(cast: Cast) -> None:
    """The last question is the career whatever else is sent; an unknown set is refused."""
    crowds.people(cast, range(6))
    day = timezone.now().date()
    given = {"closes_on": str(day + timedelta(days=7)), "answer_by": str(day + timedelta(days=20))}
    door = Door(cast, cast.manager)
    assert door.send("post", "/pulses", given | {"asks": "moods"}).status_code == 400
    made = door.send("post", "/pulses", given | {"asks": "drivers"}).json()
    assert (made["asks"], made["fourth"]) == ("drivers", "career")
    path, agent = f"/pulses/{made['id']}/sheet", Door(cast, cast.agent)
    assert agent.send("post", path, {"skill": 5, "lead": 4, "valued": 2, "career": 3}).status_code == 422
    sheet = {"confidence": 2, "skill": 5, "lead": 4, "career": 3}
    assert agent.send("post", path, sheet).status_code == 204


def test_the_usual_questions_name_no_weakest(cast: Cast) -> None:
    """They are no drivers to be compared."""
    crowds.people(cast, range(6))
    day = timezone.now().date()
    pulse = services.ask_pulse(
        closes_on=day + timedelta(days=7),
        answer_by=day + timedelta(days=20),
        fourth="effort",
        by=cast.manager.actor,
        at=timezone.now(),
    )
    for user in crowd_of(6):
        answers = {"skill": 5, "lead": 5, "valued": 1, "effort": 5}
        services.answer_pulse(pulse_id=pulse.pk, answers=answers, by=Person("x", user).actor, at=timezone.now())
    services.close_pulses(after(pulse))
    assert not PulseResult.objects.filter(weakest=True).exists()
    assert "eakest" not in shown(cast, pulse)
