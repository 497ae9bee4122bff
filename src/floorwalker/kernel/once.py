"""A page made of many parts asks some things more than once: within one reading they are read once.

Nothing is kept beyond the reading, and nothing within a service: what has just been changed is read anew.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, ParamSpec, TypeVar

Asked = ParamSpec("Asked")
Answer = TypeVar("Answer")

_READ: ContextVar[dict[Any, Any] | None] = ContextVar("read", default=None)


@contextmanager
def one_reading() -> Iterator[None]:
    """Until its end, what is marked by `read_once` is read once for the same arguments; for pages that show."""
    token = _READ.set({})
    try:
        yield
    finally:
        _READ.reset(token)


def read_once(read: Callable[Asked, Answer]) -> Callable[Asked, Answer]:
    """Mark a read whose arguments have a hash; outside a reading it is as it was."""

    @functools.wraps(read)
    def remembering(*args: Asked.args, **kwargs: Asked.kwargs) -> Answer:
        known = _READ.get()
        if known is None:
            return read(*args, **kwargs)
        key = (read, args, tuple(sorted(kwargs.items())))
        if key not in known:
            known[key] = read(*args, **kwargs)
        answer: Answer = known[key]
        return answer

    return remembering
