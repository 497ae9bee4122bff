"""Every address of the suite, domain by domain."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("floorwalker.project.home.urls")),
    path("help/", include("floorwalker.project.help.urls")),
    path("", include("floorwalker.apps.accounts.entrance_urls")),
    path("", include("floorwalker.apps.accounts.urls")),
    path("", include("floorwalker.kernel.urls")),
    path("people/", include("floorwalker.apps.people.urls")),
    path("promises/", include("floorwalker.apps.promises.urls")),
    path("demand/", include("floorwalker.apps.demand.urls")),
    path("staff/", include("floorwalker.apps.capacity.urls")),
    path("", include("floorwalker.apps.hub.urls")),
    path("arena/", include("floorwalker.apps.learning.urls")),
    path("", include("floorwalker.apps.recognition.urls")),
    path("time/", include("floorwalker.apps.offphone.urls")),
    path("coaching/", include("floorwalker.apps.coaching.urls")),
    path("numbers/", include("floorwalker.apps.performance.urls")),
    path("quality/", include("floorwalker.apps.quality.urls")),
    path("schedules/", include("floorwalker.apps.schedules.urls")),
    path("api/v1/", include("floorwalker.project.api")),
]

handler500 = "floorwalker.project.failures.broken"
