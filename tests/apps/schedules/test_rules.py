"""The arithmetic of schedules, as tables of cases: breaches, steps, differences, coverage, patterns, turns."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine

from floorwalker.apps.schedules.rules import requests as talk
from floorwalker.apps.schedules.rules.checking import findings
from floorwalker.apps.schedules.rules.cover import Need, cover_changes, day_cover, needed_on, stretch_of
from floorwalker.apps.schedules.rules.differences import differences, keep_names, merged, notice_hours, touched
from floorwalker.apps.schedules.rules.edits import Gone, Impossible, Step, after, undone
from floorwalker.apps.schedules.rules.patterns import Pattern, catalogue
from floorwalker.apps.schedules.rules.stints import Stint, Worker, monday_of, stint_at
from floorwalker.apps.schedules.words import cover_words_of, finding_words, impossible_words
from floorwalker.science.timegrid import TimeGrid

MONDAY = date(2026, 6, 1)
ZONE = "Europe/London"
ADA = Worker(1, "Ada", "A1", least_hours=0, most_hours=40)
NEW = replace(ADA, training_minutes=240)
AT_TEN = (datetime(2026, 6, 1, 9, tzinfo=UTC), datetime(2026, 6, 1, 11, tzinfo=UTC))  # 10:00 in London


def stint(name: str, day: int, start: int = 9, hours: float = 8, *, agent: int | None = 1, meal: int = 0) -> Stint:
    return stint_at(
        name,
        agent,
        day=MONDAY + timedelta(days=day),
        start_minute=start * 60,
        length_minutes=round(hours * 60),
        zone=ZONE,
        meal_minutes=meal,
        meal_after=180,
        queue=7,
    )


def broken(worker: Worker, *stints: Stint) -> list[str]:
    return [found.rule for found in findings(MONDAY, ZONE, [worker], stints)]


@pytest.mark.parametrize(
    ("worker", "stints", "rules"),
    [
        (ADA, [stint("a", 0, meal=30)], []),
        (ADA, [stint("a", 0)], ["meal"]),
        (ADA, [stint("a", 0, 14, 6), stint("b", 1, 6, 6)], ["rest"]),
        (ADA, [stint("a", 0, 14, 6), stint("b", 1, 7, 6)], []),
        (ADA, [stint("a", 0, 8, 6), stint("b", 0, 13, 6)], ["double booking", "rest"]),
        (replace(ADA, most_hours=10), [stint("a", 0, hours=6), stint("b", 1, hours=6)], ["weekly hours"]),
        (replace(ADA, least_hours=20), [stint("a", 0, hours=6)], ["least hours"]),
        (replace(ADA, most_days=1), [stint("a", 0, hours=6), stint("b", 1, hours=6)], ["weekly hours"]),
        (replace(ADA, days_off=frozenset({MONDAY})), [stint("a", 0, hours=6)], ["days off"]),
        (replace(ADA, days_off=frozenset({MONDAY})), [stint("a", 1, hours=6)], []),
        (replace(ADA, available=((480, 840),)), [stint("a", 0, 9, 6)], ["availability"]),
        (replace(ADA, contractor=True), [stint("a", 0, hours=6)], ["contractor"]),
        (replace(ADA, left_on=MONDAY), [stint("a", 1, hours=6)], ["employment"]),
        (replace(ADA, started_on=MONDAY + timedelta(days=2)), [stint("a", 1, hours=6)], ["employment"]),
        (replace(ADA, queues=frozenset({8})), [stint("a", 0, hours=6)], ["skills"]),
        (replace(ADA, queues=frozenset({7})), [stint("a", 0, hours=6)], []),
        (NEW, [stint("a", 0, hours=3)], ["training"]),
        (NEW, [stint("a", 0, hours=3), stint("b", -1, hours=6)], ["training"]),  # the week before holds none of it
        (NEW, [stint("a", 0, hours=4)], []),
        (NEW, [], []),  # too few hours are another rule's
        (replace(NEW, training=(AT_TEN,)), [stint("a", 0, hours=4)], []),
        (replace(NEW, training=(AT_TEN,)), [stint("a", 0, 11, 4)], ["training time"]),
        (replace(NEW, training=(AT_TEN,)), [stint("a", 0, 8, 6, meal=30)], ["training time"]),  # at the meal
        (replace(NEW, training=(AT_TEN,)), [stint("a", 1, hours=4)], ["training time"]),
    ],
)
def test_what_breaks_which_rule(worker: Worker, stints: list[Stint], rules: list[str]) -> None:
    """One row a rule, and its neighbour that is whole."""
    assert broken(worker, *stints) == rules


def test_rest_and_days_in_a_row_know_no_monday() -> None:
    """The Sunday before counts; what only concerns the week before is not told."""
    sunday_night, monday = stint("a", -1, 16, 8, meal=30), stint("b", 0, 6, 6)
    assert broken(ADA, sunday_night, monday) == ["rest"]
    assert broken(ADA, stint("x", -2, 16, 8, meal=30), stint("y", -1, 6, 6)) == []
    row = [stint(str(day), day, hours=6) for day in range(-3, 4)]
    assert broken(replace(ADA, most_hours=60, most_days=7), *row) == ["consecutive days"]
    assert broken(ADA, stint("a", 6, 16, 8, meal=30), stint("b", 7, 6, 6)) == ["rest"]


def test_findings_name_people_as_they_are_called() -> None:
    """Two Adas are told apart by their numbers; the sentence names the day as people say it."""
    late, early = stint("a", 0, 14, 6), stint("b", 1, 6, 6)
    two = [ADA, Worker(2, "Ada", "A2")]
    (found,) = findings(MONDAY, ZONE, two, [late, early])
    with time_machine.travel(datetime(2026, 5, 20, tzinfo=UTC), tick=False):
        said = finding_words(found)
    assert said == "Ada (A1) rests 10 h before 06:00–12:00 on Tue 2 Jun; 11 h are the least."
    assert (found.rule, found.agent, found.day) == ("rest", 1, MONDAY + timedelta(days=1))
    assert found.hard
    assert not found.absolute


def test_training_is_said_in_hours_and_its_time_by_the_clock() -> None:
    """S34, as the board says it."""
    (short,) = findings(MONDAY, ZONE, [NEW], [stint("a", 0, hours=3)])
    (lost,) = findings(MONDAY, ZONE, [replace(NEW, training=(AT_TEN,))], [stint("a", 0, 11, 4)])
    with time_machine.travel(datetime(2026, 5, 20, tzinfo=UTC), tick=False):
        said = [finding_words(short), finding_words(lost)]
    assert said == [
        "Ada is new and owed 4 h of training this week; the shifts are 3 h in all.",
        "Ada is new, and the training on Mon 1 Jun at 10:00 would lose its time.",
    ]
    assert short.hard and lost.hard and not lost.absolute


WEEK = {each.identity: each for each in (stint("a", 0, meal=30), stint("b", 0, 10, agent=2), stint("c", 1))}


def stepped(step: Step) -> dict[str, tuple[int | None, int] | None]:
    found = after(step, WEEK, first_day=MONDAY, zone=ZONE)
    return {
        (each.before or each.after).identity: (each.after.agent, each.after.start.hour) if each.after else None  # type: ignore[union-attr]
        for each in found
    }


def test_each_step_does_what_it_says() -> None:
    """Hours move the meal along; a swap changes hands; open has none; delete leaves nothing; add brings one."""
    assert stepped(Step("hours", "a", 1, MONDAY, 600, 480, 30)) == {"a": (1, 9)}  # 10:00 in London is 9:00 UTC
    assert stepped(Step("swap", "a", 1, other_identity="b", other_version=1)) == {"a": (2, 8), "b": (1, 9)}
    assert stepped(Step("give", "a", 1, agent=5)) == {"a": (5, 8)}
    assert stepped(Step("open", "a", 1)) == {"a": (None, 8)}
    assert stepped(Step("delete", "a", 1)) == {"a": None}
    assert stepped(Step("add", "z", day=MONDAY, start_minute=540, length_minutes=240, agent=3)) == {"z": (3, 8)}
    (moved,) = after(Step("hours", "a", 1, MONDAY, 600, 480, 30), WEEK, first_day=MONDAY, zone=ZONE)
    assert moved.after is not None
    assert moved.after.meal_start == datetime(2026, 6, 1, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("step", "code", "says"),
    [
        (Step("hours", "a", 1, MONDAY + timedelta(days=7), 600, 480), "other_week", "stays in its week"),
        (Step("hours", "a", 1, None, 600, 480), "no_day", "which day"),
        (Step("hours", "a", 1, MONDAY, 600, 20), "length", "half an hour"),
        (Step("hours", "a", 1, MONDAY, 600, 1000), "length", "sixteen"),
        (Step("hours", "a", 1, MONDAY, 1440, 480), "start", "between 00:00"),
        (Step("hours", "a", 1, MONDAY, 600, 30, 30), "meal", "meal is shorter"),
        (Step("hours", "a", 1, MONDAY, 540, 480, 30), "same", "nothing would change"),
        (Step("swap", "a", 1, other_identity="c", other_version=1), "same_person", "same person"),
        (Step("dance", "a", 1), "no_such_step", "no step called “dance”"),
    ],
)
def test_steps_that_make_no_sense_say_why(step: Step, code: str, says: str) -> None:
    """The rule names the reason, the sentence is made where the reader's language is known."""
    with pytest.raises(Impossible) as caught:
        after(step, WEEK, first_day=MONDAY, zone=ZONE)
    assert caught.value.code == code
    assert says in impossible_words(caught.value)


def test_a_step_on_what_somebody_else_has_changed_gives_the_fresh_shift() -> None:
    """Wrong version, or not there at all; and what exists is not added again."""
    with pytest.raises(Gone) as gone:
        after(Step("delete", "a", 2), WEEK, first_day=MONDAY, zone=ZONE)
    assert gone.value.fresh == WEEK["a"]
    with pytest.raises(Gone) as gone:
        after(Step("delete", "q", 1), WEEK, first_day=MONDAY, zone=ZONE)
    assert gone.value.fresh is None
    with pytest.raises(Gone):
        after(Step("add", "a", day=MONDAY, length_minutes=240), WEEK, first_day=MONDAY, zone=ZONE)


def test_a_step_is_undone_while_nobody_touched_its_shifts() -> None:
    """Backwards gives what was; a later hand in between stops it."""
    done = after(Step("swap", "a", 1, other_identity="b", other_version=1), WEEK, first_day=MONDAY, zone=ZONE)
    now = dict(WEEK) | {each.after.identity: replace(each.after, version=2) for each in done if each.after}
    back = undone(done, now)
    assert {each.after.identity: each.after.agent for each in back if each.after} == {"a": 1, "b": 2}
    with pytest.raises(Gone):
        undone(done, now | {"a": replace(now["a"], agent=9)})


def test_differences_touch_both_hands_and_know_how_early_they_are() -> None:
    """A shift that changes hands touches both; the version alone is no difference."""
    before = [stint("a", 0), stint("b", 1), stint("c", 2)]
    then = [replace(before[0], version=5), replace(before[1], agent=2), stint("d", 3)]
    found = differences(before, then)
    assert [each.kind for each in found] == ["changed", "removed", "added"]
    assert set(touched(found)) == {1, 2}
    assert notice_hours(found, before[1].start - timedelta(hours=5)) == 5
    assert notice_hours([], before[1].start) is None


def test_a_roster_made_anew_keeps_the_names_of_shifts_people_have_in_their_calendars() -> None:
    """Same person, same day: the same entry at other hours."""
    found = keep_names([replace(stint("old", 0), version=4)], [stint("new", 0, 12), stint("other", 1)])
    assert [(each.identity, each.version) for each in found] == [("old", 4), ("other", 1)]


def test_news_of_the_published_week_is_merged_into_a_draft() -> None:
    """Each side's own change stays; where both changed one shift the published week wins and it is named."""
    base = [stint(name, day) for day, name in enumerate("abcd")]
    mine = [replace(base[0], agent=5), replace(base[1], agent=5), base[2]]  # a and b given away, d deleted
    theirs = [base[0], replace(base[1], agent=6), replace(base[2], agent=6), base[3], stint("e", 4)]
    found, clashes = merged(base, mine, theirs)
    assert {each.identity: each.agent for each in found} == {"a": 5, "b": 6, "c": 6, "e": 1}
    assert [each.after.identity for each in clashes if each.after] == ["b"]


def test_coverage_says_what_a_change_does_in_words() -> None:
    """Half an hour later leaves a hole at the beginning and fills one at the end."""
    need = Need(7, MONDAY, 1800, tuple(1 if 18 <= slot < 35 else 0 for slot in range(48)))
    before = day_cover(MONDAY, ZONE, [need], [stretch_of(stint("a", 0))])
    then = day_cover(MONDAY, ZONE, [need], [stretch_of(stint("a", 0)), *_moved()])
    with time_machine.travel(datetime(2026, 5, 20, tzinfo=UTC), tick=False):
        said = [cover_words_of(each, ZONE) for each in cover_changes(before, then)]
    assert said == [
        "Mon 1 Jun, 09:00–09:30 would miss 1 person",
        "Mon 1 Jun, 17:00–17:30 would be covered (1 person is missing now)",
    ]
    assert [(gap.people, gap.start.hour) for gap in before.gaps()] == [(1, 16)]
    assert before.short_hours == 0.5


def _moved():  # type: ignore[no-untyped-def]
    later = replace(stint("a", 0), start=stint("a", 0).start + timedelta(minutes=30))
    later = replace(later, end=later.end + timedelta(minutes=30))
    return [stretch_of(stint("a", 0), -1), stretch_of(later)]


def test_a_coarse_need_holds_for_each_of_its_finer_intervals() -> None:
    """Half-hours on a grid of quarters; other days' needs are left out."""
    grid = TimeGrid(MONDAY, 1, 900, ZONE)
    need = Need(7, MONDAY, 1800, tuple(range(48)))
    found = needed_on(grid, [need, replace(need, day=MONDAY + timedelta(days=1))])
    assert found[:6] == [0, 0, 1, 1, 2, 2]


def test_patterns_become_shifts_that_come_once() -> None:
    """Every half-hour from seven to eight, both ends; what two patterns offer alike has the days of both."""
    early = Pattern("early", 420, 480, 30, 510, 30, 60, frozenset({0, 1}))
    same = Pattern("same", 480, 480, 30, 510, 30, 60, frozenset({5}))
    short = Pattern("short", 480, 480, 30, 510, 0, 60, frozenset({6}))
    found = {shift.name: shift for shift in catalogue([early, same, short])}
    assert sorted(found) == ["07:00-15:30", "07:30-16:00", "08:00-16:30", "08:00-16:30 (2)"]
    assert {frozenset(found[name].weekdays) for name in found} == {
        frozenset({0, 1}),
        frozenset({0, 1, 5}),
        frozenset({6}),
    }
    assert (found["07:00-15:30"].meal_earliest, found["07:00-15:30"].meal_latest) == (180, 300)


@pytest.mark.parametrize(
    ("action", "side", "turn", "state", "kind", "allowed"),
    [
        ("agree", "lead", "lead", "open", "drop", True),
        ("agree", "agent", "lead", "open", "drop", False),
        ("agree", "lead", "lead", "agreed", "drop", False),
        ("counter", "lead", "lead", "open", "hours", True),
        ("counter", "lead", "lead", "open", "swap", False),
        ("counter", "colleague", "colleague", "open", "hours", False),
        ("withdraw", "agent", "lead", "open", "drop", True),
        ("withdraw", "colleague", "lead", "open", "swap", False),
        ("say", "agent", "lead", "open", "drop", True),
        ("say", "agent", "lead", "declined", "drop", False),
        ("decline", "colleague", "colleague", "open", "swap", True),
    ],
)
def test_whose_turn_it_is(action: str, side: str, turn: str, state: str, kind: str, allowed: bool) -> None:
    """Only who is asked answers; anybody in it may write; nothing after the end."""
    assert talk.may(action, side=side, turn=turn, state=state, kind=kind) == allowed


def test_an_answer_is_owed_in_three_days_before_the_shift_and_never_at_once() -> None:
    """Whichever comes first, and an hour at least."""
    at = datetime(2026, 6, 1, 9, tzinfo=UTC)
    assert talk.due(at + timedelta(days=20), at) == at + timedelta(days=3)
    assert talk.due(at + timedelta(days=1), at) == at + timedelta(hours=22)
    assert talk.due(at + timedelta(hours=1), at) == at + timedelta(hours=1)


def test_monday_of_a_sunday_is_the_one_before() -> None:
    """Weeks begin on Monday."""
    assert monday_of(date(2026, 6, 7)) == MONDAY
    assert monday_of(MONDAY) == MONDAY


def test_a_stint_survives_json() -> None:
    """To values and back."""
    for each in WEEK.values():
        assert Stint.from_dict(each.to_dict()) == each
