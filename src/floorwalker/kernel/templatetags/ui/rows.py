"""The rows of grids in plain Python: hundreds of cells are on a page, and a template takes ten times as long."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.html import conditional_escape, escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from floorwalker.kernel.look.grids import Bar, DayGrid, DayRow, Placed, WeekCell, WeekGrid, WeekRow
from floorwalker.kernel.templatetags.ui.parts import icon


class Rows:
    """What the rows of both grids share: words are escaped once, not once a cell."""

    def __init__(self) -> None:
        self.known: dict[tuple[datetime, datetime], str] = {}  # many people share the same few hours
        self.alert = icon("alert-triangle")

    def head(self, row: DayRow | WeekRow) -> str:
        """Whose row it is."""
        name = conditional_escape(row.name)
        if row.url:
            name = f'<a href="{escape(row.url)}">{name}</a>'
        note = f'<span class="ui-quiet">{conditional_escape(row.note)}</span>' if row.note else ""
        return f'<tr><th scope="row" class="ui-grid-name">{name}{note}</th>'

    def times(self, bar: Bar) -> str:
        hours = (bar.start, bar.end)
        return self.known.get(hours) or self.known.setdefault(hours, escape(bar.times))


class WeekRows(Rows):
    """A cell a day."""

    def __init__(self) -> None:
        super().__init__()
        dot = f'<span aria-hidden="true">·</span><span class="visually-hidden">{escape(_("off"))}</span>'
        self.off, self.changed = dot, f'<span class="ui-changed">{escape(_("changed"))}</span>'

    def all(self, grid: WeekGrid) -> SafeString:
        opens = ['<td class="ui-today">' if today else "<td>" for _day, _word, today in grid.heads]
        made = []
        for row in grid.rows:
            cells = "".join(
                f"{opened}{self.cell(cell)}</td>" for opened, cell in zip(opens, row.cells, strict=True)
            )
            total = f'<td class="ui-grid-total">{conditional_escape(row.total)}</td>' if grid.total_label else ""
            made.append(f"{self.head(row)}{cells}{total}</tr>")
        return mark_safe("\n".join(made))

    def cell(self, cell: WeekCell) -> str:
        """The shifts of somebody's day, or that it is off."""
        changed = self.changed if cell.changed else ""
        if cell.bars:
            return "".join(map(self.bar, cell.bars)) + changed
        said = conditional_escape(cell.word) if cell.word else self.off
        if cell.url:
            said = f'<a href="{escape(cell.url)}">{said}</a>'
        return f'<span class="ui-off">{said}</span>{changed}'

    def bar(self, bar: Bar) -> str:
        said = f'<span class="ui-bar-times">{self.times(bar)}</span> '
        word = f'<span class="ui-bar-word">{conditional_escape(bar.word)}</span>'
        breach, css, title = conditional_escape(bar.breach), f"ui-shift ui-bar--{bar.kind}", ""
        if breach:
            word = f'{self.alert} {word}<span class="visually-hidden">: {breach}</span>'
            css, title = f"{css} ui-bar--breach", f' title="{breach}"'
        said += word
        if bar.url:
            said = f'<a href="{escape(bar.url)}">{said}</a>'
        return f'<div class="{css}"{title}>{said}</div>'


class DayRows(Rows):
    """A line of bars by the time of day."""

    def all(self, grid: DayGrid) -> SafeString:
        none = f'<li class="ui-bar-none">{escape(_("nothing planned"))}</li>'
        made = []
        for row in grid.rows:
            bars = "".join(map(self.bar, grid.placed(row))) or none
            made.append(f'{self.head(row)}<td class="ui-grid-time"><ul class="ui-bars">{bars}</ul></td></tr>')
        return mark_safe("\n".join(made))

    def bar(self, placed: Placed) -> str:
        bar, times = placed.bar, self.times(placed.bar)
        word, breach = conditional_escape(bar.word), conditional_escape(bar.breach)
        css = f"ui-bar ui-bar--{bar.kind} ui-at-{placed.first} ui-for-{placed.slots}"
        said = f'<span class="ui-bar-times">{times}</span> <span class="ui-bar-word">{word}</span>'
        title = f"{times} {word}"
        if placed.narrow:
            css += " ui-bar--narrow"
        if breach:
            css, title = f"{css} ui-bar--breach", f"{title}: {breach}"
            said = f'{self.alert}{said}<span class="visually-hidden">: {breach}</span>'
        tag: tuple[Any, str] = (f'a href="{escape(bar.url)}"', "a") if bar.url else ("span", "span")
        return f'<li class="{css}" title="{title}"><{tag[0]}><span class="ui-bar-in">{said}</span></{tag[1]}></li>'
