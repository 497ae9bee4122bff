"""The REST API of the suite: the routers of its domains under `/api/v1/`, described for programs and people."""

from __future__ import annotations

from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import path

from floorwalker import __version__
from floorwalker.apps.accounts.api import router as accounts
from floorwalker.apps.capacity.api import router as capacity
from floorwalker.apps.coaching.api import router as coaching
from floorwalker.apps.demand.api import router as demand
from floorwalker.apps.hub.api import router as hub
from floorwalker.apps.learning.api import router as learning
from floorwalker.apps.offphone.api import router as offphone
from floorwalker.apps.people.api import router as people
from floorwalker.apps.performance.api import router as performance
from floorwalker.apps.promises.api import router as promises
from floorwalker.apps.quality.api import router as quality
from floorwalker.apps.recognition.api import router as recognition
from floorwalker.apps.schedules.api import router as schedules
from floorwalker.kernel.api import Api, described
from floorwalker.kernel.audit.api import router as audit
from floorwalker.kernel.events.api import router as reactions
from floorwalker.kernel.jobs.api import router as jobs
from floorwalker.kernel.notices.api import router as notices
from floorwalker.kernel.pages import Request, public_page

ABOUT = (
    "Everything the pages do, for programs: sign in with a token of your own (Authorization: Bearer …). "
    "Lists come in pages: follow the place called after until it is empty. "
    "Refusals are problems with a code that never changes. "
    "A field or a parameter that does not exist is refused. What is not yours to see answers 404."
)

api = Api(title="Floorwalker", version=__version__, description=ABOUT, urls_namespace="api")
for router in (
    people,
    demand,
    capacity,
    offphone,
    performance,
    promises,
    schedules,
    quality,
    hub,
    learning,
    recognition,
    coaching,
    accounts,
    notices,
    jobs,
    reactions,
    audit,
):
    api.add_router("", router)


@public_page("It describes the doors of the API and holds no data of anybody.")
def description(_request: Request) -> HttpResponse:
    """The OpenAPI description."""
    return JsonResponse(api.get_openapi_schema())


@public_page("It describes the doors of the API and holds no data of anybody.")
def documentation(request: Request) -> HttpResponse:
    """The same for people."""
    return render(request, "kernel/api.html", {"api": api, "groups": described(api.get_openapi_schema())})


urlpatterns = [
    path("openapi.json", description, name="api_description"),
    path("docs", documentation, name="api_documentation"),
    path("", api.urls),
]
