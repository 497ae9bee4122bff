"""Every reaction in the suite: what follows in one domain from what happened in another.

A line reads: when this happens, for this purpose, do that. A handler is called with the event and the moment,
inside a transaction of its own; it belongs to the domain that acts, as a function of its services::

    react(ShiftsPublished, "tell the agents", schedules.tell_of_publication)
"""

from __future__ import annotations
