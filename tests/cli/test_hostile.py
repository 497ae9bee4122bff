"""What a careless or hostile user hands in: refused in one sentence, nothing harmed, nothing left behind."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from floorwalker.cli.files.interval_csv import read_intervals, read_required
from floorwalker.cli.files.people_csv import read_people
from floorwalker.cli.files.rows import read_rows, write_rows
from floorwalker.cli.main import explain_error, run
from floorwalker.cli.output import whole_folder
from floorwalker.science.errors import InvalidInput
from tests.cli.conftest import history_lines

WEEK = "2026-11-02"
HEAD = "start,queue,contacts\n"
ROW = "2026-11-02T09:00:00+00:00,a,5\n"


@pytest.fixture(scope="module")
def planned(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One plan, made once."""
    folder = tmp_path_factory.mktemp("planned")
    (folder / "calls.csv").write_text("\n".join(["start,offered,handling_seconds", *history_lines()]) + "\n")
    call = ["plan", str(folder / "calls.csv"), "--week", WEEK, "--time-limit", "0", "--out", str(folder / "plan")]
    assert run(call) == 0
    return folder / "plan"


@pytest.fixture
def plan(planned: Path, tmp_path: Path) -> Path:
    """A copy of it to spoil."""
    return Path(shutil.copytree(planned, tmp_path / "plan"))


def test_pipes_are_not_waited_for(tmp_path: Path, refusal: Callable[..., str]) -> None:
    """A pipe nobody writes to would block for ever, a device never end."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    assert "pipe or a device" in refusal("plan", pipe, "--out", tmp_path / "plan")
    assert "is not a file" in refusal("staff", pipe)


def test_a_device_is_never_replaced(history: Path, refusal: Callable[..., str]) -> None:
    """--out /dev/null must not turn /dev/null into a file."""
    assert "cannot be replaced" in refusal("forecast", history, "--days", "1", "--out", os.devnull)
    assert Path(os.devnull).is_char_device()


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (HEAD + ROW + ROW, "line 3: .* came before"),
        (HEAD + ROW.replace("5", "12,5"), "line 2: 4 cells where the header has 3"),
        (HEAD + ROW.replace("5", "nan"), "line 2: contacts 'nan'"),
        (HEAD + ROW.replace("5", "1e308"), "line 2: contacts '1e308'"),
        (HEAD + ROW + ROW.replace("09:00", "09:25"), "25 minutes apart"),
        (HEAD + ROW + ROW.replace("2026", "2062"), "reaches from 2026-11-02 to 2062-11-02"),
        (HEAD.replace("queue", "contacts") + ROW, "two columns 'contacts'"),
        (HEAD + ROW.replace("a", "x" * 200_000), "line 2: field larger"),
    ],
)
def test_a_table_that_cannot_be_meant(tmp_path: Path, text: str, says: str) -> None:
    """No value is quietly dropped, overwritten or stretched over decades."""
    path = tmp_path / "forecast.csv"
    path.write_text(text)
    with pytest.raises(InvalidInput, match=says):
        read_intervals(path, ["start", "contacts"], ("contacts",), "UTC")


def test_half_a_person_is_a_whole_one(tmp_path: Path) -> None:
    """A requirement of 2.5 people is covered by three, never by two."""
    path = tmp_path / "required.csv"
    path.write_text("start,required\n2026-11-02T09:00:00+00:00,2.5\n")
    (table,) = read_required(path, "UTC")
    assert table.columns["needed"].max() == 3


def test_an_offset_no_zone_has_is_asked_about(tmp_path: Path) -> None:
    """23 hours from UTC is nowhere; the sentence asks for the zone."""
    path = tmp_path / "forecast.csv"
    path.write_text(HEAD + ROW.replace("+00:00", "-23:00"))
    with pytest.raises(InvalidInput, match="name yours with --zone"):
        read_intervals(path, ["start", "contacts"], ("contacts",), None)


@pytest.mark.parametrize("week", ["9999-12-31", "0001-01-01"])
def test_a_week_outside_every_calendar(history: Path, tmp_path: Path, refusal: Any, week: str) -> None:
    """The ends of time are no weeks to plan."""
    assert "1970 to 2199" in refusal("plan", history, "--week", week, "--out", tmp_path / "plan")


def test_a_step_of_a_day_is_the_users(history: Path, tmp_path: Path, refusal: Any) -> None:
    """The file is not blamed for what --step asked."""
    assert "--step 1440" in refusal("plan", history, "--step", "1440", "--out", tmp_path / "plan")


@pytest.mark.parametrize("name", ["a\nb", "a\u2028b", 'a"b', "a,b", "☎ <script>", "../../x"])
def test_names_survive_writing_and_reading(tmp_path: Path, name: str) -> None:
    """Line ends and marks inside a cell come back as they were."""
    path = tmp_path / "names.csv"
    path.write_text(write_rows(["id"], iter([[name]])), encoding="utf-8", newline="")
    assert [row.text("id") for row in read_rows(path, ["id"])] == [name]


@pytest.mark.parametrize("name", ["=1+1", "-2+3+cmd|' /C calc'!A0", "@SUM(A1)", "+1+cmd|' /C calc'!A0", "\n=1"])
def test_no_name_runs_as_a_formula(name: str) -> None:
    """A spreadsheet shows it; plain signed numbers stay numbers."""
    assert write_rows(["id"], iter([[name]])).splitlines()[1].lstrip('"').startswith("'")
    assert write_rows(["id"], iter([["-12.5"]])) == "id\n-12.5\n"


@pytest.mark.parametrize("value", ["nan", "2.5", "1e400", "-1"])
def test_whole_numbers_of_people(tmp_path: Path, value: str) -> None:
    """Half a day or no number is refused with its line, not cut off."""
    path = tmp_path / "people.csv"
    path.write_text(f"id,max_days\nA,{value}\n")
    with pytest.raises(InvalidInput, match="line 2: max_days"):
        read_people(path)


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("plan.json", '"over": "interval"', '"over": 5'),
        ("plan.json", '"seed": 1', '"seed": "one"'),
        ("plan.json", '"queue": "all"', '"queue": "other"'),
        ("inputs/facts.json", '"days": 33', '"days": "33"'),
        ("inputs/facts.json", '"first_day": "2026', '"first_day": "soon'),
        ("inputs/facts.json", '"zone": "UTC"', '"zone": "Mars"'),
        ("inputs/demand.csv", "all,18,", "all,-18,"),
        ("inputs/demand.csv", "all,18,", "all,1000000,"),
        ("inputs/demand.csv", "all,18,", "all,18,many,"),
        ("inputs/demand.csv", "queue,", ""),
    ],
)
def test_rerun_of_inputs_changed_by_hand(
    plan: Path, refusal: Callable[..., str], file: str, old: str, new: str
) -> None:
    """Whatever was edited is refused by name, and no table of the plan is touched."""
    kept = {path: path.read_bytes() for path in plan.glob("*.csv")}
    text = (plan / file).read_text()
    assert old in text
    (plan / file).write_text(text.replace(old, new, 1) if old != "queue," else "")
    assert refusal("rerun", plan)
    assert {path: path.read_bytes() for path in plan.glob("*.csv")} == kept


def test_the_old_plan_survives_a_new_one_that_cannot_take_its_place(tmp_path: Path) -> None:
    """Where the last step fails the old folder is put back."""
    (tmp_path / "plan").mkdir()
    (tmp_path / "plan" / "old.txt").write_text("old")
    with pytest.raises(FileNotFoundError), whole_folder(tmp_path / "plan") as fresh:
        fresh.rename(tmp_path / "elsewhere")
    assert (tmp_path / "plan" / "old.txt").read_text() == "old"


def test_a_folder_with_another_plan_json_is_foreign(history: Path, tmp_path: Path, refusal: Any) -> None:
    """Only what floorwalker made is replaced."""
    (tmp_path / "plan.json").write_text("{}")
    assert "not the folder of a plan" in refusal("plan", history, "--out", tmp_path)


def test_a_full_disk_is_one_sentence() -> None:
    """An error of the system without a file name is still explained."""
    assert explain_error(OSError(28, "No space left on device")) == (
        2,
        "No space left on device; nothing was written",
    )


@pytest.mark.parametrize("extra", [(), ("--json",)])
def test_a_terminal_without_our_dashes(extra: tuple[str, ...]) -> None:
    """ASCII output never breaks a command, and JSON stays JSON."""
    code = "from floorwalker.cli.main import main; main()"
    call = [sys.executable, "-c", code, "erlang", "--calls", "0", "--aht", "180", "--agents", "0", *extra]
    said = subprocess.run(
        call, capture_output=True, text=True, check=True, env={**os.environ, "PYTHONIOENCODING": "ascii"}
    )
    assert not extra or json.loads(said.stdout)["agents"] == 0


def test_a_history_without_a_contact(tmp_path: Path, refusal: Callable[..., str]) -> None:
    """All zeros: nothing to plan, forecast or judge, each said in a sentence."""
    path = tmp_path / "zero.csv"
    days = [f"2026-10-{day:02d}T{hour:02d}:00,0" for day in range(1, 29) for hour in range(24)]
    path.write_text("\n".join(["start,offered", *days]) + "\n")
    for command in (["backtest", path], ["forecast", path], ["plan", path, "--out", tmp_path / "plan"]):
        assert "no contact" in refusal(*command)
