"""Addresses of what people say."""

from __future__ import annotations

from django.urls import path

from floorwalker.apps.hub import views
from floorwalker.apps.hub.directories import TOPICS
from floorwalker.kernel.directory import pages

app_name = "hub"
urlpatterns = [
    path("", views.say, name="say"),
    path("mine/", views.mine, name="mine"),
    path("answered/", views.answered, name="answered"),
    path("answered.csv", views.answered_csv, name="answered_csv"),
    path("to-answer/", views.to_answer, name="to_answer"),
    path("who/", views.who, name="who"),
    path("policies/", views.policies, name="policies"),
    path("policies/new/", views.new_policy, name="new_policy"),
    path("policies/<int:policy_id>/", views.policy, name="policy"),
    path("policies/<int:policy_id>/archive/", views.archive_policy, name="archive_policy"),
    path("one/<int:saying_id>/", views.saying, name="saying"),
    path("one/<int:saying_id>/answer/", views.answer, name="answer"),
    path("one/<int:saying_id>/try/", views.trial, name="trial"),
    path("one/<int:saying_id>/finish/", views.finish, name="finish"),
    path("one/<int:saying_id>/decline/", views.decline, name="decline"),
    path("one/<int:saying_id>/join/", views.join, name="join"),
    path("one/<int:saying_id>/hand-on/", views.hand_on, name="hand_on"),
    *pages(TOPICS),
]
