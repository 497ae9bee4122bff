"""`floorwalker simulate` at its door: a model file in, what callers and agents meet out."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from floorwalker.cli.main import run
from floorwalker.science.queueing import ServiceTarget, erlang_a

ROOT = Path(__file__).resolve().parents[2]
CENTRE = ROOT / "examples" / "centre.json"
ONE: dict[str, Any] = {
    "periods": {"step_seconds": 7200, "count": 4},
    "types": [
        {
            "name": "calls",
            "arrivals": {"kind": "constant", "per_hour": 200},
            "handling": {"kind": "exponential", "mean_seconds": 180},
            "patience": {"kind": "exponential", "mean_seconds": 120},
        }
    ],
    "groups": [{"name": "all", "skills": [{"type": "calls"}], "staff": [10]}],
}


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    """ONE with changes to its type, as a file."""

    def make(**changes: object) -> Path:
        kind = {name: value for name, value in {**ONE["types"][0], **changes}.items() if value is not None}
        path = tmp_path / "model.json"
        path.write_text(json.dumps({**ONE, "types": [kind]}))
        return path

    return make


def test_it_agrees_with_the_formula(write: Callable[..., Path], answer: Callable[..., Any]) -> None:
    """Ten agents, ten Erlangs, patience two minutes: Erlang A's figures after an hour of warming up."""
    found = answer("simulate", write(), "--replications", 30, "--warm-up", 3600)
    calls, exact = found["types"]["calls"], erlang_a(10, 100, 1800, 180, 120, ServiceTarget(0.8, 20))
    assert calls["service_level"]["mean"] == pytest.approx(exact.service_level, abs=0.03)
    assert calls["mean_wait_seconds"]["mean"] == pytest.approx(exact.asa_seconds, abs=2.5)
    assert found["groups"]["all"]["occupancy"]["mean"] == pytest.approx(exact.occupancy, abs=0.02)
    assert found["targets"] == {"calls": "80/20 late-abandons"}


def test_the_same_seed_gives_the_same_numbers(answer: Callable[..., Any]) -> None:
    """And another seed others."""
    ask = ("simulate", CENTRE, "--replications", 3, "--seed")
    assert answer(*ask, 5) == answer(*ask, 5) != answer(*ask, 6)


def test_it_runs_until_it_is_sure(write: Callable[..., Path], answer: Callable[..., Any]) -> None:
    """Three percentage points of service level need more than the first twenty runs of half a working day."""
    found = answer("simulate", write(), "--until-halfwidth", 1)
    assert found["types"]["calls"]["service_level"]["half_width"] <= 0.01
    assert found["replications"] > 20


def test_what_was_not_reached_is_said(write: Callable[..., Path], answer: Callable[..., Any]) -> None:
    """A width that would take too many runs: the one reached, beside the one asked for."""
    (said,) = answer("simulate", write(), "--until-halfwidth", 0.001, "--most", 25)["warnings"]
    assert said.startswith("After 25 runs the half-width is ")
    assert said.endswith(" points, not yet the 0.001 asked for.")


def test_the_answer_in_words(capsys: pytest.CaptureFixture[str]) -> None:
    """Each kind of work has its table; every share says what it is a share of, service levels their definition."""
    assert run(["simulate", str(CENTRE), "--replications", "3"]) == 0
    said = capsys.readouterr().out
    words = [" ".join(line.split()) for line in said.splitlines()]
    for heading in (
        "type offered answered",
        "deferred came",
        "callbacks offered",
        "queue waiting called again",
        "group agents busy answered mean wait in time",
    ):
        assert any(line.startswith(heading) for line in words)
    assert (
        "In time (service): within 30 s, late-abandons: answered in time ÷ (offered − abandoned in time)." in said
    )
    assert "Callbacks kept, late and broken: of those accepted." in said


@pytest.mark.parametrize(
    ("by", "rows"),
    [("type", 3), ("group", 3), ("period", 30), ("day", 3), ("group-period", 30), ("group-day", 3)],
)
def test_every_measure_goes_into_a_file(by: str, rows: int, tmp_path: Path, answer: Callable[..., Any]) -> None:
    """A row per type or group, and period or day, each figure with its half-width; JSON holds the same rows."""
    path = tmp_path / "measures.csv"
    found = answer("simulate", CENTRE, "--replications", 2, "--by", by, "--csv", path)
    with path.open(newline="") as file:
        lines = list(csv.DictReader(file))
    assert len(lines) == rows
    figures = [name for name in lines[0] if name not in ("type", "group", "period", "day")]
    assert figures[1::2] == [f"{name}_half_width" for name in figures[::2]]
    assert max(float(line["answered_half_width"]) for line in lines) > 0
    if "-" in by:
        assert len(found[f"by_{by.replace('-', '_')}"]) == rows
    if by in ("period", "day"):
        assert len(found[f"by_{by}"]) == rows
        assert sum(float(line["offered"]) for line in lines) == pytest.approx(
            sum(kind["offered"]["mean"] for kind in found["types"].values())
        )


def test_periods_are_shown_by_the_clock(capsys: pytest.CaptureFixture[str]) -> None:
    """A table by period says when each begins."""
    assert run(["simulate", str(CENTRE), "--replications", "2", "--by", "period"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert "±" in lines[3]
    assert lines[2].split()[:4] == ["type", "period", "begins", "offered"]
    assert lines[5].split()[:3] == ["sales", "2", "2:00"]
    assert "95 % within" not in lines[2]


def test_detail_tells_waits_of_periods_and_agents(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["simulate", str(CENTRE), "--replications", "2", "--by", "period", "--detail"]) == 0
    assert "95 % within" in capsys.readouterr().out.splitlines()[2]
    path = tmp_path / "model.json"
    spells = [{"name": "Ana", "at_work": [[0, 14400]]}]
    path.write_text(
        json.dumps({**ONE, "groups": [{"name": "all", "skills": [{"type": "calls"}], "agents": spells}]})
    )
    assert run(["simulate", str(path), "--replications", "2", "--by", "agent", "--detail"]) == 0
    heading = capsys.readouterr().out.splitlines()[2]
    assert "mean wait" in heading and "in time" in heading


def test_who_was_turned_away_and_who_called_again_are_shown(
    write: Callable[..., Path], capsys: pytest.CaptureFixture[str]
) -> None:
    """Where there are places to wait and redials, the queue has a column of each."""
    redial = {"probability": 0.5, "delay": {"kind": "deterministic", "seconds": 60}}
    assert run(["simulate", str(write(capacity=2, redial=redial, balking=0.1)), "--replications", "3"]) == 0
    lines = capsys.readouterr().out.splitlines()
    heading = next(place for place, line in enumerate(lines) if line.startswith("queue"))
    assert lines[heading].split() == ["queue", "waiting", "blocked", "left", "at", "once", "called", "again"]
    assert lines[heading + 1].count("±") == 4


def test_agents_are_shown_one_by_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Where a group names them; where none does, that is said."""
    path = tmp_path / "model.json"
    spells = [{"name": "Ana", "at_work": [[0, 14400]]}, {"name": "Bo", "at_work": [[0, 7200], [9000, 28800]]}]
    group = {"name": "all", "skills": [{"type": "calls"}], "agents": spells}
    path.write_text(json.dumps({**ONE, "groups": [group]}))
    assert run(["simulate", str(path), "--replications", "1", "--by", "agent"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "1 run of 1 day, seed 0; ± is half of a 95 % interval"
    assert [line.split()[0] for line in lines[2:5]] == ["agent", "Ana", "Bo"]
    assert run(["simulate", str(CENTRE), "--replications", "1", "--by", "agent"]) == 0
    assert "This centre names no agents; give a group agents instead of staff" in capsys.readouterr().out


def test_a_centre_that_never_comes_to_rest_is_said_before_it_runs(
    write: Callable[..., Path], answer: Callable[..., Any], capsys: pytest.CaptureFixture[str]
) -> None:
    """Eleven Erlangs on ten agents without patience: said with work and agents, and run all the same."""
    path = write(patience=None, arrivals={"kind": "constant", "per_hour": 220})
    assert run(["simulate", str(path), "--replications", "2"]) == 0
    assert (
        "This centre can never come to rest. calls: 88.0 hours of work keep 11.0 agents busy"
        in capsys.readouterr().err
    )
    assert len(answer("simulate", path, "--replications", 2)["warnings"]) == 1


def test_what_would_wait_for_ever_is_refused(tmp_path: Path, refusal: Callable[..., str]) -> None:
    """A type without patience that no group takes."""
    path = tmp_path / "model.json"
    lonely = {**ONE["types"][0], "name": "lonely"}
    del lonely["patience"]
    path.write_text(json.dumps({**ONE, "types": [*ONE["types"], lonely]}))
    said = refusal("simulate", path)
    assert "lonely: no agent takes these 1,600 contacts, and nobody of them gives up" in said
    assert "give a group the skill and agents, or the type a patience" in said


def test_a_wrong_file_is_refused_with_all_its_faults(
    write: Callable[..., Path], capsys: pytest.CaptureFixture[str]
) -> None:
    """File, JSON path, value, remedy; a line for each."""
    path = write(handling={"kind": "exponential", "mean_seconds": -1}, balking=2, colour="red")
    assert run(["simulate", str(path)]) == 2
    said = capsys.readouterr().err
    assert "floorwalker: model.json: types[0].handling.mean_seconds is -1; give a finite number above 0" in said
    assert "types[0].colour is not known here; known are name, arrivals" in said


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--replications", 5, "--until-halfwidth", 1), "exclude each other; give one"),
        (("--warm-up", 28_800), "warm_up_seconds is 28800; give 0 to below 28800"),
    ],
)
def test_wrong_options_are_refused(
    options: tuple[object, ...], said: str, write: Callable[..., Path], refusal: Callable[..., str]
) -> None:
    """What cannot be meant."""
    assert said in refusal("simulate", write(), *options)
