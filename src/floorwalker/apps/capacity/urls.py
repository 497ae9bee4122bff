"""Addresses of required staff."""

from __future__ import annotations

from django.urls import path

from floorwalker.apps.capacity import views

app_name = "capacity"
urlpatterns = [
    path("", views.required, name="required"),
    path("warnings/", views.warnings, name="warnings"),
    path("compute/", views.order, name="order"),
    path("compute/again/", views.again, name="again"),
    path("compute/simulate/", views.simulate, name="simulate"),
    path("compute/<int:order_id>/", views.order_progress, name="order_progress"),
    path("skills/", views.skills, name="skills"),
    path("skills/ask/", views.ask_study, name="ask_study"),
    path("skills/callbacks/", views.ask_callbacks, name="ask_callbacks"),
    path("skills/model/", views.ask_model, name="ask_model"),
    path("skills/<int:study_id>/", views.study, name="study"),
    path("skills/<int:study_id>.csv", views.study_csv, name="study_csv"),
    path("skills/<int:study_id>.json", views.study_model, name="study_model"),
    path("<int:queue_id>/policy/", views.policy, name="policy"),
    path("<int:queue_id>/<slug:day>.csv", views.week_csv, name="week_csv"),
    path("<int:queue_id>/<slug:day>/<int:number>/", views.why, name="why"),
]
