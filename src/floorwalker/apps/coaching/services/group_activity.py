"""What a group does together on its phones: prepared with the session, begun by its lead, ended with it.

The activity itself is learning's; a session prepares one by name and says to it what becomes of the session.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _said
from django.utils.translation import gettext_lazy as _

from floorwalker.apps.coaching import queries
from floorwalker.apps.coaching.models import GroupSession
from floorwalker.apps.coaching.permissions import CoachingPermission as P
from floorwalker.apps.coaching.rules import groups as rules
from floorwalker.apps.hub import queries as hub
from floorwalker.apps.learning import queries as arena
from floorwalker.apps.learning import services as learning
from floorwalker.kernel.access import Actor, require
from floorwalker.kernel.errors import Refused

TOPICS = 200  # of a list one chooses from on a phone; tips on anything else are about nothing in particular


class NothingToBegin(Refused):
    code = "coaching_nothing_to_begin"
    status = 409
    text = _("This session has nothing to begin: its people talk, or it is begun or over already.")


def prepare(
    group: GroupSession,
    *,
    kind: str,
    exercise_id: int | None,
    prompt: str,
    agent_ids: Sequence[int],
    by: Actor,
    at: datetime,
) -> None:
    """Prepare what the group does; a round table may name the products and topics of the hub."""
    made = learning.prepare_activity(
        kind=kind,
        title=group.title,
        prompt=prompt.strip() or group.topic,
        exercise_id=exercise_id,
        agent_ids=agent_ids,
        once=queries.activity_name(group.pk),
        by=by,
        at=at,
    )
    if kind == rules.ROUND_TABLE:
        tags = hub.tags_to_choose(by)[:TOPICS]
        learning.name_topics(activity_id=made.pk, topics=[(tag.pk, tag.name) for tag in tags])
    group.activity, group.activity_ref = kind, made.pk
    group.save(update_fields=["activity", "activity_ref"])


@transaction.atomic
def begin_activity(*, group_id: int, by: Actor, at: datetime) -> int:
    """The lead begins it; everybody is told on their phone. The number it has in the arena."""
    require(by, P.LEAD_GROUPS)
    group = queries.the_group(by, group_id)
    if group.activity_ref is None or group.state not in (rules.PLANNED, rules.HELD):
        raise NothingToBegin
    activity = arena.the_activity(by, group.activity_ref)
    if activity.state != "prepared":
        raise NothingToBegin
    learning.open_activity(activity_id=activity.pk, version=activity.version, by=by, at=at)
    return activity.pk


def leave(group: GroupSession, agent_ids: Iterable[int], at: datetime) -> None:
    """These are not, or no more, of the group."""
    for agent_id in agent_ids if group.activity else ():
        learning.leave_activity(once=queries.activity_name(group.pk), agent_id=agent_id, at=at)


def call_off(group: GroupSession, why: str, at: datetime) -> None:
    if group.activity:
        learning.call_off_activity(once=queries.activity_name(group.pk), why=why, at=at)


def hand_over(group: GroupSession, lead: int, at: datetime) -> None:
    if group.activity:
        learning.hand_over_activity(once=queries.activity_name(group.pk), lead=lead, at=at)


def close(group: GroupSession, by: Actor, at: datetime) -> None:
    """Over with its session; one that was never begun falls away. Refused while a question of the box waits."""
    if group.activity_ref is None:
        return
    activity = arena.the_activity(by, group.activity_ref)
    if activity.state == "open":
        learning.close_activity(activity_id=activity.pk, version=activity.version, by=by, at=at)
    elif activity.state == "prepared":
        call_off(group, _said("the group met without it"), at)
