"""Whether a staff of several groups is enough, by simulation: as many replications as the decision needs."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from math import ceil, isfinite

import numpy as np

from floorwalker.science.simulation import Estimate, Model, overloads, simulate, steady, with_staff
from floorwalker.science.staffing.pooled import Work
from floorwalker.science.staffing.skill_search import Staff, Verdict

FRESH = 1_000_003  # added to the seed for numbers the search has never seen
RAREST = 60.0  # contacts of the rarest type in one replication, at least …
CONTACTS = 1_500.0  # … and of all types; but no more than
MOST_CONTACTS = 60_000.0
SEARCHED, VERIFIED = 1_500_000.0, 10_000_000.0  # contacts spent at most on one staff


@dataclass(frozen=True)
class Judge:
    """Compares service with target on one set of random numbers, the same for every staff.

    Enough is what lies above target less ``tolerance`` with its whole 95 % band, too few what lies under the
    target with its whole band; between the two replications are doubled until one is true.
    """

    work: Work
    tolerance: float
    seed: int
    workers: int | None = None

    def __call__(self, staff: Staff) -> Verdict:
        if overloads(self._with(staff)):  # waits would grow with the length of the run
            return Verdict(False, np.array([-kind.target.share for kind in self.work.aimed]))
        return self._verdict(self._service(staff, self.seed, SEARCHED))

    def fresh(self, staff: Staff, refused: int = 0) -> tuple[Verdict, dict[str, Estimate]]:
        """The verdict on numbers the search has not seen, with the service it rests on.

        Others after each staff ``refused``: the luckiest of several looks at the same numbers would prove nothing.
        """
        found = self._service(staff, self.seed + FRESH * (refused + 1), VERIFIED)
        sure = all(found[kind.name].low >= kind.target.share - self.tolerance for kind in self.work.aimed)
        return Verdict(sure, self._verdict(found).slack), found

    @cached_property
    def warm_up_seconds(self) -> float:
        """Until the empty start is forgotten: several contacts long, and as long as people wait."""
        kinds = self.work.aimed
        handling = max(kind.handling.mean_seconds + kind.after_contact.mean_seconds for kind in kinds)
        patience = max(
            (kind.patience.mean_seconds for kind in kinds if isfinite(kind.patience.mean_seconds)), default=0
        )
        endless = any(not isfinite(kind.patience.mean_seconds) for kind in kinds)
        return float(max(1800.0, 5 * handling, 2 * min(patience, 3600.0)) * (3 if endless else 1))

    @cached_property
    def hours(self) -> float:
        """Length of a replication, warm-up included."""
        rates = [self.work.rates[kind.name] * 3600 for kind in self.work.aimed]
        whole = sum(self.work.rates.values()) * 3600
        wanted = min(max(CONTACTS / whole, RAREST / min(rates)), max(MOST_CONTACTS / whole, 1.0))
        if self._days_differ:  # each replication is one day: rather more of them than long ones
            wanted = min(wanted, 6.0)
        return wanted + self.warm_up_seconds / 3600

    @property
    def _days_differ(self) -> bool:
        return any(getattr(kind.arrivals, "day_cv", 0.0) > 0 for kind in self.work.aimed)

    @cached_property
    def _long(self) -> Model:
        return steady(self.work.model, hours=self.hours)

    def _with(self, staff: Staff) -> Model:
        return with_staff(self._long, dict(zip(self._long.group_names, staff, strict=True)))

    def _service(self, staff: Staff, seed: int, contacts: float) -> dict[str, Estimate]:
        model = self._with(staff)
        each = sum(self.work.rates.values()) * 3600 * self.hours
        most = max(20, ceil(contacts / each))
        replications = min(most, 40 if self._days_differ else 10)
        while True:
            run = simulate(
                model,
                replications=replications,
                seed=seed,
                warm_up_seconds=self.warm_up_seconds,
                workers=self.workers,
            )
            found = {kind.name: run.service_level(kind.name) for kind in self.work.aimed}
            if replications >= most or self._decided(found):
                return found
            replications = min(most, 2 * replications)

    def _decided(self, found: dict[str, Estimate]) -> bool:
        """One type surely too low decides; else all must surely be high enough."""
        aimed = [(found[kind.name], kind.target.share) for kind in self.work.aimed]
        return any(each.high < share for each, share in aimed) or all(
            each.low >= share - self.tolerance for each, share in aimed
        )

    def _verdict(self, found: dict[str, Estimate]) -> Verdict:
        aimed = [(found[kind.name], kind.target.share) for kind in self.work.aimed]
        slack = np.array([each.mean - share for each, share in aimed])
        surely = all(each.low >= share - self.tolerance for each, share in aimed)
        # Where the numbers allowed did not decide, the middle of the tolerance does.
        middle = all(each.high >= share and each.mean >= share - self.tolerance / 2 for each, share in aimed)
        return Verdict(surely or middle, slack)
