"""What a plan was asked for: every option, kept with the plan so that it can be made again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from datetime import date
from typing import Any, get_type_hints

from floorwalker.science.errors import InvalidInput

KEPT_AS: Mapping[str, Any] = {"week": str | None, "mapping": dict | None}
NUMBERS = (float, float | None)


@dataclass(frozen=True)
class PlanSettings:
    """The options of `plan`. None means: not given, so the plan decides and says so among its guesses.

    Percentages are percentages here, as on the command line; times are seconds, ``step`` minutes.
    """

    week: date | None = None
    zone: str | None = None
    mapping: Mapping[str, str] | None = None
    holidays: str | None = None
    service: str | None = None
    definition: str = "late-abandons"
    over: str = "interval"
    max_abandon: float | None = None
    max_occupancy: float | None = None
    max_asa: float | None = None
    aht: float | None = None
    patience: float | None = None
    shrinkage: float | None = None
    min_staff: int | None = None
    confidence: float | None = None
    absence: float = 0.0
    step: int | None = None
    time_limit: float = 30.0
    replications: int = 100
    seed: int = 1

    def to_dict(self) -> dict[str, Any]:
        values = asdict(self)
        values["week"] = self.week.isoformat() if self.week else None
        return values

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> PlanSettings:
        """The settings of a kept plan; options of a newer version are refused by name."""
        unknown = sorted(set(values) - {field.name for field in fields(cls)})
        if unknown:
            raise InvalidInput(f"plan.json holds the setting {unknown[0]!r}, which this version does not know")
        for name, kind in get_type_hints(cls).items():
            kind = KEPT_AS.get(name, kind)
            if name in values and not isinstance(values[name], kind | int if kind in NUMBERS else kind):
                raise InvalidInput(f"plan.json was changed: the setting {name} cannot be {values[name]!r}")
        week = values.get("week")
        return cls(**{**values, "week": date.fromisoformat(week) if week else None})
