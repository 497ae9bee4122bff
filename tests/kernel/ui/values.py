"""Ordinary, empty and extreme values for every component, made up and the same on every run."""

from __future__ import annotations

import math
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from zoneinfo import ZoneInfo

from django import forms

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
    Message,
    Series,
    Step,
    Tab,
    WeekCell,
    WeekGrid,
    WeekRow,
    Why,
)

ZONE = ZoneInfo("Europe/Lisbon")
NOW = datetime(2026, 11, 23, 10, 20, tzinfo=ZONE)
MONDAY = date(2026, 11, 23)
LONG_NAME = "Wolfeschlegelsteinhausenbergerdorff-Featherstonehaugh, Maximiliana Alexandra Theodora Josephine"
NAMES = (
    "Ana Ribeiro",
    "Bruno Costa",
    "Chidi Okafor",
    "Dilnoza Karimova",
    "Ewa Nowak",
    "Fatima Haddad",
    "Goran Petrović",
    "Hanna Lindqvist",
    "Ines Duarte",
    "Jonas Weber",
    "Keiko Tanaka",
    "Luís Santos",
    "Mina Park",
    "Noah Peeters",
)


def shell(places: int = 7, theme: str = "light", **more: object) -> SimpleNamespace:
    """What surrounds a page; the real one is made by the project's menu."""
    words = (
        ("The week", "calendar-week"),
        ("Today", "activity"),
        ("Forecasts", "chart-line"),
        ("Rosters", "users"),
        ("Required staff", "target"),
        ("Time off the phones", "coffee"),
        ("Promises", "heart-handshake"),
        ("People", "users-group"),
        ("Uploads", "upload"),
    )
    shown = [
        SimpleNamespace(
            key=f"p{n}", label=word, url=f"/p{n}", icon=icon, current=n == 0, count=(0, 3, 0, 12)[n % 4]
        )
        for n, (word, icon) in enumerate(words[:places])
    ]
    values = {
        "signed_in": True,
        "places": shown,
        "person": {"name": "Ana Ribeiro", "role_line": "Planner, Supervisor", "initials": "AR"},
        "notices": {"unread": 3, "url": "/notices"},
        "promises": {"owed_to_me": 2, "owed_by_me": 5, "url": "/promises"},
        "zone": "Europe/Lisbon",
        "theme": theme,
        "search_url": "/search",
        "account_url": "/account",
        "preferences_url": "/preferences",
        "theme_url": "",
        "sign_out_url": "/sign-out",
    }
    return SimpleNamespace(**(values | more))


WHY = Why(
    formula="answered within 20 s ÷ (offered − abandoned within 20 s)",
    inputs=(("Offered", "12,480"), ("Answered within 20 s", "10,031"), ("Abandoned within 20 s", "142")),
    exclusions=("3 intervals without data from the telephone system", "Test calls"),
    fresh=NOW - timedelta(minutes=4),
    url="/queues/sales",
)


def agents(count: int, name: str = "") -> list[SimpleNamespace]:
    tones = (("good", "Working"), ("attention", "Late by 6 min"), ("neutral", "Off"), ("bad", "Missing"))
    return [
        SimpleNamespace(
            name=name or f"{NAMES[n % len(NAMES)]}",
            url=f"/agents/{n}",
            team=("Harbour North", "Harbour South")[n % 2],
            hours=20 + n % 5 * 5,
            calls=1234.0 * (n % 7),
            since=NOW - timedelta(days=40 * n),
            tone=tones[n % 4][0],
            word=tones[n % 4][1],
        )
        for n in range(count)
    ]


COLUMNS = (
    Column("name", "Name", sortable=True),
    Column("team", "Team", sortable=True),
    Column("state", "State", kind="status"),
    Column("hours", "Contract hours", kind="number", sortable=True, hint="Hours a week by contract"),
    Column("calls", "Contacts this year", kind="number", sortable=True),
    Column("since", "Here since"),
)


class Filter(forms.Form):
    team = forms.ChoiceField(
        choices=(("", "All teams"), ("north", "Harbour North"), ("south", "Harbour South")), required=False
    )
    name = forms.CharField(required=False)
    leaving = forms.BooleanField(label="With those who left", required=False)


class Person(forms.Form):
    """A form with every kind of field."""

    name = forms.CharField(label="Name", help_text="As it is on the badge.", max_length=40)
    email = forms.EmailField(label="E-mail")
    team = forms.ChoiceField(
        label="Team", choices=(("", "Choose a team"), ("n", "Harbour North"), ("s", "Harbour South"))
    )
    hours = forms.DecimalField(label="Contract hours a week", min_value=0, max_value=60, required=False)
    kind = forms.ChoiceField(
        label="Employed or contractor",
        widget=forms.RadioSelect,
        choices=(("e", "Employee"), ("c", "Contractor")),
        help_text="A contractor is offered work, never assigned.",
    )
    skills = forms.MultipleChoiceField(
        label="Skills",
        widget=forms.CheckboxSelectMultiple,
        choices=(("s", "Sales"), ("v", "Service")),
        required=False,
    )
    starts = forms.DateField(label="First day", widget=forms.DateInput(attrs={"type": "date"}))
    note = forms.CharField(label="Note", widget=forms.Textarea, required=False)
    photo = forms.FileField(label="History file", required=False)
    told = forms.BooleanField(
        label="They were told", help_text="Nobody learns from a list that their hours changed."
    )


def quarter_hours(count: int = 96, start: datetime | None = None) -> list[datetime]:
    begin = start or datetime(2026, 11, 23, 0, 0, tzinfo=ZONE)
    return [begin + timedelta(minutes=15 * n) for n in range(count)]


def hump(n: int, per_day: int, top: float) -> float:
    hour = n % per_day / per_day * 24
    return round(
        top * math.exp(-(((hour - 11) / 3.2) ** 2)) + 0.7 * top * math.exp(-(((hour - 16) / 2.6) ** 2)), 1
    )


def forecast_chart(days: int = 7) -> Chart:
    points = [
        datetime(2026, 11, 23, tzinfo=ZONE).astimezone(UTC) + timedelta(minutes=30 * n) for n in range(48 * days)
    ]
    calls = [hump(n, 48, 80 if n // 48 % 7 < 5 else 34) for n in range(48 * days)]
    known = 48 * days // 3
    return Chart(
        key="forecast",
        title="Calls a half-hour, Harbour sales",
        sentence="Monday morning will be the peak with 83 calls at 11:00; 8 of 10 days land inside the band.",
        points=points,
        unit="calls",
        series=(
            Series(
                "History",
                [
                    c + (n * 7 % 11 - 5) / 2 if n < known and c > 4 else c if n < known else None
                    for n, c in enumerate(calls)
                ],
            ),
            Series(
                "Forecast",
                [None if n < known else c for n, c in enumerate(calls)],
                role="forecast",
                low=[None if n < known else round(c * 0.8, 1) for n, c in enumerate(calls)],
                high=[None if n < known else round(c * 1.22 + 1, 1) for n, c in enumerate(calls)],
            ),
        ),
        marks=(
            Mark(points[48 * (days - 3)], "Black Friday", points[48 * (days - 3) + 47]),
            Mark(points[60], "Mailing"),
        ),
        csv_url="/forecast.csv",
    )


def cover_of_day() -> Cover:
    starts = quarter_hours(64, datetime(2026, 11, 23, 6, tzinfo=ZONE))
    required = [max(1.0, round(hump(n + 24, 96, 12))) for n in range(64)]
    rostered = [max(1.0, round(hump(n + 23, 96, 12) * 0.92 + (1 if n % 9 < 5 else -1))) for n in range(64)]
    return Cover(starts, required, rostered)


def cover_chart() -> Chart:
    cover = cover_of_day()
    return Chart(
        key="cover",
        title="Required and rostered, Monday",
        unit="people",
        sentence="Between 10:00 and 12:00 up to 2 people are missing; after 17:00 one is above.",
        points=cover.starts,
        series=(
            Series("Required", cover.required, role="required"),
            Series("Rostered", cover.rostered, role="rostered"),
        ),
        csv_url="/cover.csv",
    )


def bar_chart() -> Chart:
    return Chart(
        key="bars",
        title="Error by source",
        unit="%",
        sentence="Our own forecast missed least, the client's most.",
        points=("Ours", "Client A", "Client B", "Last year"),
        series=(Series("Error", [11.2, 19.4, 16.0, 24.8], role="bar"),),
    )


def at(hour: float, day: int = 0) -> datetime:
    return datetime(2026, 11, 23, tzinfo=ZONE) + timedelta(days=day, hours=hour)


def bars(n: int, day: int = 0) -> list[Bar]:
    start = 6 + n * 5 % 13 * 0.5
    kind = ("work", "work", "work", "timeoff", "work", "sick", "open")[n % 7]
    shift = Bar(
        at(start, day),
        at(start + 8, day),
        kind,
        label="Sales" if kind == "work" else "",
        url=f"/shifts/{n}",
        breach="Only 10 h of rest after the late shift; 11 h are needed." if n % 8 == 4 else "",
    )
    if kind != "work":
        return [shift]
    inside = [
        Bar(at(start + 2, day), at(start + 2.25, day), "break"),
        Bar(at(start + 4, day), at(start + 4.5, day), "meal"),
        Bar(at(start + 6, day), at(start + 6.25, day), "break"),
    ]
    if n % 5 == 1:
        kinds = ("training", "meeting", "offphone")
        inside.append(Bar(at(start + 3, day), at(start + 4, day), kinds[n // 5 % 3], url=f"/blocks/{n}"))
    return [shift, *inside]


def day_grid(people: int = 14, name: str = "") -> DayGrid:
    rows = [
        DayRow(
            name or NAMES[n % len(NAMES)],
            bars(n) if n % 11 != 10 else (),
            url=f"/agents/{n}",
            note=("Sales, Service", "Sales")[n % 2],
        )
        for n in range(people)
    ]
    return DayGrid("Monday 23 November, who works when", at(6), at(22), rows, cover_of_day(), now=NOW)


def week_grid(people: int = 14, name: str = "") -> WeekGrid:
    def cell(n: int, day: int) -> WeekCell:
        if (n + day) % 7 in (2, 3):
            return WeekCell(word="Day off" if n % 3 == 0 else "")
        return WeekCell(bars(n, day)[:1], changed=(n, day) == (1, 3))

    rows = [
        WeekRow(
            name or NAMES[n % len(NAMES)],
            [cell(n, day) for day in range(7)],
            url=f"/agents/{n}",
            note="40 h",
            total="40 h",
        )
        for n in range(people)
    ]
    cover = cover_of_day()
    enough = Cover(cover.starts, cover.required, [need + 1 for need in cover.required])
    days = [MONDAY + timedelta(days=n) for n in range(7)]
    covers = (cover, enough, cover, cover, enough, cover, None)
    return WeekGrid("Week of 23 November", days, rows, covers, today=MONDAY, total_label="Paid")


RUNNING = JobView(
    "run",
    "Roster of the week of 23 November",
    "running",
    step="Trying to move 12 shifts of the late team",
    share=0.42,
    best="3.5 h short",
    bound="1.0 h short",
    seconds_left=95,
    seconds_spent=68,
    stop_url="/jobs/1/stop",
    stream_url="",
    poll_url="/jobs/1",
)
DONE = JobView("ready", "Forecast of Harbour sales", "done", text="Finished in 42 s.", result_url="/forecasts/1")
FAILED = JobView(
    "bad", "Upload of november.csv", "failed", text="Line 12 has no date; correct it and upload the file again."
)
WAITING = JobView(
    "next", "Roster of the week of 30 November", "waiting", step="One job is before this one.", poll_url="/jobs/2"
)

STEPS = (
    Step("Bring the history of calls", "done", note="12,480 calls of 14 months"),
    Step("Say when you are open", "current", note="Two minutes.", url="/hours", action="Set the hours"),
    Step("Name the people", "blocked", note="The file of last week was not readable.", url="/people"),
    Step("Publish a week"),
)
CHANGES = (
    Change(
        "Ana Ribeiro, Mon 23 Nov",
        before="08:00–16:30",
        after="09:00–17:30",
        note="Agreed in the request of 19 Nov",
    ),
    Change("Bruno Costa, Tue 24 Nov", after="10:00–18:30", kind="added"),
    Change("Ewa Nowak, Wed 25 Nov", before="08:00–16:30", kind="removed"),
    Change("Everybody else", kind="kept"),
)
THREAD = (
    Message(
        "Ana Ribeiro",
        NOW - timedelta(days=2),
        "Could I start an hour later?\n\nThe school opens at 8:30.",
        mine=True,
    ),
    Message("Bruno Costa", NOW - timedelta(days=1, hours=20), "Fine by me; I start earlier.", role="Supervisor"),
    Message("Bruno Costa", NOW - timedelta(days=1), event="agreed; the roster is changed", tone="good"),
)
TABS = (
    Tab("Week", "/week", current=True),
    Tab("Day", "/day"),
    Tab("Requests", "/requests", count=4),
    Tab("History", "/h"),
)
