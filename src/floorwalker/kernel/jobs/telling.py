"""Who learns of a job: pages that listen to it, and its starter when it has taken a while."""

from __future__ import annotations

from datetime import timedelta

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from floorwalker.kernel import live, notices
from floorwalker.kernel.access import Actor
from floorwalker.kernel.jobs.seeing import visible
from floorwalker.kernel.models.job import Job
from floorwalker.kernel.models.notice import NoticeWish

ENDED = "kernel.job_ended"
A_WHILE = timedelta(seconds=30)  # whoever waits less is still looking


def register() -> None:
    """Make the topic and the kind of notice known."""
    live.topic("job", may_watch)
    notices.kind(
        ENDED,
        title=gettext_lazy("Background work has ended"),
        text_of=text_of,
        url_of=lambda ref: reverse("kernel:job", args=[ref[1]]),
        mail=NoticeWish.Mail.NEVER,
    )


def may_watch(actor: Actor, key: str) -> bool:
    return key.isdecimal() and visible(actor).filter(pk=int(key)).exists()


def text_of(actor: Actor, ref: tuple[str, int]) -> str | None:
    """What became of it, for who may see it."""
    job = visible(actor).filter(pk=ref[1]).first()
    if job is None:
        return None
    if job.state == Job.State.FAILED:
        return _("%(title)s failed. %(why)s") % {"title": job.title, "why": job.failure}
    if job.state == Job.State.STOPPED:
        return _("%(title)s was stopped; the best so far is kept.") % {"title": job.title}
    return _("%(title)s is done.") % {"title": job.title}


def tell_of_the_end(job: Job) -> None:
    """Tell the pages at once, and the starter if it took a while; in the transaction that ends it."""
    live.tell(f"job:{job.pk}")
    if job.started_by_user is None or job.ended_at is None or job.ended_at - job.created_at < A_WHILE:
        return
    once = f"{ENDED}:{job.pk}"
    notices.notify(to=job.started_by_user, kind=ENDED, ref=("kernel.job", job.pk), once=once, at=job.ended_at)
