"""Addresses of recognition."""

from __future__ import annotations

from django.urls import path

from floorwalker.apps.recognition.views import boards, contests, points, thanks

app_name = "recognition"
urlpatterns = [
    path("thanks/", thanks.thanks, name="thanks"),
    path("thanks/say/", thanks.say, name="say"),
    path("thanks/wish/", thanks.wish, name="wish"),
    path("thanks/thanks.csv", thanks.export, name="export"),
    path("points/", points.points, name="points"),
    path("boards/", boards.boards, name="boards"),
    path("boards/join/", boards.join, name="join_season"),
    path("boards/leave/", boards.leave, name="leave_season"),
    path("boards/earning/", boards.earning, name="earning"),
    path("boards/earning/change/", boards.set_points, name="set_points"),
    path("boards/seasons/", boards.seasons, name="seasons"),
    path("boards/seasons/plan/", boards.plan_season, name="plan_season"),
    path("boards/seasons/<int:season_id>/", boards.season, name="season"),
    path("boards/seasons/<int:season_id>/change/", boards.change_season, name="change_season"),
    path("contests/", contests.contests, name="contests"),
    path("contests/hold/", contests.hold, name="hold_contest"),
    path("contests/<int:contest_id>/", contests.contest, name="contest"),
    path("contests/<int:contest_id>/join/", contests.join_contest, name="join_contest"),
    path("contests/<int:contest_id>/leave/", contests.leave_contest, name="leave_contest"),
    path("contests/<int:contest_id>/days/", contests.change_contest, name="change_contest"),
    path("contests/<int:contest_id>/call-off/", contests.call_off, name="call_off_contest"),
    path("boards/questions/", contests.questions, name="questions"),
    path("boards/questions/<int:finding_id>/", contests.question, name="question"),
    path("boards/questions/<int:finding_id>/answer/", contests.answer, name="answer_question"),
]
