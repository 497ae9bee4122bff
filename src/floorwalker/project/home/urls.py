"""Addresses of the first page and what belongs to nobody's room."""

from __future__ import annotations

from django.urls import path

from floorwalker.project import health
from floorwalker.project.home import views

app_name = "home"
urlpatterns = [
    path("", views.home, name="home"),
    path("start/", views.steps, name="start"),
    path("start/centre/", views.centre, name="centre"),
    path("search", views.search, name="search"),
    path("healthz", health.alive, name="alive"),
    path("readyz", health.ready, name="ready"),
]
