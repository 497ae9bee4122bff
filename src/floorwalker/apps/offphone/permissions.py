"""Who may do what with time off the phones."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from floorwalker.kernel.access import Permission, grant
from floorwalker.kernel.roles import Role

LEADS = [Role.SUPERVISOR, Role.PLANNER]


class OffPhonePermission(Permission):
    SEE = grant(
        "offphone.see",
        _("See time owed, asked for and placed"),
        own=[Role.AGENT],
        held=LEADS,
    )
    SEE_SUMS = grant(
        "offphone.see_sums",
        _("See how many minutes were promised and delivered, in sums by kind"),
        own=[Role.AGENT],
        held=[*LEADS, Role.MANAGER],
    )
    ASK = grant("offphone.ask", _("Ask for time off the phones for oneself"), own=[Role.AGENT])
    LEAD = grant("offphone.lead", _("Owe, place, move and deliver time off the phones"), held=LEADS)
    BUDGET = grant(
        "offphone.budget",
        _("Say how much time off the phones a site plans"),
        held=[Role.PLANNER, Role.MANAGER],
    )
