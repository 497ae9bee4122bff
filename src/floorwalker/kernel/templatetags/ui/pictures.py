"""Charts and grids."""

from __future__ import annotations

from typing import Any

from floorwalker.kernel.look.charts import Chart
from floorwalker.kernel.look.grids import KINDS, DayGrid, WeekGrid
from floorwalker.kernel.look.words import clock_words
from floorwalker.kernel.templatetags.ui.library import register
from floorwalker.kernel.templatetags.ui.rows import DayRows, WeekRows
from floorwalker.kernel.templatetags.ui.strips import strip


@register.inclusion_tag("ui/chart.html")
def chart(chart: Chart, empty: Any = "", empty_text: Any = "") -> dict[str, Any]:
    """A picture with its sentence, its key, the table behind it and a CSV link."""
    return {"chart": chart, "empty": empty, "empty_text": empty_text}


@register.inclusion_tag("ui/day_grid.html")
def day_grid(grid: DayGrid, empty: Any = "") -> dict[str, Any]:
    """People by the time of one day, with the coverage below."""
    kinds = {bar.kind for row in grid.rows for bar in row.bars}
    return {
        "grid": grid,
        "rows": DayRows().all(grid),
        "kinds": [(kind, word) for kind, word in KINDS.items() if kind in kinds],
        "strip": strip(grid.cover, grid) if grid.cover else None,
        "empty": empty,
    }


@register.inclusion_tag("ui/week_grid.html")
def week_grid(grid: WeekGrid, empty: Any = "") -> dict[str, Any]:
    """People by day, with what is missing each day below."""
    covers = [(cover, strip(cover) if cover else None) for cover in grid.covers]
    return {"grid": grid, "rows": WeekRows().all(grid), "covers": covers, "empty": empty}


@register.filter
def clock_of(moment: Any) -> str:
    """“14:05”, for attributes and texts that take no tag."""
    return clock_words(moment)
