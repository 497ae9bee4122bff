"""Addresses of learning."""

from __future__ import annotations

from django.urls import path

from floorwalker.apps.learning.views import activities, bank, duels, play, scenarios, votes, writing

SCENARIO = "scenarios/<int:scenario_id>/"
VERSION = "versions/<int:scenario_version_id>/"
LINE = f"{VERSION}lines/<slug:line_key>/"
PLAY = "plays/<int:play_id>/"
MATCH = "duels/<int:match_id>/"
ACTIVITY = "activities/<int:activity_id>/"

app_name = "learning"
urlpatterns = [
    path("", play.arena, name="arena"),
    path("mine/", play.mine, name="mine"),
    path("plays/", play.plays, name="plays"),
    path(f"{SCENARIO}begin/", play.begin_play, name="begin"),
    path(PLAY, play.play, name="play"),
    path(f"{PLAY}answer/", play.answer, name="answer_line"),
    path(f"{PLAY}shown/", play.shown, name="shown"),
    path(f"{PLAY}give-up/", play.give_up, name="give_up"),
    path("scenarios/", scenarios.scenarios, name="scenarios"),
    path("scenarios/new/", scenarios.new_scenario, name="new_scenario"),
    path("scenarios/from-file/", scenarios.from_file, name="from_file"),
    path(SCENARIO, scenarios.scenario, name="scenario"),
    path(f"{SCENARIO}describe/", scenarios.describe, name="describe"),
    path(f"{SCENARIO}retire/", scenarios.retire, name="retire"),
    path(f"{SCENARIO}keep/", scenarios.take_over, name="take_over"),
    path(f"{SCENARIO}look-again/", scenarios.look_again, name="look_again"),
    path(f"{SCENARIO}next/", scenarios.start_draft, name="start_draft"),
    path(VERSION, writing.version, name="version"),
    path(f"{VERSION}preview/", play.preview, name="preview"),
    path(f"{VERSION}copy/", scenarios.copy, name="copy"),
    path(f"{VERSION}scenario.json", scenarios.as_file, name="as_file"),
    path(f"{VERSION}setting/", writing.setting, name="setting"),
    path(f"{VERSION}lines/", writing.new_line, name="new_line"),
    path(f"{VERSION}steps/", writing.step, name="step"),
    path(f"{VERSION}facts/", writing.fact, name="fact"),
    path(f"{VERSION}publish/", writing.publish, name="publish"),
    path(f"{VERSION}drop/", writing.drop_draft, name="drop_draft"),
    path(LINE, writing.line, name="line"),
    path(f"{LINE}change/", writing.change_line, name="change_line"),
    path(f"{LINE}words/", writing.line_words, name="line_words"),
    path(f"{LINE}own-words/", writing.own_words, name="own_words"),
    path(f"{LINE}answers/", writing.new_answer, name="new_answer"),
    path(f"{LINE}answers/<slug:answer_key>/", writing.answer, name="answer"),
    path("handbooks/", bank.handbooks, name="handbooks"),
    path("handbooks/<int:handbook_id>/", bank.handbook, name="handbook"),
    path("lines/", bank.lines, name="lines"),
    path("lines.csv", bank.lines_csv, name="lines_csv"),
    path("lines/<int:customer_line_id>/", bank.change_customer_line, name="change_customer_line"),
    path("moments/", bank.moments, name="moments"),
    path("agenda/", bank.agenda, name="agenda"),
    path("duels/", duels.duels, name="duels"),
    path("duels/join/", duels.join, name="join"),
    path("duels/leave/", duels.leave, name="leave"),
    path(MATCH, duels.match, name="match"),
    path(f"{MATCH}accept/", duels.accept, name="accept"),
    path(f"{MATCH}decline/", duels.decline, name="decline"),
    path(f"{MATCH}withdraw/", duels.withdraw, name="withdraw"),
    path(f"{MATCH}begin/", duels.begin, name="begin_match"),
    path(f"{MATCH}place/", duels.take_place, name="take_place"),
    path(f"{MATCH}place/back/", duels.give_place_back, name="give_place_back"),
    path(f"{MATCH}teams/", duels.make_teams, name="make_teams"),
    path("team-matches/", duels.team_matches, name="team_matches"),
    path("activities/", activities.activities, name="activities"),
    path(ACTIVITY, activities.activity, name="activity"),
    path(f"{ACTIVITY}open/", activities.open_activity, name="open_activity"),
    path(f"{ACTIVITY}next/", activities.move_on, name="move_on"),
    path(f"{ACTIVITY}close/", activities.close, name="close_activity"),
    path(f"{ACTIVITY}questions/", activities.ask, name="ask_box"),
    path(f"{ACTIVITY}questions/<int:box_question_id>/", activities.answer, name="answer_box"),
    path("votes/", votes.vote, name="vote"),
    path("compare/", votes.comparisons, name="comparisons"),
    path("compare/<int:scenario_id>/", votes.compare, name="compare"),
    path("vote-questions/", votes.questions, name="vote_questions"),
    path("vote-questions/<int:question_id>/", votes.question, name="vote_question"),
    path("vote-questions/<int:question_id>/answer/", votes.answer_question, name="answer_vote_question"),
]
