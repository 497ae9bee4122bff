"""What clients allow in their queues when it is tight: callbacks, and help by people of other skills."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from floorwalker.apps.demand.models import Expectation, Queue
from floorwalker.apps.demand.queries.expectations import in_force

HELP = "cross_skill"
NOTHING_AGREED, NO_CALLBACKS, NO_HELP = "nothing-agreed", "no-callbacks", "no-help"
WHY = {
    NOTHING_AGREED: _("No callbacks: nothing is agreed with its client for this week."),
    NO_CALLBACKS: _("No callbacks: its client does not allow them."),
    NO_HELP: _("No help by others: agents of other skills are not among what its client agreed to."),
}


@dataclass(frozen=True)
class Allowed:
    """Queues by number: where callbacks may be offered, where others may help, and what may not be done why."""

    callbacks: list[int]
    help: list[int]
    refused: list[tuple[int, str]]

    @property
    def plain(self) -> dict[str, Any]:
        return {
            "callbacks": self.callbacks,
            "help": self.help,
            "refused": [[queue, why] for queue, why in self.refused],
        }


def levers_allowed(queues: Sequence[Queue], week: date) -> Allowed:
    """What is allowed on the first day of a week and on the last.

    A caller is promised a call only where the client has said yes. Help by those who have the skill stays our own
    affair, unless the agreement lists what may be done and does not list it.
    """
    clients = {queue.client_id for queue in queues}
    days = [in_force(clients, day) for day in (week, week + timedelta(days=6))]
    found = Allowed([], [], [])
    for queue in sorted(queues, key=lambda each: each.pk):
        agreed = [day.get(queue.client_id) for day in days]
        known = [each for each in agreed if each is not None]
        if len(known) == len(agreed) and all(each.callback_allowed for each in known):
            found.callbacks.append(queue.pk)
        else:
            found.refused.append(
                (queue.pk, NO_CALLBACKS if known and len(known) == len(agreed) else NOTHING_AGREED)
            )
        if all(_helped(each) for each in known):
            found.help.append(queue.pk)
        else:
            found.refused.append((queue.pk, NO_HELP))
    return found


def _helped(agreed: Expectation) -> bool:
    return not agreed.levers or HELP in agreed.levers
