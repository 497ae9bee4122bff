"""Works for the tests of jobs, run in child processes."""

from __future__ import annotations

import sys
import time
from typing import Any

from floorwalker.kernel.jobs.watch import Watch


def add(plain: dict[str, Any], watch: Watch) -> dict[str, Any]:
    watch.tell(share=0.5, text="halfway")
    return {"sum": sum(plain["numbers"]), "django": "django" in sys.modules}


def count(plain: dict[str, Any], watch: Watch) -> dict[str, Any]:
    """Count slowly, and give the count when stopped."""
    for step in range(plain["steps"]):
        if watch.stopped():
            return {"counted": step}
        watch.tell(share=step / plain["steps"], best=float(step))
        time.sleep(plain["seconds"])
    return {"counted": plain["steps"]}


def count_on(plain: dict[str, Any], watch: Watch) -> dict[str, Any]:
    """Count slowly, and go on from what was kept."""
    first = watch.kept or 0
    for step in range(first, plain["steps"]):
        watch.tell(share=step / plain["steps"], best=float(step))
        watch.keep(step)
        time.sleep(plain["seconds"])
    return {"counted": plain["steps"], "from": first}


def refuse(plain: dict[str, Any], watch: Watch) -> None:
    from floorwalker.science.errors import InvalidInput

    raise InvalidInput("the week has no Monday; give one that has")


def break_down(plain: dict[str, Any], watch: Watch) -> None:
    raise KeyError("agents")


def eat(plain: dict[str, Any], watch: Watch) -> int:
    return len(bytearray(plain["megabytes"] << 20))


def vanish(plain: dict[str, Any], watch: Watch) -> None:
    import os

    os.kill(os.getpid(), 9)


def with_django(plain: dict[str, Any], watch: Watch) -> None:
    """Never reached: its module may not import Django, and here it is imported before."""
