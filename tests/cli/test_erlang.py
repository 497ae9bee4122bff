"""`floorwalker erlang` at its door: numbers, units, refusals."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from floorwalker.cli.main import run

CALL = ("erlang", "--calls", 100, "--per", 30, "--aht", 180)


def test_the_classroom_case(answer: Callable[..., Any]) -> None:
    """100 calls in 30 minutes of 180 s are 10 Erlangs; 80/20 takes 14 agents, who reach 88.8 %."""
    found = answer(*CALL, "--service", "80/20")
    assert (found["required"], found["load"], found["model"]) == (14, 10.0, "Erlang C")
    assert found["service_level"] == pytest.approx(0.8884, abs=1e-4)


def test_patience_changes_the_model_and_the_staff(answer: Callable[..., Any]) -> None:
    """Callers who leave relieve the queue: Erlang A needs fewer agents and shows abandonment."""
    found = answer(*CALL, "--patience", 120)
    assert found["model"] == "Erlang A"
    assert found["required"] < 14
    assert found["abandon_rate"] > 0


@pytest.mark.parametrize(
    ("option", "value", "least"),
    [("--max-occupancy", 60, 17), ("--max-abandon", 1, 15), ("--max-asa", 1, 16)],
)
def test_each_goal_can_ask_for_more(answer: Callable[..., Any], option: str, value: int, least: int) -> None:
    """A tighter second goal raises the staff of the first."""
    assert answer(*CALL, "--patience", 120, option, value)["required"] >= least


def test_agents_given_are_measured_not_changed(answer: Callable[..., Any]) -> None:
    """--agents says what so many achieve; nothing is required."""
    found = answer(*CALL, "--agents", 11)
    assert (found["agents"], "required" in found) == (11, False)


def test_shrinkage_divides(answer: Callable[..., Any]) -> None:
    """14 agents on the phones at 30 % shrinkage are 20 people."""
    assert answer(*CALL, "--shrinkage", 30)["scheduled"] == 20


def test_definitions_differ(answer: Callable[..., Any]) -> None:
    """The same agents, another definition, another service level."""
    names = ("late-abandons", "all-offered", "answered-only", "quick-abandons-met")
    levels = {answer(*CALL, "--patience", 60, "--agents", 10, "--definition", d)["service_level"] for d in names}
    assert len(levels) == 4


def test_an_overloaded_queue_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    """Without abandonment 9 agents cannot carry 10 Erlangs; the answer says so."""
    assert run(["erlang", "--calls", "100", "--aht", "180", "--agents", "9"]) == 0
    assert "grows without limit" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("--service", "80"), "80/20"),
        (("--service", "120/20"), "asks for"),
        (("--definition", "mine"), "late-abandons"),
        (("--shrinkage", 100), "--shrinkage"),
        (("--aht", 0), "--aht"),
    ],
)
def test_wrong_values_are_named(refusal: Callable[..., str], arguments: tuple[object, ...], says: str) -> None:
    """One sentence with the offending value and what is allowed."""
    assert says in refusal(*CALL, *arguments)
