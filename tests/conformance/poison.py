"""What people with bad intentions write (S-20 to S-24), wherever people can write: put into every planted row, and
looked for in every answer.

A text is harmless on a page as long as it stays text: no element, attribute, script or template of it comes alive.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
from typing import Any

from django.db import DatabaseError, models, transaction
from django.http import HttpResponse

from tests.conformance.matrix import MARKER, Planting

# The longest that fits is planted. All begin as a formula does and speak of xq, which stands nowhere else.
CORPUS = (
    "=7*7\"'`--></script></style></textarea></title></option><xq onx=xq() xq=\"1\"><img src=x onerror=alert('xq')>"
    "<svg/onload=alert('xq')><a href=javascript:alert('xq')>{{ 7919|add:7919 }}${7919*2}\" xq=1 ' xq=2 ",
    "=7*7\"'></script></title><xq onx=xq()><img src=x onerror=alert('xq')>{{ 7919|add:7919 }}\" xq=1 ' xq=2 ",
    "@SUM(1)\"'><xq onx=xq()>{{ 7919|add:7919 }}\" xq=1 ' xq=2 ",
    "+1\" xq=1 '><xq>",
    "-1<xq>",
)
# Columns that hold no words of people: names of files and rows in other places, by which these are found.
NOT_WORDS = (models.SlugField, models.EmailField, models.URLField, models.FileField, models.FilePathField)
ALIVE = (
    (re.compile(r"<xq\b", re.IGNORECASE), "an element of a text came alive"),
    (re.compile(r"""(?<!\\)["'] xq=[12]"""), "a text left its attribute"),
    (re.compile(r"<img src=x|<svg/onload|<a href=javascript", re.IGNORECASE), "an element of a text came alive"),
    (re.compile(r"""\b(?:href|src|action|formaction)=["']\s*javascript:""", re.IGNORECASE), "a link runs code"),
    (re.compile(r"\b15838\b"), "a text was read as a template"),
)
DATA = re.compile(r"(?<=application/json\">)[^<]*(?=</script>)")
FORMULA = re.compile(r"[=+\-@\t\r\n＝＋－＠]")  # the wide ones are read as formulas too


def poison(planting: Planting) -> None:
    """Put one of the corpus before every marker."""
    taken, refused, seen = set[str](), set[str](), set[Any]()
    for row in planting.each():
        one = row.planted.row
        model = type(one)
        if (model, one.pk) in seen:
            continue
        seen.add((model, one.pk))
        fresh = model._default_manager.filter(pk=one.pk).first()
        for field in model._meta.concrete_fields if fresh else ():
            value = getattr(fresh, field.attname)
            if isinstance(field, NOT_WORDS) or value in row.planted.more.values():
                continue
            bad = poisoned(value, getattr(field, "max_length", None))
            if bad == value:
                continue
            name = f"{model._meta.label}.{field.name}"
            try:
                with transaction.atomic():
                    model._default_manager.filter(pk=one.pk).update(**{field.name: bad})
                taken.add(name)
            except DatabaseError:
                refused.add(name)
    planting.poisoned, planting.guarded = taken, refused - taken


def poisoned(value: Any, room: int | None) -> Any:
    """The value with the longest of the corpus that fits around each marker; itself where there is none."""
    if isinstance(value, dict):
        return {key: poisoned(each, None) for key, each in value.items()}
    if isinstance(value, list):
        return [poisoned(each, room) for each in value]
    if not isinstance(value, str) or not MARKER.fullmatch(value):
        return value
    return next((bad + value for bad in CORPUS if room is None or len(bad) + len(value) <= room), value)


def injected(found: HttpResponse) -> str:
    """What of the corpus came alive in an answer; empty when nothing did."""
    kind = found.headers.get("Content-Type", "").partition(";")[0]
    if getattr(found, "streaming", False):
        if getattr(found, "is_async", False):
            return ""
        content = b"".join(found.streaming_content)  # type: ignore[attr-defined]
        found.streaming_content = iter([content])  # type: ignore[attr-defined]
    else:
        content = found.content
    if kind == "text/html":
        return came_alive(content.decode("utf-8", errors="replace"))
    if kind == "text/csv":
        return formulas_of_csv(content.decode("utf-8-sig", errors="replace"))
    if "spreadsheetml" in kind:
        return formulas_of_workbook(content)
    return ""


def came_alive(page: str) -> str:
    """What of the corpus is more than text on a page; in the data of a page quotes may stand as they are."""
    without_data = DATA.sub("", page)
    return next((why for pattern, why in ALIVE if pattern.search(without_data)), "")


def formulas_of_csv(text: str) -> str:
    """A cell of somebody's words that a table program would compute."""
    cells = (cell for row in csv.reader(io.StringIO(text)) for cell in row)
    bad = next((cell for cell in cells if MARKER.search(cell) and FORMULA.match(cell)), None)
    return f"the cell {bad[:40]!r} is a formula" if bad else ""


def formulas_of_workbook(content: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        sheets = [archive.read(name) for name in archive.namelist() if name.startswith("xl/worksheets/")]
    return "a cell is a formula" if any(re.search(rb"<f[ >/]", sheet) for sheet in sheets) else ""
