"""Who may do what with demand."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from floorwalker.kernel.access import Permission, grant
from floorwalker.kernel.roles import Role

_PLANNING = (Role.PLANNER,)
_READING = (Role.SUPERVISOR, Role.PLANNER, Role.MANAGER, Role.AUDITOR, Role.CLIENT_VIEWER)


class DemandPermission(Permission):
    SEE_VOLUMES = grant("demand.see_volumes", _("See queues, their volumes and forecasts"), held=_READING)
    KEEP_QUEUES = grant("demand.keep_queues", _("Set up queues and their names elsewhere"), held=_PLANNING)
    STORE_HISTORY = grant("demand.store_history", _("Upload contact history"), held=_PLANNING)
    MAKE_FORECASTS = grant(
        "demand.make_forecasts", _("Make forecasts and change them with a reason"), held=_PLANNING
    )
    SUBMIT_CLIENT_FORECAST = grant(
        "demand.submit_client_forecast",
        _("Submit what a client expects"),
        held=(Role.CLIENT_VIEWER, *_PLANNING),
    )
    SEE_RECORD = grant(
        "demand.see_record",
        _("See how good forecasts were, statements and expectations"),
        held=(Role.PLANNER, Role.MANAGER, Role.AUDITOR, Role.CLIENT_VIEWER),
    )
    ISSUE_STATEMENTS = grant(
        "demand.issue_statements", _("Issue monthly statements to clients"), held=(Role.PLANNER, Role.MANAGER)
    )
    SET_EXPECTATIONS = grant(
        "demand.set_expectations", _("Record what was agreed with clients"), held=(Role.PLANNER, Role.MANAGER)
    )
    LAUNCH_ACCOUNTS = grant(
        "demand.launch_accounts", _("Bring new accounts to go-live"), held=(Role.PLANNER, Role.MANAGER)
    )
