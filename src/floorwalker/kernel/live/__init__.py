"""Live: pages that learn at once that something has changed, and then ask again for what they may see.

::

    live.tell("job:12")                                      # services, inside the transaction; told at its commit
    live.topic("job", lambda actor, key: jobs.visible(actor).filter(pk=key).exists())     # apps.py, who may listen
    live.revoke(user.pk)                                     # rights have changed: the user's streams end at once
    GET /live?topic=job:12                                   # server-sent events

Only ids travel; a page fetches what it shows, so nobody learns here what they may not see.
"""

from floorwalker.kernel.live.standing import standing_by
from floorwalker.kernel.live.telling import revoke, tell
from floorwalker.kernel.live.topics import topic

__all__ = ["revoke", "standing_by", "tell", "topic"]
