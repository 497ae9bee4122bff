"""Dates, times, durations and numbers in a page."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from floorwalker.kernel.look import words
from floorwalker.kernel.templatetags.ui.library import register


def _time(value: datetime, shown: str, other: str = "") -> SafeString:
    """A `<time>` in the viewer's zone that says the other zone's clock on hover."""
    if timezone.is_naive(value):
        return format_html('<time datetime="{}">{}</time>', value.isoformat(), shown)
    zone = ZoneInfo(other) if other else UTC
    there = f"{words.when_words(value, zone)} {other or 'UTC'}"
    return format_html('<time datetime="{}" title="{}">{}</time>', value.isoformat(), there, shown)


@register.simple_tag
def when(value: datetime | None, other: str = "", *, end: bool = False) -> Any:
    """“Mon 23 Nov, 14:05”; `other` names the zone said on hover (UTC without); with `end` midnight is 24:00."""
    if value is None:
        return words.NOTHING
    return _time(value, words.end_words(value) if end else words.when_words(value), other)


@register.simple_tag
def ago(value: datetime | None) -> Any:
    """“4 min ago”, with the moment on hover."""
    if value is None:
        return words.NOTHING
    return format_html(
        '<time datetime="{}" title="{}">{}</time>',
        value.isoformat(),
        words.when_words(value),
        words.ago_words(value),
    )


@register.simple_tag
def clock(value: datetime | None, other: str = "") -> Any:
    """“14:05”."""
    return words.NOTHING if value is None else _time(value, words.clock_words(value), other)


@register.simple_tag
def day(value: date | datetime | None) -> Any:
    """“Mon 23 Nov”."""
    if value is None:
        return words.NOTHING
    local = words.in_zone(value).date() if isinstance(value, datetime) else value
    return format_html('<time datetime="{}">{}</time>', local.isoformat(), words.day_words(local))


@register.simple_tag
def times(start: datetime, end: datetime, other: str = "") -> Any:
    """“Mon 23 Nov, 08:00–16:30”."""
    shown = words.span_words(start, end)
    if timezone.is_naive(start):
        return shown
    zone = ZoneInfo(other) if other else UTC
    there = f"{words.when_words(start, zone)} – {words.when_words(end, zone)} {other or 'UTC'}"
    return format_html('<span class="ui-times" title="{}">{}</span>', there, shown)


@register.simple_tag
def times_there(start: datetime, end: datetime, zone: str) -> str:
    """The same by the clocks of another zone, as plain words."""
    return words.span_words(start, end, ZoneInfo(zone))


@register.simple_tag
def duration(seconds: float | None, parts: int = 2) -> str:
    """“1 h 30 min”."""
    return words.duration_words(seconds, parts=parts)


@register.simple_tag
def number(value: float | None, digits: int | None = None, sign: bool = False) -> str:
    """“12,345.6” by the viewer's locale; `sign=True` shows a plus too."""
    return words.number_words(value, digits, sign=sign)


@register.simple_tag
def percent(share: float | None, digits: int = 0, sign: bool = False) -> str:
    """0.813 is “81 %”."""
    return words.percent_words(share, digits, sign=sign)
