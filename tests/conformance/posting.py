"""Forms of pages, told of rows out of sight: which fields take the number of a row, and what becomes of one.

Which fields a page has is not written down: a first send shows the forms it binds, and what it reads besides. A
field that takes a row is then sent one the reader cannot see, in a form filled in as well as can be guessed.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from unittest.mock import patch

from django import forms
from django.db import models, transaction
from django.forms.forms import BaseForm
from django.http import HttpResponse, QueryDict
from django.template.backends.django import Template

from floorwalker.kernel.access import Actor
from floorwalker.kernel.models import Entry
from floorwalker.kernel.routes import Route
from tests.conformance import asking
from tests.conformance.matrix import Planting, strange_markers
from tests.people import Cast

SENT = {"sent": "yes"}  # a body that is not empty binds the forms of a page
# Each of these that may open a page and does not see all is told of a row out of sight.
LIMITED = ("supervisor", "site_planner", "quality_analyst", "trainer", "client_viewer", "agent")
# What is passed over where it is out of sight, each with its reason.
PASSED_OVER = {
    ("coaching:new_group", "team"): "only chooses whose agents are offered; those that are sent are judged each",
}
# Words of forms that name no row: how often one was changed, what is said in a talk, a rank, a reason picked.
NO_ROWS = {"version", "answer", "item", "reason", "order", "effect", "weeks", "first_weeks", "contacts_per_week"}


@dataclass(frozen=True)
class Leg:
    """A field of a page's form, or a word the page reads past forms, and the model whose rows it takes."""

    route: Route
    path: str
    name: str
    model: type[models.Model]
    many: bool = False
    in_address: bool = False  # behind the question mark

    @property
    def told(self) -> tuple[str, str]:
        return self.route.name, self.name


@dataclass
class Seen:
    """What a page did with what it was sent."""

    answer: HttpResponse
    bound: list[BaseForm] = field(default_factory=list)
    read: list[str] = field(default_factory=list)  # words asked of the body by hand
    asked: list[str] = field(default_factory=list)  # words asked of the address
    written: int = 0  # entries of the audit

    def errors(self, name: str) -> bool:
        """Whether a form found something wrong with this very field."""
        return any(each.add_prefix(bare) == name for each in self.bound for bare in each.errors)


def send(browser: Any, path: str, body: dict[str, Any], *, blind: bool = False) -> Seen:
    """Send a page its form, see what it does with it, and undo that; ``blind``: what it answers is not wanted."""
    found = Seen(HttpResponse())
    before = Entry.objects.count()
    drawn = patch.object(Template, "render", lambda *_args: "") if blind else nullcontext()
    with transaction.atomic(), _watched(found), drawn:
        cookies = deepcopy(browser.cookies)
        found.answer = browser.post(path, body)
        browser.cookies = cookies  # a session changed on the way is undone with the rest
        found.written = Entry.objects.count() - before
        transaction.set_rollback(True)
    return found


@contextmanager
def _watched(seen: Seen) -> Iterator[None]:
    """Note the forms that are bound, and the words read past them."""
    bind, get, item = BaseForm.__init__, QueryDict.get, QueryDict.__getitem__

    def noted(form: BaseForm, *args: Any, **kwargs: Any) -> None:
        bind(form, *args, **kwargs)
        if form.is_bound:
            seen.bound.append(form)

    def read(given: QueryDict, key: Any) -> None:
        (seen.read if SENT.keys() <= given.keys() else seen.asked).append(str(key))

    def got(given: QueryDict, key: Any, default: Any = None) -> Any:
        read(given, key)
        return get(given, key, default)

    def taken(given: QueryDict, key: Any) -> Any:
        read(given, key)
        return item(given, key)

    with (
        patch.object(BaseForm, "__init__", noted),
        patch.object(QueryDict, "get", got),
        patch.object(QueryDict, "__getitem__", taken),
    ):
        yield


def legs(route: Route, path: str, seen: Seen, planting: Planting) -> Iterator[Leg]:
    """The fields of a page that take rows."""
    in_forms = set()
    for form in seen.bound:
        for bare, each in form.fields.items():
            name = form.add_prefix(bare)
            if name in in_forms:
                continue
            in_forms.add(name)
            model = _model_of(bare, each, route)
            if model in planting.rows:
                yield Leg(route, path, name, model, isinstance(each.widget, forms.SelectMultiple))
    for words, in_address in ((seen.read, False), (seen.asked, True)):
        for name in dict.fromkeys(words):
            model = row_meant(name, route)
            if name not in in_forms and model in planting.rows:
                yield Leg(route, path, name, model, in_address=in_address)


def _model_of(name: str, each: forms.Field, route: Route) -> Any:
    if isinstance(each, forms.ModelChoiceField):
        return each.queryset.model if each.queryset is not None else None
    if isinstance(each, forms.ChoiceField | forms.IntegerField) or name.endswith(("_id", "_ids")):
        return row_meant(name, route)
    return None


def row_meant(name: str, route: Route) -> type[models.Model] | None:
    """The model a field stands for: `queue_id`, `queue`, `queues`, with or without a word before it."""
    if name in NO_ROWS or "." in name:
        return None
    name = name.removesuffix("_ids").removesuffix("_id")
    return asking.row_meant(f"{name}_id", route) or asking.row_meant(f"{name.removesuffix('s')}_id", route)


def body_for(seen: Seen, leg: Leg, pk: int) -> dict[str, Any]:
    """The forms of the page filled in as well as can be guessed, with this row in the one field."""
    body: dict[str, Any] = dict(SENT)
    for form in seen.bound:
        for bare, each in form.fields.items():
            value = _value(form, bare, each)
            if value not in (None, ""):
                body[form.add_prefix(bare)] = value
    for name in dict.fromkeys(seen.read):
        body.setdefault(name, "1")
    if not leg.in_address:
        body[leg.name] = [pk] if leg.many else pk
    return body


def _value(form: BaseForm, name: str, each: forms.Field) -> Any:
    """What the field shows when nobody has typed, else the least that it takes."""
    shown = form.get_initial_for_field(each, name)
    if shown not in (None, "", []):
        return each.prepare_value(shown)
    if isinstance(each, forms.ChoiceField | forms.ModelChoiceField):
        keys = [str(key) for key, _label in _flat(each.choices) if str(key)]
        return (keys[:1] if isinstance(each.widget, forms.SelectMultiple) else keys[0]) if keys else None
    if isinstance(each, forms.BooleanField):
        return "on" if each.required else None
    if isinstance(each, forms.DateTimeField):
        return f"{date.today() + timedelta(days=7):%Y-%m-%d}T10:00"
    if isinstance(each, forms.DateField):
        return (date.today() + timedelta(days=7)).isoformat()
    if isinstance(each, forms.TimeField):
        return "10:00"
    if isinstance(each, forms.IntegerField | forms.FloatField | forms.DecimalField):
        return each.min_value or 1
    return "Words of some length, for a reason." if each.required else None


def _flat(choices: Any) -> Iterator[tuple[Any, Any]]:
    for key, label in choices:
        if isinstance(label, list | tuple):
            yield from _flat(label)
        else:
            yield key, label


def wrong_with(seen: Seen, leg: Leg, allowed: set[str]) -> str:
    """What is wrong with the answer to a row out of sight; empty when nothing is."""
    status = seen.answer.status_code
    if strange := strange_markers(seen.answer, allowed):
        return f"shows {', '.join(strange)}"
    if status >= 500:
        return f"answers {status}"
    if status < 400 and seen.written and leg.told not in PASSED_OVER:
        return f"answers {status} and has done something"
    return ""


def refused(seen: Seen, leg: Leg) -> bool:
    """Whether it was refused for the row: by its field, or because there is no such row."""
    return seen.errors(leg.name) or seen.answer.status_code == 404


def hidden_row(leg: Leg, planting: Planting, actor: Actor) -> int | None:
    """The farthest row out of sight that this field may be told of."""
    rows = [row.planted.row.pk for row in planting.rows[leg.model].values() if not row.visible_to(actor)]
    return rows[-1] if rows else None


@dataclass
class Told:
    """What became of every field that was told of a row out of sight."""

    wrong: list[str] = field(default_factory=list)
    refused: set[tuple[str, str]] = field(default_factory=set)
    asked: set[tuple[str, str]] = field(default_factory=set)  # page and role
    silent: dict[tuple[str, str], str] = field(default_factory=dict)  # it came to nothing, for another reason


def tell(cast: Cast, planting: Planting, routes: list[Route]) -> Told:
    """Each field of each page that takes a row, by every role that may open the page and does not see all."""
    found = Told()
    actors = {who: getattr(cast, who).actor for who in LIMITED}
    for route in routes:
        for who, actor in actors.items():
            if route.permissions and not actor.may(*route.permissions):
                continue
            own = next((ask for ask in asking.asks(route, planting, actor, {}) if not ask.hidden), None)
            if own is None:
                continue
            browser = cast.client(getattr(cast, who))
            browser.raise_request_exception = False
            found.asked.add((route.name, who))
            first = send(browser, own.path, SENT, blind=True)
            every = list(legs(route, own.path, first, planting))
            hidden = [(leg, hidden_row(leg, planting, actor)) for leg in every]
            for leg, pk in hidden:
                if pk is not None:
                    _one(found, browser, first, leg, pk, planting.allowed(actor))
    return found


def _one(found: Told, browser: Any, first: Seen, leg: Leg, pk: int, allowed: set[str]) -> None:
    path = f"{leg.path}?{leg.name}={pk}" if leg.in_address else leg.path
    body = body_for(first, leg, pk)
    seen = send(browser, path, body)
    if more := dict.fromkeys(
        set(seen.read) - body.keys(), "0"
    ):  # a page may stop at the first word that is missing
        seen = send(browser, path, body | more)
    if problem := wrong_with(seen, leg, allowed):
        found.wrong.append(f"POST {path}, {leg.name} of {leg.model.__name__} {pk}: {problem}")
    if refused(seen, leg):
        found.refused.add(leg.told)
    else:
        errors = [dict(form.errors) for form in seen.bound if form.errors]
        found.silent[leg.told] = f"{path}: {seen.answer.status_code} {errors}"
