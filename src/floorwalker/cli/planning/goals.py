"""Goals as options give them (percentages), as the library takes them (shares)."""

from __future__ import annotations

from floorwalker.science.queueing import Goals, ServiceTarget

DEFAULT_SERVICE = "80/20"


def read_goals(
    service: str | None,
    definition: str,
    *,
    max_abandon: float | None = None,
    max_occupancy: float | None = None,
    max_asa: float | None = None,
) -> Goals:
    """The goals of one command; a service of None means the usual 80/20."""
    return Goals(
        target=ServiceTarget.parse(service or DEFAULT_SERVICE, definition),
        max_abandon=_share(max_abandon),
        max_occupancy=_share(max_occupancy),
        max_asa_seconds=max_asa,
    )


def _share(percentage: float | None) -> float | None:
    return None if percentage is None else percentage / 100
