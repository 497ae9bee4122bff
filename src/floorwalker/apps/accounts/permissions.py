"""What may be done with users, and by whom."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from floorwalker.kernel.access import Permission, grant
from floorwalker.kernel.roles import Role


class AccountPermission(Permission):
    SEE_USERS = grant(
        "accounts.see_users",
        _("See who can sign in and which roles they hold"),
        held=[Role.ADMINISTRATOR, Role.AUDITOR],
    )
    MANAGE_USERS = grant(
        "accounts.manage_users", _("Invite people, let them in again, shut them out"), held=[Role.ADMINISTRATOR]
    )
    GIVE_ROLES = grant("accounts.give_roles", _("Give and take roles"), held=[Role.ADMINISTRATOR])
    SEE_TOKENS = grant(
        "accounts.see_tokens", _("See which programs hold a token, and revoke it"), held=[Role.ADMINISTRATOR]
    )
    SEE_MY_ACCOUNT = grant("accounts.see_my_account", _("See one's own sessions and tokens"), own=list(Role))
