"""Events: what has happened, told to domains that may not be imported.

A domain's `events.py` holds frozen dataclasses in the past tense with ids and values only; its services announce
them inside their transaction; `project/wiring.py` lists what follows::

    events.announce(ShiftsPublished(publication=12))           # services.py
    react(ShiftsPublished, "tell the agents", tell_of_shifts)  # wiring.py; called with (event, at)

Delivery comes after commit, at least once; each reaction takes effect exactly once, in a transaction of its own,
and is tried again with growing pauses when it fails.
"""

from floorwalker.kernel.events.announcing import announce
from floorwalker.kernel.events.event import Event, event_classes
from floorwalker.kernel.events.reactions import react

__all__ = ["Event", "announce", "event_classes", "react"]
