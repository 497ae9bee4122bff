"""The audit: who did what to what, when and why, in one chain that shows every later change.

::

    audit.record(by=by, verb="schedules.publish", about=("schedules.publication", 12), facts={"why": why}, at=at)
    audit.seen(by=by, about=("coaching.note", 7), person=note.agent.user_id, at=at)
    audit.history(("schedules.publication", 12))            # for {% include "kernel/history.html" %}
    audit.verbs({"schedules.publish": _("published")})      # apps.py: what entries are called on pages

Called inside the transaction of the action: if the entry cannot be written, the action does not happen.
"""

from floorwalker.kernel.audit.chain import Breach, Verdict, verify
from floorwalker.kernel.audit.facts import SecretInAudit
from floorwalker.kernel.audit.permissions import AuditPermission
from floorwalker.kernel.audit.reading import began, history, visible
from floorwalker.kernel.audit.recording import About, record, seal, seen, taken
from floorwalker.kernel.audit.words import verbs

__all__ = [
    "About",
    "AuditPermission",
    "Breach",
    "SecretInAudit",
    "Verdict",
    "began",
    "history",
    "record",
    "seal",
    "seen",
    "taken",
    "verbs",
    "verify",
    "visible",
]
