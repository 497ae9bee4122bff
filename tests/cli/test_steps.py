"""Forecast, staff, explain, shifts and backtest, each reading what the one before wrote."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from floorwalker.cli.main import run

ZONE = ("--zone", "Europe/Lisbon")


@pytest.fixture
def forecast(history: Path, tmp_path: Path) -> Path:
    out = tmp_path / "forecast.csv"
    assert run(["forecast", str(history), "--from", "2026-11-02", "--days", "7", *ZONE, "--out", str(out)]) == 0
    return out


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(newline="") as file:
        return list(csv.DictReader(file))


def test_the_forecast_has_the_promised_columns(forecast: Path) -> None:
    """ISO starts with offset, counts with their band in order, the handling time of the history."""
    found = rows(forecast)
    assert list(found[0]) == ["start", "queue", "contacts", "contacts_p05", "contacts_p95", "aht_seconds"]
    assert found[0]["start"] == "2026-11-02T00:00:00+00:00"
    assert len(found) == 7 * 48
    busy = [row for row in found if float(row["contacts"]) > 0]
    assert len(busy) == 5 * 16
    assert all(float(r["contacts_p05"]) <= float(r["contacts"]) <= float(r["contacts_p95"]) for r in busy)
    assert all(float(r["aht_seconds"]) == pytest.approx(200, rel=0.01) for r in busy)


def test_staff_covers_open_hours_only(forecast: Path, tmp_path: Path) -> None:
    """Required where contacts are expected, none where closed, scheduled above by the shrinkage."""
    out = tmp_path / "required.csv"
    assert run(["staff", str(forecast), "--shrinkage", "30", "--patience", "120", "--out", str(out)]) == 0
    found = rows(out)
    assert list(found[0])[:4] == ["start", "queue", "required", "scheduled"]
    staffed = [row for row in found if int(row["required"]) > 0]
    assert len(staffed) == 5 * 16
    assert all(int(r["scheduled"]) >= int(r["required"]) / 0.7 - 1e-9 for r in staffed)
    assert all(float(r["service_level"]) >= 0.8 for r in staffed)


def test_over_the_day_needs_fewer(forecast: Path, answer: Callable[..., Any]) -> None:
    """A target met on average over the day takes fewer hours than one met in every interval."""
    hours = {
        o: answer("staff", forecast, "--over", o)["queues"][0]["scheduled hours"] for o in ("interval", "day")
    }
    assert hours["day"] < hours["interval"]


def test_explain_adds_up_to_the_staff_file(forecast: Path, tmp_path: Path, answer: Callable[..., Any]) -> None:
    """The parts are the total, and the total is what `staff` writes for that interval."""
    out = tmp_path / "required.csv"
    goals = ("--patience", "120", "--shrinkage", "30")
    assert run(["staff", str(forecast), *goals, "--out", str(out)]) == 0
    why = answer("explain", forecast, "--at", "2026-11-02T12:00", *goals)
    assert sum(part["amount"] for part in why["parts"]) == pytest.approx(why["total"])
    row = next(r for r in rows(out) if r["start"].startswith("2026-11-02T12:00"))
    assert why["total"] == int(row["scheduled"])
    check = why["simulated"]
    assert check["claimed"] == pytest.approx(float(row["service_level"]), abs=1e-4)
    assert check["low"] < check["achieved"] < check["high"]


def test_explain_outside_the_forecast_is_refused(forecast: Path, refusal: Callable[..., str]) -> None:
    """The moment is named."""
    assert "2027-01-01" in refusal("explain", forecast, "--at", "2027-01-01T12:00")


def test_shifts_are_the_proven_bound(forecast: Path, tmp_path: Path, answer: Callable[..., Any]) -> None:
    """With one eight-hour shift the answer is the peak of each day times eight hours."""
    required, catalogue = tmp_path / "required.csv", tmp_path / "shifts.csv"
    assert run(["staff", str(forecast), "--out", str(required)]) == 0
    catalogue.write_text("name,start,end\nday,09:00,17:00\n")
    found = answer("shifts", required, "--catalogue", catalogue)
    peaks: dict[str, int] = {}
    for row in rows(required):
        day = row["start"][:10]
        peaks[day] = max(peaks.get(day, 0), int(row["scheduled"]))
    assert found["queues"][0]["status"] == "optimal"
    assert found["queues"][0]["paid_hours"] == pytest.approx(8 * sum(peaks.values()))


def test_shifts_that_cannot_cover_are_refused(forecast: Path, tmp_path: Path, refusal: Callable[..., str]) -> None:
    """No shift reaches the afternoon: exit code 3, the hours and the repair named."""
    required, catalogue = tmp_path / "required.csv", tmp_path / "shifts.csv"
    assert run(["staff", str(forecast), "--out", str(required)]) == 0
    catalogue.write_text("name,start,end\nmorning,09:00,13:00\n")
    assert "13:00" in refusal("shifts", required, "--catalogue", catalogue, code=3)


def test_backtest_answers_in_the_documented_shape(history: Path, answer: Callable[..., Any]) -> None:
    """Methods with their four scores, and the choice with its own."""
    found = answer("backtest", history, "--horizon", 7, "--weeks", 2)
    assert found["methods"]
    for scores in [*found["methods"].values(), found["chosen"]]:
        assert {"wape", "mase", "bias", "coverage"} <= set(scores)
    assert found["chosen"]["name"] in found["methods"]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("start,contacts\n2026-11-02 09:00,5\n", "offset"),
        ("start,contacts\n2026-11-02T09:00:00+00:00,many\n", "line 2"),
        ("start,contacts\n2026-11-02T09:00:00+00:00,-1\n", "line 2"),
        ("when,contacts\n", "start"),
        ("start,contacts\n", "no line"),
    ],
)
def test_a_bad_forecast_file_is_named(tmp_path: Path, refusal: Callable[..., str], text: str, says: str) -> None:
    """File, line and value in one sentence."""
    path = tmp_path / "f.csv"
    path.write_text(text)
    assert says in refusal("staff", path, "--aht", 180)


def test_import_twice_changes_nothing(history: Path, tmp_path: Path, answer: Callable[..., Any]) -> None:
    """The second import stores no row anew."""
    first = answer("import", history, "--store", tmp_path / "store")
    second = answer("import", history, "--store", tmp_path / "store")
    assert (first["stored"], second["stored"], second["unchanged"]) == (first["read"], 0, first["read"])


def test_a_store_is_a_history(history: Path, tmp_path: Path, answer: Callable[..., Any]) -> None:
    """What was imported can be forecast from, with the same numbers as the file itself."""
    answer("import", history, "--store", tmp_path / "store")
    command = ("--from", "2026-11-02", "--days", 7)
    found = [answer("forecast", source, *command)["queues"] for source in (history, tmp_path / "store")]
    assert found[0] == found[1]


def test_an_empty_folder_is_no_history(tmp_path: Path, refusal: Callable[..., str]) -> None:
    """The folder is named, and what to do."""
    (tmp_path / "store").mkdir()
    assert "import a file into it first" in refusal("forecast", tmp_path / "store")


def test_confidence_asks_for_more(forecast: Path, answer: Callable[..., Any]) -> None:
    """To reach the target though more may come, or though some stay away, takes more hours."""
    plain = answer("staff", forecast)["queues"][0]["scheduled hours"]
    sure = answer("staff", forecast, "--confidence", 95)["queues"][0]["scheduled hours"]
    absent = answer("staff", forecast, "--absence", 20)["queues"][0]["scheduled hours"]
    assert min(sure, absent) > plain


def test_a_sample_can_be_planned_from(tmp_path: Path, answer: Callable[..., Any]) -> None:
    """The files of a made-up centre are there, and the same seed writes the same bytes."""
    for name in ("one", "two"):
        answer("sample", "corner", "--until", "2026-11-29", "--weeks", 8, "--legs", 1, "--out", tmp_path / name)
    names = sorted(path.name for path in (tmp_path / "one").iterdir())
    assert {"people.csv", "truth.json", "legs.csv", "states.csv"} <= set(names)
    assert all((tmp_path / "one" / n).read_bytes() == (tmp_path / "two" / n).read_bytes() for n in names)
    assert json.loads((tmp_path / "one" / "truth.json").read_text())
