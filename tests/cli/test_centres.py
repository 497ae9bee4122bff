"""A described centre on the command line: agents by group, the price of an hour, the value of a skill."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from floorwalker.cli.main import BAD_INPUT, NO_ANSWER, run


def centre(**groups: dict[str, Any]) -> dict[str, Any]:
    """Sales short of people beside service with too many; ``groups`` change one of them."""
    patience = {"kind": "exponential", "mean_seconds": 120.0}
    handling = {"kind": "exponential", "mean_seconds": 180.0}
    kinds = [
        {
            "name": name,
            "arrivals": {"kind": "constant", "per_hour": per_hour},
            "handling": handling,
            "patience": patience,
            "value": {"answered": worth},
        }
        for name, per_hour, worth in (("sales", 100.0, 20.0), ("service", 40.0, 3.0))
    ]
    sellers = {"name": "sellers", "skills": [{"type": "sales"}], "staff": [4], **groups.get("sellers", {})}
    helpers = {"name": "helpers", "skills": [{"type": "service"}], "staff": [6], **groups.get("helpers", {})}
    return {
        "periods": {"lengths_seconds": [1800.0] * 4},
        "types": kinds,
        "groups": [sellers, helpers],
        "routing": {"agents": "fewest-skills", "queues": "priority"},
    }


@pytest.fixture
def model(tmp_path: Path) -> Path:
    path = tmp_path / "centre.json"
    path.write_text(json.dumps(centre()))
    return path


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(newline="") as file:
        return list(csv.DictReader(file))


def test_agents_by_group(model: Path, answer: Callable[..., Any], tmp_path: Path) -> None:
    """Each type meets its target less the tolerance; the table says who is needed in the period."""
    out = tmp_path / "agents.csv"
    found = answer("staff", "--multi-skill", model, "--period", 2, "--tolerance", 3, "--out", out)
    (period,) = found["periods"]
    assert period["period"] == 2
    assert all(each["low"] >= 0.77 for each in period["service"])
    assert {row["group"]: int(row["agents"]) for row in rows(out)} == period["agents"]


def test_staffing_in_words(model: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["staff", "--multi-skill", str(model), "--tolerance", "3", "--most", "helpers=9"]) == 0
    said = capsys.readouterr().out
    assert "pooled formula" in said
    assert "Period 3" in said
    assert "tolerance 3 points" in said


def test_no_staff_is_enough(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The type, how far it gets and what would help, with the exit code of no answer."""
    path = tmp_path / "centre.json"
    path.write_text(json.dumps(centre(helpers={"skills": [{"type": "sales"}]})))
    assert run(["staff", "--multi-skill", str(path), "--period", "0"]) == NO_ANSWER
    assert "'service': no group has the skill" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ((), "give a FORECAST"),
        (("--multi-skill", "MODEL", "--service", "80/20"), "--service does not go with --multi-skill"),
        (("MODEL", "--period", "1"), "--period needs --multi-skill"),
        (("MODEL", "--multi-skill", "MODEL"), "not both"),
        (("--multi-skill", "MODEL", "--most", "helpers"), "not NAME=NUMBER"),
        (("--multi-skill", "MODEL", "--period", "9"), "there is no period 9"),
        (("--multi-skill", "MODEL", "--most", "night=3"), "no group 'night'"),
    ],
)
def test_staff_takes_one_input_and_its_options(
    model: Path, capsys: pytest.CaptureFixture[str], given: tuple[str, ...], said: str
) -> None:
    assert run(["staff", *(str(model) if part == "MODEL" else part for part in given)]) == 2
    assert said in capsys.readouterr().err


def test_prices_of_all_cells(model: Path, answer: Callable[..., Any], tmp_path: Path) -> None:
    """A row a cell and level; an hour of those who are short costs more than one of those who are not."""
    out = tmp_path / "prices.csv"
    found = answer("price-of-hour", model, "--agents", 1, "--agents", 2, "--replications", 10, "--out", out)
    assert len(found["cells"]) == 2 * 2 * 4 == len(rows(out))
    mean = {
        group: sum(cell["contacts"] for cell in found["cells"] if cell["group"] == group)
        for group in ("sellers", "helpers")
    }
    assert mean["sellers"] > 3 * mean["helpers"]


def test_prices_in_words(model: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["price-of-hour", str(model), "--group", "sellers", "--replications", "4"]) == 0
    said = capsys.readouterr().out
    assert said.splitlines()[1].count("±") == 3
    assert "day 1, 00:30" in said
    assert "helpers" not in said
    assert "all contacts lost, divided by all staffed hours" in said
    assert "cheapest periods" not in said  # all four are shown


def test_a_made_up_centre_is_no_model(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Its file has the same name as the example; a fault for each of its fields would help nobody."""
    assert run(["sample", "corner", "--weeks", "2", "--out", str(tmp_path / "corner")]) == 0
    capsys.readouterr()
    assert run(["simulate", str(tmp_path / "corner" / "centre.json")]) == BAD_INPUT
    said = capsys.readouterr().err
    assert "describes a made-up centre for planning, not one to simulate" in said
    assert "not known here" not in said


def test_of_many_periods_the_dearest_and_the_cheapest_are_shown(capsys: pytest.CaptureFixture[str]) -> None:
    """Downwards, and what is left out is said."""
    example = Path(__file__).resolve().parents[2] / "examples" / "centre.json"
    assert run(["price-of-hour", str(example), "--group", "sellers", "--replications", "4"]) == 0
    said = capsys.readouterr().out
    prices = [float(line.split("±")[0].split()[-1]) for line in said.splitlines()[1:7]]
    assert prices == sorted(prices, reverse=True)
    assert "the 3 dearest and 3 cheapest periods of each group" in said


def test_the_best_lesson_first(model: Path, answer: Callable[..., Any]) -> None:
    found = answer("value-of-skill", model, "--agents", 1, "--replications", 20, "--slower", 10)
    first = found["lines"][0]
    assert (first["skill"], first["group"]) == ("sales", "helpers")
    assert first["value_gained"] > 0
    assert found["ranked_by"] == "value_per_training_hour"


def test_lessons_in_words(model: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    out = tmp_path / "lessons.csv"
    given = ["--skill", "sales", "--replications", "4", "--out", str(out)]
    assert run(["value-of-skill", str(model), *given]) == 0
    said = capsys.readouterr().out
    assert "hours replaced" in said
    assert said.splitlines()[1].count("±") == 6  # every figure has its band, the hours replaced too
    assert "when none of their own wait" in said
    assert {row["skill"] for row in rows(out)} == {"sales"}


def test_two_centres_side_by_side(model: Path, tmp_path: Path, answer: Callable[..., Any]) -> None:
    both = [{"type": "service"}, {"type": "sales", "priority": 2}]
    other = tmp_path / "other.json"
    other.write_text(json.dumps(centre(helpers={"skills": both})))
    found = answer("value-of-skill", model, "--against", other, "--replications", 20)
    assert [line["name"] for line in found["lines"]] == [str(model), str(other)]
    assert found["lines"][1]["contacts_saved"] > 0


def test_a_broken_model_is_refused_with_its_file(tmp_path: Path, refusal: Callable[..., str]) -> None:
    path = tmp_path / "centre.json"
    path.write_text(json.dumps(centre(sellers={"staff": [4, 4]})))
    for command in ("price-of-hour", "value-of-skill"):
        assert "centre.json: groups[0].staff" in refusal(command, path)


def endless(tmp_path: Path, staff: int) -> Path:
    """Sales without patience: ten and a half Erlangs would be too many for so many."""
    found = centre(sellers={"staff": [staff]})
    del found["types"][0]["patience"]
    path = tmp_path / "endless.json"
    path.write_text(json.dumps(found))
    return path


@pytest.mark.parametrize("command", ["price-of-hour", "value-of-skill"])
def test_a_centre_that_never_comes_to_rest_is_said(
    command: str, tmp_path: Path, answer: Callable[..., Any], capsys: pytest.CaptureFixture[str]
) -> None:
    """Five Erlangs on four sellers: priced, but never in silence; and that nobody can be lost is told as well."""
    path = endless(tmp_path, 4)
    assert run([command, str(path), "--replications", "2"]) == 0
    said = capsys.readouterr().err
    assert "can never come to rest. sales: 10.0 hours of work keep 5.0 agents busy" in said
    assert "Nobody of sales gives up, is turned away or cut off" in said
    assert len(answer(command, path, "--replications", 2)["warnings"]) == 2


@pytest.mark.parametrize("command", ["price-of-hour", "value-of-skill"])
def test_what_nobody_takes_is_refused_before_it_runs(
    command: str, tmp_path: Path, refusal: Callable[..., str]
) -> None:
    """As `simulate` refuses it."""
    assert "sales: no agent takes these 200 contacts" in refusal(command, endless(tmp_path, 0))


def test_training_hours_of_a_skill_and_of_a_group(model: Path, answer: Callable[..., Any]) -> None:
    """The pair goes before the skill, the skill before all others; a skill nobody knows is refused."""
    given = ("--training-hours", 30, "--training-hours-of", "sales/helpers=10,sales=60", "--agents", 1)
    found = answer("value-of-skill", model, *given, "--replications", 2)
    hours = {(line["skill"], line["group"]): line["training_hours"] for line in found["lines"]}
    assert hours == {("sales", "helpers"): 10.0, ("service", "sellers"): 30.0}
    assert run(["value-of-skill", str(model), "--training-hours-of", "chat=1", "--replications", "2"]) == 2


@pytest.mark.parametrize(
    ("command", "told"),
    [
        (("simulate", "MODEL", "--replications", "3"), "replication 3 of 3 …"),
        (("price-of-hour", "MODEL", "--replications", "2"), "8 of 8 runs …"),
        (("value-of-skill", "MODEL", "--agents", "1", "--replications", "2"), "4 of 4 runs …"),
        (("value-of-skill", "MODEL", "--against", "MODEL", "--replications", "2"), "1 of 1 runs …"),
        (("staff", "--multi-skill", "MODEL", "--period", "0"), "staffs tried …"),
    ],
)
def test_who_waits_is_told_what_for(
    model: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    command: tuple[str, ...],
    told: str,
) -> None:
    """At a terminal: that the simulator is loaded, which is long where nothing is compiled; then how far it is."""
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    assert run([str(model) if part == "MODEL" else part for part in command]) == 0
    said = capsys.readouterr().err
    assert said.index("loading the simulator (its first use compiles it) …") < said.rindex(told)
