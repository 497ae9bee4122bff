"""Erlang A and B when some of those who failed try again.

A redial is one more contact. Redials are taken to arrive like fresh contacts (at random, long enough after the
failure that the queue has changed), so the attempts are one stream and every attempt, the first included, fares
alike. What is left to find is how many attempts there are: the x with x = fresh + redial_share · failing(x) · x.
Source: the "extended Erlang B" of traffic engineering, see Jewett, Shrago and Yomtov, *Designing Optimal Voice
Networks* (1980); Aguir, Karaesmen, Akşin and Chauvet (2004) for call centres.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from floorwalker.science.errors import NotConverged, Unstable
from floorwalker.science.queueing.arguments import check_redial_share
from floorwalker.science.queueing.erlang_a import erlang_a
from floorwalker.science.queueing.erlang_b import erlang_b
from floorwalker.science.queueing.metrics import QueueMetrics
from floorwalker.science.queueing.target import ServiceTarget

TOLERANCE = 1e-13  # of the attempts, relative
HALVINGS = 200  # any bracket of two floats closes in fewer
DOUBLINGS = 60


@dataclass(frozen=True)
class Redialled:
    """What redials do to one queue. Loads are in Erlangs, shares are 0-1 of the callers (not of the attempts).

    ``fresh_load`` counts first attempts only, ``effective_load`` every attempt. ``answered_first`` callers get
    through on their first attempt, ``answered_finally`` on any, ``lost`` give up. ``attempts`` are the metrics of
    the queue under the effective load, each attempt counted once; None for Erlang B, where nobody waits.
    """

    fresh_load: float
    effective_load: float
    answered_first: float
    answered_finally: float
    lost: float
    attempts: QueueMetrics | None = None

    @property
    def attempts_per_caller(self) -> float:
        """Mean number of attempts of a caller; 1.0 when nobody calls."""
        return self.effective_load / self.fresh_load if self.fresh_load > 0 else 1.0


def erlang_a_with_redials(
    agents: float,
    contacts: float,
    interval_seconds: float,
    aht_seconds: float,
    patience_seconds: float,
    target: ServiceTarget,
    redial_share: float,
) -> Redialled:
    """Erlang A when ``redial_share`` (0-1) of the abandoned attempts are followed by another.

    ``contacts`` are first attempts per ``interval_seconds``. Raises InvalidInput; Unstable where everybody
    redials until answered and more callers arrive than the agents can ever answer; NotConverged.
    """
    check_redial_share(redial_share)

    def metrics(attempts: float) -> QueueMetrics:
        return erlang_a(agents, attempts, interval_seconds, aht_seconds, patience_seconds, target)

    metrics(contacts)  # refuses bad input before anything is searched
    fresh_load = contacts * aht_seconds / interval_seconds
    if redial_share == 1 and fresh_load >= agents and patience_seconds < float("inf") and contacts > 0:
        raise Unstable(
            f"everybody redials until answered, and {fresh_load:g} Erlangs arrive for {agents:g} agents; "
            "add agents or lower redial_share"
        )
    attempts = _attempts(contacts, redial_share, lambda attempts: metrics(attempts).abandon_rate)
    found = metrics(attempts)
    return _redialled(fresh_load, found.load, redial_share, found.abandon_rate, found)


def erlang_b_with_redials(agents: float, load: float, redial_share: float) -> Redialled:
    """Erlang B when ``redial_share`` (0-1) of the blocked attempts are followed by another.

    ``load`` (Erlangs) counts first attempts. Raises InvalidInput; Unstable where everybody redials until
    through and the load is more than the lines can ever carry; NotConverged.
    """
    check_redial_share(redial_share)
    erlang_b(agents, load)
    if redial_share == 1 and load >= agents and load > 0:
        raise Unstable(
            f"everybody redials until through, and {load:g} Erlangs arrive for {agents:g} lines; "
            "add lines or lower redial_share"
        )
    attempts = _attempts(load, redial_share, lambda attempts: erlang_b(agents, attempts))
    return _redialled(load, attempts, redial_share, erlang_b(agents, attempts), None)


def _redialled(
    fresh_load: float, effective_load: float, redial_share: float, failing: float, attempts: QueueMetrics | None
) -> Redialled:
    """A caller fails k times and redials each time with probability (redial_share · failing)^k."""
    if fresh_load == 0:
        return Redialled(0.0, 0.0, answered_first=1.0, answered_finally=1.0, lost=0.0, attempts=attempts)
    answered = (1 - failing) / (1 - redial_share * failing)
    return Redialled(
        fresh_load=float(fresh_load),
        effective_load=float(effective_load),
        answered_first=1 - failing,
        answered_finally=answered,
        lost=(1 - redial_share) * failing / (1 - redial_share * failing),
        attempts=attempts,
    )


def _attempts(fresh: float, redial_share: float, failing: Callable[[float], float]) -> float:
    """The attempts x with x · (1 - redial_share · failing(x)) = fresh.

    The left side is (1 - redial_share) · x plus redial_share × the answered attempts; both grow with x, so there
    is one solution, and halving the bracket finds it.
    """

    def too_few(attempts: float) -> bool:
        return attempts * (1 - redial_share * failing(attempts)) < fresh

    low = high = fresh
    for _ in range(DOUBLINGS):
        if not too_few(high):
            break
        low, high = high, 2 * high
    else:
        raise NotConverged(f"{fresh:g} fresh contacts call for more than {high:g} attempts; add agents")
    for _ in range(HALVINGS):
        if high - low <= TOLERANCE * high:
            return high
        middle = (low + high) / 2
        if too_few(middle):
            low = middle
        else:
            high = middle
    raise NotConverged(f"the number of attempts stays between {low} and {high} for {fresh:g} fresh contacts")
