"""What happens behind the pages, at once: deliver events and run jobs in the test's own process."""

from __future__ import annotations

import json
from collections.abc import Callable
from types import TracebackType
from typing import Any, Self

import pytest


@pytest.fixture
def deliver(db: None) -> Callable[[], None]:
    """Deliver every announced event, and those announced meanwhile; a failing reaction fails the test."""
    from floorwalker.kernel.events.delivery import deliver as deliver_one
    from floorwalker.kernel.models import AnnouncedEvent

    def deliver_all() -> None:
        while waiting := AnnouncedEvent.objects.filter(delivered_at=None).order_by("pk").first():
            deliver_one(waiting.pk)

    return deliver_all


@pytest.fixture
def work(db: None, monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Run every queued job to its end: in child processes as a worker does, or with ``inline=True`` right here.

    A job that fails fails the test, unless ``may_fail=True``.
    """
    from floorwalker.kernel.jobs import life
    from floorwalker.kernel.jobs.running import Running
    from floorwalker.kernel.models import Job

    def run_all(*, inline: bool = False, may_fail: bool = False) -> None:
        with monkeypatch.context() as patch:
            if inline:
                patch.setattr(Running, "process", Inline)
            while waiting := Job.objects.filter(state=Job.State.QUEUED).order_by("pk").first():
                life.run(waiting.pk)
                waiting.refresh_from_db()
                assert may_fail or waiting.state != Job.State.FAILED, f"{waiting.title}: {waiting.failure}"

    return run_all


class Inline:
    """A work in the process of its job: no start-up, and the test's debugger sees it."""

    exit_code = 0

    def __init__(self, call: str, plain: Any, memory_mb: int, kept: Any) -> None:
        self.call, self.plain, self.kept, self.running = call, json.loads(json.dumps(plain)), kept, True

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, _t: TracebackType | None
    ) -> None:
        pass

    def messages(self, patience_seconds: float) -> list[dict[str, Any]]:
        from importlib import import_module

        from floorwalker.kernel.jobs.child import why
        from floorwalker.kernel.jobs.watch import Watch

        self.running = False
        module, _, name = self.call.partition(":")
        told: dict[str, Any] = {}
        try:
            answer = {
                "result": getattr(import_module(module), name)(self.plain, Watch(told.update, kept=self.kept))
            }
        except Exception as error:
            answer = {"failed": why(error)}
        return [{"progress": told}, json.loads(json.dumps(answer))]

    def ask_to_stop(self) -> None:
        pass

    def last_words(self) -> str:
        return ""
