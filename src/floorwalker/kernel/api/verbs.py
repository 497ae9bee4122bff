"""Operations that do one verb of a domain with what was sent, and nothing else: said once for all of them."""

from __future__ import annotations

import re
from collections.abc import Callable
from inspect import Parameter, Signature
from typing import Any

from ninja import Router

from floorwalker.kernel.access import Permission
from floorwalker.kernel.api.operations import operation
from floorwalker.kernel.api.schemas import In
from floorwalker.kernel.pages import Request

ID = re.compile(r"\{int:(\w+)\}")


def verb(
    router: Router,
    method: str,
    path: str,
    *permissions: Permission,
    does: Callable[..., Any],
    takes: type[In] | None = None,
    response: Any = None,
    summary: Any = "",
    status: int = 200,
    about: str = "",
) -> None:
    """Declare that this address calls the service ``does`` with the ids in the path, the fields of ``takes``, who
    asks and when. ``about`` says what the summary does not."""
    ids = ID.findall(path)

    def handler(request: Request, **sent: Any) -> Any:
        payload = sent.pop("payload", None)
        fields = payload.dict() if payload is not None else {}
        return does(**sent, **fields, by=request.actor, at=request.at)

    def named(name: str, kind: Any) -> Parameter:
        return Parameter(name, Parameter.POSITIONAL_OR_KEYWORD, annotation=kind)

    given = [named("request", Request), *(named(name, int) for name in ids)]
    handler.__signature__ = Signature([*given, named("payload", takes)] if takes else given)  # type: ignore[attr-defined]
    handler.__name__, handler.__doc__ = does.__name__, about or None
    domain = does.__module__.split(".")[:3]
    handler.__module__ = ".".join([*domain, "api"])
    declare = operation(router, method, path, *permissions, response=response, summary=summary, status=status)
    declare(handler)
