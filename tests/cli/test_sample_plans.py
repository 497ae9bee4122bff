"""The plans of both made-up centres put to the test: what they claim is what a simulation of them achieves."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from floorwalker.cli.main import run

WEEK = "2026-11-30"
TWO_POINTS = 0.02


@pytest.mark.prove
@pytest.mark.parametrize(
    ("size", "history", "queues"),
    [
        ("corner", "history.csv", ["helpdesk"]),
        ("harbour", "history-lisbon.csv", ["brightwater-billing", "brightwater-service"]),
        ("harbour", "history-boston.csv", ["northlight-sales", "northlight-service"]),
    ],
)
def test_both_samples_achieve_what_their_plans_claim(
    size: str, history: str, queues: list[str], tmp_path: Path
) -> None:
    """Every queue has a roster; its week and each of its days are within two points of the claim."""
    centre, out = tmp_path / size, tmp_path / "plan"
    assert run(["sample", size, "--until", WEEK, "--weeks", "52", "--out", str(centre)]) == 0
    order = ["--week", WEEK, "--people", str(centre / "people.csv"), "--time-limit", "5", "--out", str(out)]
    assert run(["plan", str(centre / history), *order]) == 0
    found = json.loads((out / "plan.json").read_text())["queues"]
    assert [each["queue"] for each in found] == queues
    for each in found:
        checks = [each["audit"]["total"], *each["audit"]["days"]]
        for check in checks:
            said = f"{each['queue']}: claimed {check['claimed']:.1%}, achieved {check['achieved']:.1%}"
            assert off(check) <= TWO_POINTS, said


def off(check: dict[str, Any]) -> float:
    """How far the middle of the band is from the claim."""
    return abs(check["achieved"] - check["claimed"])
