"""Addresses of the ledger."""

from __future__ import annotations

from django.urls import path

from floorwalker.apps.promises import views

app_name = "promises"
urlpatterns = [
    path("", views.promises, name="promises"),
    path("kinds/", views.kinds, name="kinds"),
    path("<slug:side>/", views.promises, name="side"),
    path("one/<int:promise_id>/", views.promise, name="promise"),
]
