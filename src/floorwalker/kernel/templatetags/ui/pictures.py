"""Charts and grids."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.html import conditional_escape, escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from floorwalker.kernel.look.charts import Chart
from floorwalker.kernel.look.grids import KINDS, Bar, Cover, DayGrid, WeekCell, WeekGrid
from floorwalker.kernel.look.words import clock_words, number_words
from floorwalker.kernel.templatetags.ui.library import register
from floorwalker.kernel.templatetags.ui.parts import icon

STRIP_HEIGHT = 36  # of the coverage strip, in its own units


@register.inclusion_tag("ui/chart.html")
def chart(chart: Chart, empty: Any = "", empty_text: Any = "") -> dict[str, Any]:
    """A picture with its sentence, its key, the table behind it and a CSV link."""
    return {"chart": chart, "empty": empty, "empty_text": empty_text}


@register.inclusion_tag("ui/day_grid.html")
def day_grid(grid: DayGrid, empty: Any = "") -> dict[str, Any]:
    """People by the time of one day, with the coverage below."""
    rows = [(row, grid.placed(row)) for row in grid.rows]
    kinds = {bar.kind for row in grid.rows for bar in row.bars}
    return {
        "grid": grid,
        "rows": rows,
        "kinds": [(kind, word) for kind, word in KINDS.items() if kind in kinds],
        "strip": _strip(grid.cover, grid) if grid.cover else None,
        "empty": empty,
    }


@register.inclusion_tag("ui/week_grid.html")
def week_grid(grid: WeekGrid, empty: Any = "") -> dict[str, Any]:
    """People by day, with what is missing each day below."""
    covers = [(cover, _strip(cover) if cover else None) for cover in grid.covers]
    cells = _Cells()
    rows = [
        (row, [(cells.cell(each), head) for each, head in zip(row.cells, grid.heads, strict=True)])
        for row in grid.rows
    ]
    return {"grid": grid, "rows": rows, "covers": covers, "empty": empty}


class _Cells:
    """The cells of a week in plain Python: there are hundreds on a page, and a template takes far longer."""

    def __init__(self) -> None:
        self.times: dict[tuple[datetime, datetime], str] = {}  # many people share the same few hours
        self.alert = icon("alert-triangle")
        self.off = format_html(
            '<span aria-hidden="true">·</span><span class="visually-hidden">{}</span>', _("off")
        )
        self.changed = format_html('<span class="ui-changed">{}</span>', _("changed"))

    def cell(self, cell: WeekCell) -> SafeString:
        """The shifts of somebody's day, or that it is off."""
        changed = self.changed if cell.changed else ""
        if cell.bars:
            return format_html("{}{}", mark_safe("".join(map(self._bar, cell.bars))), changed)
        return format_html('<span class="ui-off">{}</span>{}', _linked(cell.word or self.off, cell.url), changed)

    def _bar(self, bar: Bar) -> str:
        hours = (bar.start, bar.end)
        times = self.times.get(hours) or self.times.setdefault(hours, escape(bar.times))
        said = f'<span class="ui-bar-times">{times}</span> '
        word = f'<span class="ui-bar-word">{conditional_escape(bar.word)}</span>'
        breach, css, title = conditional_escape(bar.breach), f"ui-shift ui-bar--{bar.kind}", ""
        if breach:
            word = f'{self.alert} {word}<span class="visually-hidden">: {breach}</span>'
            css, title = f"{css} ui-bar--breach", f' title="{breach}"'
        said += word
        if bar.url:
            said = f'<a href="{escape(bar.url)}">{said}</a>'
        return f'<div class="{css}"{title}>{said}</div>'


def _linked(said: Any, url: str) -> Any:
    return format_html('<a href="{}">{}</a>', url, said) if url else said


def _strip(cover: Cover, grid: DayGrid | None = None) -> dict[str, Any]:
    """Coverage as shapes: rostered as an area, required as a step, what is missing as hatched boxes, and words."""
    seconds = cover.seconds
    width = grid.slots if grid else len(cover.starts)
    per = seconds / 300 if grid else 1.0  # one interval, in units of the width
    top = max([*cover.required, *cover.rostered, 1.0])
    boxes: dict[str, list[dict[str, str]]] = {"rostered": [], "short": []}
    required = []
    gaps = []
    for index, start in enumerate(cover.starts):
        left = float(grid.slot_of(start)) if grid else float(index)
        need, have = cover.required[index], cover.rostered[index]
        y_need, y_have = _height(need, top), _height(have, top)
        boxes["rostered"].append(_box(left, y_have, per, STRIP_HEIGHT - y_have))
        if need > have:
            boxes["short"].append(_box(left, y_need, per, y_have - y_need))
        required.append(f"{'M' if not required else 'L'}{left:g} {y_need:g}H{left + per:g}")
        gaps.append({"start": start, "required": need, "rostered": have, "gap": have - need})
    return {
        "width": width,
        "height": STRIP_HEIGHT,
        "boxes": boxes,
        "required": "".join(required),
        "gaps": gaps,
        "short_hours": cover.short_hours,
        "short_words": _("%(hours)s h") % {"hours": number_words(cover.short_hours)},
        "hours": _by_hour(cover, grid) if grid else [],
    }


def _height(people: float, top: float) -> float:
    return round(STRIP_HEIGHT - people / top * (STRIP_HEIGHT - 2), 2)


def _box(left: float, y: float, width: float, height: float) -> dict[str, str]:
    return {"x": f"{left:g}", "y": f"{y:g}", "width": f"{width:g}", "height": f"{height:g}"}


def _by_hour(cover: Cover, grid: DayGrid) -> list[dict[str, Any]]:
    """The worst difference of each hour of the head, for those who read numbers."""
    found = []
    for first, slots, word in grid.hours:
        gaps = [
            have - need
            for start, need, have in zip(cover.starts, cover.required, cover.rostered, strict=True)
            if first <= grid.slot_of(start) < first + slots
        ]
        worst = min(gaps) if gaps else None
        found.append(
            {
                "first": first,
                "slots": slots,
                "from": word,
                "worst": "" if worst is None else number_words(worst, 0, sign=True),
                "short": worst is not None and worst < 0,
            }
        )
    return found


@register.filter
def clock_of(moment: Any) -> str:
    """“14:05”, for attributes and texts that take no tag."""
    return clock_words(moment)
