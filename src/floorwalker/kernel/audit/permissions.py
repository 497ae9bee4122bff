"""Who may read the audit; everybody reads what is about themselves."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from floorwalker.kernel.access import Permission, grant
from floorwalker.kernel.roles import Role


class AuditPermission(Permission):
    READ_ALL = grant("audit.read_all", _("Read the whole audit"), held=[Role.AUDITOR])
    READ_TECHNICAL = grant(
        "audit.read_technical", _("Read the audit of sign-in, roles and settings"), held=[Role.ADMINISTRATOR]
    )
