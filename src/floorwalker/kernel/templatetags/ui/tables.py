"""Data tables: the head sorts by link, the foot turns pages by cursor, the rows are the page's own."""

from __future__ import annotations

from collections.abc import Sequence
from html import unescape
from typing import Any
from urllib.parse import parse_qsl

from django.http import QueryDict
from django.template import Context
from django.utils.html import format_html
from django.utils.safestring import SafeData, SafeString

from floorwalker.kernel.files.signed import LONGEST
from floorwalker.kernel.look.parts import Column
from floorwalker.kernel.paging import Rows
from floorwalker.kernel.templatetags.ui.library import register

CURSORS = ("after", "before")


@register.simple_block_tag(takes_context=True)
def data_table(
    context: Context,
    content: str,
    columns: Sequence[Column],
    caption: Any,
    empty: Any = "",
    empty_text: Any = "",
    empty_url: str = "",
    empty_action: Any = "",
    after: str = "",
    before: str = "",
    csv: str = "",
    personal: bool = False,
    note: Any = "",
    sort: str = "",
    tall: bool = False,
    stacked: bool = False,
    page: Rows[Any] | None = None,
) -> Any:
    """A table around the rows of the block.

    `sort` is the order when the address names none, “-name” downwards; `page` is the page of rows, which turns
    at the foot and says how many there are (“50 of 312”; `note` says it in other words); `tall` scrolls under a
    standing head; `stacked` shows each row as a few lines on a phone, where a cell says with `{% cell_label %}`
    what its column says elsewhere. `csv` leads to the rows as a file; of `personal` rows it asks what for.
    """
    after, before, note = (page.after, page.before, note or page.note) if page else (after, before, note)
    request = context.get("request")
    query: QueryDict = request.GET if request else QueryDict()
    values = {
        "heads": [_head(column, query, sort) for column in columns],
        "flush_right": " ".join(f"ui-n{at}" for at, column in enumerate(columns, 1) if column.kind == "number"),
        "count": len(columns),
        "content": content,
        "filled": "<tr" in content,
        "caption": caption,
        "empty": empty,
        "empty_text": empty_text,
        "empty_url": empty_url,
        "empty_action": empty_action,
        "after": _with(query, after=after) if after else "",
        "before": _with(query, before=before) if before else "",
        "csv": csv,
        "personal": personal,
        "note": note,
        "tall": tall,
        "stacked": stacked,
    }
    return context.template.engine.get_template("ui/data_table.html").render(context.new(values))


@register.inclusion_tag("ui/take_along.html")
def take_along(url: str, label: Any) -> dict[str, Any]:
    """The way to a file about people: it asks what for, and the file and the audit say so."""
    # What a page captured is escaped already: read as it stands, its second filter would be called “amp;verb”.
    path, _mark, query = (unescape(url) if isinstance(url, SafeData) else str(url)).partition("?")
    return {"path": path, "query": parse_qsl(query), "label": label, "longest": LONGEST}


@register.simple_tag
def cell_label(label: Any) -> SafeString:
    """What the column is called, in front of a cell that stands without its head on a phone."""
    return format_html('<span class="ui-cell-label">{}</span> ', label)


@register.inclusion_tag("ui/turn.html", takes_context=True)
def turn(context: Context, page: Rows[Any], label: Any) -> dict[str, Any]:
    """The foot of a list that is no table: how many there are, and the pages before and after."""
    query = context["request"].GET if "request" in context else QueryDict()
    return {
        "label": label,
        "note": page.note,
        "after": _with(query, after=page.after) if page.after else "",
        "before": _with(query, before=page.before) if page.before else "",
    }


def _head(column: Column, query: QueryDict, default: str) -> dict[str, Any]:
    order = query.get("sort") or default
    direction = {column.key: "ascending", f"-{column.key}": "descending"}.get(order, "")
    flipped = f"-{column.key}" if direction == "ascending" else column.key
    return {"column": column, "direction": direction, "url": _with(query, sort=flipped) if column.sortable else ""}


def _with(query: QueryDict, **changed: str) -> str:
    """The address with these parts changed; a cursor never outlives a change."""
    kept = query.copy()
    for name in CURSORS:
        kept.pop(name, None)
    for name, value in changed.items():
        kept[name] = value
    return f"?{kept.urlencode()}"
