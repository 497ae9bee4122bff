"""The API of a directory: list, one, add, change, archive, restore. Signatures are made: fields are declared."""

from __future__ import annotations

from collections.abc import Callable
from inspect import Parameter, Signature
from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Query, Router
from pydantic import Field, create_model

from floorwalker.kernel.api import In, Out, Page, Paging, operation
from floorwalker.kernel.directory import verbs
from floorwalker.kernel.directory.declaration import Directory


class Search(In):
    q: str = Field("", max_length=100, description="Words its texts hold.")
    archived: bool = False


def declare_operations(router: Router, directory: Directory) -> None:
    """Give a directory its operations."""
    key, name = directory.key, directory.model.__name__
    out, new, change = _out(directory, name), _new(directory, name), _change(directory, name)
    one = f"/{key.replace('_', '-')}/{{int:{directory.argument}}}"
    many = f"/{key.replace('_', '-')}"
    words = {"title": str(directory.title), "one": str(directory.one)}
    ids = {directory.argument: int}

    def listed(request: Any, wanted: Any, paging: Any) -> Any:
        return paging.of(directory.found(request.actor, wanted.q, wanted.archived), "name")

    def got(request: Any, **given: Any) -> Any:
        return directory.the(request.actor, given[directory.argument])

    def added(request: Any, payload: Any) -> Any:
        return verbs.keep(directory, values=_values(payload), by=request.actor, at=request.at)

    def changed(request: Any, payload: Any, **given: Any) -> Any:
        return verbs.keep(
            directory, values=_values(payload), by=request.actor, at=request.at, row_id=given[directory.argument]
        )

    def archived(request: Any, **given: Any) -> Any:
        return verbs.archive(directory, row_id=given[directory.argument], by=request.actor, at=request.at)

    def restored(request: Any, **given: Any) -> Any:
        return verbs.restore(directory, row_id=given[directory.argument], by=request.actor, at=request.at)

    see, keep = directory.see, directory.keep
    say = operation
    say(router, "get", many, see, response=Page[out], summary=_("%(title)s in sight") % words)(  # type: ignore[valid-type]
        _shaped(listed, directory, f"list_{key}", {"wanted": Query[Search], "paging": Query[Paging]})
    )
    say(router, "post", many, keep, response=out, status=201, summary=_("Add a %(one)s") % words)(
        _shaped(added, directory, f"add_{key}", {"payload": new})
    )
    say(router, "get", one, see, response=out, summary=_("One %(one)s") % words)(
        _shaped(got, directory, f"get_{key}", ids)
    )
    say(router, "patch", one, keep, response=out, summary=_("Change a %(one)s") % words)(
        _shaped(changed, directory, f"change_{key}", {**ids, "payload": change})
    )
    say(router, "post", f"{one}/archive", keep, response=out, summary=_("Archive a %(one)s") % words)(
        _shaped(archived, directory, f"archive_{key}", ids)
    )
    say(router, "post", f"{one}/restore", keep, response=out, summary=_("Restore a %(one)s") % words)(
        _shaped(restored, directory, f"restore_{key}", ids)
    )


def _shaped(
    handler: Callable[..., Any], directory: Directory, name: str, takes: dict[str, Any]
) -> Callable[..., Any]:
    """The handler with the parameters the framework reads off a signature, and a name of its domain."""
    handler.__name__ = handler.__qualname__ = name
    handler.__module__ = f"floorwalker.apps.{directory.domain}.api"
    handler.__signature__ = Signature(  # type: ignore[attr-defined]
        [
            Parameter("request", Parameter.POSITIONAL_OR_KEYWORD, annotation=HttpRequest),
            *(Parameter(each, Parameter.KEYWORD_ONLY, annotation=kind) for each, kind in takes.items()),
        ]
    )
    return handler


def _values(payload: Any) -> dict[str, Any]:
    """What was sent, references by the field's own name."""
    sent = payload.dict(exclude_unset=True)
    return {name.removesuffix("_id"): value for name, value in sent.items() if value is not None}


def _out(directory: Directory, name: str) -> Any:
    fields = {_sent_as(directory, each): (_kind_or_none(directory, each), ...) for each in directory.fields}
    return create_model(f"{name}Out", __base__=Out, id=(int, ...), archived=(bool, ...), **fields)  # type: ignore[call-overload]


def _new(directory: Directory, name: str) -> Any:
    fields = {
        _sent_as(directory, each): (_kind_or_none(directory, each), _limits(directory, each))
        for each in directory.fields
    }
    return create_model(f"New{name}", __base__=In, **fields)  # type: ignore[call-overload]


def _change(directory: Directory, name: str) -> Any:
    """Only what is sent is changed."""
    fields = {
        _sent_as(directory, each): (_kind(directory, each) | None, _limits(directory, each, needed=False))
        for each in directory.fields
    }
    return create_model(f"{name}Change", __base__=In, **fields)  # type: ignore[call-overload]


def _sent_as(directory: Directory, name: str) -> str:
    return str(getattr(directory.model._meta.get_field(name), "attname", name))


def _kind(directory: Directory, name: str) -> Any:
    found = directory.model._meta.get_field(name)
    if found.is_relation or isinstance(found, models.IntegerField):
        return int
    return bool if isinstance(found, models.BooleanField) else str


def _kind_or_none(directory: Directory, name: str) -> Any:
    """What a field is sent as; a reference that may be empty may be none."""
    found = directory.model._meta.get_field(name)
    return _kind(directory, name) | None if found.is_relation and found.null else _kind(directory, name)


def _limits(directory: Directory, name: str, *, needed: bool = True) -> Any:
    found = directory.model._meta.get_field(name)
    about = str(getattr(found, "help_text", "")) or None
    if needed and not found.has_default():
        empty = None if found.is_relation else ""
        default = empty if getattr(found, "blank", False) else ...
    else:
        default = found.get_default() if needed else None
    if isinstance(found, models.CharField):
        least = 0 if found.blank else 1
        return Field(default, min_length=least, max_length=found.max_length, description=about)
    return Field(default, description=about)
