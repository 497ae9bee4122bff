"""Rows with long arrays go in by COPY: Django would prepare each of their millions of numbers by itself."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import connection
from django.db.models import JSONField, Model
from psycopg import sql
from psycopg.types.json import Jsonb


def copy(model: type[Model], rows: Iterable[Any]) -> None:
    """Write new rows; their values must be such as the database takes."""
    fields = [each for each in model._meta.concrete_fields if not each.primary_key]
    statement = sql.SQL("COPY {} ({}) FROM STDIN").format(
        sql.Identifier(model._meta.db_table), sql.SQL(", ").join(sql.Identifier(each.column) for each in fields)
    )
    with connection.cursor() as cursor, cursor.copy(statement) as stream:
        for row in rows:
            stream.write_row([_value(row, field) for field in fields])


def _value(row: Any, field: Any) -> Any:
    value = getattr(row, field.attname)
    return Jsonb(value) if isinstance(field, JSONField) and value is not None else value
