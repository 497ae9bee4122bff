"""One way to declare an operation: method, address, permission, answer – and all that can be refused."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router
from ninja.operation import Operation as NinjaOperation
from ninja.responses import Status
from ninja.signature.utils import get_typed_signature
from ninja.utils import check_csrf

from floorwalker.kernel.access import Permission, require
from floorwalker.kernel.api.problems import Malformed, NotFromOurPages, refusal
from floorwalker.kernel.errors import NotSignedIn
from floorwalker.kernel.pages import Door

SAFE = frozenset({"get", "head"})
REFUSED = (400, 401, 403, 404, 429)
REFUSED_CHANGE = (*REFUSED, 409, 422)
Handler = Callable[..., Any]


@dataclass(frozen=True)
class Operation:
    """An operation as it was declared, for the tests and the reference pages."""

    router: Router
    method: str
    path: str
    door: Door
    handler: Handler


OPERATIONS: list[Operation] = []


def operation(
    router: Router,
    method: str,
    path: str,
    *permissions: Permission,
    response: Any = None,
    summary: Any = "",
    status: int = 200,
    own: str = "",
) -> Callable[[Handler], Handler]:
    """Declare an operation. Any of the permissions opens it; without one, ``own`` says why signing in is enough.

    ``status`` is that of success: 201 for what makes something, 204 for what answers nothing. The handler returns
    what is answered, and nothing else.
    """
    if bool(permissions) == bool(own):
        raise ValueError(f"{method} {path}: name a permission, or say why none is needed")
    method = method.lower()
    door = Door(permissions=permissions, own=own, methods=(method.upper(),))
    refused = REFUSED if method in SAFE else REFUSED_CHANGE

    def declare(handler: Handler) -> Handler:
        handler.door = door  # type: ignore[attr-defined]
        guard = Guard(door, safe=method in SAFE)
        router.api_operation(
            [method.upper()],
            path,
            auth=guard,
            response={status: response},
            openapi_extra={"responses": {code: refusal(code) for code in refused}},
            summary=str(summary) or None,
            operation_id=f"{_domain(handler.__module__)}_{handler.__name__}",
        )(_answering(handler, status))
        guard.known = frozenset(_query_names(router.path_operations[path].operations[-1]))
        OPERATIONS.append(Operation(router, method, path, door, handler))
        return handler

    return declare


def _domain(module: str) -> str:
    """The domain a handler belongs to, whether its operations stand in `api.py` or in modules of `api/`."""
    parts = module.split(".")
    return parts[parts.index("api") - 1] if "api" in parts else parts[-2]


def _answering(handler: Handler, status: int) -> Handler:
    """The handler with its status put to what it returns."""

    @functools.wraps(handler)
    def answered(*given: Any, **named: Any) -> Status[Any]:
        return Status(status, handler(*given, **named))

    # The framework reads names in annotations in the module of the function it is given.
    answered.__signature__ = get_typed_signature(handler)  # type: ignore[attr-defined]
    return answered


class Guard:
    """Stands before an operation: who asks, may they, did they come from our pages, do they ask what there is.

    It runs before the input is looked at, so that a stranger learns nothing from how their input is judged.
    """

    def __init__(self, door: Door, *, safe: bool) -> None:
        self.door = door
        self.safe = safe
        self.known: frozenset[str] = frozenset()

    def __call__(self, request: HttpRequest) -> bool:
        actor = request.actor  # type: ignore[attr-defined]
        if not actor.signed_in:
            raise NotSignedIn
        if self.door.permissions:
            require(actor, *self.door.permissions)
        if actor.kind == "user" and not self.safe and check_csrf(request) is not None:
            raise NotFromOurPages
        unknown = sorted(set(request.GET) - self.known)
        if unknown:
            raise Malformed(hint=f"There is no parameter {unknown[0]}.")
        request.at = timezone.now()  # type: ignore[attr-defined]
        return True


def _query_names(declared: NinjaOperation) -> Iterator[str]:
    for model in declared.models:
        if model.__ninja_param_source__ == "query":
            yield from getattr(model, "__ninja_flatten_map__", ())
