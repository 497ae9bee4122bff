"""From a round table to the hub: what works for one of the group, with credit and with their word."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from floorwalker.apps.coaching import queries
from floorwalker.apps.coaching.permissions import CoachingPermission as P
from floorwalker.apps.hub import queries as hub
from floorwalker.apps.hub import services as board
from floorwalker.apps.learning import services as learning
from floorwalker.kernel.access import Actor, require
from floorwalker.kernel.errors import NotFound


@dataclass(frozen=True)
class SharedTip:
    """A tip of the round table and the post it became."""

    tip_id: int
    post_id: int


@transaction.atomic
def share_tip(*, group_id: int, tip_id: int, by: Actor, at: datetime, to: str = "") -> SharedTip:
    """The lead posts a tip as what works, credited to its author, who said it may be; once, whoever asks again.

    ``to`` is an audience as the hub names it; without one it goes to the author's own team. The hub tells the
    author.
    """
    require(by, P.LEAD_GROUPS)
    group = queries.the_group(by, group_id)
    tip = learning.tip_to_share(tip_id=tip_id, by=by)
    if group.activity_ref is None or tip.activity_id != group.activity_ref:
        raise NotFound
    if tip.shared_as is not None:
        return SharedTip(tip.pk, tip.shared_as)
    known = {tag.pk for tag in hub.tags_to_choose(by)}
    post = board.credit_tip(
        agent_id=tip.author_id,
        text=tip.text,
        tag_id=tip.about.ref if tip.about and tip.about.ref in known else None,
        to=to,
        by=by,
        at=at,
        once=f"tip:{tip.pk}",
    )
    learning.tip_was_shared(tip_id=tip.pk, ref=post.pk, by=by, at=at)
    return SharedTip(tip.pk, post.pk)
