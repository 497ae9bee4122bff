"""Every address of the suite and how it is guarded, read off the running configuration."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

from floorwalker.kernel.access import Permission
from floorwalker.kernel.api import OPERATIONS
from floorwalker.kernel.pages import Door

# Addresses of others' code that carry no door of ours, each with its reason.
WITHOUT_DOOR = {
    "/api/v1/": "the framework's own root, from which it reckons addresses; answers 404 to everybody",
}
ARGUMENT = re.compile(r"<(?:(?P<kind>\w+):)?(?P<name>\w+)>")
KEEPERS = ("views", "api", "tasks", "forms")
PAST_SCOPE = {"objects", "_default_manager", "_base_manager", "raw", "extra", "RawSQL", "cursor"}


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
    every = (each for found in patterns(get_resolver().url_patterns) for each in _of(*found))
    return list({(each.path, each.method): each for each in every}.values())


def patterns(found: list[Any], before: str = "/", space: str = "") -> Iterator[tuple[URLPattern, str, str]]:
    for each in found:
        path = before + str(each.pattern).removeprefix("^").removesuffix("$").removesuffix(r"\Z")
        if isinstance(each, URLResolver):
            inner = f"{space}{each.namespace}:" if each.namespace else space
            yield from patterns(each.url_patterns, path, inner)
        else:
            yield each, path, f"{space}{each.name or ''}"


def _of(pattern: URLPattern, path: str, name: str) -> Iterator[Route]:
    operations = _operations(pattern)
    if operations:
        for each in operations:
            door = getattr(each.view_func, "door", None)
            for method in each.methods:
                yield Route(
                    path,
                    name,
                    method,
                    door,
                    f"{each.view_func.__module__.split('.')[-2]}_{each.view_func.__name__}",
                )
        return
    door = getattr(pattern.callback, "door", None)
    for method in door.methods if door else ("GET",):
        yield Route(path, name, method, door)


def _operations(pattern: URLPattern) -> list[Any]:
    """The operations behind an address of the API, through the closure the framework puts around them."""
    for cell in getattr(pattern.callback, "__closure__", None) or ():
        found = getattr(cell.cell_contents, "operations", None)
        if isinstance(found, list):
            return found
    return []


def unguarded(found: list[Route]) -> list[str]:
    """Routes without a door that nobody has given a reason for."""
    return [f"{each.method} {each.path}" for each in found if each.door is None and each.path not in WITHOUT_DOOR]


def declared_past_the_wrapper() -> list[str]:
    """Operations in the API that were not declared by `operation`."""
    known = {id(each.handler) for each in OPERATIONS}
    return [
        f"{route.method} {route.path}"
        for pattern, path, name in patterns(get_resolver().url_patterns)
        for route, each in zip(_of(pattern, path, name), _operations(pattern), strict=False)
        if id(getattr(each.view_func, "__wrapped__", None)) not in known
    ]


def reads_past_scope(tree: Path) -> list[str]:
    """Places in views, api, tasks and forms that reach for rows by themselves."""
    found = []
    for path in sorted((tree / "apps").rglob("*.py")):
        if not any(part in KEEPERS for part in (*path.relative_to(tree).parts[2:-1], path.stem)):
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            name = node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""
            if name in PAST_SCOPE and not _of_a_form(node):
                found.append(f"{path.relative_to(tree)}:{node.lineno} uses {name}; ask a query of the domain")  # type: ignore[attr-defined]
    return found


def _of_a_form(node: ast.AST) -> bool:
    """`raw` and `extra` are words of many; only calls on rows count, which are attributes."""
    return isinstance(node, ast.Name) and node.id in {"raw", "extra", "objects", "cursor"}


def unscoped_places(tree: Path) -> list[str]:
    """Every use of `unscoped_because`, with its reason."""
    found = []
    for path in sorted(tree.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func).endswith("unscoped_because"):
                reason = node.args[0] if node.args else ast.Constant("")
                found.append(f"{path.relative_to(tree)}:{node.lineno}: {ast.unparse(reason)}")
    return found
