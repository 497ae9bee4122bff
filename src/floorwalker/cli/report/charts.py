"""Charts as plain SVG: a plot with zero-based axes drawn into from back to front, and a grid of cells.

Colours and strokes are classes, never values: the page's style gives them their meaning in light and dark.
Drawings are sized for the place they are shown in (about one unit to a pixel), so their text stays readable.
Hatching comes from the patterns of :func:`patterns`, which the page holds once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from html import escape
from math import ceil, floor, isfinite, log10, nan

from markupsafe import Markup

Values = Iterable[float]
MARGIN_RIGHT, MARGIN_TOP, MARGIN_BOTTOM = 10, 16, 22
LABEL_UNITS = 8  # room for one character of a tick label


def nice_ticks(high: float, most: int = 4) -> list[float]:
    """Round values from 0 to at or above ``high``, at most ``most`` steps: 0, 20, 40, 60."""
    if not isfinite(high) or high <= 0:
        return [0.0, 1.0]
    magnitude = 10.0 ** floor(log10(high / most))
    step = next(m * magnitude for m in (1, 2, 2.5, 5, 10, 20) if m * magnitude * most >= high * (1 - 1e-9))
    return [step * i for i in range(ceil(high / step - 1e-9) + 1)]


def highest(*series: Values) -> float:
    """Largest finite value of all series, 0 without one."""
    return max((float(v) for values in series for v in values if isfinite(v)), default=0.0)


def runs(values: Sequence[float]) -> Iterator[tuple[int, int]]:
    """Stretches ``(first, stop)`` without NaN: a gap is a gap in the drawing, not a zero."""
    first: int | None = None
    for i, value in enumerate(values):
        if isfinite(value):
            first = i if first is None else first
        elif first is not None:
            yield first, i
            first = None
    if first is not None:
        yield first, len(values)


@dataclass(frozen=True)
class Scale:
    """Maps ``low … high`` onto ``start … stop``; a range of no width lands in the middle."""

    low: float
    high: float
    start: float
    stop: float

    def __call__(self, value: float) -> float:
        if self.high == self.low:
            return (self.start + self.stop) / 2
        return self.start + (value - self.low) / (self.high - self.low) * (self.stop - self.start)


@dataclass
class Plot:
    """One drawing of ``width`` × ``height`` units, x from ``x_low`` to ``x_high``, y from 0 to the last tick.

    ``name`` is unique on the page, ``title`` and ``description`` are read out by screen readers.
    """

    name: str
    title: str
    description: str
    x_low: float
    x_high: float
    y_ticks: Sequence[float]
    y_labels: Sequence[str]
    width: float = 320
    height: float = 150
    margin_top: float = MARGIN_TOP
    parts: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        longest = max(len(label) for label in self.y_labels)
        self.left, self.right = float(max(24, 8 + LABEL_UNITS * longest)), self.width - MARGIN_RIGHT
        self.top, self.bottom = float(self.margin_top), self.height - MARGIN_BOTTOM
        self.x = Scale(self.x_low, self.x_high, self.left, self.right)
        self.y = Scale(0.0, float(self.y_ticks[-1]), self.bottom, self.top)

    def axes(self, x_ticks: Iterable[tuple[float, str]]) -> None:
        """Quiet lines at the y ticks, labels on both axes."""
        for value, label in zip(self.y_ticks, self.y_labels, strict=True):
            y = self.y(value)
            self._add(
                f'<path class="{"axis" if value == 0 else "grid"}" d="M{self.left:g} {y:.1f}H{self.right:g}"/>'
            )
            self._text(self.left - 5, y + 4, label, "tick", "end")
        for at, label in x_ticks:
            x = self.x(at)
            self._add(f'<path class="axis" d="M{x:.1f} {self.bottom:g}v4"/>')
            self._text(x, self.height - 5, label, "tick", self._anchor(x, label))

    def line(self, xs: Sequence[float], ys: Sequence[float], kind: str) -> None:
        """A line through the points, broken at gaps; a lone point is a dot."""
        for first, stop in runs(ys):
            points = [f"{self.x(xs[i]):.1f} {self.y(ys[i]):.1f}" for i in range(first, stop)]
            if len(points) == 1:
                x, y = points[0].split()
                self._add(f'<circle class="dot {kind}" cx="{x}" cy="{y}" r="2.5"/>')
            else:
                self._add(f'<path class="line {kind}" d="M{"L".join(points)}"/>')

    def band(self, xs: Sequence[float], low: Sequence[float], high: Sequence[float], kind: str) -> None:
        """The area between two lines, broken where either is unknown."""
        for first, stop in runs([a + b for a, b in zip(low, high, strict=True)]):
            if stop - first == 1:
                x, bottom, top = self.x(xs[first]), self.y(low[first]), self.y(high[first])
                self._add(f'<path class="area {kind}" d="M{x - 3:.1f} {bottom:.1f}h6V{top:.1f}h-6Z"/>')
                continue
            there = [f"{self.x(xs[i]):.1f} {self.y(high[i]):.1f}" for i in range(first, stop)]
            back = [f"{self.x(xs[i]):.1f} {self.y(low[i]):.1f}" for i in reversed(range(first, stop))]
            self._add(f'<path class="area {kind}" d="M{"L".join(there + back)}Z"/>')

    def step(self, edges: Sequence[float], values: Sequence[float], kind: str) -> None:
        """A level for each interval; ``edges`` has one value more than ``values``."""
        for first, stop in runs(values):
            path = f"M{self.x(edges[first]):.1f} {self.y(values[first]):.1f}"
            for i in range(first, stop):
                if i > first and values[i] != values[i - 1]:
                    path += f"V{self.y(values[i]):.1f}"
                if i + 1 == stop or values[i + 1] != values[i]:
                    path += f"H{self.x(edges[i + 1]):.1f}"
            self._add(f'<path class="line {kind}" d="{path}"/>')

    def between(
        self, edges: Sequence[float], low: Sequence[float], high: Sequence[float], kind: str, inset: float = 0
    ) -> None:
        """Filled from ``low`` to ``high`` wherever high is above low: areas, and what is over or under.

        Neighbours form one shape with one outline; with an ``inset`` each interval stands alone, as bars do.
        """
        taller = [b - a if b > a else nan for a, b in zip(low, high, strict=True)]
        stretches = runs(taller) if not inset else ((i, i + 1) for i, v in enumerate(taller) if isfinite(v))
        path = ""
        for first, stop in stretches:
            path += f"M{self.x(edges[first]) + inset:.1f} {self.y(low[first]):.1f}"
            path += "".join(
                f"V{self.y(high[i]):.1f}H{self.x(edges[i + 1]) - inset:.1f}" for i in range(first, stop)
            )
            path += "".join(
                f"V{self.y(low[i]):.1f}H{self.x(edges[i]) + inset:.1f}" for i in reversed(range(first, stop))
            )
            path += "Z"
        if path:
            self._add(f'<path class="area {kind}" d="{path}"/>')

    def bars(self, edges: Sequence[float], values: Sequence[float], kind: str) -> None:
        """Bars from zero."""
        gap = 0.12 * abs(self.x(edges[1]) - self.x(edges[0])) if len(edges) > 1 else 0.0
        self.between(edges, [0.0] * len(values), values, kind, inset=max(min(gap, 4.0), 0.1))

    def rule(self, value: float, label: str, kind: str) -> None:
        """A level across the whole plot with its label at the right."""
        y = self.y(value)
        self._add(f'<path class="line {kind}" d="M{self.left:g} {y:.1f}H{self.right:g}"/>')
        self._text(self.right, y + 13 if self.bottom - y > 16 else y - 4, label, f"label {kind}-text", "end")

    def mark(self, at: float, label: str) -> None:
        """A named moment: a dotted upright line with words at its head."""
        x = self.x(at)
        self._add(f'<path class="line mark" d="M{x:.1f} {self.top:g}V{self.bottom:g}"/>')
        self._text(x, self.top - 4, label, "label", self._anchor(x, label))

    def label(self, at: float, value: float, text: str, kind: str, above: bool = True) -> None:
        """Words at a point of the plot, kept inside it."""
        x, y = self.x(at), self.y(value) + (-5 if above else 14)
        self._text(x, min(max(y, self.top - 4), self.bottom - 3), text, f"label {kind}", self._anchor(x, text))

    def svg(self) -> Markup:
        """The finished drawing."""
        return _document(self.name, self.title, self.description, self.width, self.height, self.parts)

    def _anchor(self, x: float, text: str) -> str:
        """Where a text has to hang so that it stays inside the drawing."""
        half = 3.2 * len(text)
        return "start" if x - half < 0 else "end" if x + half > self.width else "middle"

    def _add(self, part: str) -> None:
        self.parts.append(part)

    def _text(self, x: float, y: float, text: str, kind: str, anchor: str) -> None:
        self._add(_text(x, y, text, kind, anchor))


@dataclass(frozen=True)
class Cell:
    """One cell of a grid: its text, and the class that gives it its colour and hatching."""

    text: str
    kind: str


def cell_grid(
    name: str,
    title: str,
    description: str,
    columns: Sequence[str],
    rows: Sequence[tuple[str, Sequence[Cell]]],
    *,
    width: float = 360,
    row_height: float = 20,
) -> Markup:
    """Labelled rows of cells under labelled columns; each cell says its value in words, not only in colour."""
    head, left = 20.0, 44.0
    cell_width = (width - left) / max(len(columns), 1)
    middles = [left + (c + 0.5) * cell_width for c in range(len(columns))]
    parts = [_text(x, 13, column, "tick", "middle") for x, column in zip(middles, columns, strict=True)]
    for r, (row, cells) in enumerate(rows):
        y = head + r * row_height
        parts.append(_text(left - 6, y + row_height / 2 + 4, row, "tick", "end"))
        for c, cell in enumerate(cells):
            x = left + c * cell_width
            box = f'x="{x + 1:.1f}" y="{y + 1:.1f}" width="{cell_width - 2:.1f}" height="{row_height - 2:.1f}"'
            parts.append(f'<rect class="cell {cell.kind}" {box} rx="2"/>')
            if cell.text:
                middle = x + cell_width / 2
                parts.append(_text(middle, y + row_height / 2 + 4, cell.text, f"label {cell.kind}-text", "middle"))
    return _document(name, title, description, width, head + max(len(rows), 1) * row_height + 4, parts)


def swatch(shape: str, kind: str) -> Markup:
    """A little sample for the key of a chart: ``line`` or ``area`` of that class."""
    drawing = (
        f'<path class="line {kind}" d="M1 7H23"/>'
        if shape == "line"
        else f'<rect class="area {kind}" x="1" y="1" width="22" height="12"/>'
    )
    return Markup(f'<svg class="swatch" viewBox="0 0 24 14" aria-hidden="true">{drawing}</svg>')


def patterns() -> Markup:
    """Hatching shared by every chart of the page: diagonal lines for under, dots for over."""
    tint = '<rect class="tint-{}" width="6" height="6"/>'
    lines = tint.format("under") + '<path class="hatch-under" d="M-1 1l2-2M0 6l6-6M5 7l2-2"/>'
    dots = tint.format("over") + '<circle class="hatch-over" cx="3" cy="3" r="1.1"/>'
    return Markup(
        '<svg class="patterns" width="0" height="0" aria-hidden="true"><defs>'
        f'<pattern id="under" width="6" height="6" patternUnits="userSpaceOnUse">{lines}</pattern>'
        f'<pattern id="over" width="6" height="6" patternUnits="userSpaceOnUse">{dots}</pattern>'
        "</defs></svg>"
    )


def _text(x: float, y: float, text: str, kind: str, anchor: str) -> str:
    return f'<text class="{kind}" x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{escape(text)}</text>'


def _document(
    name: str, title: str, description: str, width: float, height: float, parts: Iterable[str]
) -> Markup:
    head = (
        f'<svg class="chart" viewBox="0 0 {width:g} {height:g}" role="img" '
        f'aria-labelledby="{escape(name)}-t {escape(name)}-d"><title id="{escape(name)}-t">{escape(title)}</title>'
        f'<desc id="{escape(name)}-d">{escape(description)}</desc>'
    )
    return Markup(head + "".join(parts) + "</svg>")
