"""A search between two units of work: what is needed to go on as if it had never been interrupted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from floorwalker.science.errors import InvalidInput
from floorwalker.science.rostering.draft import Draft
from floorwalker.science.rostering.planners import Planners


@dataclass(frozen=True)
class Pace:
    """How far a search is: units of work done, those since the last gain, people planned together next, and
    whether its best is proven to be the best of all."""

    group: int
    work: int = 0
    idle: int = 0
    proven: bool = False


@dataclass(frozen=True)
class Halfway:
    """The best roster so far, as rows of options for each person, the bound, and how far the search is.

    It belongs to the problem, seed and parameters it was kept of: taken up with the same, a search ends with the
    very roster it would have ended with.
    """

    rows: tuple[tuple[int, ...], ...]
    bound: float
    pace: Pace

    @classmethod
    def of(cls, draft: Draft, bound: float, pace: Pace) -> Halfway:
        return cls(tuple(tuple(int(k) for k in rows) for rows in draft.rows), bound, pace)

    @property
    def plain(self) -> dict[str, Any]:
        """Fit for JSON."""
        return asdict(self)

    @classmethod
    def from_plain(cls, plain: Mapping[str, Any]) -> Halfway:
        return cls(tuple(tuple(rows) for rows in plain["rows"]), plain["bound"], Pace(**plain["pace"]))

    def draft(self, empty: Draft, planners: Planners) -> Draft:
        """The kept roster for this problem; refused when it is not one of its legal rosters."""
        people, options = len(empty.problem.people), len(empty.options.day)
        if len(self.rows) != people or not all(0 <= k < options for rows in self.rows for k in rows):
            raise InvalidInput(
                f"the kept search has {len(self.rows)} people for a problem of {people}, or shifts the problem "
                "does not know; go on only with the problem it was kept of"
            )
        draft = empty.copy()
        for person, rows in enumerate(self.rows):
            draft.work(person, rows)
        roster = draft.roster()
        for rule in planners.rules:
            for breach in rule.breaches(roster):
                raise InvalidInput(
                    f"the kept roster breaks a rule of this problem ({breach.person}: {breach.text}); go on only "
                    "with the problem it was kept of"
                )
        return draft
