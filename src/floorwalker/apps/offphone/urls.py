"""Addresses of time off the phones."""

from __future__ import annotations

from django.urls import path

from floorwalker.apps.offphone import views

app_name = "offphone"
urlpatterns = [
    path("", views.time, name="time"),
    path("ask/", views.ask, name="ask"),
    path("owe/", views.owe, name="owe"),
    path("budgets/<int:site_id>/", views.budget, name="budget"),
    path("list/<slug:name>/", views.sessions, name="sessions"),
    path("<int:session_id>/", views.session, name="session"),
    path("<int:session_id>/place/", views.place, name="place"),
    path("<int:session_id>/agree/", views.grant, name="grant"),
    path("<int:session_id>/decline/", views.decline, name="decline"),
    path("<int:session_id>/lose/", views.lose, name="lose"),
    path("<int:session_id>/deliver/", views.deliver, name="deliver"),
    path("<int:session_id>/let-go/", views.let_go, name="let_go"),
]
