"""Adding, changing, archiving: permission, rule, write, audit."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from floorwalker.kernel import audit
from floorwalker.kernel.access import Actor, refuse, require
from floorwalker.kernel.directory.declaration import Directory
from floorwalker.kernel.errors import Invalid, Refused
from floorwalker.kernel.scoping import pick


class NameTaken(Refused):
    code = "name_taken"
    text = _("There is already one called {name}, perhaps archived. Choose another name, or restore that one.")


def keep(
    directory: Directory, *, values: Mapping[str, Any], by: Actor, at: datetime, row_id: int | None = None
) -> Any:
    """Add a row, or change one; after it the actor must still be the one to keep it."""
    require(by, directory.keep)
    if row_id is None and not directory.may_add(by):
        refuse(by)
    with transaction.atomic():
        rows = directory.keepable(by).select_for_update(of=("self",))
        row = directory.model() if row_id is None else pick(rows, row_id)
        before = {name: getattr(row, name, None) for name in directory.fields} if row_id is not None else {}
        for name, value in checked(directory, values, by).items():
            setattr(row, name, value)
        write(row)
        if not directory.keepable(by).filter(pk=row.pk).exists():
            refuse(by)
        changed = {name: [_plain(before.get(name)), _plain(getattr(row, name))] for name in directory.fields}
        facts = {name: pair for name, pair in changed.items() if pair[0] != pair[1]}
        if facts:
            verb = f"{directory.domain}.{'add' if row_id is None else 'change'}_{directory.model._meta.model_name}"
            audit.record(by=by, verb=verb, about=(directory.kind, row.pk), facts=facts, at=at)
    return row


def checked(directory: Directory, values: Mapping[str, Any], by: Actor) -> dict[str, Any]:
    """Only the fields of the directory, as its rules want them, and references only to what may be seen."""
    found = {name: values[name] for name in directory.fields if name in values}
    for name, rule in directory.checks.items():
        if found.get(name):
            try:
                found[name] = rule(found[name])
            except ValueError as error:
                raise Invalid(problem=f"{directory.label(name)}: {error}.") from error
    for name, visible in directory.picks.items():
        if found.get(name) is not None:
            found[name] = pick(visible(by, directory.keep), getattr(found[name], "pk", found[name]))
    return found


def write(row: Any) -> None:
    """Save it, or say what is wrong in a sentence."""
    try:
        row.clean_fields()
    except ValidationError as error:
        name, texts = next(iter(error.message_dict.items()))
        label = row._meta.get_field(name).verbose_name
        raise Invalid(problem=f"{str(label).capitalize()}: {texts[0]}") from error
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        if "_once" not in str(error):
            raise
        raise NameTaken(name=row.name) from error


def archive(directory: Directory, *, row_id: int, by: Actor, at: datetime) -> Any:
    """No longer offered; what refers to it keeps it."""
    return _turn(directory, row_id, True, by, at)


def restore(directory: Directory, *, row_id: int, by: Actor, at: datetime) -> Any:
    return _turn(directory, row_id, False, by, at)


def _turn(directory: Directory, row_id: int, archived: bool, by: Actor, at: datetime) -> Any:
    require(by, directory.keep)
    with transaction.atomic():
        row = pick(directory.keepable(by).select_for_update(of=("self",)), row_id)
        if row.archived is not archived:
            row.archived = archived
            row.save(update_fields=["archived"])
            word = "archive" if archived else "restore"
            verb = f"{directory.domain}.{word}_{directory.model._meta.model_name}"
            audit.record(by=by, verb=verb, about=(directory.kind, row.pk), facts={"name": row.name}, at=at)
    return row


def _plain(value: Any) -> Any:
    return value if isinstance(value, str | int | float | bool | type(None)) else str(value)
