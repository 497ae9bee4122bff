"""Components as HTML: what they say, how they refuse, and that text of others stays text."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.template import TemplateSyntaxError, engines
from django.test import RequestFactory
from django.utils import timezone

from floorwalker.kernel.look import (
    Bar,
    Change,
    Chart,
    Column,
    Cover,
    DayGrid,
    DayRow,
    JobView,
    Mark,
    Series,
    Step,
    WeekGrid,
    WeekRow,
)
from floorwalker.kernel.look.charts import ticks
from floorwalker.kernel.look.grids import KINDS
from floorwalker.kernel.templatetags.ui.parts import icon_names
from tests.kernel.ui import slots, specimen, values

START = datetime(2026, 11, 23, 6, tzinfo=UTC)
WORDS = re.compile(r"<[^>]*>")


def rendered(text: str, address: str = "/", **context: Any) -> str:
    template = engines["django"].from_string("{% load ui %}" + text)
    return str(template.render(context, RequestFactory().get(address)))


@pytest.fixture(scope="module")
def pages() -> dict[str, str]:
    return specimen.specimens()


def test_every_component_renders_with_every_kind_of_data(pages: dict[str, str]) -> None:
    """Ordinary, empty and extreme values; each page is whole, and its places close what they open."""
    for name, html in pages.items():
        assert html.rstrip().endswith("</html>"), name
        for tag in ("div", "section", "ul", "table", "details", "form", "svg", "span"):
            assert len(re.findall(rf"<{tag}\b", html)) == html.count(f"</{tag}>"), (name, tag)


def test_an_identifier_stands_once(pages: dict[str, str]) -> None:
    """Labels and links find the one thing they mean."""
    for name, html in pages.items():
        found = re.findall(r'\sid="([^"]+)"', html)
        assert sorted(found) == sorted(set(found)), name


@pytest.mark.parametrize(
    "call",
    [
        '{% status x tone="good" %}',
        "{% figure x x context=x change=x unit=x %}",
        "{% panel title=x note=x %}{{ x }}{% endpanel %}",
        "{% empty x text=x %}",
        "{% callout x title=x %}",
        "{% button x x %}",
        "{% person x note=x %}",
        "{% facts pairs %}",
        '{% provenance x at why=x url="/h" %}',
        "{% data_table columns=columns caption=x %}<tr><td>{{ x }}</td></tr>{% enddata_table %}",
        '{% confirm label=x url="/" title=x verb=x %}{{ x }}{% endconfirm %}',
        "{% capture as y %}{{ x }}{% endcapture %}{{ y }}",
    ],
)
def test_text_of_others_stays_text(call: str) -> None:
    """A name with markup in it is shown, not obeyed."""
    evil = '<script>alert(1)</script>"onmouseover="x'
    html = rendered(call, x=evil, at=START, pairs=((evil, evil),), columns=(Column("a", evil),))
    assert "<script>alert" not in html
    assert '"onmouseover' not in html


def test_a_chart_carries_its_numbers_safely() -> None:
    """A series named like the end of a script stays data."""
    chart = Chart("k", "T", "S", ("a",), (Series("</script><b>", (1.0,), role="bar"),))
    assert "</script><b>" not in rendered("{% chart c %}", c=chart)


@pytest.mark.parametrize(
    ("call", "said"),
    [
        ('{% status "x" tone="green" %}', "one of good, attention"),
        ('{% button "x" "/" kind="big" %}', "one of primary, plain"),
        ('{% icon "no-such" %}', "not in static/floorwalker/icons.txt"),
    ],
)
def test_a_wrong_word_is_refused(call: str, said: str) -> None:
    """A tone, kind or icon that does not exist says what there is."""
    with pytest.raises(ValueError, match=re.escape(said)):
        rendered(call)


def test_a_wrong_argument_is_refused() -> None:
    """A misspelt argument is found when the template is read."""
    with pytest.raises(TemplateSyntaxError, match="unexpected keyword argument 'colour'"):
        rendered('{% status "x" colour="good" %}')


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda: Step("Hours", "late"), "state 'late' is none of"),
        (lambda: Change("x", kind="moved"), "kind 'moved' is none of"),
        (lambda: JobView("k", "t", "busy"), "state 'busy' is none of"),
        (lambda: Series("s", (1,), role="guess"), "role 'guess' is none of"),
        (lambda: Series("s", (1, 2), low=(1,)), "a band of 1 for 2 values"),
        (lambda: Chart("k", "t", "s", ("a",), (Series("s", (1, 2)),)), "2 values for 1 points"),
        (lambda: Bar(START, START), "not after its start"),
        (lambda: Bar(START, START + timedelta(hours=1), "nap"), "kind 'nap' is none of"),
        (lambda: Cover((START,), (1,), ()), "1 starts, 1 required, 0 rostered"),
        (lambda: DayGrid("t", START, START + timedelta(hours=37), ()), "up to 36 hours"),
        (lambda: WeekGrid("t", (START.date(),), (WeekRow("A", ()),)), "row A: 0 cells for 1 days"),
    ],
)
def test_a_value_checks_itself(make: Any, said: str) -> None:
    """What cannot be drawn is refused where it is made, with the place and the reason."""
    with pytest.raises(ValueError, match=re.escape(said)):
        make()


def test_sorting_keeps_the_filters_and_drops_the_cursor() -> None:
    """A head flips its own order, names the order in force, and leaves the rest of the address."""
    columns = (
        Column("name", "Name", sortable=True),
        Column("hours", "Hours", kind="number", sortable=True),
        Column("x", "X"),
    )
    call = (
        '{% data_table columns=c caption="People" sort="name" after="zz" %}<tr><td>a</td></tr>{% enddata_table %}'
    )
    html = rendered(call, "/?team=north&sort=hours&after=abc", c=columns)
    assert 'aria-sort="ascending"><a href="?team=north&amp;sort=-hours">Hours' in html
    assert 'href="?team=north&amp;sort=name">Name' in html
    assert 'rel="next" href="?team=north&amp;sort=hours&amp;after=zz"' in html
    assert '<table class="ui-n2">' in html
    assert 'aria-sort="ascending"><a href="?sort=-name"' in rendered(call, c=columns)


def test_a_table_without_rows_says_how_to_start() -> None:
    """No empty frame, no CSV of nothing."""
    call = '{% data_table columns=c caption="P" empty="Nobody yet" empty_url="/a" empty_action="Add" csv="/c" %}'
    html = rendered(call + "\n{% enddata_table %}", c=(Column("a", "A"),))
    assert "<table" not in html
    assert "Nobody yet" in html
    assert 'href="/a"' in html
    assert "/c" not in html


def test_filters_live_in_the_address() -> None:
    """What is in force is said and can be lifted alone; sorting stays, the cursor goes."""
    form = values.Filter({"team": "north", "leaving": "on"})
    html = rendered("{% filters f %}{% endfilters %}", "/?team=north&leaving=on&sort=-hours&after=q", f=form)
    assert 'href="?leaving=on&amp;sort=-hours"' in html
    assert "Team: <strong>Harbour North</strong>" in html
    assert '<input type="hidden" name="sort" value="-hours">' in html
    assert 'value="q"' not in html
    assert 'class="ui-chosen-all" href="?sort=-hours"' in html


def test_each_error_is_beside_its_field_and_on_top() -> None:
    """The summary links to the field, a group by its first choice; the field names its help and error."""
    form = values.Person({"name": "", "hours": "90"})
    form.is_valid()
    html = rendered("{% error_summary f %}{% fields f %}", f=form)
    assert '<a href="#id_name">Name: This field is required.</a>' in html
    assert '<a href="#id_kind_0">Employed or contractor: ' in html
    assert 'id="id_kind_0"' in html
    assert re.search(
        r'<input[^>]*aria-describedby="id_name_helptext id_name_error"[^>]*aria-invalid="true"', html
    ) or re.search(r'<input[^>]*aria-invalid="true"[^>]*aria-describedby="id_name_helptext id_name_error"', html)
    assert 'id="id_name_error"' in html
    assert rendered("{% error_summary f %}", f=values.Person()).strip() == ""


def test_a_bar_keeps_its_place_on_a_day_of_25_hours() -> None:
    """On the Sunday the clocks go back an eight-hour shift is eight hours long, and 01:00 stands twice."""
    zone = ZoneInfo("Europe/Lisbon")
    midnight = datetime(2026, 10, 25, tzinfo=zone).astimezone(UTC)
    bar = Bar(midnight, midnight + timedelta(hours=8))
    grid = DayGrid("Sunday", midnight, midnight + timedelta(hours=25), (DayRow("Ana", (bar,)),))
    placed = grid.placed(grid.rows[0])
    assert (placed[0].first, placed[0].slots, grid.slots) == (0, 96, 300)
    with timezone.override(zone):
        assert [word for _, _, word in grid.hours][:4] == ["00:00", "01:00", "01:00", "02:00"]


def test_bars_outside_the_stretch_are_cut_or_left_out() -> None:
    """A night shift shows from the edge on; yesterday's does not show."""
    grid = DayGrid("Monday", START, START + timedelta(hours=10), ())
    night = Bar(START - timedelta(hours=4), START + timedelta(hours=2))
    before = Bar(START - timedelta(hours=9), START - timedelta(hours=1))
    assert [(p.first, p.slots) for p in grid.placed(DayRow("Ana", (night, before)))] == [(0, 24)]


def test_coverage_counts_hours_of_people() -> None:
    """Two people missing for half an hour are one hour short; a surplus elsewhere does not mend it."""
    cover = Cover([START + timedelta(minutes=30 * n) for n in range(3)], (3, 5, 2), (3, 3, 6))
    assert (cover.short_hours, cover.above_hours) == (1.0, 2.0)


def test_a_grid_reads_as_a_table_of_times(pages: dict[str, str]) -> None:
    """Without style sheet and script: who, from when to when, what, and which rule breaks."""
    text = WORDS.sub(" ", pages["grids"])
    assert re.search(r"Ewa Nowak\s+Sales, Service\s+09:30–17:30\s+Sales\s*: Only 10 h of rest", text)


def test_a_chart_reads_as_a_table() -> None:
    """Every value and its band, with None as a dash, a column each."""
    series = Series("Forecast", (1.5, None), role="forecast", low=(1.0, None), high=(2.0, None))
    chart = Chart("k", "T", "S", ("a", "b"), (series,), marks=(Mark("b", "Easter"), Mark("z", "outside")))
    assert chart.heads() == ["Name", "Forecast", "Forecast, low", "Forecast, high"]
    assert chart.rows() == [["a", "1.5", "1", "2"], ["b", "–", "–", "–"]]
    assert chart.payload()["marks"] == [{"from": 1, "to": 1, "label": "Easter"}]


def test_contacts_on_any_day_have_their_weeks_and_months_on_the_axis() -> None:
    """The first point of each week or month bears its day, though no point lies on its first day."""
    wednesdays = [date(2026, 9, 2) + timedelta(days=7 * n) for n in range(6)]
    assert [each["label"] for each in ticks(wednesdays)] == ["9 Sep", "16 Sep", "23 Sep", "30 Sep", "7 Oct"]
    fifteenths = [date(2026, month, 15) for month in range(1, 10)]
    assert [each["label"] for each in ticks(fifteenths)][:3] == ["Feb 2026", "Mar 2026", "Apr 2026"]
    every_day = [date(2026, 9, 2) + timedelta(days=n) for n in range(30)]
    assert [each["at"] for each in ticks(every_day)] == [5, 12, 19, 26]


def test_lines_of_one_role_are_told_apart() -> None:
    """The second line of a role has another swatch, and the drawing is told; the first of another role has not."""
    names = (("Greeting", "history"), ("Listening", "history"), ("Ours", "forecast"), ("Closing", "history"))
    chart = Chart("k", "T", "S", ("a", "b"), [Series(name, (1.0, 2.0), role=role) for name, role in names])
    assert [each["kin"] for each in chart.payload()["series"]] == [0, 1, 0, 2]
    shown = rendered("{% chart c %}", c=chart)
    assert re.findall(r"ui-swatch--(\w+)(?: ui-swatch--(kin-\d))?\"", shown) == [
        ("history", ""),
        ("history", "kin-1"),
        ("forecast", ""),
        ("history", "kin-2"),
    ]


def test_a_job_says_how_it_stands() -> None:
    """Running: share, best, bound, time left, stop; ended: no stop, no stream, the way to the result."""
    running = rendered("{% job j %}", j=values.RUNNING)
    for said in ("3.5 h short", "1.0 h short", "2 min", "Stop and keep the best", 'value="42"', "about 40 % done"):
        assert said in running
    nothing_kept = rendered("{% job j %}", j=replace(values.RUNNING, best=""))
    assert "Stop</span>" in nothing_kept
    assert "keep the best" not in nothing_kept
    done = rendered("{% job j %}", j=values.DONE)
    assert "Stop" not in done
    assert "hx-sse" not in done
    assert 'href="/forecasts/1"' in done


def test_every_place_a_bar_can_have_is_in_the_style_sheet() -> None:
    """The style sheet of places is what its script writes."""
    assert slots.FILE.read_text(encoding="utf-8") == slots.text()


def test_every_kind_of_bar_has_its_look() -> None:
    """A kind without a style would be invisible."""
    sheet = slots.FILE.with_name("grid.css").read_text(encoding="utf-8")
    assert [kind for kind in KINDS if f".ui-bar--{kind} {{" not in sheet] == []


def test_every_icon_is_in_the_sprite() -> None:
    """What the pages may name, set-up has drawn."""
    sprite = slots.FILE.parents[2] / "vendor" / "icons.svg"
    drawn = set(re.findall(r'<symbol id="([^"]+)"', sprite.read_text(encoding="utf-8")))
    assert drawn == icon_names()
