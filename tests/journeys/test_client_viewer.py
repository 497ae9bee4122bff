"""A client looks at their own queues, and at nothing else."""

from __future__ import annotations

from datetime import date

from django.urls import reverse

from floorwalker.apps.demand.models import ClientForecast
from tests.factories import capacity
from tests.journeys.conftest import Visit
from tests.journeys.plans import planned
from tests.people import Cast


def test_a_client_viewer_sees_their_own_queues_only(visit: Visit, cast: Cast, monday: date) -> None:
    """Names, pages and addresses of the other client and of people answer as if they were not there."""
    plan = planned(cast, monday)
    capacity.a_forecast(plan.queue, monday)
    other = capacity.a_queue(cast.world, cast.world.south, "Borealis line")
    capacity.a_forecast(other, monday)
    theirs = ClientForecast.objects.count()

    viewer = visit("client", 1440).sign_in(cast.client_viewer.user)
    viewer.look_everywhere("home")
    viewer.page.get_by_role("link", name="Demand").first.click()
    viewer.page.wait_for_url("**/demand/")
    viewer.shows("Cards")
    viewer.hides("Borealis", "Colleague")
    viewer.look_everywhere("queues")
    viewer.follow("Cards")
    viewer.shows("Cards")
    viewer.hides("Borealis")
    viewer.look("forecast")

    shift = plan.shift(cast.agent.agent)
    assert cast.agent.agent is not None
    for path in (
        reverse("demand:forecast", args=[other.pk]),
        reverse("demand:forecast_csv", args=[other.pk]),
        reverse("demand:history", args=[other.pk]),
        reverse("people:agents"),
        reverse("people:agent", args=[cast.agent.agent.pk]),
        plan.board,
        plan.page_of(shift),
        reverse("accounts:users"),
    ):
        assert viewer.open(path) == 404, path
        viewer.hides("Borealis line", "Other Team Agent")
    viewer.look("not-there")

    viewer.open("/demand/client-forecasts/new/")
    assert "Borealis line" not in viewer.text
    viewer.press("Submit it")
    viewer.shows("Give a file, or type the numbers.")
    viewer.fill("Or typed", f"{monday.isoformat()} 1200 Mailing\nsomeday 3")
    viewer.press("Submit it")
    viewer.shows("1,200", "Mailing", "Client Viewer", "line 2: “someday” is no date")
    viewer.look_everywhere("submitted")
    assert ClientForecast.objects.count() == theirs + 1
    submitted = viewer.path

    stranger = visit("other-client", 390).sign_in(cast.other_client_viewer.user)
    assert stranger.open(submitted) == 404
