"""What clients do not read of their queues: who our people are, and figures of so few that they show a person."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext_lazy as _

from floorwalker.apps.demand.models import Queue
from floorwalker.apps.demand.permissions import DemandPermission as P
from floorwalker.apps.people import queries as people
from floorwalker.kernel.access import Actor

LEAST_AGENTS = 5
OUR_PLANNERS = _("Our planners")
TOO_FEW = _(
    "Handling time is not shown: fewer than five people answer this queue, and the figure would tell of single "
    "people."
)


def is_inside(actor: Actor) -> bool:
    """Whether somebody works for the centre: a client never reads a person's name."""
    sight = actor.sight(P.SEE_VOLUMES)
    return sight.everything or bool(sight.sites or sight.teams)


def shows_handling(actor: Actor, queue: Queue, today: date) -> bool:
    """Whether handling times of a queue are shown: inside always, to clients where enough people answer it."""
    return is_inside(actor) or people.agents_answering(queue.site_id, queue.skill_id, today) >= LEAST_AGENTS
