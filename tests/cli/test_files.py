"""The small files users write: every way to get a line wrong is named with its line."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from floorwalker.cli.files.people_csv import read_people, zone_of
from floorwalker.cli.files.rows import write_rows
from floorwalker.cli.files.shifts_csv import read_shifts, weekdays
from floorwalker.cli.files.special_days_csv import read_special_days
from floorwalker.science.errors import InvalidInput


def file(folder: Path, text: str) -> Path:
    path = folder / "file.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_people_with_everything(tmp_path: Path) -> None:
    """Each column is read into the person it describes."""
    text = (
        "id,name,min_hours,max_hours,max_days,min_rest_hours,max_consecutive_days,days_off,available,shifts,queues\n"
        "7,Ana,16,24,3,12,4,2026-11-03 2026-11-05,07:00-15:00 22:00-06:00,early|late,sales|service\n"
    )
    (person,) = read_people(file(tmp_path, text))
    assert (person.id, person.name, person.min_hours, person.max_hours) == ("7", "Ana", 16, 24)
    assert (person.max_days, person.min_rest_hours, person.max_consecutive_days) == (3, 12, 4)
    assert person.days_off == {date(2026, 11, 3), date(2026, 11, 5)}
    assert person.available == ((420, 900), (1320, 1800))
    assert person.shifts == {"early", "late"}
    assert person.queues == {"sales", "service"}


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("name\nAna\n", "no column 'id'"),
        ("id\n", "nobody"),
        ("id,max_hours\n1,40\n,40\n", "line 3"),
        ("id\n1\n1\n", "used before"),
        ("id,max_hours\n1,forty\n", "line 2: max_hours 'forty'"),
        ("id,min_hours,max_hours\n1,50,40\n", "line 2"),
        ("id,days_off\n1,3/11/2026\n", "line 2: days_off"),
        ("id,available\n1,7-15\n", "07:00-16:00"),
        ("id,max_hours\n1,nan\n", "line 2"),
    ],
)
def test_people_gone_wrong(tmp_path: Path, text: str, says: str) -> None:
    """The line and the value are named."""
    with pytest.raises(InvalidInput, match=says.replace("(", "\\(")):
        read_people(file(tmp_path, text))


def test_shifts_over_midnight_and_with_meals(tmp_path: Path) -> None:
    """An end before the start is the next day; a meal without window gets one around the middle."""
    text = "name,start,end,meal_minutes,days\nnight,22:00,06:30,30,Fri-Sun\n,08:30,17:00,30,\n"
    night, day = read_shifts(file(tmp_path, text))
    assert (night.start_minute, night.length_minutes, night.weekdays) == (1320, 510, {4, 5, 6})
    assert (day.name, day.paid_minutes, day.meal_earliest, day.meal_latest) == ("08:30-17:00", 480, 180, 300)


def test_shifts_from_an_hour_table(tmp_path: Path) -> None:
    """Twenty-four lines of 0 and 1 are read as shifts of whole hours, a night one across the end of the table."""
    rows = [f"{h},{int(h < 6 or h >= 22)},{int(8 <= h < 16)}" for h in range(24)]
    night, day = read_shifts(file(tmp_path, "Hour,Night,Day\n" + "\n".join(rows) + "\n"))
    assert (night.start_minute, night.length_minutes) == (22 * 60, 8 * 60)
    assert (day.start_minute, day.length_minutes) == (8 * 60, 8 * 60)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("start,end\n08:30,25:00\n", "line 2"),
        ("start,end\n08:30,\n", "line 2"),
        ("start,end,days\n08:30,17:00,Someday\n", "line 2: days"),
        ("start,end,meal_minutes\n08:30,09:00,45\n", "line 2"),
        ("name,start,end\na,08:00,12:00\na,09:00,13:00\n", "used twice"),
        ("hour,a\n0,1\n", "24 lines"),
        ("", "no shift"),
    ],
)
def test_shifts_gone_wrong(tmp_path: Path, text: str, says: str) -> None:
    """The line and the value are named."""
    with pytest.raises(InvalidInput, match=says):
        read_shifts(file(tmp_path, text))


def test_weekdays_wrap() -> None:
    """Sun-Thu runs over the end of the week."""
    assert weekdays("Sun-Thu") == {6, 0, 1, 2, 3}


def test_special_days(tmp_path: Path) -> None:
    """Dates with names, closed or not."""
    christmas, sale = read_special_days(
        file(tmp_path, "date,name,closed\n2026-12-25,Christmas,yes\n2026-11-27,Sale,\n")
    )
    assert (christmas.closed, sale.closed, sale.name) == (True, False, "Sale")
    with pytest.raises(InvalidInput, match="line 2: closed"):
        read_special_days(file(tmp_path, "date,closed\n2026-12-25,perhaps\n"))


def test_written_text_is_no_formula() -> None:
    """A name that a spreadsheet would run is written as text; negative numbers stay numbers."""
    text = write_rows(["a", "b"], iter([("=cmd()", -1.5), ("x,y", None)]))
    assert text == 'a,b\n\'=cmd(),-1.5\n"x,y",\n'


@pytest.mark.parametrize(
    ("rows", "zone"),
    [
        ("1,America/New_York,sales\n2,America/New_York,\n3,Europe/Lisbon,billing\n", "America/New_York"),
        ("1,,sales\n2,America/New_York,sales|billing\n", "America/New_York"),
        ("1,America/New_York,sales\n2,Europe/Lisbon,sales\n", None),
        ("1,,sales\n2,Europe/Lisbon,billing\n", None),
    ],
)
def test_the_zone_of_a_queue_is_the_one_its_people_name(tmp_path: Path, rows: str, zone: str | None) -> None:
    """People of other queues do not count; where several zones are named, none is."""
    assert zone_of(file(tmp_path, "id,zone,queues\n" + rows), ["sales"]) == zone


def test_a_zone_there_is_not_is_refused_by_its_line(tmp_path: Path) -> None:
    """File, line and what was written."""
    with pytest.raises(InvalidInput, match=r"file\.csv line 2: .*Mars/Olympus"):
        zone_of(file(tmp_path, "id,zone\n1,Mars/Olympus\n"), ["sales"])
