"""Dates, times, durations and numbers as people say them, in the language and zone of the viewer."""

from __future__ import annotations

from datetime import date, datetime, timedelta, tzinfo
from functools import lru_cache
from typing import SupportsFloat

from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

MINUTE = 60
HOUR = 60 * MINUTE
DAY = 24 * HOUR
NOTHING = "–"


def day_words(value: date | datetime, *, year: bool | None = None) -> str:
    """“Mon 23 Nov”; with the year when it is not this one."""
    if isinstance(value, datetime):
        value = in_zone(value).date()
    if year is None:
        year = value.year != timezone.localdate().year
    return _day(value, year, get_language())


@lru_cache(maxsize=5000)  # a roster names the same few days thousands of times
def _day(value: date, year: bool, _language: str | None) -> str:
    return date_format(value, "D j M Y" if year else "D j M")


def clock_words(value: datetime) -> str:
    """“14:05”."""
    return f"{in_zone(value):%H:%M}"


def when_words(value: datetime, zone: tzinfo | None = None) -> str:
    """“Mon 23 Nov, 14:05” in the viewer's zone, or in ``zone``."""
    there = in_zone(value, zone)
    return f"{day_words(there.date())}, {there:%H:%M}"


def end_words(value: datetime) -> str:
    """A moment until which something lasts: midnight ends the day before, “Sun 22 Nov, 24:00”."""
    there = in_zone(value)
    if (there.hour, there.minute, there.second) == (0, 0, 0):
        return f"{day_words(there.date() - timedelta(days=1))}, 24:00"
    return when_words(value)


def span_words(start: datetime, end: datetime, zone: tzinfo | None = None) -> str:
    """“Mon 23 Nov, 08:00–16:30” in the viewer's zone, or in ``zone``.

    Both days when they differ, and midnight at the end is 24:00.
    """
    first, last = in_zone(start, zone), in_zone(end, zone)
    if last.date() == first.date():
        return f"{when_words(first, zone)}–{last:%H:%M}"
    if (last.date() - first.date()).days == 1 and (last.hour, last.minute) == (0, 0):
        return f"{when_words(first, zone)}–24:00"
    return f"{when_words(first, zone)} – {when_words(last, zone)}"


def ago_words(value: datetime, now: datetime | None = None) -> str:
    """“4 min ago”, “in 2 h”; beyond a day the day itself."""
    seconds = ((now or timezone.now()) - value).total_seconds()
    if abs(seconds) >= DAY:
        return when_words(value)
    if abs(seconds) < 10:
        return _("just now")
    words = duration_words(abs(seconds), parts=1)
    return (
        _("%(duration)s ago") % {"duration": words} if seconds > 0 else _("in %(duration)s") % {"duration": words}
    )


def duration_words(seconds: SupportsFloat | None, *, parts: int = 2) -> str:
    """“1 h 30 min”, “45 s”, “2 days 3 h”: the ``parts`` largest units, rounded to the last one."""
    if seconds is None:
        return NOTHING
    total = float(seconds)
    sign, left = ("−" if total < 0 else ""), abs(total)
    units = (DAY, HOUR, MINUTE, 1)
    first = next((index for index, unit in enumerate(units) if left >= unit), len(units) - 1)
    smallest = units[min(first + parts - 1, len(units) - 1)]
    left = round(left / smallest) * smallest
    said = []
    for unit in units:
        count, left = divmod(left, unit)
        if count:
            said.append(_one_unit(int(count), unit))
    return sign + " ".join(said[:parts]) if said else _one_unit(0, 1)


def _one_unit(count: int, unit: int) -> str:
    if unit == DAY:
        return ngettext("%(count)d day", "%(count)d days", count) % {"count": count}
    words = {HOUR: _("%(count)d h"), MINUTE: _("%(count)d min"), 1: _("%(count)d s")}
    return words[unit] % {"count": count}


def number_words(value: SupportsFloat | None, digits: int | None = None, *, sign: bool = False) -> str:
    """A number by the viewer's locale with a true minus; ``sign`` shows a plus too. Whole numbers stay whole."""
    if value is None:
        return NOTHING
    number = float(value)
    if digits is None:
        digits = 0 if number == int(number) or abs(number) >= 100 else 1
    rounded = round(number, digits)
    text = str(number_format(abs(rounded), decimal_pos=digits, use_l10n=True, force_grouping=True))
    if rounded < 0:
        return f"−{text}"
    return f"+{text}" if sign and rounded > 0 else text


def percent_words(share: SupportsFloat | None, digits: int = 0, *, sign: bool = False) -> str:
    """A share of one as a percentage: 0.813 is “81 %”."""
    return NOTHING if share is None else f"{number_words(float(share) * 100, digits, sign=sign)} %"


def in_zone(value: datetime, zone: tzinfo | None = None) -> datetime:
    """The moment on the viewer's clock; a naive time is taken as said there already."""
    return timezone.localtime(value, zone) if timezone.is_aware(value) else value
