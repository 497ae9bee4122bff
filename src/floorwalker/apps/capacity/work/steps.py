"""Long work in steps: what is finished of it is kept, so that after a killed worker the next step follows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from floorwalker.apps.capacity.rules import mark
from floorwalker.kernel.jobs.watch import Watch, never

Done = dict[str, Any]


def nothing(_done: Done) -> None:
    """It is kept nowhere."""


class Steps:
    """Steps by name with what came of them, fit for JSON; none is done twice.

    ``done`` is what an earlier run had finished; ``keep`` is given all that is finished after each step, never to
    be changed. A step in which somebody stopped the work is not finished.
    """

    def __init__(
        self,
        done: Mapping[str, Any] | None = None,
        keep: Callable[[Done], None] = nothing,
        stopped: Callable[[], bool] = never,
    ) -> None:
        self._done: Done = dict(done or {})
        self._keep = keep
        self._stopped = stopped

    def once(self, name: str, make: Callable[[Steps], Any]) -> Any:
        """What came of a step, now or before; None where it came to nothing. It may have steps of its own."""
        if name in self._done:
            return self._done[name]
        if self._stopped():
            return None
        inside = f"{name}/"

        def within(done: Done) -> None:
            self._done = self._others(inside) | {f"{inside}{each}": value for each, value in done.items()}
            self._keep(self._done)

        begun = {key.removeprefix(inside): value for key, value in self._done.items() if key.startswith(inside)}
        made = make(Steps(begun, within, self._stopped))
        if made is None or self._stopped():
            return None
        self._done = self._others(inside) | {name: made}
        self._keep(self._done)
        return made

    def _others(self, inside: str) -> Done:
        return {key: value for key, value in self._done.items() if not key.startswith(inside)}


def same_only(watch: Watch, plain: Any) -> Watch:
    """The watch of work made from exactly these values: what an earlier run kept of others is not gone on from."""
    made_of = mark(plain)
    kept = watch.kept if watch.kept and watch.kept.get("made_of") == made_of else None
    return Watch(
        lambda told: watch.tell(**told),
        watch.stopped,
        lambda done: watch.keep({"made_of": made_of, **done}),
        kept,
    )
