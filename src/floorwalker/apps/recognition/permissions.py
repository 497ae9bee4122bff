"""Who thanks whom, and who gives, sees and keeps points."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from floorwalker.kernel.access import Permission, grant
from floorwalker.kernel.roles import Role


class RecognitionPermission(Permission):
    THANK = grant(
        "recognition.thank",
        _("Thank people of one's site or teams, finding them by name, and see thanks as far as they are shown"),
        own=[role for role in Role if role is not Role.CLIENT_VIEWER],
    )
    SUGGEST = grant(
        "recognition.suggest",
        _("Be told whom to thank, and why"),
        held=[Role.SUPERVISOR, Role.MANAGER],
    )
    POINTS = grant(
        "recognition.points",
        _("See one's own points, seasons and aims of contests, wish for rewards and redeem points"),
        own=[Role.AGENT],
    )
    BOARDS = grant(
        "recognition.boards",
        _("See the boards of a season one has joined or leads people in, what earns points, and contests"),
        own=[Role.AGENT],
        held=[Role.SUPERVISOR, Role.MANAGER],
    )
    KEEP_GAME = grant(
        "recognition.keep_game",
        _("Keep seasons and say how many points what earns"),
        held=[Role.MANAGER],
    )
    HOLD_CONTESTS = grant(
        "recognition.hold_contests",
        _("Announce contests of a site, change their dates and call them off"),
        held=[Role.MANAGER],
    )
    SEE_REWARD = grant(
        "recognition.see_reward",
        _("See of teams of five and more how points and praise stand to what was taken back and corrected"),
        held=[Role.MANAGER],
    )
    FINDINGS = grant(
        "recognition.findings",
        _("Read and answer questions about the game; who they are about reads them with the answer"),
        own=[Role.AGENT],
        held=[Role.MANAGER],
    )
    CORRECT = grant(
        "recognition.correct",
        _("Take back points within 24 hours that were booked by mistake; the agent reads why"),
        held=[Role.SUPERVISOR, Role.MANAGER],
    )
    GIVE = grant(
        "recognition.give",
        _("Give points out of one's own budget and announce incentives"),
        held=[Role.SUPERVISOR, Role.MANAGER],
    )
    KEEP_BUDGETS = grant(
        "recognition.keep_budgets",
        _("Decide who may give how many points a month, and what becomes of points when people leave"),
        held=[Role.MANAGER],
    )
    KEEP_REWARDS = grant(
        "recognition.keep_rewards",
        _("Offer rewards, and approve, deliver or decline what people ask for"),
        held=[Role.MANAGER, Role.HR],
    )
    KEEP_FUN = grant(
        "recognition.keep_fun",
        _(
            "Plan fun days, take words and photos away with a reason, and decide on photos "
            "somebody wants to be taken off"
        ),
        held=[Role.SUPERVISOR, Role.MANAGER],
    )
