"""Dates, durations and numbers are said as people say them, in the viewer's zone and language."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.template import engines
from django.utils import timezone, translation

from floorwalker.kernel.look import ago_words, day_words, duration_words, number_words, percent_words, when_words

LISBON = ZoneInfo("Europe/Lisbon")


def rendered(text: str, **context: object) -> str:
    return str(engines["django"].from_string("{% load ui %}" + text).render(context))


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (0, "0 s"),
        (45.4, "45 s"),
        (60, "1 min"),
        (90, "1 min 30 s"),
        (3599.9, "1 h"),
        (5400, "1 h 30 min"),
        (5429, "1 h 30 min"),
        (86399, "1 day"),
        (183600, "2 days 3 h"),
        (-360, "−6 min"),
        (None, "–"),
    ],
)
def test_durations(seconds: float | None, said: str) -> None:
    """Two units at most, rounded to the last one said."""
    assert duration_words(seconds) == said


@pytest.mark.parametrize(
    ("value", "options", "said"),
    [
        (12480, {}, "12,480"),
        (3.25, {}, "3.2"),
        (-2, {"sign": True}, "−2"),
        (2, {"sign": True}, "+2"),
        (0, {"sign": True}, "0"),
        (-0.01, {"digits": 1}, "0.0"),
        (1234.5678, {"digits": 2}, "1,234.57"),
        (None, {}, "–"),
    ],
)
def test_numbers(value: float | None, options: dict[str, object], said: str) -> None:
    """Grouped by locale, a true minus, a plus only when asked for, and no minus zero."""
    assert number_words(value, **options) == said  # type: ignore[arg-type]


def test_numbers_follow_the_language() -> None:
    """A German reads a comma where an English reader reads a point."""
    with translation.override("de"):
        assert number_words(1234.5) == "1.234"
        assert number_words(12.5) == "12,5"
    assert percent_words(0.813) == "81 %"


def test_a_moment_is_said_in_the_viewers_zone_with_the_other_on_hover() -> None:
    """The same moment for two viewers."""
    moment = datetime(2026, 11, 23, 14, 5, tzinfo=UTC)
    with time_machine.travel(datetime(2026, 11, 24, tzinfo=UTC)), timezone.override("Asia/Manila"):
        shown = rendered('{% when m other="Europe/Lisbon" %}', m=moment)
    assert ">Mon 23 Nov, 22:05<" in shown
    assert 'title="Mon 23 Nov, 14:05 Europe/Lisbon"' in shown
    assert 'datetime="2026-11-23T14:05:00+00:00"' in shown


def test_the_year_is_said_when_it_is_another() -> None:
    """A date of last year carries its year."""
    with time_machine.travel(datetime(2026, 6, 1, tzinfo=UTC)):
        assert day_words(date(2026, 11, 23)) == "Mon 23 Nov"
        assert day_words(date(2025, 11, 23)) == "Sun 23 Nov 2025"


@pytest.mark.parametrize(
    ("hours", "said"),
    [
        (8, "Mon 23 Nov, 08:00–16:00"),
        (16, "Mon 23 Nov, 08:00–24:00"),
        (22, "Mon 23 Nov, 08:00 – Tue 24 Nov, 06:00"),
    ],
)
def test_a_span_names_its_days(hours: int, said: str) -> None:
    """One day once, midnight as 24:00, a night both days."""
    start = datetime(2026, 11, 23, 8, tzinfo=LISBON)
    with time_machine.travel(datetime(2026, 11, 1, tzinfo=UTC)), timezone.override(LISBON):
        assert f">{said}<" in rendered("{% times a b %}", a=start, b=start + timedelta(hours=hours))


@pytest.mark.parametrize(("hour", "said"), [(0, "Sun 22 Nov, 24:00"), (9, "Mon 23 Nov, 09:00")])
def test_what_lasts_until_midnight_ends_the_day_before(hour: int, said: str) -> None:
    """Who reads “until Mon, 00:00” believes to have Monday."""
    moment = datetime(2026, 11, 23, hour, tzinfo=LISBON)
    with time_machine.travel(datetime(2026, 11, 1, tzinfo=UTC)), timezone.override(LISBON):
        assert f">{said}<" in rendered("{% when m end=True %}", m=moment)


def test_how_long_ago() -> None:
    """Seconds, minutes, hours; beyond a day the day itself."""
    now = datetime(2026, 11, 23, 12, tzinfo=UTC)
    assert ago_words(now, now) == "just now"
    assert ago_words(now - timedelta(minutes=4), now) == "4 min ago"
    assert ago_words(now + timedelta(hours=2), now) == "in 2 h"
    assert ago_words(now - timedelta(days=3), now) == when_words(now - timedelta(days=3))


def test_the_missing_hour_of_a_changing_day() -> None:
    """On the Sunday the clocks go back the same wall time comes twice, an hour apart, and both are said right."""
    first = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    with time_machine.travel(first), timezone.override(LISBON):
        assert when_words(first) == when_words(first + timedelta(hours=1)) == "Sun 25 Oct, 01:30"
