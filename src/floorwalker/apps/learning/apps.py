from django.apps import AppConfig
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class LearningConfig(AppConfig):
    name = "floorwalker.apps.learning"
    label = "learning"

    def ready(self) -> None:
        from floorwalker.apps.learning import queries, services
        from floorwalker.kernel import audit, live, notices

        notices.kind(
            services.MATCH,
            title=_("Duels and team matches"),
            text_of=queries.match_in_words,
            url_of=lambda ref: reverse("learning:match", args=[ref[1]]),
        )
        notices.kind(
            services.QUESTION,
            title=_("Votes that look traded"),
            text_of=queries.question_in_words,
            url_of=lambda ref: reverse("learning:vote_question", args=[ref[1]]),
        )
        live.topic("match", queries.may_watch_match)
        audit.verbs(MATCH_VERBS)


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
