"""What a page or an operation does: the verbs of services its code reaches, read off the code itself.

A verb is a function of ours that is told by name who does it (``by``). From a view or a handler it is followed
through the functions of views, forms and api it names, and what closures hold, so that nobody has to keep a list.
"""

from __future__ import annotations

import ast
import inspect
import textwrap
from collections.abc import Callable, Iterator
from types import FunctionType, MethodType
from typing import Any

THROUGH = ("views", "forms", "api", "shapes", "reading", "pages", "operations")
LOOKED_UP = {"budget_of_mine", "incentive_of_mine"}  # one's own row for a form, found by a service
NO_VERBS = ("recording", "queries", "words", "rules")  # what a read leaves behind, and reads themselves


def verbs_of(view: Callable[..., Any]) -> frozenset[str]:
    """The verbs behind a view or a handler, as `demand.services.queues.archive_queue`."""
    found: set[str] = set()
    waiting, seen = [inspect.unwrap(view)], set()
    while waiting:
        each = waiting.pop()
        if id(each) in seen:
            continue
        seen.add(id(each))
        for named in _functions_named_in(each):
            if is_verb(named):
                found.add(name_of(named))
            elif _is_followed(named):
                waiting.append(inspect.unwrap(named))
    return frozenset(found)


def is_verb(each: Any) -> bool:
    """Whether a function of ours is told by name who does it."""
    if not isinstance(each, FunctionType) or not each.__module__.startswith("floorwalker."):
        return False
    if set(each.__module__.split(".")) & set(NO_VERBS) or _is_followed(each):
        return False
    by = inspect.signature(each).parameters.get("by")
    return by is not None and by.kind is by.KEYWORD_ONLY and each.__name__ not in LOOKED_UP


def name_of(verb: Any) -> str:
    return f"{verb.__module__.removeprefix('floorwalker.').removeprefix('apps.')}.{verb.__qualname__}"


def _is_followed(each: Any) -> bool:
    module = getattr(each, "__module__", "") or ""
    return module.startswith("floorwalker.") and any(part in THROUGH for part in module.split("."))


def _functions_named_in(each: Any) -> Iterator[Any]:
    """Everything callable that the source of a function, or of the methods of a class, names."""
    for function in _functions_of(each):
        values = {**function.__globals__, **inspect.getclosurevars(function).nonlocals}
        for node in ast.walk(ast.parse(textwrap.dedent(inspect.getsource(function)))):
            if isinstance(node, ast.Name | ast.Attribute):
                found = _meant(node, values)
                if callable(found):
                    yield found
        for held in values.keys() & set(function.__code__.co_freevars):
            if callable(values[held]):
                yield values[held]


def _functions_of(each: Any) -> Iterator[FunctionType]:
    if isinstance(each, MethodType):
        each = each.__func__
    if isinstance(each, FunctionType):
        yield each
    elif isinstance(each, type):
        written = (inspect.unwrap(held) for held in vars(each).values() if isinstance(held, FunctionType))
        yield from (held for held in written if not held.__code__.co_filename.startswith("<"))


def _meant(node: ast.expr, values: dict[str, Any]) -> Any:
    """What a name, or a name with dots, stands for there."""
    if isinstance(node, ast.Name):
        return values.get(node.id)
    if isinstance(node, ast.Attribute):
        return getattr(_meant(node.value, values), node.attr, None)
    return None
