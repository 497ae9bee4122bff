"""Work somebody waits for on a page leads on when it has ended: the page around it is as old as its start."""

from __future__ import annotations

import pytest
from django.template import Context, Template
from django.test import RequestFactory

from floorwalker.kernel.jobs.registry import KINDS
from floorwalker.kernel.look import JobView


@pytest.mark.parametrize(
    ("key", "path"),
    [
        ("demand.read_history", "/demand/uploads/7/"),
        ("demand.store_history", "/demand/uploads/7/"),
        ("demand.forecast", "/demand/forecasts/runs/7/"),
        ("schedules.roster", "/schedules/runs/7/"),
    ],
)
def test_what_is_waited_for_leads_to_what_came_of_it(key: str, path: str) -> None:
    """The steps from a file to a roster."""
    url = KINDS[key].url
    assert url is not None and url(7) == path


@pytest.mark.parametrize(("here", "leads"), [("/demand/uploads/", True), ("/demand/uploads/7/", False)])
def test_a_page_loaded_after_the_end_leads_not_to_itself(here: str, leads: bool) -> None:
    """There the result stands already; what the stream swaps in knows no page and always leads on."""
    done = JobView(key="1", title="Read calls.csv", state="done", result_url="/demand/uploads/7/")
    request = RequestFactory().get(here)
    said = Template("{% load ui %}{% job job %}").render(Context({"request": request, "job": done}))
    assert ("See the result" in said) is leads
