"""Ranking ten items: each one's own with reasons, kept step by step, and what a small group agrees on."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from floorwalker.apps.learning import queries
from floorwalker.apps.learning.models import GroupRanking, Participant, Ranking, Reason
from floorwalker.apps.learning.rules import survival as rules
from floorwalker.apps.learning.services.activities import taking_part, tell_lead, tell_split
from floorwalker.kernel.access import Actor
from floorwalker.kernel.errors import Invalid, NotFound, Refused, Stale


class ReasonsMissing(Refused):
    code = "learning_reasons_missing"
    text = _("Say in a few words why: {items}. Each of the first three needs a reason.")


class NotInAGroup(Refused):
    code = "learning_not_in_a_group"
    status = 409
    text = _("You are in no small group yet. Join one first.")


@transaction.atomic
def rank_item(
    *,
    activity_id: int,
    item: str,
    to: int | None = None,
    reason: str | None = None,
    named: bool = False,
    by: Actor,
    at: datetime,  # noqa: ARG001  (when somebody thought of what is nobody's business)
) -> Ranking:
    """Move one item of one's own ranking, or say why it stands there; each step is kept."""
    activity, part = taking_part(activity_id, by, "alone")
    ranking = _own(part, rules.from_json(activity.content))
    if item not in ranking.order:
        raise NotFound
    if to is not None:
        ranking.order = rules.moved(ranking.order, item, to)
    if reason is not None:
        words = " ".join(reason.split())
        if len(words) > rules.LONGEST_REASON:
            raise Invalid(problem=_("A reason has at most {n} characters.").format(n=rules.LONGEST_REASON))
        if words:
            given = {"words": words, "named": named}
            Reason.objects.update_or_create(ranking=ranking, item=item, defaults=given)
        else:
            Reason.objects.filter(ranking=ranking, item=item).delete()
    if ranking.done_at is not None and queries.reasons_missing(ranking):
        ranking.done_at = None
        tell_lead(activity)
    ranking.save()
    return ranking


@transaction.atomic
def finish_ranking(*, activity_id: int, by: Actor, at: datetime) -> Ranking:
    """Done alone: each of the first three places has a reason. It can still be changed until all go on."""
    activity, part = taking_part(activity_id, by, "alone")
    found = rules.from_json(activity.content)
    ranking = _own(part, found)
    if missing := queries.reasons_missing(ranking):
        raise ReasonsMissing(items=", ".join(f"“{found.text_of(key)}”" for key in missing))
    if ranking.done_at is None:
        ranking.done_at = at
        ranking.save(update_fields=["done_at"])
        tell_lead(activity)
    return ranking


@transaction.atomic
def join_split(*, activity_id: int, by: Actor, at: datetime) -> Participant:  # noqa: ARG001  (nothing is timed)
    """Who came late joins the smallest group."""
    activity, part = taking_part(activity_id, by, "together")
    if part.split is None:
        part.split = queries.smallest_split(activity)
        part.save(update_fields=["split"])
        tell_split(activity, part.split)
    return part


@transaction.atomic
def move_for_group(
    *,
    activity_id: int,
    item: str,
    to: int,
    version: int,
    by: Actor,
    at: datetime,  # noqa: ARG001  (nothing is timed)
) -> GroupRanking:
    """Move one item of the ranking of one's small group; whoever looks at an older one is told so."""
    activity, part = taking_part(activity_id, by, "together")
    if part.split is None:
        raise NotInAGroup
    rows = GroupRanking.objects.select_for_update().filter(activity=activity, number=part.split)
    ranking = rows.get()
    if ranking.version != version:
        raise Stale
    if item not in ranking.order:
        raise NotFound
    ranking.order, ranking.version = rules.moved(ranking.order, item, to), ranking.version + 1
    ranking.save()
    tell_split(activity, part.split)
    return ranking


def _own(part: Participant, found: rules.Survival) -> Ranking:
    ranking, _new = Ranking.objects.select_for_update().get_or_create(
        participant=part, defaults={"order": rules.first_order(found, part.pk)}
    )
    return ranking
