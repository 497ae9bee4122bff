"""A client looks at their own queues, and at nothing else."""

from __future__ import annotations

from datetime import date

from django.urls import reverse

from floorwalker.apps.demand.models import ClientForecast
from tests.factories import capacity
from tests.journeys.conftest import Visit
from tests.journeys.mishaps import own_queues_only
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
    assert cast.agent.agent is not None
    more = (
        reverse("people:agents"),
        reverse("people:agent", args=[cast.agent.agent.pk]),
        plan.board,
        plan.page_of(plan.shift(cast.agent.agent)),
        reverse("accounts:users"),
    )
    hidden = ["Borealis line", "Colleague", "Other Team Agent"]
    own_queues_only(viewer, plan.queue, [other], more, hidden)

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
