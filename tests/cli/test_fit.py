"""`floorwalker fit` at its door: a log in, what the simulator is told out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from floorwalker.cli.main import run
from floorwalker.science.simulation import Exponential
from floorwalker.science.simulation.reading import model_from_dict

FIRST = datetime(2026, 9, 28)  # a Monday


@pytest.fixture(scope="module")
def log(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Six weeks of 100 sales calls a day: patience 120 s, handling 200 s, half of those who leave call again."""
    random = np.random.default_rng(4)
    lines = ["id,start,queue,outcome,wait_seconds,handling_seconds,customer"]
    for day in (day for day in range(42) if day % 7 < 5):
        ahead = [(float(at), int(random.integers(10**6))) for at in random.uniform(0, 28_800, 100)]
        while ahead:
            at, customer = ahead.pop()
            willing, offered = random.exponential(120), random.exponential(60)
            left, wait = willing < offered, min(willing, offered)
            if left and random.random() < 0.5:
                ahead.append((at + wait + random.exponential(600), customer))
            start = FIRST + timedelta(days=day, hours=9, seconds=round(at))
            handling = "" if left else f"{random.gamma(2, 100):.0f}"
            outcome = "abandoned" if left else "answered"
            lines.append(f"{len(lines)},{start.isoformat()},sales,{outcome},{wait:.0f},{handling},{customer}")
    path = tmp_path_factory.mktemp("log") / "calls.csv"
    path.write_text("\n".join(lines) + "\n")
    return path


def test_the_truth_of_a_log_is_found(log: Path, answer: Callable[..., Any], tmp_path: Path) -> None:
    """Each truth lies inside its interval; the parts go into a model file as they are; --out holds the answer."""
    out = tmp_path / "fit.json"
    found = answer("fit", log, "--zone", "UTC", "--customer-salt", "s", "--out", out)
    assert out.read_text().startswith('{\n  "types"')
    (sales,) = found["types"]
    for figure, truth in (
        (sales["patience"]["mean_seconds"], 120),
        (sales["handling"]["mean_seconds"], 200),
        (sales["handling"]["cv"], 0.5**0.5),
        (sales["redial"]["probability"], 0.5),
        (sales["redial"]["delay_seconds"], 600),
    ):
        assert figure["low"] <= truth <= figure["high"]
    assert sales["day_cv"]["high"] < 0.1
    assert sales["missing"] == {}
    model = model_from_dict(
        {
            "periods": {"step_seconds": 3600, "count": 1},
            "types": [{"name": "sales", "arrivals": {"kind": "constant", "per_hour": 12}, **sales["model"]}],
            "groups": [{"name": "all", "skills": [{"type": "sales"}], "staff": [2]}],
        }
    )
    assert isinstance(model.types[0].patience, Exponential)
    assert model.types[0].redial is not None


def test_the_answer_in_words(log: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Estimate, interval, how many it rests on; what is missing is said with its reason."""
    assert run(["fit", str(log), "--zone", "UTC"]) == 0
    said = capsys.readouterr().out
    assert "  patience  exponential: half would give up by " in said
    assert " gave up\n  handling  gamma: mean " in said
    assert "  redial    not fitted: no customer is known; read the file with a customer salt" in said
    assert "Busyness over 30 days, cv of a day beyond chance: sales " in said


def test_what_cannot_be_fitted_is_refused(log: Path, history: Path, refusal: Callable[..., str]) -> None:
    """Counts hold no single contact; an unknown queue is named with those there are."""
    assert "holds counts per interval; fitting needs a row a contact" in refusal("fit", history, "--zone", "UTC")
    assert "there is no queue 'x' in" in refusal("fit", log, "--zone", "UTC", "--only", "x")
    assert "names no reason for any contact; name its column with --map reason=COLUMN" in refusal(
        "fit", log, "--zone", "UTC", "--by", "reason"
    )
