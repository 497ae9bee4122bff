"""What a staffing must achieve: one goal or several at once."""

from __future__ import annotations

from dataclasses import dataclass

from floorwalker.science.errors import InvalidInput
from floorwalker.science.queueing.target import Definition, ServiceTarget

DEFINITION_NUMBERS = {definition: number for number, definition in enumerate(Definition)}

SMALLEST_SHARE = 1e-9  # a cap below it would call for more agents than can be counted


@dataclass(frozen=True)
class Goals:
    """Goals that all have to be met; None is a goal not set, and at least one is needed.

    ``target`` is a share answered in time under its definition. ``max_abandon``, ``max_occupancy`` and
    ``max_wait_probability`` are shares (above 0, up to 1), ``max_asa_seconds`` caps the mean wait of the
    answered and ``max_mean_wait_seconds`` that of everybody (above 0).
    """

    target: ServiceTarget | None
    max_abandon: float | None = None
    max_occupancy: float | None = None
    max_asa_seconds: float | None = None
    max_wait_probability: float | None = None
    max_mean_wait_seconds: float | None = None

    def __post_init__(self) -> None:
        caps = {
            "max_abandon": self.max_abandon,
            "max_occupancy": self.max_occupancy,
            "max_asa_seconds": self.max_asa_seconds,
            "max_wait_probability": self.max_wait_probability,
            "max_mean_wait_seconds": self.max_mean_wait_seconds,
        }
        if self.target is None and all(cap is None for cap in caps.values()):
            raise InvalidInput("no goal is set; give a service target or one of " + ", ".join(caps))
        for name, cap in caps.items():
            if cap is None:
                continue
            if name.endswith("_seconds"):
                if not 0 < cap < float("inf"):
                    raise InvalidInput(f"{name} is {cap:g}; give seconds above 0")
            elif not SMALLEST_SHARE <= cap <= 1:
                raise InvalidInput(f"{name} is {cap:g}; give a share above 0 and up to 1 (0.05 is 5 %)")

    def limits(self) -> tuple[float, int, float, float, float, float, float, float]:
        """Seconds, definition number and share of the target, then the caps, as the kernel takes them."""
        free = float("inf")
        seconds, number, share = 0.0, 0, 0.0
        if self.target is not None:
            seconds, share = float(self.target.seconds), float(self.target.share)
            number = DEFINITION_NUMBERS[self.target.definition]
        caps = (
            self.max_abandon,
            self.max_occupancy,
            self.max_asa_seconds,
            self.max_wait_probability,
            self.max_mean_wait_seconds,
        )
        abandon, occupancy, asa, wait, mean_wait = (free if cap is None else float(cap) for cap in caps)
        return seconds, number, share, abandon, occupancy, asa, wait, mean_wait
