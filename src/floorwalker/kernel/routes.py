"""Every address of the suite and how it is guarded, read off the running configuration."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

from floorwalker.kernel.access import Permission
from floorwalker.kernel.pages import Door

ARGUMENT = re.compile(r"<(?:(?P<kind>\w+):)?(?P<name>\w+)>")


@dataclass(frozen=True)
class Route:
    """One address with one method."""

    path: str
    name: str
    method: str
    door: Door | None
    operation: str = ""  # the operation of the API behind it

    @property
    def arguments(self) -> dict[str, str]:
        """Name and kind of what the address asks for."""
        return {match["name"]: match["kind"] or "str" for match in ARGUMENT.finditer(self.path)}

    @property
    def permissions(self) -> tuple[Permission, ...]:
        return self.door.permissions if self.door else ()

    def at(self, values: dict[str, Any]) -> str:
        return ARGUMENT.sub(lambda match: str(values[match["name"]]), self.path)


def routes() -> list[Route]:
    """Every route, operations of the API included."""
    every = (each for found in patterns(get_resolver().url_patterns) for each in routes_of(*found))
    return list({(each.path, each.method): each for each in every}.values())


def patterns(found: list[Any], before: str = "/", space: str = "") -> Iterator[tuple[URLPattern, str, str]]:
    for each in found:
        path = before + str(each.pattern).removeprefix("^").removesuffix("$").removesuffix(r"\Z")
        if isinstance(each, URLResolver):
            inner = f"{space}{each.namespace}:" if each.namespace else space
            yield from patterns(each.url_patterns, path, inner)
        else:
            yield each, path, f"{space}{each.name or ''}"


def routes_of(pattern: URLPattern, path: str, name: str) -> Iterator[Route]:
    operations = operations_behind(pattern)
    if operations:
        for each in operations:
            door = getattr(each.view_func, "door", None)
            for method in each.methods:
                yield Route(path, name, method, door, each.operation_id or "")
        return
    door = getattr(pattern.callback, "door", None)
    for method in door.methods if door else ("GET",):
        yield Route(path, name, method, door)


def operations_behind(pattern: URLPattern) -> list[Any]:
    """The operations behind an address of the API, through the closure the framework puts around them."""
    for cell in getattr(pattern.callback, "__closure__", None) or ():
        found = getattr(cell.cell_contents, "operations", None)
        if isinstance(found, list):
            return found
    return []
