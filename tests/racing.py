"""Many at once, for tests: each on a connection of its own, all at the same moment."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

from django.db import connection

from floorwalker.kernel.errors import Refused


def at_once(*does: Callable[[], Any]) -> list[Any]:
    """Run all at the same moment, each on a connection of its own; what each gave or raised."""
    barrier = threading.Barrier(len(does))
    results: list[Any] = [None] * len(does)

    def run(number: int, do: Callable[[], Any]) -> None:
        try:
            barrier.wait(timeout=30)
            results[number] = do()
        except Exception as error:
            results[number] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=each) for each in enumerate(does)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert not any(thread.is_alive() for thread in threads), "somebody waits for ever"
    return results


def clean(results: list[Any]) -> tuple[list[Any], list[Refused]]:
    """What worked, and what was refused in words; anything else is a bug."""
    refused = [each for each in results if isinstance(each, Refused)]
    done = [each for each in results if not isinstance(each, Exception)]
    assert len(refused) + len(done) == len(results), results
    return done, refused
