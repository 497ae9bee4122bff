"""Goals as options give them (percentages), as the library takes them (shares)."""

from __future__ import annotations

from floorwalker.science.errors import InvalidInput
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
        target=ServiceTarget.parse(DEFAULT_SERVICE if service is None else service, definition),
        max_abandon=_share(max_abandon),
        max_occupancy=_share(max_occupancy),
        max_asa_seconds=max_asa,
    )


def check_patience_given(max_abandon: float | None, patience: float | None) -> None:
    """A cap on abandonment needs to know when callers hang up."""
    if max_abandon is not None and patience is None:
        raise InvalidInput(
            f"--max-abandon {max_abandon:g} needs --patience: without it nobody hangs up; 120 seconds are usual"
        )


def _share(percentage: float | None) -> float | None:
    return None if percentage is None else percentage / 100
