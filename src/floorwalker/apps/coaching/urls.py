"""Addresses of coaching."""

from __future__ import annotations

from django.urls import path

from floorwalker.apps.coaching.directories import BEHAVIOURS
from floorwalker.apps.coaching.views import effects, feedback, floor, groups, responses
from floorwalker.kernel.directory import pages

app_name = "coaching"
urlpatterns = [
    path("", feedback.mine, name="mine"),
    path("written/", feedback.written, name="written"),
    path("handed/", feedback.handed, name="handed"),
    path("give/", feedback.choose, name="choose"),
    path("opened/", feedback.openings, name="openings"),
    path("opened/new/", feedback.break_glass, name="break_glass"),
    path("opened/<int:opening_id>/", feedback.opening, name="opening"),
    path("attention.csv", feedback.counts_csv, name="counts_csv"),
    path("agents/<int:agent_id>/", feedback.agent, name="agent"),
    path("agents/<int:agent_id>/give/", feedback.give, name="give"),
    path("<int:feedback_id>/", feedback.feedback, name="feedback"),
    path("<int:feedback_id>/reply/", feedback.reply, name="reply"),
    path("<int:feedback_id>/hand-on/", feedback.hand_on, name="hand_on"),
    *pages(BEHAVIOURS),
    path("floor/", floor.my_floor, name="floor"),
    path("floor/attention/", floor.attention, name="attention"),
    path("floor/agents/<int:agent_id>/saw/", floor.saw, name="saw"),
    path("floor/visits/<int:touch_id>/take-back/", floor.take_back, name="take_back"),
    path("floor/limits/<int:site_id>/", floor.limits, name="limits"),
    path("effects/", effects.effects, name="effects"),
    path("effects/measure/", effects.measure, name="measure_effects"),
    path("effects/<int:effect_id>/", effects.effect, name="effect"),
    path("groups/", groups.groups, name="groups"),
    path("groups/new/", groups.new, name="new_group"),
    path("groups/<int:group_id>/", groups.group, name="group"),
    path("groups/<int:group_id>/time/", groups.give_time, name="time_group"),
    path("groups/<int:group_id>/hold/", groups.hold, name="hold_group"),
    path("groups/<int:group_id>/close/", groups.close, name="close_group"),
    path("groups/<int:group_id>/cancel/", groups.cancel, name="cancel_group"),
    path("groups/<int:group_id>/kept/", groups.kept, name="keep_group"),
    path("groups/<int:group_id>/sheet/", groups.sheet, name="sheet"),
    path("responses/", responses.responses, name="responses"),
]
