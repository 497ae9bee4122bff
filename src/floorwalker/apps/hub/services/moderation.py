"""Hiding a post with a reason, and showing it again; its author reads why."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from floorwalker.apps.hub import queries
from floorwalker.apps.hub.models import Post, PostReport
from floorwalker.apps.hub.permissions import HubPermission as P
from floorwalker.apps.hub.rules import posts as rules
from floorwalker.apps.hub.services.reports import end_reports
from floorwalker.kernel import audit, notices
from floorwalker.kernel.access import Actor, require
from floorwalker.kernel.errors import Refused

HIDDEN_KIND, SHOWN_KIND = "hub.hidden", "hub.shown_again"


class ReasonNeeded(Refused):
    code = "hub_reason_needed"
    text = _("Say why; its author reads it.")


class NotSo(Refused):
    code = "hub_hidden_or_not"
    status = 409
    text = _("It is already {state}.")


class HiddenByAnother(Refused):
    code = "hub_hidden_by_another"
    status = 409
    text = _("Somebody else hid this post of yours. Talk to them; they can show it again.")


@transaction.atomic
def hide(*, post_id: int, why: str, by: Actor, at: datetime) -> Post:
    """Nobody but its author and who moderates there sees it from now on."""
    found = _locked(post_id, by)
    if not rules.plain(why):
        raise ReasonNeeded
    if found.hidden_at is not None:
        raise NotSo(state=_("hidden"))
    found.hidden_at, found.hidden_by_id, found.hidden_why = at, by.user_id, rules.plain(why)[:300]
    found.shown = False
    Post.objects.filter(root=found.pk).update(shown=False)
    end_reports(found, PostReport.Outcome.HIDDEN, at)
    # With the thread its replies are seen by nobody any more: whoever reported one of them is told as well.
    under = Post.objects.select_for_update(of=("self",)).filter(root=found.pk, reported_at__isnull=False)
    for each in under.order_by("pk"):
        end_reports(each, PostReport.Outcome.HIDDEN, at)
    return _kept(found, "hub.hide", HIDDEN_KIND, -1, {"why": found.hidden_why}, by, at)


@transaction.atomic
def restore(*, post_id: int, by: Actor, at: datetime) -> Post:
    """It is shown again as it was."""
    found = _locked(post_id, by)
    if found.hidden_at is None:
        raise NotSo(state=_("shown"))
    if found.author_id == by.user_id and found.hidden_by_id != by.user_id:
        raise HiddenByAnother
    found.hidden_at, found.hidden_by, found.hidden_why = None, None, ""
    found.shown = found.root is None or found.root.hidden_at is None
    Post.objects.filter(root=found.pk, hidden_at=None).update(shown=True)
    return _kept(found, "hub.restore", SHOWN_KIND, 1, {}, by, at)


def _locked(post_id: int, by: Actor) -> Post:
    require(by, P.MODERATE, P.JUDGE)
    found = queries.the_post_to_moderate(by, post_id)
    return Post.objects.select_for_update(of=("self",)).get(pk=found.pk)


def _kept(
    found: Post, verb: str, kind: str, replies: int, facts: dict[str, object], by: Actor, at: datetime
) -> Post:
    found.version += 1
    found.save(update_fields=["hidden_at", "hidden_by", "hidden_why", "shown", "version"])
    if found.root_id is not None:
        Post.objects.filter(pk=found.root_id).update(replied=F("replied") + replies)
    about = ("hub.post", found.pk)
    audit.record(by=by, verb=verb, about=about, facts=facts, at=at, person=found.author_id)
    if found.author_id != by.user_id:
        once = f"{kind}:{found.pk}:{found.version}"
        notices.notify(to=found.author_id, kind=kind, ref=about, once=once, at=at)
    return found
