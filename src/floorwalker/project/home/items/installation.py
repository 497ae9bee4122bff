"""From the installation: who lacks a second factor, what the doctor finds, what work failed; the audit."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from floorwalker.apps.accounts import queries as accounts
from floorwalker.apps.accounts.permissions import AccountPermission
from floorwalker.kernel import jobs
from floorwalker.kernel.access import Actor
from floorwalker.kernel.audit.permissions import AuditPermission
from floorwalker.kernel.jobs.permissions import JobPermission
from floorwalker.kernel.look import ago_words
from floorwalker.kernel.models.job import Job
from floorwalker.project import doctor
from floorwalker.project.home.item import Item, Line

NAMED = 5
FAILED_DAYS = 7


def without_factor(actor: Actor, at: datetime) -> Item | None:  # noqa: ARG001 - every item is made alike
    """People who will see others' data and have not set up a second factor."""
    if not actor.may(AccountPermission.MANAGE_USERS):
        return None
    found = accounts.without_second_factor(actor)
    number = found.count()
    if number:
        words = ngettext(
            "%(n)d person who sees other people’s data has no second factor yet.",
            "%(n)d people who see other people’s data have no second factor yet.",
            number,
        ) % {"n": number}
    else:
        words = _("Everybody who sees other people’s data has a second factor.")
    return Item(
        key="factors",
        title=_("Users"),
        words=words,
        why=_("Until they set one up they are let in no further."),
        action=_("See the users"),
        url=reverse("accounts:users"),
        tone="attention" if number else "good",
        lines=[
            Line(user.name, reverse("accounts:user", args=[user.pk]), user.email)
            for user in found.order_by("name", "pk")[:NAMED]
        ],
    )


def health(actor: Actor, at: datetime) -> Item | None:  # noqa: ARG001
    """What the doctor finds about this installation."""
    if not actor.may(JobPermission.SEE_ALL):
        return None
    found = [each for each in doctor.glance() if each.level != doctor.GOOD]
    unsafe = sum(each.level == doctor.UNSAFE for each in found)
    if found:
        words = ngettext(
            "The doctor has %(n)d finding about this installation.",
            "The doctor has %(n)d findings about this installation.",
            len(found),
        ) % {"n": len(found)}
    else:
        words = _("The doctor finds nothing wrong with this installation.")
    return Item(
        key="doctor",
        title=_("Installation"),
        words=words,
        why=_("“floorwalker doctor” on the server says what to do about each."),
        action=_("See the background work"),
        url=reverse("kernel:jobs"),
        tone="bad" if unsafe else "info" if found else "good",
        lines=[Line(each.what, note=each.advice) for each in found[:NAMED]],
    )


def failed_work(actor: Actor, at: datetime) -> Item | None:
    """Background work of the last days that came to nothing."""
    if not actor.may(JobPermission.SEE_ALL):
        return None
    found = jobs.visible(actor).filter(state=Job.State.FAILED, ended_at__gte=at - timedelta(days=FAILED_DAYS))
    number = found.count()
    if not number:
        return None
    return Item(
        key="failed",
        title=_("Failed work"),
        words=ngettext(
            "%(n)d piece of background work failed in the last week.",
            "%(n)d pieces of background work failed in the last week.",
            number,
        )
        % {"n": number},
        why=_("Somebody waits for its result."),
        action=_("See why"),
        url=reverse("kernel:jobs"),
        tone="attention",
        lines=[_job_line(job, at) for job in found.order_by("-pk")[:NAMED]],
    )


def my_work(actor: Actor, at: datetime) -> Item | None:
    """What I have started and is still under way."""
    found = jobs.started_by(actor).filter(state__in=Job.LIVE)
    number = found.count()
    if not number:
        return None
    return Item(
        key="work",
        title=_("Under way"),
        words=ngettext("%(n)d thing you started is under way.", "%(n)d things you started are under way.", number)
        % {"n": number},
        why=_("You can leave it alone; you are told when it is done."),
        action=_("Watch it"),
        url=reverse("kernel:jobs"),
        tone="progress",
        lines=[_job_line(job, at) for job in found.order_by("-pk")[:NAMED]],
    )


def _job_line(job: Job, at: datetime) -> Line:
    return Line(job.title, reverse("kernel:job", args=[job.pk]), job.failure or ago_words(job.created_at, at))


def book(actor: Actor, at: datetime) -> Item | None:  # noqa: ARG001
    """Where everything that was done is written."""
    if not actor.may(AuditPermission.READ_ALL, AuditPermission.READ_TECHNICAL):
        return None
    return Item(
        key="audit",
        title=_("Audit"),
        words=_("Everything that was done here is written down and cannot be changed unnoticed."),
        why=_("You may read it, and check that it is whole."),
        action=_("Read the audit"),
        url=reverse("kernel:audit"),
    )
