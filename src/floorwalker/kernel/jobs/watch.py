"""The line between a job's work and those who watch it; knows neither Django nor processes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

Told = Mapping[str, Any]


def nobody(_told: Told) -> None:
    """Nobody listens."""


def never() -> bool:
    """Nobody stops it."""
    return False


class Watch:
    """Given to the work of a job: it tells how far it is, and asks now and then whether to stop.

    A stopped work returns the best it has; it does not raise.

    ``kept`` is what an earlier run of the same work gave to :meth:`keep` before its worker died, else None.
    """

    def __init__(
        self,
        listen: Callable[[Told], None] = nobody,
        stopped: Callable[[], bool] = never,
        keep: Callable[[Any], None] = nobody,
        kept: Any = None,
    ) -> None:
        self._listen = listen
        self._stopped = stopped
        self._keep = keep
        self.kept = kept

    def tell(
        self,
        *,
        share: float | None = None,
        best: float | None = None,
        bound: float | None = None,
        seconds: float | None = None,
        text: str | None = None,
    ) -> None:
        """How far the work is; what is left out stays as told before.

        ``share`` of the work that is done, 0 to 1; ``best`` so far and the ``bound`` no answer can beat;
        ``seconds`` it will still take; ``text``: what it is at.
        """
        told = {"share": share, "best": best, "bound": bound, "seconds": seconds, "text": text}
        self._listen({name: value for name, value in told.items() if value is not None})

    def keep(self, plain: Any) -> None:
        """Keep the best so far, and what is needed to go on from it, in case the worker dies.

        Fit for JSON, and whole: each replaces the one before. As often as one likes: of those within a few
        seconds only the first is written.
        """
        self._keep(plain)

    def stopped(self) -> bool:
        """Whether somebody wants it to end with what it has; cheap enough to ask a thousand times a second."""
        return self._stopped()
