"""The drawing module: scales, ticks, and the borders of every shape."""

from __future__ import annotations

from math import inf, nan
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from floorwalker.cli.report.charts import Cell, Plot, Scale, cell_grid, highest, nice_ticks, runs, swatch


def plot(high: float = 10.0) -> Plot:
    ticks = nice_ticks(high)
    return Plot("p", "Title", "Words", 0.0, 4.0, ticks, [f"{t:g}" for t in ticks], width=240, height=120)


def drawn(chart: Plot, tag: str) -> list[ElementTree.Element]:
    return ElementTree.fromstring(chart.svg()).findall(tag)


@given(high=st.floats(1e-6, 1e9), most=st.integers(2, 6))
def test_ticks_start_at_zero_and_reach_the_top(high: float, most: int) -> None:
    """From zero, evenly, to at or just above the highest value, never more steps than asked for."""
    ticks = nice_ticks(high, most)
    assert ticks[0] == 0
    assert ticks[-1] >= high * (1 - 1e-9)
    assert ticks[-2] < high
    assert len(ticks) - 1 <= most


@pytest.mark.parametrize("high", [0.0, -1.0, nan, inf])
def test_ticks_of_nothing(high: float) -> None:
    """Without a positive finite value the axis still has two ends."""
    assert nice_ticks(high) == [0.0, 1.0]


def test_highest_ignores_what_is_unknown() -> None:
    """NaN and infinity are no values; nothing at all is zero."""
    assert highest([nan, 3.0, inf], [2.0]) == 3.0
    assert highest([nan], []) == 0.0


def test_scale_maps_ends_and_middle() -> None:
    """Linear between its ends; a range of no width lands in the middle instead of dividing by zero."""
    scale = Scale(0, 10, 100, 0)
    assert [scale(0), scale(5), scale(10)] == [100, 50, 0]
    assert Scale(3, 3, 0, 50)(3) == 25


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([], []),
        ([nan, nan], []),
        ([1.0], [(0, 1)]),
        ([nan, 1.0, 2.0, nan, 3.0], [(1, 3), (4, 5)]),
        ([1.0, nan], [(0, 1)]),
    ],
)
def test_runs_break_at_gaps(values: list[float], expected: list[tuple[int, int]]) -> None:
    """Stretches without NaN, at the first, last and only position."""
    assert list(runs(values)) == expected


def test_line_breaks_at_a_gap_and_a_lone_point_is_a_dot() -> None:
    """A gap in the data is a gap in the drawing."""
    chart = plot()
    chart.line([0, 1, 2, 3, 4], [1, 2, nan, 4, nan], "history")
    assert len(drawn(chart, "path")) == 1
    assert len(drawn(chart, "circle")) == 1


def test_zero_is_the_bottom_of_the_plot() -> None:
    """Bars stand on the zero line."""
    chart = plot()
    chart.bars([0, 1, 2], [5.0, 0.0], "abandoned")
    (path,) = drawn(chart, "path")
    assert f"{chart.bottom:.1f}" in path.get("d", "")
    assert path.get("d", "").count("M") == 1  # a bar of zero is not drawn


def test_step_draws_only_its_changes() -> None:
    """Equal neighbours are one stroke, whose ends are the edges of the intervals."""
    chart = plot()
    chart.step([0, 1, 2, 3], [2.0, 2.0, 5.0], "required")
    assert drawn(chart, "path")[0].get("d") == (
        f"M{chart.x(0):.1f} {chart.y(2):.1f}H{chart.x(2):.1f}V{chart.y(5):.1f}H{chart.x(3):.1f}"
    )


def test_under_and_over_are_drawn_only_where_they_are() -> None:
    """Neighbours share one outline; equal heights draw nothing; NaN draws nothing."""
    chart = plot()
    chart.between([0, 1, 2, 3, 4], [1, 1, 3, nan], [2, 3, 3, 9], "under")
    (path,) = drawn(chart, "path")
    assert path.get("d", "").count("M") == 1
    assert path.get("class") == "area under"
    empty = plot()
    empty.between([0, 1], [2], [2], "under")
    assert not drawn(empty, "path")


def test_band_of_a_single_interval_has_a_width() -> None:
    """One known interval between gaps is still seen."""
    chart = plot()
    chart.band([0, 1, 2], [nan, 2, nan], [nan, 4, nan], "band")
    assert len(drawn(chart, "path")) == 1


def test_words_are_escaped_and_stay_inside() -> None:
    """Markup in a label is text, and a label at either edge hangs inwards."""
    chart = plot()
    chart.label(0, 5, "<b> & a long label at the left", "under-text")
    chart.label(4, 5, "a long label at the right edge", "over-text")
    left, right = drawn(chart, "text")
    assert left.text == "<b> & a long label at the left"
    assert left.get("text-anchor") == "start"
    assert right.get("text-anchor") == "end"


def test_rule_mark_and_axes_are_named() -> None:
    """A target, a special day and every tick carry their words."""
    chart = plot()
    chart.axes([(0, "08:00"), (4, "12:00")])
    chart.rule(8, "target 80 %", "target")
    chart.mark(2, "Labor Day")
    assert [t.text for t in drawn(chart, "text")] == [
        *chart.y_labels,
        "08:00",
        "12:00",
        "target 80 %",
        "Labor Day",
    ]


def test_left_margin_follows_the_longest_label() -> None:
    """Large numbers push the plot to the right instead of leaving the drawing."""
    ticks = [0.0, 1e6]
    wide = Plot("p", "T", "D", 0, 1, ticks, ["0", "1,000,000"])
    assert wide.left > plot().left


def test_cell_grid_says_its_values() -> None:
    """Every cell has its text and its class; an empty text is a bare cell; no rows is still a drawing."""
    svg = cell_grid("g", "Title", "Words", ["Mon", "Tue"], [("08:00", [Cell("−3", "under"), Cell("", "closed")])])
    root = ElementTree.fromstring(svg)
    assert [t.text for t in root.findall("text")] == ["Mon", "Tue", "08:00", "−3"]
    assert [r.get("class") for r in root.findall("rect")] == ["cell under", "cell closed"]
    assert ElementTree.fromstring(cell_grid("g", "T", "D", [], [])).get("role") == "img"


def test_swatches_are_the_shapes_of_the_charts() -> None:
    """The key shows a line for a line and an area for an area."""
    assert 'class="line required"' in swatch("line", "required")
    assert 'class="area under"' in swatch("area", "under")
