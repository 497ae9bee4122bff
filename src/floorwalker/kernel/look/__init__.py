"""What pages hand to the components of `ui/`: plain, typed values. Use: see docs/guides/kernel/look.md."""

from __future__ import annotations

from floorwalker.kernel.look.charts import Chart, Mark, Series
from floorwalker.kernel.look.grids import Bar, Cover, DayGrid, DayRow, WeekCell, WeekGrid, WeekRow
from floorwalker.kernel.look.parts import Change, Column, JobView, Message, Step, Tab, Why
from floorwalker.kernel.look.words import (
    ago_words,
    day_words,
    duration_words,
    end_words,
    number_words,
    percent_words,
    span_words,
    when_words,
)

__all__ = [
    "Bar",
    "Change",
    "Chart",
    "Column",
    "Cover",
    "DayGrid",
    "DayRow",
    "JobView",
    "Mark",
    "Message",
    "Series",
    "Step",
    "Tab",
    "WeekCell",
    "WeekGrid",
    "WeekRow",
    "Why",
    "ago_words",
    "day_words",
    "duration_words",
    "end_words",
    "number_words",
    "percent_words",
    "span_words",
    "when_words",
]
