"""Have the chain checked, and note its head where the database does not reach."""

from __future__ import annotations

import logging
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from floorwalker.kernel import jobs
from floorwalker.kernel.access import Actor, require
from floorwalker.kernel.audit import heads
from floorwalker.kernel.audit.chain import Verdict, verify
from floorwalker.kernel.audit.permissions import AuditPermission
from floorwalker.kernel.audit.recording import record
from floorwalker.kernel.jobs.running import WorkFailed
from floorwalker.kernel.models.job import Job

log = logging.getLogger(__name__)

CHECK = "kernel.audit_check"


@transaction.atomic
def start(*, by: Actor, at: datetime) -> Job:
    """Check the whole chain in the background."""
    require(by, AuditPermission.READ_ALL, AuditPermission.READ_TECHNICAL)
    record(by=by, verb="kernel.check_audit", about=("kernel.audit", 0), at=at)
    return jobs.start(CHECK, ref=("kernel.audit", 0), title=gettext_lazy("Check the audit"), by=by, at=at)


@transaction.atomic
def note_export(*, by: Actor, at: datetime, filters: dict[str, str], why: str) -> None:
    """Say that somebody took entries with them."""
    facts = {"filters": filters, "why": why}
    record(by=by, verb="kernel.export_audit", about=("kernel.audit", 0), at=at, facts=facts)


def check(running: jobs.Running) -> None:
    """The body of that job: fails with the first entry that is not as it was."""
    verdict = verified(running.now(), running)
    if verdict.breach is not None:
        raise WorkFailed(verdict.breach.text)
    running.tell(share=1, text=words(verdict))


def verified(at: datetime, running: jobs.Running | None = None) -> Verdict:
    """Verify, shout into the log if something is wrong, note the head if nothing is."""
    verdict = verify()
    if verdict.breach is not None:
        log.critical("the audit is not what it was: %s", verdict.breach.text)
    else:
        heads.note(at)
    if running is not None:
        running.tell()
    return verdict


def words(verdict: Verdict) -> str:
    """What was found, as a sentence."""
    entries = ngettext("%(n)s entry is as it was", "%(n)s entries are as they were", verdict.entries)
    if not verdict.heads:
        outside = _("nothing had been noted outside the database yet")
    else:
        outside = ngettext("%(h)s head noted outside fits", "%(h)s heads noted outside fit", verdict.heads) % {
            "h": verdict.heads
        }
    return f"{entries % {'n': verdict.entries}}; {outside}."
