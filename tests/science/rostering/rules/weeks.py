"""Hand-made rosters of one person, for the tests of the rules."""

from datetime import date

from floorwalker.science.rostering import Duty, Person, Roster, Shift
from floorwalker.science.timegrid import TimeGrid

DAY = Shift("day", 9 * 60, 8 * 60)
LATE = Shift("late", 15 * 60, 8 * 60)
EARLY = Shift("early", 6 * 60, 8 * 60)
NIGHT = Shift("night", 22 * 60, 8 * 60)
LONG = Shift("long", 8 * 60, 510, meal_minutes=30, meal_earliest=180, meal_latest=300)
SHIFTS = (DAY, LATE, EARLY, NIGHT, LONG)


def week(*worked, days=7, first=date(2026, 6, 1), zone="Europe/London", shifts=SHIFTS, **person):
    """A roster of A with the given (day, shift name) or (day, shift name, meal minute)."""
    duties = tuple(Duty("A", *entry) for entry in worked)
    return Roster(TimeGrid(first, days, 1800, zone), (Person("A", **person),), shifts, duties)
