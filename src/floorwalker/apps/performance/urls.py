"""Addresses of performance."""

from __future__ import annotations

from django.urls import path

from floorwalker.apps.performance.views import aims, files, goals, numbers

app_name = "performance"
urlpatterns = [
    path("", numbers.mine, name="mine"),
    path("team/", numbers.team, name="team"),
    path("sums/", numbers.sums, name="sums"),
    path("sums.csv", numbers.sums_csv, name="sums_csv"),
    path("agents/<int:agent_id>/", numbers.agent, name="agent"),
    path("agents/<int:agent_id>/figures.csv", numbers.days_csv, name="days_csv"),
    path("goals/", goals.goals, name="goals"),
    path("goals/new/<int:agent_id>/", goals.choose, name="choose_goal"),
    path("goals/new/<int:agent_id>/<slug:measure>/", goals.new, name="new_goal"),
    path("goals/<int:goal_id>/", goals.goal, name="goal"),
    path("goals/<int:goal_id>/agree/", goals.agree, name="agree_goal"),
    path("goals/<int:goal_id>/decline/", goals.decline, name="decline_goal"),
    path("goals/<int:goal_id>/let-go/", goals.let_go, name="let_go_goal"),
    path("goals/<int:goal_id>/support/", goals.support, name="support_goal"),
    path("aims/", aims.aims, name="aims"),
    path("aims/new/", aims.new_aim, name="new_aim"),
    path("aims/<int:businessgoal_id>/", aims.aim, name="aim"),
    path("aims/<int:businessgoal_id>/end/", aims.end_aim, name="end_aim"),
    path("aims/<int:businessgoal_id>/teams/", aims.serve_aim, name="serve_aim"),
    path("aims/teams/<int:teamgoal_id>/end/", aims.end_team_goal, name="end_team_goal"),
    path("agents/<int:agent_id>/roles/new/", aims.give_role, name="give_role"),
    path("roles/<int:responsibility_id>/", aims.role, name="role"),
    path("roles/<int:responsibility_id>/end/", aims.end_role, name="end_role"),
    path("files/", files.upload, name="upload"),
    path("files/<int:factfile_id>/", files.file, name="file"),
    path("files/<int:factfile_id>/refused.csv", files.refused_csv, name="refused_csv"),
    path("files/<int:factfile_id>/drop/", files.drop, name="drop_file"),
]
