"""Data tables: the head sorts by link, the foot turns pages by cursor, the rows are the page's own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import QueryDict
from django.template import Context

from floorwalker.kernel.look.parts import Column
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
    note: Any = "",
    sort: str = "",
    tall: bool = False,
) -> Any:
    """A table around the rows of the block.

    `sort` is the order when the address names none, “-name” downwards; `after` and `before` are the cursors of the
    next and the previous page; `note` says what is shown (“50 of 312”); `tall` scrolls under a standing head.
    """
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
        "note": note,
        "tall": tall,
    }
    return context.template.engine.get_template("ui/data_table.html").render(context.new(values))


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
