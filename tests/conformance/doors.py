"""Rules about doors and rows: what has no door, what reads past its scope."""

from __future__ import annotations

import ast
from pathlib import Path

from django.urls import get_resolver

from floorwalker.kernel.api import OPERATIONS
from floorwalker.kernel.routes import Route, operations_behind, patterns, routes, routes_of

__all__ = ["Route", "declared_past_the_wrapper", "reads_past_scope", "routes", "unguarded", "unscoped_places"]

# Addresses of others' code that carry no door of ours, each with its reason.
WITHOUT_DOOR = {
    "/api/v1/": "the framework's own root, from which it reckons addresses; answers 404 to everybody",
}
KEEPERS = ("views", "api", "tasks", "forms")
PAST_SCOPE = {"objects", "_default_manager", "_base_manager", "raw", "extra", "RawSQL", "cursor"}


def unguarded(found: list[Route]) -> list[str]:
    """Routes without a door that nobody has given a reason for."""
    return [f"{each.method} {each.path}" for each in found if each.door is None and each.path not in WITHOUT_DOOR]


def declared_past_the_wrapper() -> list[str]:
    """Operations in the API that were not declared by `operation`."""
    known = {id(each.handler) for each in OPERATIONS}
    return [
        f"{route.method} {route.path}"
        for pattern, path, name in patterns(get_resolver().url_patterns)
        for route, each in zip(routes_of(pattern, path, name), operations_behind(pattern), strict=False)
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
