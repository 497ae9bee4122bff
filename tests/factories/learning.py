"""Scenarios and plays for the tests: a small flow with two good ways, and rows of it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from floorwalker.apps.accounts.models import User
from floorwalker.apps.learning.models import CustomerLine, Play, Scenario, ScenarioVersion, Turn
from floorwalker.apps.learning.rules.flow import Fact, Flow, Moment, Node, Option, OwnWords, Step
from tests.factories import Planted, Where
from tests.people import NOW, World


def everybody() -> frozenset[int]:
    """A scenario is the same for all who play or write it."""
    return frozenset(User.objects.values_list("pk", flat=True))


def small_flow(marker: str = "") -> Flow:
    """A parcel that did not come: two answers at the first line, own words at the second, two good ways."""
    return Flow(
        start="late",
        setting=f"You answer for a parcel service. {marker}".strip(),
        facts=(Fact("gift", f"It is a birthday gift. {marker}".strip()),),
        steps=(
            Step("sorry", f"Say sorry {marker}".strip(), 2),
            Step("number", "Ask for the number of the parcel", 1),
            Step("gift", "Come back to the birthday", 1),
        ),
        nodes=(
            Node(
                "late",
                f"My parcel is late and it is a birthday gift! {marker}".strip(),
                options=(
                    Option("calm", f"Calm down, please. {marker}".strip(), "angry"),
                    Option("ask", "What is the number of the parcel?", "number", steps=("number",)),
                    Option("wait", "It will come.", "gone"),
                ),
                states=("gift",),
                moment=Moment(f"waited in vain {marker}".strip(), controllable=True, minutes=6),
            ),
            Node("angry", "Do not tell me to calm down!", (Option("end", "Good-bye.", "gone"),
                 Option("back", "I am sorry. What is the number?", "number", steps=("sorry", "number")))),
            Node(
                "number",
                "It is 4711.",
                options=(Option("look", "I look it up.", "gone"),),
                own_words=OwnWords(("sorry / apologise", "birthday"), "found", ("sorry", "gift"), ("gift",)),
            ),
            Node("found", "Thank you, that is kind.", outcome="solved"),
            Node("gone", "I buy elsewhere.", outcome="lost"),
        ),
    )  # fmt: skip


def a_version(
    keeper: User, name: str = "Late parcel", flow: Flow | None = None, state: str = "in_force", marker: str = ""
) -> ScenarioVersion:
    scenario = Scenario.objects.create(
        name=name, about=f"Listening {marker}".strip(), keeper=keeper, look_again_on=date(2026, 9, 1)
    )
    return ScenarioVersion.objects.create(
        scenario=scenario,
        number=1,
        state=state,
        content=(flow or small_flow(marker)).to_json(),
        made_by=marker or "T. Rainer",
        made_at=NOW,
        changed=marker,
        in_force_from=None if state == "draft" else NOW,
    )


def make_scenario(world: World, where: Where, marker: str) -> Planted:
    row = a_version(where.user, f"{where.key} {marker}", marker=marker).scenario
    return Planted(row, users=everybody())


def make_scenarioversion(world: World, where: Where, marker: str) -> Planted:
    return Planted(a_version(where.user, f"Draft of {where.key}", state="draft", marker=marker), users=everybody())


def make_customerline(world: World, where: Where, marker: str) -> Planted:
    row = CustomerLine.objects.create(text=f"{where.key} {marker}", reason=marker, source=marker)
    return Planted(row, users=everybody())


def make_play(world: World, where: Where, marker: str) -> Play:
    version = a_version(where.user, f"Played by {where.key}")
    play = Play.objects.create(version=version, agent=where.agent, began_at=NOW - timedelta(minutes=5))
    Turn.objects.create(play=play, number=1, node="late", served_at=play.began_at, shown_at=play.began_at)
    return play


def make_turn(world: World, where: Where, marker: str) -> Turn:
    version = a_version(where.user, f"Turns of {where.key}")
    play = Play.objects.create(version=version, agent=where.agent, began_at=NOW - timedelta(minutes=5))
    answered = {"served_at": play.began_at, "shown_at": play.began_at, "at": NOW}
    Turn.objects.create(play=play, number=1, node="late", option="ask", **answered)
    row = Turn.objects.create(play=play, number=2, node="number", words=marker, **answered)
    Turn.objects.create(play=play, number=3, node="found", served_at=NOW, shown_at=NOW)
    return row


BODIES: dict[str, Any] = {}
