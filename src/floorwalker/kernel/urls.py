"""Addresses every domain shares."""

from __future__ import annotations

from django.urls import path

from floorwalker.kernel.notices import views as notices

app_name = "kernel"
urlpatterns = [
    path("notices/", notices.notices, name="notices"),
    path("notices/read/", notices.read_all, name="notices_read"),
    path("notices/wishes/", notices.wishes, name="notice_wishes"),
    path("notices/<int:notice_id>/", notices.read_one, name="notice"),
]
