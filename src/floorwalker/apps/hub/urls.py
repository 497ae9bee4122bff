"""Addresses of what people say."""

from __future__ import annotations

from django.urls import path

from floorwalker.apps.hub.directories import TOPICS
from floorwalker.apps.hub.views import sayings
from floorwalker.kernel.directory import pages

app_name = "hub"
urlpatterns = [
    path("", sayings.say, name="say"),
    path("mine/", sayings.mine, name="mine"),
    path("answered/", sayings.answered, name="answered"),
    path("answered.csv", sayings.answered_csv, name="answered_csv"),
    path("to-answer/", sayings.to_answer, name="to_answer"),
    path("who/", sayings.who, name="who"),
    path("policies/", sayings.policies, name="policies"),
    path("policies/new/", sayings.new_policy, name="new_policy"),
    path("policies/<int:policy_id>/", sayings.policy, name="policy"),
    path("policies/<int:policy_id>/archive/", sayings.archive_policy, name="archive_policy"),
    path("one/<int:saying_id>/", sayings.saying, name="saying"),
    path("one/<int:saying_id>/answer/", sayings.answer, name="answer"),
    path("one/<int:saying_id>/try/", sayings.trial, name="trial"),
    path("one/<int:saying_id>/finish/", sayings.finish, name="finish"),
    path("one/<int:saying_id>/decline/", sayings.decline, name="decline"),
    path("one/<int:saying_id>/join/", sayings.join, name="join"),
    path("one/<int:saying_id>/hand-on/", sayings.hand_on, name="hand_on"),
    *pages(TOPICS),
]
