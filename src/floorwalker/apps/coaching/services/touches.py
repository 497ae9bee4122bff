"""That somebody was spoken to: written by the rooms in which it happened, never typed."""

from __future__ import annotations

from datetime import date, datetime

from floorwalker.apps.coaching.models import Touch


def note_touch(
    *,
    agent_id: int,
    by_user_id: int,
    kind: str,
    at: datetime,
    once: str,
    tone: str = "",
    minutes: int | None = None,
    behaviour_id: int | None = None,
    rung: int | None = None,
    expires_on: date | None = None,
    shown: bool = False,
    how: str = "",
) -> Touch:
    """Note that an agent was given attention; the same ``once`` again changes nothing.

    Called in the transaction of what happened, or by a reaction to its event. ``minutes`` are those of the session
    it took place in, else unknown; ``shown`` says that the team could see it, ``how`` of a visit whether one
    walked by or called,
    ``expires_on`` is the day from which a step of a response counts no more,
    ``tone`` is positive or corrective where it is one of the two.
    """
    touch, _new = Touch.objects.get_or_create(
        once=once,
        defaults={
            "agent_id": agent_id,
            "by_id": by_user_id,
            "kind": kind,
            "tone": tone,
            "minutes": minutes,
            "behaviour_id": behaviour_id,
            "rung": rung,
            "expires_on": expires_on,
            "shown": shown,
            "how": how,
            "at": at,
        },
    )
    return touch
