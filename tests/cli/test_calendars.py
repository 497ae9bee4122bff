"""One calendar an agent: right times across the clock change, the same bytes again, safe names."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from icalendar import Calendar

from floorwalker.cli.calendars import file_names, write_calendars
from floorwalker.science.rostering import Duty, Person, Roster, Shift
from floorwalker.science.timegrid import TimeGrid

GRID = TimeGrid(date(2003, 10, 20), 7, 1800, "America/New_York")  # the Sunday has 25 hours
DAY = Shift("day", 9 * 60, 510, 30, 180, 300)
NIGHT = Shift("night", 22 * 60, 480)
PEOPLE = (Person("A001", "Ana, Silva; the first"), Person("A002"))


def roster(*duties: Duty) -> Roster:
    return Roster(GRID, PEOPLE, (DAY, NIGHT), duties)


def events(path: Path) -> list:
    return Calendar.from_ical(path.read_bytes()).walk("VEVENT")


def test_times_are_right_on_both_sides_of_the_clock_change(tmp_path: Path) -> None:
    """09:00 in New York is 13:00 UTC on Friday and 14:00 UTC on the Sunday the clocks went back."""
    files = write_calendars(roster(Duty("A001", 4, "day", 780), Duty("A001", 6, "day", 780)), tmp_path)
    friday, sunday = events(files[0])
    assert friday["dtstart"].dt == datetime(2003, 10, 24, 13, tzinfo=UTC)
    assert sunday["dtstart"].dt == datetime(2003, 10, 26, 14, tzinfo=UTC)
    assert sunday["dtend"].dt == datetime(2003, 10, 26, 22, 30, tzinfo=UTC)
    assert "Meal 13:00–13:30" in sunday["description"]


def test_a_night_over_the_clock_change_keeps_its_length(tmp_path: Path) -> None:
    """Saturday 22:00 plus eight elapsed hours, without a meal to speak of."""
    (event,) = events(write_calendars(roster(Duty("A001", 5, "night")), tmp_path)[0])
    assert (event["dtend"].dt - event["dtstart"].dt).total_seconds() == 8 * 3600
    assert "description" not in event


def test_the_same_bytes_at_every_run_and_a_stamp_that_can_be_given(tmp_path: Path) -> None:
    """No clock in the file; the stamp of the plan is used where there is one."""
    week = roster(Duty("A001", 0, "day", 780))
    first = write_calendars(week, tmp_path / "a", queue="Cards")[0].read_bytes()
    assert write_calendars(week, tmp_path / "b", queue="Cards")[0].read_bytes() == first
    assert b"DTSTAMP:20031020T040000Z" in first
    stamped = write_calendars(week, tmp_path / "c", stamp=datetime(2003, 10, 1, tzinfo=UTC))[0].read_bytes()
    assert b"DTSTAMP:20031001T000000Z" in stamped


def test_an_event_keeps_its_name_when_its_shift_changes(tmp_path: Path) -> None:
    """A new plan replaces the event of that person and day; days, people and queues are told apart."""
    before = roster(Duty("A001", 0, "day", 780), Duty("A002", 0, "day", 780), Duty("A001", 1, "day", 780))
    after = roster(Duty("A001", 0, "night"))
    names = [event["uid"] for path in write_calendars(before, tmp_path / "a") for event in events(path)]
    assert len(set(names)) == 3
    assert events(write_calendars(after, tmp_path / "b")[0])[0]["uid"] == names[0]
    assert events(write_calendars(after, tmp_path / "c", queue="Cards")[0])[0]["uid"] != names[0]


def test_two_duties_of_one_day_are_two_events(tmp_path: Path) -> None:
    """A split day keeps both parts."""
    split = roster(Duty("A001", 0, "day", 780), Duty("A001", 0, "night"))
    assert len({event["uid"] for event in events(write_calendars(split, tmp_path)[0])}) == 2


def test_somebody_without_a_shift_is_told(tmp_path: Path) -> None:
    """One all-day note over the week that blocks no time."""
    (event,) = events(write_calendars(roster(), tmp_path, queue="Cards")[1])
    assert event["summary"] == "No shift planned, Cards"
    assert (event["dtstart"].dt, event["dtend"].dt) == (date(2003, 10, 20), date(2003, 10, 27))
    assert event["transp"] == "TRANSPARENT"


def test_odd_text_survives(tmp_path: Path) -> None:
    """Commas, semicolons and line ends of a name are escaped, and come back as they were."""
    path = write_calendars(roster(), tmp_path, queue="Cards; new\nand loans")[0]
    assert rb"Ana\, Silva\; the first" in path.read_bytes().replace(b"\r\n ", b"")
    assert events(path)[0]["summary"] == "No shift planned, Cards; new\nand loans"


@pytest.mark.parametrize(
    "person", ["../../etc/passwd", "CON", "con.txt", "", "..", "a/b", "Zoë", "x" * 300, "a b"]
)
def test_odd_names_make_safe_files(person: str) -> None:
    """No separators, no device names, no hidden files, not too long – and never an empty stem."""
    name = file_names([person])[person]
    stem = name.removesuffix(".ics")
    assert stem.isascii()
    assert "/" not in name
    assert not name.startswith(".")
    assert 0 < len(stem) <= 100
    assert stem.lower() not in {"con", "con.txt"}


def test_file_names_are_plain_where_they_can_be_and_never_the_same() -> None:
    """A001 stays A001.ics; names alike but for case or replaced letters do not overwrite each other."""
    people = ["A001", "b", "B", "a/b", "a:b"]
    names = file_names(people)
    assert names["A001"] == "A001.ics"
    assert len({name.lower() for name in names.values()}) == len(people)
