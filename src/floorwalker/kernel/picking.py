"""Choosing one of thousands by typing: a field that searches on the server, within what its page may show.

A form gives the field its :class:`Choices`, rows already filtered by what the actor may see. The page itself
answers the search (``offers``), so nobody ever finds by typing whom they could not have chosen from a list.
Without script one types a name, and where it fits several the page comes back with those to choose from.

Three values are sent: the name of the field holds the key that was chosen, ``-text`` what stands in the input,
``-of`` what stood there when the key was chosen. A key holds as long as the two are the same; an address or a
program sends the key alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import reduce
from typing import Any, NamedTuple

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from floorwalker.kernel.errors import NotFound

SHOWN = 20
LONGEST = 200
WORD = re.compile(r"[^\s,()–]+")


def holding(words: list[str], *fields: str) -> Q:
    """Rows in which each word stands in one of the fields."""
    return Q(*(reduce(Q.__or__, (Q(**{f"{field}__icontains": word}) for field in fields)) for word in words))


@dataclass(frozen=True)
class Choices:
    """Rows to choose from, in their order; a label is made of some of their values and is like no other's."""

    rows: QuerySet[Any]
    columns: tuple[str, ...]
    label: Callable[..., str]
    searched: tuple[str, ...] = ()  # the columns, where nothing else is said
    key: tuple[str, ...] = ("pk",)
    listed: bool = True  # the first of them are offered before anything is typed

    def named(self, key: str) -> str | None:
        """What a key stands for; nothing where there is no such row, or none in sight."""
        parts = key.split(":")
        if len(parts) != len(self.key):
            return None
        try:
            found = self.rows.filter(**dict(zip(self.key, parts, strict=True))).values_list(*self.columns).first()
        except (ValueError, ValidationError):
            return None
        return self.label(*found) if found else None

    def matching(self, text: str, most: int = SHOWN) -> list[tuple[str, str]]:
        """Keys and labels of those in whom every word is found; one whose label it is stands alone."""
        found = self._matching(text)
        rows = found.values_list(*self.key, *self.columns)[: most + 1]
        at = len(self.key)
        named = [(":".join(map(str, row[:at])), self.label(*row[at:])) for row in rows]
        exact = [each for each in named if each[1].casefold() == text.strip().casefold()]
        return exact or named

    def count(self, text: str) -> int:
        return self._matching(text).count()

    def _matching(self, text: str) -> QuerySet[Any]:
        words = WORD.findall(text[:LONGEST])
        return self.rows.filter(holding(words, *(self.searched or self.columns))) if words else self.rows


class Picked(NamedTuple):
    """What a browser sent for one choice."""

    key: str
    text: str | None = None
    of: str = ""


class PickInput(forms.Widget):
    """An input with the first choices beside it, which follow what one types; or those a name fitted."""

    choices_of: Choices | None = None
    fitting: list[tuple[str, str]] | None = None
    label: str = ""

    @staticmethod
    def names(name: str) -> tuple[str, str, str]:
        """What it sends."""
        return name, f"{name}-text", f"{name}-of"

    def value_from_datadict(self, data: Mapping[str, Any], _files: Any, name: str) -> Picked:
        key, text, of = self.names(name)
        return Picked(str(data.get(key) or ""), data.get(text), str(data.get(of) or ""))

    def value_omitted_from_data(self, data: Mapping[str, Any], _files: Any, name: str) -> bool:
        return not {name, f"{name}-text"} & set(data)

    def render(
        self,
        name: str,
        value: Any,
        attrs: dict[str, Any] | None = None,
        renderer: Any = None,  # noqa: ARG002
    ) -> SafeString:
        assert self.choices_of is not None, f"the form gives the field {name} nothing to choose from"
        sent = value if isinstance(value, Picked) else Picked(str(value or ""))
        label = self.label or (sent.key and self.choices_of.named(sent.key)) or ""
        text = label or sent.text or ""
        attrs = self.build_attrs(self.attrs, attrs)
        context = {
            "name": name,
            "key": sent.key if label else "",
            "text": text,
            "attrs": attrs,
            "list": f"{attrs.get('id', name)}-list",
            "offered": self._offered(text if not label else ""),
            "fitting": self.fitting or [],
        }
        return render_to_string("ui/picker.html", context)

    def _offered(self, text: str) -> list[tuple[str, str]]:
        """The first choices, where they may be listed unasked; those a name fitted stand beside the input."""
        assert self.choices_of is not None
        if self.fitting or not (self.choices_of.listed or text.strip()):
            return []
        return self.choices_of.matching(text)


class PickField(forms.Field):
    """One of many, found by typing; its form sets ``choices_of``. ``coerce`` makes a value of a key."""

    widget = PickInput

    def __init__(
        self,
        *,
        coerce: Callable[[str], Any] = int,
        empty: Any = None,
        hint: Any = "",
        placeholder: Any = "",
        **more: Any,
    ) -> None:
        more.setdefault("help_text", hint or gettext_lazy("Type a part of the name."))
        super().__init__(**more)
        self.coerce, self.empty = coerce, empty
        if placeholder:
            self.widget.attrs["placeholder"] = placeholder

    @property
    def choices_of(self) -> Choices:
        found = self.widget.choices_of  # type: ignore[union-attr]
        assert found is not None, "the form gives the field its choices"
        return found

    @choices_of.setter
    def choices_of(self, choices: Choices) -> None:
        self.widget.choices_of = choices  # type: ignore[union-attr]

    def clean(self, value: Any) -> Any:
        sent = value if isinstance(value, Picked) else Picked(str(value or ""))
        text = (sent.text or "").strip()
        if sent.key and (sent.text is None or text == sent.of.strip()):
            return self._taken(sent.key, self.choices_of.named(sent.key))
        if not text:
            if self.required:
                raise ValidationError(_("Choose somebody; type a part of the name."), code="required")
            return self.empty
        found = self.choices_of.matching(text)
        if not found:
            raise ValidationError(_("Nobody here fits “%(text)s”; type less of the name.") % {"text": text})
        if len(found) > 1:
            count = self.choices_of.count(text)
            self.widget.fitting = found[:SHOWN]  # type: ignore[union-attr]
            words = ngettext("“%(text)s” fits %(n)d; choose.", "“%(text)s” fits %(n)d; choose one of them.", count)
            raise ValidationError(words % {"text": text, "n": count})
        return self._taken(*found[0])

    def _taken(self, key: str, label: str | None) -> Any:
        if label is None:
            raise ValidationError(_("What you chose is not there any more; choose again."))
        self.widget.label = label  # type: ignore[union-attr]
        return self.coerce(key)


def offers(request: HttpRequest, form: forms.Form) -> HttpResponse | None:
    """What a field of the form offers for what is being typed; nothing where the page itself is asked for."""
    name = request.GET.get("pick")
    if not name or request.method != "GET":
        return None
    field = form.fields.get(name)
    if not isinstance(field, PickField):
        raise NotFound
    text = request.GET.get(f"{name}-text", "")
    found = field.choices_of.matching(text)[:SHOWN] if field.choices_of.listed or text.strip() else []
    return render(request, "ui/picker_options.html", {"offered": found})
