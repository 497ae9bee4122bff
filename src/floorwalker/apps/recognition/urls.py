"""Addresses of thanks."""

from __future__ import annotations

from django.urls import path

from floorwalker.apps.recognition import views

app_name = "recognition"
urlpatterns = [
    path("", views.thanks, name="thanks"),
    path("say/", views.say, name="say"),
    path("wish/", views.wish, name="wish"),
    path("thanks.csv", views.export, name="export"),
]
