"""Who writes scenarios and who plays them."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from floorwalker.kernel.access import Permission, grant
from floorwalker.kernel.roles import Role

WRITERS = [Role.TRAINER, Role.MANAGER]
LEADS = [*WRITERS, Role.SUPERVISOR, Role.QUALITY_ANALYST]


class LearningPermission(Permission):
    SEE_SCENARIOS = grant(
        "learning.see_scenarios",
        _("Read scenarios with all their ways and moments, and how often each is taken, without names"),
        held=[*WRITERS, Role.SUPERVISOR, Role.QUALITY_ANALYST],
    )
    KEEP_SCENARIOS = grant(
        "learning.keep_scenarios",
        _("Write scenarios, put them in force and retire them; keep the bank of customer lines"),
        held=WRITERS,
    )
    PLAY = grant(
        "learning.play",
        _("Play scenarios, and see one's own plays"),
        own=[Role.AGENT],
    )
    COMPETE = grant(
        "learning.compete",
        _("Join the arena, play against others there, vote without names, and see one's own rating"),
        own=[Role.AGENT],
    )
    COMPARE = grant(
        "learning.compare",
        _("See two handlings of a scenario side by side, without names, of those who play in the arena"),
        own=[Role.AGENT],
        held=WRITERS,
    )
    SET_UP_MATCHES = grant(
        "learning.set_up_matches",
        _("Call team matches out and make their teams"),
        held=[*WRITERS, Role.SUPERVISOR],
    )
    ANSWER_QUESTIONS = grant(
        "learning.answer_questions",
        _("Be asked about people who vote for each other more than others do, and answer"),
        held=WRITERS,
    )
    TAKE_PART = grant(
        "learning.take_part",
        _("See activities of groups one leads or takes part in, and put a question into their box"),
        own=[Role.AGENT, *LEADS],
    )
    LEAD_ACTIVITIES = grant(
        "learning.lead_activities",
        _("Begin an activity with a group, lead it from stage to stage, answer its question box and close it"),
        held=LEADS,
    )
    KEEP_EXERCISES = grant(
        "learning.keep_exercises",
        _("Write survival rankings and quizzes for groups, put them in force and retire them"),
        held=WRITERS,
    )
