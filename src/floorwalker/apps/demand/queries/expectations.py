"""Reads of what was agreed with clients, and where clients on the same agents expect different things."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from floorwalker.apps.demand.models import Expectation, Queue
from floorwalker.apps.demand.permissions import DemandPermission as P
from floorwalker.apps.demand.queries.queues import visible_clients
from floorwalker.apps.demand.rules.conflicts import Agreed, Conflict, conflicts, shared_agents
from floorwalker.apps.people.models import Client
from floorwalker.kernel.access import Actor, Permission
from floorwalker.kernel.look import percent_words
from floorwalker.kernel.scoping import scoped

LEVER_LABELS = {
    "overtime": gettext_lazy("overtime"),
    "extra_shifts": gettext_lazy("extra shifts"),
    "cross_skill": gettext_lazy("agents of other skills"),
    "overflow_site": gettext_lazy("overflow to another site"),
    "callback_offer": gettext_lazy("offering callbacks"),
    "queue_message": gettext_lazy("a message in the queue"),
    "shorter_wrap_up": gettext_lazy("shorter after-contact work"),
    "move_off_phone": gettext_lazy("moving time off the phones"),
    "priority_change": gettext_lazy("another priority"),
}


def visible_expectations(actor: Actor, permission: Permission = P.SEE_RECORD) -> QuerySet[Expectation]:
    return Expectation.objects.filter(client__in=visible_clients(actor, permission))


def expectations_of(client: Client) -> list[Expectation]:
    """Everything ever agreed with a client one has been shown, the latest first."""
    return list(Expectation.objects.filter(client=client).order_by("-starts", "-at", "-pk"))


def in_force(clients: Any, day: date) -> dict[int, Expectation]:
    """What holds for each client on a day, in one query."""
    found = Expectation.objects.filter(client__in=clients, starts__lte=day)
    latest = found.order_by("client_id", "-starts", "-at", "-pk").distinct("client_id")
    return {each.client_id: each for each in latest}


def when_tight(actor: Actor, days: Iterable[tuple[int, date]]) -> dict[tuple[int, date], str]:
    """What may be done on a tight day for a client, as agreed for that day: by client and day, in one query.

    Nothing is said where nothing is agreed, nor to whom the agreement is not to be seen.
    """
    asked = set(days)
    clients = visible_clients(actor, P.SEE_RECORD).filter(pk__in={client for client, _day in asked})
    last = max((day for _client, day in asked), default=date.min)
    rows = Expectation.objects.filter(client__in=clients, starts__lte=last).select_related("client")
    known = list(rows.order_by("-starts", "-at", "-pk"))
    found = {}
    for client, day in asked:
        holds = next((each for each in known if each.client_id == client and each.starts <= day), None)
        if holds is not None:
            found[client, day] = _when_tight(holds)
    return found


def _when_tight(agreed: Expectation) -> str:
    may = [str(LEVER_LABELS[each]) for each in agreed.levers if each in LEVER_LABELS and each != "callback_offer"]
    words = {"client": agreed.client.name, "levers": ", ".join(may) or _("nothing but what was planned")}
    if agreed.callback_allowed:
        return _("Agreed with %(client)s for when it is tight: %(levers)s; callbacks may be offered.") % words
    return _("Agreed with %(client)s for when it is tight: %(levers)s; no callbacks.") % words


@dataclass(frozen=True)
class ClientLine:
    """A client in the register."""

    client: Client
    agreed: Expectation | None
    queues: int


def client_lines(actor: Actor, day: date) -> list[ClientLine]:
    clients = list(visible_clients(actor, P.SEE_RECORD).filter(archived=False).order_by("name"))
    agreed = in_force(clients, day)
    queues: dict[int, int] = {}
    for client_id in Queue.objects.filter(client__in=clients, archived=False).values_list("client_id", flat=True):
        queues[client_id] = queues.get(client_id, 0) + 1
    return [ClientLine(client, agreed.get(client.pk), queues.get(client.pk, 0)) for client in clients]


@dataclass(frozen=True)
class ConflictInWords:
    """Two clients on the same agents, and each difference as a sentence."""

    head: str
    sentences: list[str]


def conflicts_in_words(actor: Actor, day: date) -> list[ConflictInWords]:
    """For who sees all clients concerned; a client never learns of another."""
    clients = {client.pk: client for client in visible_clients(actor, P.SET_EXPECTATIONS)}
    rows = Queue.objects.filter(client__in=clients, archived=False).select_related("site", "skill")
    queues = list(rows)
    agreed = {
        pk: Agreed(
            pk, e.service_share, e.service_seconds, e.abandon_ceiling, e.callback_allowed, frozenset(e.levers)
        )
        for pk, e in in_force(list(clients), day).items()
    }
    found = conflicts(shared_agents([(q.client_id, q.site_id, q.skill_id) for q in queues]), agreed)
    sites = {queue.site_id: queue.site for queue in queues}
    skills = {queue.skill_id: queue.skill for queue in queues}
    return [_in_words(each, clients, sites, skills) for each in found]


def _in_words(
    found: Conflict, clients: dict[int, Client], sites: dict[int, Any], skills: dict[int | None, Any]
) -> ConflictInWords:
    one, other = clients[found.first].name, clients[found.second].name
    who = skills.get(found.skill_id)
    values = {"one": one, "other": other, "site": sites[found.site_id].name, "skill": who.name if who else ""}
    head = (
        _("%(one)s and %(other)s share the agents with %(skill)s in %(site)s") % values
        if who
        else _("%(one)s and %(other)s share all agents in %(site)s") % values
    )
    return ConflictInWords(head, [_sentence(kind, a, b, one, other) for kind, a, b in found.kinds])


def _sentence(kind: str, a: Any, b: Any, one: str, other: str) -> str:
    names = {"one": one, "other": other}
    if kind == "service":
        return _(
            "%(one)s expects %(a)s within %(as)s s, %(other)s %(b)s within %(bs)s s: the stricter binds both."
        ) % {
            **names,
            "a": percent_words(a[0]),
            "as": a[1],
            "b": percent_words(b[0]),
            "bs": b[1],
        }
    if kind == "abandon":
        said = [percent_words(x, 1) if x is not None else _("no ceiling") for x in (a, b)]
        return _("Callers who hang up: %(one)s allows %(a)s, %(other)s %(b)s.") % {
            **names,
            "a": said[0],
            "b": said[1],
        }
    if kind == "callback":
        yes, no = (one, other) if a else (other, one)
        return _("%(yes)s allows callbacks, %(no)s does not: who waits for whom has to be decided.") % {
            "yes": yes,
            "no": no,
        }
    sentences = []
    for who, only in ((one, a), (other, b)):
        if only:
            levers = ", ".join(str(LEVER_LABELS[lever]) for lever in only)
            sentences.append(_("Only %(who)s allows: %(levers)s.") % {"who": who, "levers": levers})
    return " ".join(sentences)


scoped(Expectation, visible_expectations, P.SEE_RECORD, canary="note", relations=("site", "client"))
