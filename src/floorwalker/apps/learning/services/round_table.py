"""A round table: tips with names beside them, who will try which, and whether one may leave the table.

Who will try what is theirs, as practice is: it is counted, and written into no audit.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from floorwalker.apps.learning import queries
from floorwalker.apps.learning.models import Activity, TableTopic, Tip, TipTry
from floorwalker.apps.learning.permissions import LearningPermission as P
from floorwalker.apps.learning.rules import round_table as rules
from floorwalker.apps.learning.services.activities import OnlyItsLead, taking_part, tell_group
from floorwalker.kernel import audit
from floorwalker.kernel.access import Actor, require
from floorwalker.kernel.errors import Refused
from floorwalker.kernel.scoping import pick


class TipWithoutWords(Refused):
    code = "learning_tip_without_words"
    text = _("Write what you do that works, in up to {most} characters.")


class EnoughTips(Refused):
    code = "learning_enough_tips"
    status = 409
    text = _("You have {most} tips on this table. Take one back to write another.")


class NotYourTip(Refused):
    code = "learning_not_your_tip"
    status = 409
    text = _("Only who wrote a tip decides about it.")


class YourOwnTip(Refused):
    code = "learning_your_own_tip"
    status = 409
    text = _("This tip is yours; mark those of others that you will try.")


class TipLeftTheTable(Refused):
    code = "learning_tip_left_the_table"
    status = 409
    text = _("This tip was shared with your name already; where it stands now it can be changed or hidden.")


class TipNotToShare(Refused):
    code = "learning_tip_not_to_share"
    status = 409
    text = _("{name} has not said that this tip may be shared. Ask them; they say yes on their own phone.")


@transaction.atomic
def name_topics(*, activity_id: int, topics: Iterable[tuple[int, str]]) -> None:
    """What tips of this table may be about, each with the number it has elsewhere; by whoever prepares it."""
    rows = [TableTopic(activity_id=activity_id, ref=ref, name=name[:120]) for ref, name in topics]
    TableTopic.objects.bulk_create(rows, ignore_conflicts=True)


@transaction.atomic
def write_tip(
    *, activity_id: int, text: str, by: Actor, at: datetime, topic_id: int | None = None, consent: bool = False
) -> Tip:
    """Say one to the table; all of it see it with the name. The same words again are the same tip."""
    activity, part = taking_part(activity_id, by, rules.TIPS)
    words = text.strip()
    if not words or len(words) > rules.LONGEST:
        raise TipWithoutWords(most=rules.LONGEST)
    mine = Tip.objects.filter(activity=activity, author=part.agent_id)
    before = mine.filter(text=words).first()
    if before is not None:
        return before
    if mine.count() >= rules.MOST_EACH:
        raise EnoughTips(most=rules.MOST_EACH)
    topic = pick(TableTopic.objects.filter(activity=activity), topic_id) if topic_id is not None else None
    tip = Tip.objects.create(
        activity=activity,
        author_id=part.agent_id,
        text=words,
        about=topic,
        at=at,
        consented_at=at if consent else None,
    )
    _note(tip, "write_tip", by, at)
    return tip


@transaction.atomic
def take_tip_back(*, tip_id: int, by: Actor, at: datetime) -> None:
    """Its author takes it off the table, with the marks it got; not one that was shared."""
    tip = _of_author(tip_id, by)
    _note(tip, "take_tip_back", by, at)
    tip.delete()


@transaction.atomic
def consent_to_share(*, tip_id: int, yes: bool, by: Actor, at: datetime) -> Tip:
    """Its author says whether it may leave the table with their name; also later, until it has."""
    tip = _of_author(tip_id, by)
    if yes != (tip.consented_at is not None):
        tip.consented_at = at if yes else None
        tip.save(update_fields=["consented_at"])
        _note(tip, "allow_tip" if yes else "disallow_tip", by, at)
    return tip


@transaction.atomic
def try_tip(*, tip_id: int, yes: bool, by: Actor, at: datetime) -> None:  # noqa: ARG001  (no time is kept)
    """I will try this one – or not after all; once each, counted without names."""
    tip = queries.the_tip(by, tip_id)
    activity, part = taking_part(tip.activity_id, by, rules.TRY)
    if not rules.may_try(activity.state, activity.stage, own=tip.author_id == part.agent_id):
        raise YourOwnTip
    if yes:
        TipTry.objects.get_or_create(tip=tip, agent_id=part.agent_id)
    else:
        TipTry.objects.filter(tip=tip, agent=part.agent_id).delete()
    tell_group(activity)


@transaction.atomic
def tip_to_share(*, tip_id: int, by: Actor) -> Tip:
    """The tip for who leads the table and shares it elsewhere; refused without its author's yes."""
    require(by, P.LEAD_ACTIVITIES)
    found = queries.the_tip(by, tip_id)
    if found.activity.lead_id != by.user_id:
        raise OnlyItsLead(name=found.activity.lead.name)
    tip = _locked(tip_id)
    shared = tip.shared_at is not None
    if not shared and not rules.may_share(
        tip.activity.state, consented=tip.consented_at is not None, shared=shared
    ):
        raise TipNotToShare(name=tip.author.name)
    return tip


@transaction.atomic
def tip_was_shared(*, tip_id: int, ref: int, by: Actor, at: datetime) -> Tip:
    """Keep that it left the table, and the number it has there; once."""
    tip = tip_to_share(tip_id=tip_id, by=by)
    if tip.shared_at is None:
        tip.shared_at, tip.shared_as = at, ref
        tip.save(update_fields=["shared_at", "shared_as"])
        _note(tip, "share_tip", by, at)
    return tip


def _of_author(tip_id: int, by: Actor) -> Tip:
    require(by, P.TAKE_PART)
    found = queries.the_tip(by, tip_id)
    if by.user_id is None or found.author.user_id != by.user_id:
        raise NotYourTip
    tip = _locked(tip_id)
    if tip.shared_at is not None:
        raise TipLeftTheTable
    return tip


def _locked(tip_id: int) -> Tip:
    rows = Tip.objects.select_for_update(of=("self",)).select_related("activity__lead", "author", "about")
    return pick(rows, tip_id)


def _note(tip: Tip, verb: str, by: Actor, at: datetime) -> None:
    about = (queries.ACTIVITY, tip.activity_id)
    audit.record(by=by, verb=f"learning.{verb}", about=about, facts={}, at=at, person=tip.author.user_id)
    tell_group(Activity(pk=tip.activity_id))
