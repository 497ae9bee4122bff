"""Coverage as shapes: rostered as an area, required as a step, what is missing as hatched boxes, and words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from floorwalker.kernel.look.grids import Cover, DayGrid
from floorwalker.kernel.look.words import number_words
from floorwalker.kernel.templatetags.ui.library import register
from floorwalker.kernel.templatetags.ui.words import when

HEIGHT = 36  # of the strip, in its own units


def strip(cover: Cover, grid: DayGrid | None = None) -> dict[str, Any]:
    """Everything the strip draws and says; each shape is one path, however many intervals there are."""
    per = cover.seconds / 300 if grid else 1.0  # one interval, in units of the width
    lefts = [float(grid.slot_of(start)) if grid else float(at) for at, start in enumerate(cover.starts)]
    top = max([*cover.required, *cover.rostered, 1.0])
    need, have = ([_height(people, top) for people in each] for each in (cover.required, cover.rostered))
    return {
        "width": grid.slots if grid else len(cover.starts),
        "height": HEIGHT,
        "rostered": _area(lefts, have, per),
        "short": "".join(
            f"M{left:g} {up:g}H{left + per:g}V{down:g}H{left:g}z"
            for left, up, down in zip(lefts, need, have, strict=True)
            if up < down
        ),
        "required": _steps(lefts, need, per),
        "cover": cover,
        "short_hours": cover.short_hours,
        "short_words": _("%(hours)s h") % {"hours": number_words(cover.short_hours)},
        "hours": _by_hour(cover, grid) if grid else [],
    }


@register.simple_tag
def cover_rows(cover: Cover) -> SafeString:
    """The intervals of a coverage as lines of a table."""
    lines = zip(cover.starts, cover.required, cover.rostered, strict=True)
    return mark_safe(
        "".join(
            f'<tr><th scope="row">{when(start)}</th><td>{escape(number_words(need))}</td>'
            f"<td>{escape(number_words(have))}</td><td>{escape(number_words(have - need, sign=True))}</td></tr>"
            for start, need, have in lines
        )
    )


def _height(people: float, top: float) -> float:
    return round(HEIGHT - people / top * (HEIGHT - 2), 2)


def _steps(lefts: Sequence[float], ups: Sequence[float], per: float) -> str:
    """A line that keeps its height through each interval; where it stays the same it is drawn on."""
    drawn: list[str] = []
    last: float | None = None
    for left, up in zip(lefts, ups, strict=True):
        turn = "" if up == last else f"{'M' if last is None else 'L'}{left:g} {up:g}"
        drawn.append(f"{turn}H{left + per:g}")
        last = up
    return "".join(drawn)


def _area(lefts: Sequence[float], ups: Sequence[float], per: float) -> str:
    """The same line, filled down to the ground."""
    if not lefts:
        return ""
    return f"{_steps(lefts, ups, per)}V{HEIGHT}H{lefts[0]:g}z"


def _by_hour(cover: Cover, grid: DayGrid) -> list[dict[str, Any]]:
    """The worst difference of each hour of the head, for those who read numbers."""
    slots = [grid.slot_of(start) for start in cover.starts]
    gaps = [have - need for need, have in zip(cover.required, cover.rostered, strict=True)]
    found = []
    for first, count, word in grid.hours:
        within = [gap for slot, gap in zip(slots, gaps, strict=True) if first <= slot < first + count]
        worst = min(within) if within else None
        found.append(
            {
                "first": first,
                "slots": count,
                "from": word,
                "worst": "" if worst is None else number_words(worst, 0, sign=True),
                "short": worst is not None and worst < 0,
            }
        )
    return found
