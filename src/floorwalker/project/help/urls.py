"""Addresses of the manual."""

from __future__ import annotations

from django.urls import path

from floorwalker.project.help import views

app_name = "help"
urlpatterns = [
    path("", views.index, name="index"),
    path("<slug:manual_page>/", views.page, name="page"),
]
