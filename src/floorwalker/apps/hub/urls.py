"""Addresses of the hub: under say/ what is said to whoever answers, under hub/ what colleagues write."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from floorwalker.apps.hub.directories import TAGS, TOPICS
from floorwalker.apps.hub.views import announcements, posts, pulses, reports, sayings
from floorwalker.kernel.directory import pages

app_name = "hub"
SAY: list[URLPattern | URLResolver] = [
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
HUB: list[URLPattern | URLResolver] = [
    path("", posts.board, name="board"),
    path("posts.csv", posts.posts_csv, name="posts_csv"),
    path("write/", posts.post, name="post"),
    path("search/", posts.search, name="search"),
    path("use/", posts.use_of_hub, name="use_of_hub"),
    path("posts/<int:post_id>/", posts.thread, name="thread"),
    path("posts/<int:post_id>/reply/", posts.reply, name="reply"),
    path("posts/<int:post_id>/accept/", posts.accept, name="accept"),
    path("posts/<int:post_id>/used/", posts.use, name="use"),
    path("posts/<int:post_id>/edit/", posts.edit, name="edit"),
    path("posts/<int:post_id>/mention/", posts.mention, name="mention"),
    path("posts/<int:post_id>/hide/", posts.hide, name="hide"),
    path("posts/<int:post_id>/restore/", posts.restore, name="restore"),
    path("posts/<int:post_id>/report/", reports.report_post, name="report_post"),
    path("posts/<int:post_id>/keep/", reports.keep_post, name="keep_post"),
    path("reported/", reports.reported, name="reported"),
    path("reported/mine/", reports.my_reports, name="my_reports"),
    path("announcements/", announcements.news, name="news"),
    path("announcements/new/", announcements.announce, name="announce"),
    path("announcements/<int:announcement_id>/", announcements.announcement, name="announcement"),
    path("announcements/<int:announcement_id>/confirm/", announcements.confirm, name="confirm"),
    path("announcements/<int:announcement_id>/withdraw/", announcements.withdraw, name="withdraw"),
    path("pulses/", pulses.pulses, name="pulses"),
    path("pulses/new/", pulses.ask_pulse, name="ask_pulse"),
    path("pulses/<int:pulse_id>/", pulses.pulse, name="pulse"),
    path("pulses/<int:pulse_id>/mine/", pulses.answer_pulse, name="answer_pulse"),
    path("pulses/<int:pulse_id>/follows/", pulses.say_what_follows, name="say_what_follows"),
    path("pulses/<int:pulse_id>/done/", pulses.end_pulse, name="end_pulse"),
    *pages(TAGS),
]
urlpatterns = [path("say/", include(SAY)), path("hub/", include(HUB))]
