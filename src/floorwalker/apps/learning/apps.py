from django.apps import AppConfig
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class LearningConfig(AppConfig):
    name = "floorwalker.apps.learning"
    label = "learning"

    def ready(self) -> None:
        from floorwalker.apps.learning import queries, services
        from floorwalker.kernel import audit, live, notices
        from floorwalker.kernel.files import readers

        notices.kind(
            services.MATCH,
            title=_("Duels and team matches"),
            text_of=queries.match_in_words,
            url_of=lambda ref: reverse("learning:match", args=[ref[1]]),
        )
        notices.kind(
            services.QUESTION,
            title=_("Questions about play"),
            text_of=queries.question_in_words,
            url_of=lambda ref: reverse("learning:vote_question", args=[ref[1]]),
        )
        notices.kind(
            services.ACTIVITY,
            title=_("Activities of your groups"),
            text_of=queries.activity_in_words,
            url_of=lambda ref: reverse("learning:activity", args=[ref[1]]),
        )
        live.topic("match", queries.may_watch_match, queries.may_watch_matches)
        live.topic("activity", queries.may_watch_activity)
        readers.register("learning.handbook", "floorwalker.apps.learning.work.files:read_handbook")
        readers.register("learning.scenario", "floorwalker.apps.learning.work.files:read_scenario")
        readers.register("learning.lines", "floorwalker.apps.learning.work.files:read_lines")
        audit.verbs({**VERBS, **MATCH_VERBS, **ACTIVITY_VERBS})


MATCH_VERBS = {
    "learning.join_arena": _("joined the arena"),
    "learning.leave_arena": _("left the arena"),
    "learning.challenge": _("challenged somebody to a duel"),
    "learning.accept": _("accepted a duel"),
    "learning.decline": _("declined a duel"),
    "learning.withdraw": _("took a match back"),
    "learning.call_team_match": _("called a team match out"),
    "learning.take_place": _("took a place in a team match"),
    "learning.give_place_back": _("gave a place in a team match back"),
    "learning.make_teams": _("made the teams of a match"),
    "learning.vote": _("voted on a match"),
    "learning.decide": _("decided a match"),
    "learning.end_without_result": _("ended a match without a result"),
    "learning.ask_about_votes": _("asked about votes that look traded"),
    "learning.answer_about_votes": _("answered a question about votes"),
}

ACTIVITY_VERBS = {
    "learning.prepare_activity": _("prepared an activity for a group"),
    "learning.open_activity": _("began an activity"),
    "learning.move_activity_on": _("led an activity to its next stage"),
    "learning.close_activity": _("closed an activity"),
    "learning.call_off_activity": _("called an activity off"),
    "learning.hand_activity_over": _("handed an activity over to who leads the group now"),
    "learning.leave_activity": _("took somebody out of an activity"),
    "learning.make_exercise": _("began an exercise for groups"),
    "learning.change_exercise": _("changed the draft of an exercise"),
    "learning.drop_exercise": _("dropped the draft of an exercise"),
    "learning.put_exercise_in_force": _("put an exercise in force"),
    "learning.retire_exercise": _("retired an exercise"),
    "learning.look_exercise_over": _("looked at an exercise again"),
    "learning.answer_box": _("answered a question of the box"),
    "learning.write_tip": _("put a tip on a round table"),
    "learning.take_tip_back": _("took a tip off a round table"),
    "learning.allow_tip": _("said that a tip may be shared"),
    "learning.disallow_tip": _("said that a tip may not be shared"),
    "learning.share_tip": _("shared a tip of a round table"),
}

VERBS = {
    "learning.make_scenario": _("made the scenario"),
    "learning.describe_scenario": _("described the scenario anew"),
    "learning.keep_scenario": _("took the keeping of the scenario over"),
    "learning.look_again": _("looked at the scenario again"),
    "learning.retire_scenario": _("retired the scenario"),
    "learning.restore_scenario": _("took the scenario back"),
    "learning.start_draft": _("began a version of the scenario"),
    "learning.change_draft": _("changed the draft of the scenario"),
    "learning.drop_draft": _("dropped the draft of the scenario"),
    "learning.publish_scenario": _("put the scenario in force"),
    "learning.take_lines": _("added lines customers say"),
    "learning.mark_line": _("said whether a line offends"),
    "learning.drop_line": _("took a line out of the bank"),
    "learning.take_handbook": _("took a handbook in"),
}
