"""Pages may listen to the jobs their reader sees."""

from __future__ import annotations

from floorwalker.kernel import live
from floorwalker.kernel.access import Actor
from floorwalker.kernel.jobs.seeing import visible


def watch_jobs() -> None:
    live.topic("job", may_watch)


def may_watch(actor: Actor, key: str) -> bool:
    return key.isdecimal() and visible(actor).filter(pk=int(key)).exists()
