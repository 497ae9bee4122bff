"""Who sees and judges the quality of contacts."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from floorwalker.kernel.access import Permission, grant
from floorwalker.kernel.roles import Role

JUDGES = [Role.QUALITY_ANALYST, Role.SUPERVISOR]


class QualityPermission(Permission):
    SEE_FORMS = grant(
        "quality.see_forms",
        _("See the forms contacts are evaluated with"),
        own=[Role.AGENT],
        held=[*JUDGES, Role.MANAGER],
    )
    KEEP_FORMS = grant(
        "quality.keep_forms",
        _("Write evaluation forms and put them in force"),
        held=[Role.QUALITY_ANALYST, Role.MANAGER],
    )
    IMPORT = grant(
        "quality.import", _("Import conversations, and see one's own imports"), own=[Role.QUALITY_ANALYST]
    )
    SEE_TRANSCRIPT = grant(
        "quality.see_transcript",
        _("Read what was said in a contact, redacted"),
        own=[Role.AGENT],
        held=JUDGES,
    )
    EVALUATE = grant("quality.evaluate", _("Draw contacts, evaluate them and decide disputes"), held=JUDGES)
    ANSWER = grant(
        "quality.answer",
        _("Evaluate one's own contacts, dispute a score, ask to be checked"),
        own=[Role.AGENT],
    )
    SEE_REVIEWS = grant(
        "quality.see_reviews",
        _("See reviews of contacts: scores and answers, not the words"),
        own=[Role.AGENT],
        held=JUDGES,
    )
    SEE_WORDS = grant(
        "quality.see_words",
        _("Read the words of reviews one is the agent, the evaluator or the decider of"),
        own=[Role.AGENT, *JUDGES],
    )
    SEE_PLANS = grant(
        "quality.see_plans",
        _("See how contacts are drawn, and what filters leave out"),
        held=[*JUDGES, Role.MANAGER],
    )
    KEEP_PLANS = grant(
        "quality.keep_plans",
        _("Say how often contacts are drawn of whom"),
        held=[Role.QUALITY_ANALYST, Role.MANAGER],
    )
    WEIGH = grant(
        "quality.weigh",
        _("Weigh the items of a form when asked, blind to the others"),
        own=[*JUDGES, Role.MANAGER],
    )
    SEE_LOST = grant(
        "quality.see_lost", _("See which points no agent can win back, in sums"), held=[*JUDGES, Role.MANAGER]
    )
    SEE_SUMS = grant(
        "quality.see_sums",
        _("See scores in sums of five agents and more"),
        held=[*JUDGES, Role.MANAGER, Role.CLIENT_VIEWER],
    )
    SEE_RATERS = grant(
        "quality.see_raters",
        _("See how lenient evaluators are: one's own, and as a lead of quality those of one's places"),
        own=JUDGES,
        held=[Role.QUALITY_ANALYST, Role.MANAGER],
    )
    FIT_RATERS = grant(
        "quality.fit_raters",
        _("Have scores taken apart into agent, evaluator and item"),
        held=[Role.QUALITY_ANALYST, Role.MANAGER],
    )
    TAKE_PART = grant(
        "quality.take_part",
        _("Take part in calibrations, and read those one took part in"),
        own=JUDGES,
        held=[Role.QUALITY_ANALYST],
    )
    CALIBRATE = grant(
        "quality.calibrate",
        _("Have a contact scored by several, and write down how items are read from then on"),
        held=[Role.QUALITY_ANALYST],
    )
    SEE_PHRASES = grant(
        "quality.see_phrases",
        _("See which phrases are spotted how often, in sums"),
        held=[*JUDGES, Role.MANAGER],
    )
    KEEP_PHRASES = grant(
        "quality.keep_phrases",
        _("Add and archive phrases, and say in which turns they stand"),
        held=[Role.QUALITY_ANALYST],
    )
