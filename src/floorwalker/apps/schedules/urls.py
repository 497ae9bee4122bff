"""Addresses of schedules."""

from __future__ import annotations

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from floorwalker.apps.schedules.views import boards, drafts, feeds, mine, patterns, requests, runs, shifts


class DayConverter(StringConverter):
    """A date as addresses write it; what is none is no address."""

    regex = r"\d{4}-\d{2}-\d{2}"


register_converter(DayConverter, "day")

app_name = "schedules"
urlpatterns = [
    path("", boards.here, name="here"),
    path("mine/", mine.mine, name="mine"),
    path("mine/day/<day:day>/", mine.mine, name="mine_week"),
    path("mine/shift/<int:shift_id>/ask/", requests.ask, name="ask"),
    path("mine/calendars/", feeds.feeds, name="feeds"),
    path("mine/calendars/<uuid:feed_id>/renew/", feeds.renew, name="feed_renew"),
    path("mine/calendars/<uuid:feed_id>/revoke/", feeds.revoke, name="feed_revoke"),
    path("mine/shifts.ics", mine.download, name="mine_ics"),
    path("calendar/<uuid:feed_id>.ics", feeds.calendar, name="calendar"),
    path("changes/", requests.requests, name="requests"),
    path("changes/<int:request_id>/", requests.request, name="request"),
    path("changes/<int:request_id>/answer/", requests.answer, name="answer"),
    path("changes/propose/<int:shift_id>/", requests.propose, name="propose"),
    path("weeks/<int:week_id>/", boards.week, name="week"),
    path("runs/<int:run_id>/", runs.run, name="run"),
    path("drafts/<int:draft_id>/publish/", drafts.publish, name="publish"),
    path("drafts/<int:draft_id>/take-in/", drafts.take_in, name="take_in"),
    path("drafts/<int:draft_id>/discard/", drafts.discard, name="discard"),
    path("drafts/<int:draft_id>/reopen/", drafts.reopen, name="reopen"),
    path("edits/<int:edit_id>/undo/", shifts.undo, name="undo"),
    path("versions/<int:publication_id>/", drafts.version, name="version"),
    path("versions/<int:publication_id>/again/", drafts.again, name="again"),
    path("<int:site_id>/patterns/", patterns.patterns, name="patterns"),
    path("<int:site_id>/patterns/add/", patterns.add, name="pattern_add"),
    path("patterns/<int:pattern_id>/", patterns.change, name="pattern"),
    path("patterns/<int:pattern_id>/archive/", patterns.archive, name="pattern_archive"),
    path("<int:site_id>/<day:first_day>/", boards.board, name="board"),
    path("<int:site_id>/<day:first_day>/shifts.csv", boards.csv, name="csv"),
    path("<int:site_id>/<day:first_day>/run/", runs.start, name="start_run"),
    path("<int:site_id>/<day:first_day>/drafts/", drafts.drafts, name="drafts"),
    path("<int:site_id>/<day:first_day>/versions/", drafts.versions, name="versions"),
    path("<int:site_id>/<day:first_day>/add/", shifts.add, name="add"),
    path("<int:site_id>/<day:first_day>/shift/<uuid:identity>/", shifts.shift, name="shift"),
]
