"""Reads of the ledger."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from floorwalker.apps.accounts.models import User
from floorwalker.apps.promises.kinds import KINDS, Kind
from floorwalker.apps.promises.models import Promise
from floorwalker.apps.promises.permissions import PromisePermission
from floorwalker.apps.promises.rules import KeptRate, kept_rate, overdue
from floorwalker.kernel.access import Actor
from floorwalker.kernel.look import end_words, when_words
from floorwalker.kernel.paging import Rows, open_first, page_of
from floorwalker.kernel.scoping import pick, scoped, within


def visible_promises(actor: Actor, permission: PromisePermission = PromisePermission.SEE) -> QuerySet[Promise]:
    """Promises this actor owes or is owed, and those of the people they see."""
    sight = actor.sight(permission)
    owner, receiver = (
        within(sight, own=side, team=f"{side}__agent__team", site=f"{side}__agent__team__site")
        for side in ("owner", "to_user")
    )
    return Promise.objects.filter(owner | receiver)


def the_promise(actor: Actor, promise_id: int) -> Promise:
    return pick(visible_promises(actor).select_related("owner", "to_user"), promise_id)


scoped(Promise, visible_promises, PromisePermission.SEE, canary=("what", "why"))


IS_OPEN = Q(state=Promise.State.OPEN)
TONES = {"open": "info", "kept": "good", "late": "attention", "broken": "bad", "withdrawn": "neutral"}


@dataclass(frozen=True)
class Line:
    """A promise as a list shows it."""

    promise: Promise
    kind: Any
    url: str
    overdue: bool

    @property
    def word(self) -> str:
        """How it stands, in a word."""
        return str(_("overdue")) if self.overdue else str(self.promise.get_state_display())

    @property
    def tone(self) -> str:
        return "bad" if self.overdue else TONES[self.promise.state]


@dataclass(frozen=True)
class Lines:
    """A page of promises as a list shows them."""

    lines: list[Line]
    page: Rows[Promise]


def lines(found: QuerySet[Promise], at: datetime, *, after: str = "", before: str = "") -> Lines:
    """Open ones first, the earliest due first; then what ended, the latest first."""
    rows, order = open_first(found.select_related("owner", "to_user"), IS_OPEN, due="due", ended="ended_at")
    page = page_of(rows, order, after=after, before=before, counted=True)
    return Lines([line(each, at) for each in page.items], page)


def line(promise: Promise, at: datetime) -> Line:
    kind = KINDS.get(promise.kind)
    url = kind.url_of((promise.ref_kind, promise.ref_id)) if kind else ""
    late = promise.state == "open" and overdue(promise.due, at)
    return Line(promise, kind.label if kind else promise.kind, url, late)


def facts(line: Line) -> list[tuple[Any, Any]]:
    """A promise as pairs of name and value."""
    promise = line.promise
    to = promise.to_user.name if promise.to_user else promise.to_text
    pairs = [
        (_("Who owes it"), promise.owner.name),
        (_("To whom"), to),
        (_("Kind"), line.kind),
        (_("Due"), end_words(promise.due)),
        (_("Promised"), f"{when_words(promise.made_at)}, {promise.made_by}"),
    ]
    if promise.ended_at:
        pairs.append((promise.get_state_display().capitalize(), when_words(promise.ended_at)))
    if promise.state == Promise.State.OPEN and promise.lead_told_at:
        told = _("Who leads %(name)s was told") % {"name": promise.owner.name}
        pairs.append((told, when_words(promise.lead_told_at)))
    if promise.why:
        pairs.append((_("Why"), promise.why))
    return pairs


def owed_to(actor: Actor) -> QuerySet[Promise]:
    return Promise.objects.filter(to_user_id=actor.user_id)


def owed_by(actor: Actor) -> QuerySet[Promise]:
    return Promise.objects.filter(owner_id=actor.user_id)


def between(actor: Actor, other_id: int, *, at: datetime, since: datetime) -> list[Line]:
    """What the actor and another promised each other and is late, or was not kept since then; the latest first."""
    two = Q(owner=actor.user_id, to_user=other_id) | Q(owner=other_id, to_user=actor.user_id)
    missed = Q(state="broken", ended_at__gte=since) | IS_OPEN & Q(due__lt=at)
    rows = visible_promises(actor).filter(two & missed).select_related("owner", "to_user")
    return [line(each, at) for each in rows.order_by("-due", "-pk")[:10]]


def promises_in(actor: Actor, side: str, state: str, kind: str) -> QuerySet[Promise]:
    """Promises of a side, those of a state or kind only if one is named."""
    found = {"owed_to_me": owed_to, "owed_by_me": owed_by, "all": visible_promises}[side](actor)
    if state != "all":
        found = found.filter(state=state)
    return found.filter(kind=kind) if kind else found


@dataclass(frozen=True)
class Standing:
    """How many there are altogether, whatever of them a list shows."""

    open: int
    overdue: int


def standing(found: QuerySet[Promise], at: datetime) -> Standing:
    counts = found.aggregate(
        open=Count("pk", filter=IS_OPEN),
        overdue=Count("pk", filter=IS_OPEN & Q(due__lt=at)),
    )
    return Standing(**counts)


def open_counts(actor: Actor) -> dict[str, int]:
    """How many open promises I am owed and owe, for the shell."""
    to_me, by_me = Q(to_user_id=actor.user_id), Q(owner_id=actor.user_id)
    counts = Promise.objects.filter(to_me | by_me, state=Promise.State.OPEN).aggregate(
        to_me=Count("pk", filter=to_me), by_me=Count("pk", filter=by_me)
    )
    return {"owed_to_me": counts["to_me"], "owed_by_me": counts["by_me"]}


@dataclass(frozen=True)
class OwnerRate:
    """How well one person keeps promises."""

    owner_id: int
    name: str
    rate: KeptRate
    open: int


def rates_by_owner(actor: Actor) -> list[OwnerRate]:
    """By name, never ranked: a rate is for the talk between two people, not for a board."""
    counts: dict[int, dict[str, int]] = {}
    rows = visible_promises(actor).order_by().values_list("owner_id", "state").annotate(n=Count("pk"))
    for owner, state, n in rows:  # names come after, for a few owners rather than for thousands of promises
        counts.setdefault(owner, {})[state] = n
    names = User.objects.filter(pk__in=counts).order_by("name", "pk").values_list("pk", "name")
    return [OwnerRate(pk, name, kept_rate(counts[pk]), counts[pk].get("open", 0)) for pk, name in names]


@dataclass(frozen=True)
class KindLine:
    """A kind of promise, and what became of those in sight."""

    kind: Kind
    open: int
    rate: KeptRate


def kind_lines(actor: Actor) -> list[KindLine]:
    """Every kind there is, by its name; also those nobody has promised yet."""
    counts: dict[str, dict[str, int]] = {}
    for key, state, n in visible_promises(actor).order_by().values_list("kind", "state").annotate(n=Count("pk")):
        counts.setdefault(key, {})[state] = n
    found = [(each, counts.get(each.key, {})) for each in KINDS.values()]
    found.sort(key=lambda pair: str(pair[0].label).lower())
    return [KindLine(each, own.get("open", 0), kept_rate(own)) for each, own in found]


def rates_in_sight(actor: Actor) -> list[OwnerRate]:
    """The same for who sees more than their own; nobody reads how those keep theirs who lead them."""
    return rates_by_owner(actor) if actor.sight(PromisePermission.SEE).beyond_own else []


def kinds_used(found: QuerySet[Promise]) -> list[tuple[str, Any]]:
    """The kinds that occur, for the filter."""
    keys = found.order_by("kind").values_list("kind", flat=True).distinct()
    return [(key, KINDS[key].label if key in KINDS else key) for key in keys]


def about(ref: tuple[str, int]) -> QuerySet[Promise]:
    """Promises about one thing; the caller has shown that its reader may see the thing."""
    return (
        Promise.objects.filter(ref_kind=ref[0], ref_id=ref[1]).select_related("owner", "to_user").order_by("due")
    )


def reminder_in_words(actor: Actor, ref: tuple[str, int]) -> str | None:
    """For its owner: the day, or what has become of it meanwhile."""
    found = owed_by(actor).filter(pk=ref[1]).first()
    if found is None:
        return None
    if found.state != Promise.State.OPEN:
        return f"{found.what}: {found.get_state_display()}"
    return _("%(what)s – due %(when)s") % {"what": found.what, "when": end_words(found.due)}


def late_in_words(actor: Actor, ref: tuple[str, int]) -> str | None:
    """For who leads its owner, if they see the promise: whose it is and since when, or what has become of it."""
    found = visible_promises(actor).filter(pk=ref[1]).select_related("owner").first()
    if found is None:
        return None
    if found.state != Promise.State.OPEN:
        return f"{found.owner.name}, {found.what}: {found.get_state_display()}"
    facts = {"name": found.owner.name, "what": found.what, "when": end_words(found.due)}
    return _("%(name)s, %(what)s – was due %(when)s") % facts


def broken_in_words(actor: Actor, ref: tuple[str, int]) -> str | None:
    """The sentence of a notice, for whoever still sees the promise."""
    found = visible_promises(actor).filter(pk=ref[1]).first()
    return f"{found.what}: {found.why}" if found else None
