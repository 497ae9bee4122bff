"""Addresses of recognition."""

from __future__ import annotations

from django.urls import path

from floorwalker.apps.recognition.views import points, thanks

app_name = "recognition"
urlpatterns = [
    path("thanks/", thanks.thanks, name="thanks"),
    path("thanks/say/", thanks.say, name="say"),
    path("thanks/wish/", thanks.wish, name="wish"),
    path("thanks/thanks.csv", thanks.export, name="export"),
    path("points/", points.points, name="points"),
]
