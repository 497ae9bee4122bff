"""Report a post, and what becomes of reports; who reported is written into no audit and told to nobody."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from floorwalker.apps.accounts.models import User
from floorwalker.apps.hub import queries
from floorwalker.apps.hub.models import Post, PostReport
from floorwalker.apps.hub.permissions import HubPermission as P
from floorwalker.apps.hub.rules import posts as rules
from floorwalker.apps.hub.services.posts import Hidden
from floorwalker.kernel import audit, notices
from floorwalker.kernel.access import SYSTEM, Actor, refuse, require
from floorwalker.kernel.errors import NotFound, Refused

REPORTED, REPORT_LATE, REPORT_ENDED = "hub.reported", "hub.report_late", "hub.report_ended"


class OwnPost(Refused):
    code = "hub_own_post"
    status = 409
    text = _("This is yours. Change it, or ask who leads to hide it.")


class ReportedAlready(Refused):
    code = "hub_reported_already"
    status = 409
    text = _("You have reported this as it stands. What became of it stands under “What I reported”.")


class TooManyReports(Refused):
    code = "hub_too_many_reports"
    status = 409
    text = _("You have reported {n} posts since yesterday. Talk to who leads you, or go on tomorrow.")


class NotReported(Refused):
    code = "hub_not_reported"
    status = 409
    text = _("No report of it waits. Somebody else may have looked at it just now.")


class AnswerNeeded(Refused):
    code = "hub_report_answer_needed"
    text = _("Say why it stays; whoever reported it reads that.")


@transaction.atomic
def report_post(*, post_id: int, reason: str, by: Actor, at: datetime) -> PostReport:
    """Say that a post should not stand there; who moderates reads the reason and not the name."""
    require(by, P.POST)
    if by.user_id is None:
        refuse(by)
    if reason not in PostReport.Reason.values:
        raise LookupError(f"{reason!r} is no reason to report a post")
    seen = queries.the_post(by, post_id, P.POST)
    # One after the other for one person, so that two presses at once do not pass the number of a day.
    User.objects.select_for_update(no_key=True).get(pk=by.user_id)
    found = Post.objects.select_for_update(of=("self",)).get(pk=seen.pk)
    if found.author_id == by.user_id:
        raise OwnPost
    if found.hidden_at is not None or not found.shown:
        raise Hidden
    mine = PostReport.objects.filter(by=by.user_id)
    if found.pk in queries.reported_by(by, [found]):
        raise ReportedAlready
    if mine.filter(at__gt=at - timedelta(days=1)).count() >= rules.REPORTS_A_DAY:
        raise TooManyReports(n=rules.REPORTS_A_DAY)
    made = PostReport.objects.create(post=found, by_id=by.user_id, reason=reason, at=at)
    # The audit says that it was reported, not by whom: its author reads what is written about them.
    audit.record(by=SYSTEM, verb="hub.report", about=("hub.post", found.pk), facts={"reason": reason}, at=at)
    if found.reported_at is None:
        found.reported_at = at
        found.save(update_fields=["reported_at"])
        for user in queries.who_looks(found):
            once = f"{REPORTED}:{found.pk}:{made.pk}"
            notices.notify(to=user, kind=REPORTED, ref=("hub.post", found.pk), once=once, at=at)
    return made


@transaction.atomic
def keep_post(*, post_id: int, why: str, by: Actor, at: datetime) -> Post:
    """Looked at: it stays. Whoever reported it reads why; its author hears nothing of it."""
    require(by, P.MODERATE, P.JUDGE)
    seen = queries.the_post_to_moderate(by, post_id)
    if seen.author_id == by.user_id:
        raise NotFound
    found = Post.objects.select_for_update(of=("self",)).get(pk=seen.pk)
    if found.reported_at is None:
        raise NotReported
    answer = rules.plain(why)[:300].strip()
    if not answer:
        raise AnswerNeeded
    end_reports(found, PostReport.Outcome.KEPT, at, answer)
    audit.record(by=by, verb="hub.keep_post", about=("hub.post", found.pk), facts={"why": answer}, at=at)
    return found


def end_reports(found: Post, outcome: str, at: datetime, answer: str = "") -> None:
    """What becomes of every report that waits, told to each who made one; the post is locked."""
    if found.reported_at is None:
        return
    waiting = list(PostReport.objects.select_for_update().filter(post=found, ended_at=None))
    PostReport.objects.filter(pk__in=[each.pk for each in waiting]).update(
        outcome=outcome, answer=answer, ended_at=at
    )
    found.reported_at = None
    found.save(update_fields=["reported_at"])
    for each in waiting:
        once = f"{REPORT_ENDED}:{each.pk}"
        notices.notify(to=each.by_id, kind=REPORT_ENDED, ref=("hub.post_report", each.pk), once=once, at=at)


def note_reports_late(at: datetime) -> int:
    """Reports nobody has looked at for two working days: who leads everywhere is told, once; their number."""
    told = 0
    for post in queries.reports_late(rules.asked_before(at.date())):
        with transaction.atomic():
            for user in queries.above(post):
                once = f"{REPORT_LATE}:{post.pk}:{post.reported_at:%Y%m%d%H%M%S}"
                notices.notify(to=user, kind=REPORT_LATE, ref=("hub.post", post.pk), once=once, at=at)
        told += 1
    return told
