"""`floorwalker plan` and `rerun` at their door."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from floorwalker.cli.main import run

WEEK = "2026-11-02"
TABLES = ("forecast.csv", "required.csv", "roster.csv", "audit.csv")


@pytest.fixture
def plan(history: Path, tmp_path: Path) -> Path:
    out = tmp_path / "plan"
    assert run(["plan", str(history), "--week", WEEK, "--time-limit", "1", "--out", str(out)]) == 0
    return out


def kept(plan: Path) -> Any:
    return json.loads((plan / "plan.json").read_text())


def roster(plan: Path) -> list[dict[str, str]]:
    with (plan / "roster.csv").open(newline="") as file:
        return list(csv.DictReader(file))


def test_every_promised_file_is_there(plan: Path) -> None:
    """Tables, plan, report, and one calendar for each agent."""
    assert all((plan / name).stat().st_size for name in (*TABLES, "plan.json", "report.html"))
    agents = {row["agent"] for row in roster(plan)}
    assert agents <= {path.stem for path in (plan / "calendars").glob("*.ics")}
    assert kept(plan)["queues"][0]["people"] == len(list((plan / "calendars").glob("*.ics")))


def test_the_plan_carries_its_audit(plan: Path) -> None:
    """Claimed and simulated with a band, in plan.json, in audit.csv and in the report; the band holds the mean."""
    audit = kept(plan)["queues"][0]["audit"]
    assert audit["total"]["low"] <= audit["total"]["achieved"] <= audit["total"]["high"]
    assert audit["total"]["claimed"] == kept(plan)["queues"][0]["service_level"]
    with (plan / "audit.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert {row["start"][:10] for row in rows} == {day["day"] for day in audit["days"]}
    assert all(float(row["low"]) <= float(row["achieved"]) <= float(row["high"]) for row in rows)
    assert "As simulated" in (plan / "report.html").read_text()


def test_guesses_come_first_and_name_their_option(plan: Path) -> None:
    """plan.json begins with the guesses; each can be changed by an option; the report shows them."""
    facts = kept(plan)
    assert next(iter(facts)) == "guesses"
    options = {guess["option"] for guess in facts["guesses"]}
    assert {"--service", "--patience", "--shrinkage", "--min-staff", "--people", "--shifts", "--zone"} <= options
    report = (plan / "report.html").read_text()
    assert all(guess["name"] in report for guess in facts["guesses"])


def test_what_is_given_is_no_guess(history: Path, tmp_path: Path) -> None:
    """Every option that is given disappears from the list."""
    people = tmp_path / "people.csv"
    people.write_text("id\n" + "\n".join(f"P{n:02d}" for n in range(20)) + "\n")
    shifts = tmp_path / "shifts.csv"
    shifts.write_text("start,end,meal_minutes\n09:00,17:00,30\n")
    given = ["--zone", "Europe/Lisbon", "--service", "80/20", "--patience", "120", "--shrinkage", "20",
             "--min-staff", "1", "--people", str(people), "--shifts", str(shifts)]  # fmt: skip
    out = tmp_path / "plan"
    assert run(["plan", str(history), "--week", WEEK, "--time-limit", "1", *given, "--out", str(out)]) == 0
    options = {guess["option"] for guess in kept(out)["guesses"]}
    assert not options & set(given)
    assert {row["agent"] for row in roster(out)} <= {f"P{n:02d}" for n in range(20)}
    assert {row["shift"] for row in roster(out)} == {"09:00-17:00"}


def test_days_are_cut_where_the_people_live(tmp_path: Path) -> None:
    """Times with an offset, people with hours of Boston: nobody named a zone, theirs is taken and is a guess."""
    from tests.cli.conftest import history_lines

    boston = ZoneInfo("America/New_York")
    history, people, out = tmp_path / "calls.csv", tmp_path / "people.csv", tmp_path / "plan"
    cells = [line.split(",", 1) for line in history_lines()]
    lines = [f"{datetime.fromisoformat(at).replace(tzinfo=boston).isoformat()},{rest}" for at, rest in cells]
    history.write_text("\n".join(["start,offered,handling_seconds", *lines]) + "\n")
    ids = "\n".join(f"P{n:02d},America/New_York,08:00-18:00" for n in range(20))
    people.write_text(f"id,zone,available\n{ids}\n")
    order = ["--week", WEEK, "--time-limit", "1", "--people", str(people), "--out", str(out)]
    assert run(["plan", str(history), *order]) == 0
    zones = [(guess["value"], guess["option"]) for guess in kept(out)["guesses"] if guess["name"] == "zone"]
    assert zones == [("America/New_York", "--zone")]
    assert {row["start"][11:16] >= "09:00" and row["end"][11:16] <= "17:30" for row in roster(out)} == {True}
    assert run(["rerun", str(out)]) == 0


def test_the_roster_keeps_the_working_rules(plan: Path) -> None:
    """At most five days and forty hours a week, one duty a day, for everybody."""
    by_agent: dict[str, list[dict[str, str]]] = {}
    for row in roster(plan):
        by_agent.setdefault(row["agent"], []).append(row)
    for duties in by_agent.values():
        assert len({duty["date"] for duty in duties}) == len(duties) <= 5
        assert sum(float(duty["paid_hours"]) for duty in duties) <= 40


def test_a_rerun_is_the_same_byte_for_byte(plan: Path) -> None:
    """After the tables are damaged, rerun writes the very bytes of the first time."""
    first = {name: (plan / name).read_bytes() for name in TABLES}
    assert run(["rerun", str(plan)]) == 0
    (plan / "roster.csv").write_text("changed by hand\n")
    assert run(["rerun", str(plan)]) == 1
    assert {name: (plan / name).read_bytes() for name in TABLES} == first


def test_the_plan_keeps_no_caller(tmp_path: Path) -> None:
    """A call log with customers is planned from; no customer is found in anything written."""
    log = tmp_path / "log.csv"
    lines = ["call_id,date,time,customer,wait,talk"]
    for day in range(1, 29):
        lines += [
            f"{day}-{call},2026-09-{day:02d},{9 + call % 8:02d}:{call:02d}:00,CANARY{call},5,180"
            for call in range(30)
        ]
    log.write_text("\n".join(lines) + "\n")
    out = tmp_path / "plan"
    mapping = "date=date,time=time,customer=customer,wait_seconds=wait,handling_seconds=talk"
    code = run(
        ["plan", str(log), "--week", "2026-10-05", "--time-limit", "0", "--map", mapping, "--out", str(out)]
    )
    assert code == 0
    assert not [path for path in out.rglob("*") if path.is_file() and b"CANARY" in path.read_bytes()]


def test_bad_lines_are_named_and_the_rest_goes_on(history: Path, tmp_path: Path) -> None:
    """Two broken lines are counted with their numbers; the plan is made from the others."""
    text = history.read_text().splitlines()
    text[5], text[9] = "not a time,12,1", text[9].replace(text[9].split(",")[1], "many", 1)
    history.write_text("\n".join(text) + "\n")
    out = tmp_path / "plan"
    assert run(["plan", str(history), "--week", WEEK, "--time-limit", "0", "--out", str(out)]) == 0
    found = kept(out)["input"]
    assert found["rejected"] == 2
    assert found["read"] == found["stored"] + found["duplicates"] + found["rejected"] + found["left_out"]
    assert all(any(f"line {n}" in reject for reject in found["rejects"]) for n in (6, 10))


def test_nothing_is_left_of_a_plan_that_fails(history: Path, tmp_path: Path, refusal: Callable[..., str]) -> None:
    """A week too far away is refused; the folder is not there, nor anything beside it."""
    before = sorted(tmp_path.iterdir())
    assert "78 weeks" in refusal("plan", history, "--week", "2030-01-07", "--out", tmp_path / "plan")
    assert sorted(tmp_path.iterdir()) == before


def test_a_foreign_folder_is_never_replaced(history: Path, tmp_path: Path, refusal: Callable[..., str]) -> None:
    """A folder with other files in it is refused; they stay."""
    precious = tmp_path / "mine" / "thesis.txt"
    precious.parent.mkdir()
    precious.write_text("years of work")
    assert "not the folder of a plan" in refusal("plan", history, "--week", WEEK, "--out", precious.parent)
    assert precious.read_text() == "years of work"


def test_a_plan_may_replace_a_plan(history: Path, plan: Path) -> None:
    """Planning again into the same folder leaves the new plan only."""
    (plan / "calendars" / "stale.ics").write_text("old")
    assert run(["plan", str(history), "--week", WEEK, "--time-limit", "1", "--out", str(plan)]) == 0
    assert not (plan / "calendars" / "stale.ics").exists()


def test_two_queues_are_planned_side_by_side(tmp_path: Path) -> None:
    """Each queue has its rows, and no agent works for both."""
    from tests.cli.conftest import history_lines

    path = tmp_path / "two.csv"
    lines = [*history_lines(queue="sales"), *history_lines(queue="service")]
    path.write_text("\n".join(["start,queue,offered,handling_seconds", *lines]) + "\n")
    out = tmp_path / "plan"
    assert run(["plan", str(path), "--week", WEEK, "--time-limit", "1", "--out", str(out)]) == 0
    agents = {q: {row["agent"] for row in roster(out) if row["queue"] == q} for q in ("sales", "service")}
    assert agents["sales"]
    assert agents["service"]
    assert not agents["sales"] & agents["service"]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("--week", "next monday"), "2003-09-01"),
        (("--zone", "Mars/Olympus"), "Mars/Olympus"),
        (("--holidays", "XX"), "XX"),
        (("--step", 7), "7"),
        (("--week", "2026-09-28"), "begins on"),
        (("--map", "start"), "FIELD=COLUMN"),
    ],
)
def test_wrong_values_are_named(
    history: Path, tmp_path: Path, refusal: Callable[..., str], arguments: tuple[object, ...], says: str
) -> None:
    """One sentence with the value and what to do; nothing written."""
    assert says in refusal("plan", history, *arguments, "--out", tmp_path / "plan")
    assert not (tmp_path / "plan").exists()


def test_rerun_of_no_plan_is_refused(tmp_path: Path, refusal: Callable[..., str]) -> None:
    """A folder without plan.json."""
    assert "not the folder of a plan" in refusal("rerun", tmp_path)


def people_file(folder: Path, text: str) -> Path:
    path = folder / "people.csv"
    path.write_text(text)
    return path


def test_days_off_count_towards_least_hours(history: Path, tmp_path: Path) -> None:
    """Somebody away all week owes no hours, has no duty, and the plan says how it read that."""
    week = " ".join(f"2026-11-{day:02d}" for day in range(2, 9))
    lines = [f"P{n:02d},30,40,sales," for n in range(12)] + [f"AWAY,30,40,,{week}"]
    people = people_file(
        tmp_path, "id,min_hours,max_hours,queues,days_off\n" + "\n".join(lines).replace("sales", "")
    )
    out = tmp_path / "plan"
    code = run(
        ["plan", str(history), "--week", WEEK, "--time-limit", "0", "--people", str(people), "--out", str(out)]
    )
    assert code == 0
    assert "AWAY" not in {row["agent"] for row in roster(out)}
    assert any("AWAY" in guess["why"] for guess in kept(out)["guesses"])


def test_people_of_other_queues_are_left_out_and_said(tmp_path: Path) -> None:
    """They get no duty here, and the plan counts them."""
    from tests.cli.conftest import history_lines

    path = tmp_path / "one.csv"
    path.write_text("\n".join(["start,queue,offered,handling_seconds", *history_lines(queue="sales")]) + "\n")
    people = people_file(
        tmp_path, "id,queues\n" + "\n".join(f"P{n},sales" for n in range(12)) + "\nOTHER,billing\n"
    )
    out = tmp_path / "plan"
    code = run(
        ["plan", str(path), "--week", WEEK, "--time-limit", "0", "--people", str(people), "--out", str(out)]
    )
    assert code == 0
    assert "OTHER" not in {row["agent"] for row in roster(out)}
    assert any(text.startswith("1 people of the file work for other queues") for text in kept(out)["warnings"])


def test_a_tired_plan_is_said(history: Path, tmp_path: Path) -> None:
    """Where the target alone would keep agents busy nearly always, the plan says so and names the option."""
    busy = history.read_text().replace(",200\n", ",2000\n")
    history.write_text("\n".join(_times(line, 20) for line in busy.splitlines()) + "\n")
    out = tmp_path / "plan"
    assert run(["plan", str(history), "--week", WEEK, "--time-limit", "0", "--out", str(out)]) == 0
    assert any("--max-occupancy" in text for text in kept(out)["warnings"])


def _times(line: str, factor: int) -> str:
    start, *counts = line.split(",")
    return ",".join([start, *(str(int(c) * factor) if c.isdigit() else c for c in counts)])


def test_hours_no_shift_reaches_are_named(history: Path, tmp_path: Path) -> None:
    """A catalogue that ends at 14:00 is planned with, and the afternoon is said to be out of its reach."""
    shifts = tmp_path / "mornings.csv"
    shifts.write_text("start,end\n09:00,14:00\n")
    out = tmp_path / "plan"
    code = run(
        ["plan", str(history), "--week", WEEK, "--time-limit", "0", "--shifts", str(shifts), "--out", str(out)]
    )
    assert code == 0
    assert any(
        text.startswith("No shift reaches every hour") and "14:00" in text for text in kept(out)["warnings"]
    )


def test_a_person_who_cannot_work_a_week_is_a_no(history: Path, tmp_path: Path) -> None:
    """There is a report but no roster: exit code 1, the person and the way out named."""
    people = people_file(tmp_path, "id,min_hours,max_hours,max_days\nAda,36,36,3\n")
    shifts = tmp_path / "eight.csv"
    shifts.write_text("start,end\n09:00,17:00\n")
    out = tmp_path / "plan"
    command = ["plan", str(history), "--week", WEEK, "--time-limit", "0", "--people", str(people)]
    assert run([*command, "--shifts", str(shifts), "--out", str(out)]) == 1
    (warning,) = (text for text in kept(out)["warnings"] if text.startswith("There is no roster"))
    assert "Ada" in warning
    assert "Way out" in warning
    assert (out / "report.html").exists()


def test_complaints_name_the_users_own_file(history: Path, tmp_path: Path, refusal: Callable[..., str]) -> None:
    """Not the copy that a plan would have kept."""
    people = tmp_path / "staff-2026.csv"
    people.write_text("id,max_hours\n1,forty\n")
    assert "staff-2026.csv line 2" in refusal("plan", history, "--people", people, "--out", tmp_path / "plan")


def test_those_who_will_be_absent_answer_nobody(history: Path, tmp_path: Path) -> None:
    """The same people at work, a quarter of them expected to stay away: the expected service is lower."""
    people = people_file(tmp_path, "id\n" + "\n".join(f"P{n}" for n in range(9)) + "\n")
    levels = []
    for absence in ("0", "25"):
        out = tmp_path / f"plan-{absence}"
        command = ["plan", str(history), "--week", WEEK, "--time-limit", "0", "--people", str(people)]
        assert run([*command, "--absence", absence, "--out", str(out)]) == 0
        levels.append(kept(out)["queues"][0]["service_level"])
    assert levels[1] < levels[0] - 0.05


def test_a_rerun_hires_as_many_as_the_plan_did(plan: Path) -> None:
    """How many people were made up is kept, since the time that search had is not the same twice."""
    before = kept(plan)["queues"][0]["people"]
    facts = kept(plan)
    facts["queues"][0]["people"] = before + 2
    (plan / "plan.json").write_text(json.dumps(facts))
    assert run(["rerun", str(plan)]) == 1
