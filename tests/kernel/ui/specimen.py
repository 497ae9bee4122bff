"""Every component with ordinary, empty and extreme values, on the pages the tests open in a browser."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from django import forms
from django.contrib import messages as flashes
from django.contrib.messages.storage.base import Message as Flash
from django.template import engines
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import timezone

from floorwalker.kernel.look import Chart, DayGrid, Series, Step, WeekGrid
from tests.kernel.ui import values

PAGES = Path(__file__).with_name("pages")


class SignIn(forms.Form):
    login = forms.CharField(label="Name")
    password = forms.CharField(label="Password", widget=forms.PasswordInput)


def specimens(theme: str = "light") -> dict[str, str]:
    """Every page of the specimen as HTML, by its name."""
    wrong = values.Person({"name": "A" * 60, "email": "no", "hours": "90"})
    wrong.is_valid()
    ordinary = parts_context()
    long = values.LONG_NAME
    pages: dict[str, tuple[str, dict[str, Any]]] = {
        "parts": ("parts", ordinary),
        "form": ("form", {"form": values.Person()}),
        "form-wrong": ("form", {"form": wrong}),
        "charts": ("charts", charts_context()),
        "grids": ("grids", {"day": values.day_grid(), "week": values.week_grid()}),
        "empty": ("empty", empty_context()),
        "extreme": ("parts", extreme_context(ordinary)),
        "extreme-grids": ("grids", {"day": values.day_grid(200, long), "week": values.week_grid(200, long)}),
        "plain": ("plain", {"form": SignIn()}),
    }
    return {name: page(template, context, theme) for name, (template, context) in pages.items()}


def page(name: str, context: dict[str, Any], theme: str = "light", **shell: Any) -> str:
    request = RequestFactory().get(f"/{name}", {"team": "north", "leaving": "on", "sort": "-hours"})
    template = engines["django"].from_string((PAGES / f"{name}.html").read_text(encoding="utf-8"))
    surroundings = {"shell": values.shell(theme=theme, **shell), **context}
    with timezone.override(values.ZONE):
        return str(template.render(surroundings, request))


def parts_context() -> dict[str, Any]:
    return {
        "why": values.WHY,
        "calls": "12,480",
        "columns": values.COLUMNS,
        "agents": values.agents(14),
        "filter": values.Filter({"team": "north", "leaving": "on"}),
        "steps": values.STEPS,
        "changes": values.CHANGES,
        "thread": values.THREAD,
        "tabs": values.TABS,
        "facts": (("Team", "Harbour North"), ("Contract", "30 h a week"), ("Here since", "3 March 2021")),
        "now": values.NOW,
        "later": values.NOW + timedelta(hours=8),
        "running": values.RUNNING,
        "done": values.DONE,
        "failed": values.FAILED,
        "waiting": values.WAITING,
        "messages": [
            Flash(flashes.SUCCESS, "The week is published; 14 people were told."),
            Flash(flashes.WARNING, "Two people have no e-mail address."),
        ],
    }


def charts_context() -> dict[str, Any]:
    return {"forecast": values.forecast_chart(), "cover": values.cover_chart(), "bars": values.bar_chart()}


def extreme_context(ordinary: dict[str, Any]) -> dict[str, Any]:
    long = values.LONG_NAME
    return {
        **ordinary,
        "agents": values.agents(1000, long),
        "calls": "123,456,789,012",
        "steps": [Step(long, "current", note=long * 3, url="/x", action=long)],
        "changes": [replace(change, what=long, note=long) for change in values.CHANGES],
        "thread": [replace(message, who=long, text=long.replace(" ", "") * 4) for message in values.THREAD],
        "facts": ((long, long.replace(" ", "")),),
        "running": replace(values.RUNNING, title=long, step=long * 3),
        "messages": [Flash(flashes.ERROR, long * 3)],
    }


def empty_context() -> dict[str, Any]:
    day, week = values.day_grid(0), values.week_grid(0)
    return {
        "columns": values.COLUMNS,
        "day": DayGrid(day.title, day.start, day.end, ()),
        "week": WeekGrid(week.title, week.days, ()),
        "chart": Chart("none", "Calls a day", "There is no history.", (), (Series("History", ()),)),
        "none": (),
    }


def finished() -> Any:
    """The running job once it has ended."""
    return replace(values.RUNNING, state="done", text="Finished.", result_url="/rosters/1")


def streaming() -> Any:
    """The running job as it is followed by its stream alone."""
    return replace(values.RUNNING, stream_url="/live/1", poll_url="")


def job_body(job: Any) -> str:
    """What the stream sends of a job."""
    return render_to_string("ui/job_body.html", {"job": job, "shape": "circle-check"})
