"""Who gives feedback, who reads it, and who sees no more than counts."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from floorwalker.kernel.access import Permission, grant
from floorwalker.kernel.roles import Role

WORKS_HERE = [role for role in Role if role is not Role.CLIENT_VIEWER]
GIVERS = [Role.SUPERVISOR, Role.QUALITY_ANALYST]


class CoachingPermission(Permission):
    READ = grant(
        "coaching.read",
        _("Read the feedback one was given, wrote, or was handed by the agent"),
        own=WORKS_HERE,
    )
    GIVE = grant("coaching.give", _("Give feedback to agents"), held=GIVERS)
    TALK = grant(
        "coaching.talk",
        _("Read and take part in one-to-ones, agreements and actions one is a side of, or was let into"),
        own=WORKS_HERE,
    )
    HOLD = grant(
        "coaching.hold",
        _("Plan one-to-ones and working agreements with agents one leads"),
        held=[Role.SUPERVISOR],
    )
    SEE_PAIRS = grant(
        "coaching.see_pairs",
        _("See who helps whom as a buddy or peer, how long they met and the credit for it; never their words"),
        own=[Role.AGENT],
        held=[Role.SUPERVISOR],
    )
    PAIR = grant("coaching.pair", _("Propose pairs and owe them time to meet"), held=[Role.SUPERVISOR])
    SEE_BEHAVIOURS = grant(
        "coaching.see_behaviours",
        _("See the behaviours that are encouraged or corrected, and the steps of the response"),
        own=[Role.AGENT],
        held=[role for role in WORKS_HERE if role is not Role.AGENT],
    )
    KEEP_BEHAVIOURS = grant(
        "coaching.keep_behaviours",
        _("Keep the behaviours and the steps of the response"),
        held=[Role.MANAGER, Role.HR],
    )
    SEE_OPENINGS = grant(
        "coaching.see_openings",
        _("See who of HR opened feedback, when and why"),
        own=[Role.AGENT],
        held=[Role.HR],
    )
    BREAK_GLASS = grant(
        "coaching.break_glass",
        _("Open somebody's feedback with a reason, which both sides are told"),
        held=[Role.HR],
    )
    SEE_ATTENTION = grant(
        "coaching.see_attention",
        _("See how much attention people get and give: counts and minutes, never words"),
        own=[Role.AGENT],
        held=[Role.SUPERVISOR, Role.MANAGER],
    )
    WALK = grant(
        "coaching.walk", _("See whom to see first on one's floor, and note a visit"), held=[Role.SUPERVISOR]
    )
    KEEP_LIMITS = grant(
        "coaching.keep_limits",
        _("Say how many days without a word are too many at a site, and read who gives how much"),
        held=[Role.MANAGER],
    )
    SEE_EFFECTS = grant(
        "coaching.see_effects",
        _("See what talks and thanks changed at a site, in sums of a dozen people or more"),
        held=[Role.SUPERVISOR, Role.QUALITY_ANALYST, Role.MANAGER],
    )
    MEASURE_EFFECTS = grant(
        "coaching.measure_effects",
        _("Have measured what talks and thanks changed"),
        held=[Role.QUALITY_ANALYST, Role.MANAGER],
    )
    SEE_GROUPS = grant(
        "coaching.see_groups",
        _("See group sessions one leads or is part of, and return a sheet without a name"),
        own=WORKS_HERE,
    )
    LEAD_GROUPS = grant(
        "coaching.lead_groups",
        _("Plan and hold group sessions, and say what will change"),
        held=[*GIVERS, Role.TRAINER],
    )
    SEE_RESPONSES = grant(
        "coaching.see_responses",
        _("See which steps of response behaviours got: one's own answers beside all others"),
        held=[Role.SUPERVISOR, Role.MANAGER, Role.HR],
    )
    COMPARE_RESPONSES = grant(
        "coaching.compare_responses",
        _("See whose answers to a behaviour differ from all others; no agent, no words"),
        held=[Role.MANAGER, Role.HR],
    )
