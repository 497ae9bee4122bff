"""Conversations: who reads them, lists of them, and what a file of them would bring."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from floorwalker.apps.people import queries as people
from floorwalker.apps.people.models import Agent
from floorwalker.apps.people.permissions import PeoplePermission
from floorwalker.apps.quality import words
from floorwalker.apps.quality.models import Conversation, ConversationImport, Phrase
from floorwalker.apps.quality.permissions import QualityPermission as P
from floorwalker.kernel.access import Actor, Permission
from floorwalker.kernel.look import Message, duration_words, when_words
from floorwalker.kernel.picking import Choices
from floorwalker.kernel.scoping import pick, scoped, within


def visible_conversations(actor: Actor, permission: Permission = P.SEE_TRANSCRIPT) -> QuerySet[Conversation]:
    """An agent's own, and those of the agents one judges or leads; never a client's."""
    reach = within(actor.sight(permission), own="agent__user", team="agent__team", site="agent__team__site")
    return Conversation.objects.filter(reach)


def the_conversation(
    actor: Actor, conversation_id: int, permission: Permission = P.SEE_TRANSCRIPT
) -> Conversation:
    rows = visible_conversations(actor, permission).select_related("agent__team__site", "agent__user", "client")
    return pick(rows, conversation_id)


def visible_imports(actor: Actor, permission: Permission = P.IMPORT) -> QuerySet[ConversationImport]:
    """One's own files."""
    return ConversationImport.objects.filter(within(actor.sight(permission), own="user"))


def the_import(actor: Actor, import_id: int) -> ConversationImport:
    return pick(visible_imports(actor).select_related("client"), import_id)


scoped(
    Conversation,
    visible_conversations,
    P.SEE_TRANSCRIPT,
    P.EVALUATE,
    P.ANSWER,
    canary=("key", "queue_name", "reason", "disposition"),
)
scoped(
    ConversationImport,
    visible_imports,
    P.IMPORT,
    canary=("file_name", "system"),
    key="conversation_import_id",
    relations=("own",),
)


@dataclass(frozen=True)
class Wanted:
    """What a list of conversations is narrowed down to."""

    q: str = ""
    agent: int | None = None
    channel: str = ""
    first: datetime | None = None
    last: datetime | None = None
    reviewed: str = ""


def conversations_in(actor: Actor, wanted: Wanted) -> QuerySet[Conversation]:
    """Conversations in sight that match, the newest first."""
    found = visible_conversations(actor).select_related("agent__team", "client").defer("turns")
    for word in wanted.q.split():
        found = found.filter(
            Q(key__icontains=word)
            | Q(agent__name__icontains=word)
            | Q(reason__icontains=word)
            | Q(queue_name__icontains=word)
        )
    if wanted.agent is not None:
        found = found.filter(agent=wanted.agent)
    if wanted.channel:
        found = found.filter(channel=wanted.channel)
    if wanted.first:
        found = found.filter(started_at__gte=wanted.first)
    if wanted.last:
        found = found.filter(started_at__lt=wanted.last + timedelta(days=1))
    if wanted.reviewed:
        found = found.filter(reviews__isnull=wanted.reviewed == "no").distinct()
    return found


def agents_to_choose(actor: Actor, permission: Permission = P.SEE_TRANSCRIPT) -> Choices:
    """Agents whose conversations one may read."""
    return people.agents_to_pick(people.visible_agents(actor, permission))


def systems_to_choose(actor: Actor) -> list[tuple[str, str]]:
    """Whose names of agents a file may use."""
    known = people.visible_agent_names(actor).order_by("system").values_list("system", flat=True).distinct()
    return [("", str(_("our own numbers of agents"))), *((each, each) for each in known)]


SPEAKERS = {"agent": _("Agent"), "customer": _("Customer"), "system": _("System")}


def turns_as_thread(
    conversation: Conversation, own: bool, spotted: Mapping[int, list[Phrase]] | None = None
) -> list[Message]:
    """What was said, turn by turn; the reader's own words stand out, phrases are named below theirs."""
    spotted = spotted or {}
    return [
        Message(
            who=conversation.agent.name if turn["speaker"] == "agent" else SPEAKERS[turn["speaker"]],
            at=conversation.started_at + timedelta(seconds=turn["at"]),
            text=turn["text"],
            mine=own and turn["speaker"] == "agent",
            role=duration_words(turn["at"]) if turn["at"] else "",
            event="; ".join(words.spot_words(each) for each in spotted.get(number, [])),
            tone="attention" if number in spotted else "neutral",
        )
        for number, turn in enumerate(conversation.turns)
    ]


def knows_clients(actor: Actor) -> bool:
    """Whether clients are named to this actor."""
    return actor.may(PeoplePermission.SEE_CLIENTS)


def conversation_facts(actor: Actor, conversation: Conversation) -> list[tuple[Any, Any]]:
    client = conversation.client.name if knows_clients(actor) else ""
    pairs: list[tuple[Any, Any]] = [
        (_("Agent"), conversation.agent.name),
        (_("Channel"), conversation.get_channel_display()),
        (_("Began"), when_words(conversation.started_at)),
        (_("Length"), duration_words(conversation.seconds)),
    ]
    optional = (
        (_("Client"), client),
        (_("On hold"), duration_words(conversation.hold_seconds) if conversation.hold_seconds else ""),
        (_("Queue"), conversation.queue_name),
        (_("Reason"), conversation.reason),
        (_("How it ended"), conversation.disposition),
        (_("Does that fit?"), conversation.get_ending_display()),
        (_("Key"), conversation.key),
    )
    return pairs + [pair for pair in optional if pair[1]]


@dataclass(frozen=True)
class Reject:
    line: int
    why: str


@dataclass(frozen=True)
class Plan:
    """What a file would bring: every conversation read is stored, there already, or rejected."""

    read: int
    fresh: list[tuple[dict[str, Any], int, int]]  # the row, its agent and its client
    duplicates: int
    rejects: list[Reject]


def plan_of(actor: Actor, found: ConversationImport) -> Plan:
    """As things stand now: agents are found by what the system called them on the day."""
    known = set(
        Conversation.objects.filter(key__in=[row["key"] for row in found.rows]).values_list("key", flat=True)
    )
    agents = _agents_called(actor, found)
    clients = {name.lower(): pk for pk, name in people.visible_clients(actor).values_list("pk", "name")}
    fresh, duplicates = [], found.repeated
    rejects = [Reject(line, words.unfit_words(code, facts)) for line, code, facts in found.rejects]
    for row in found.rows:
        client = clients.get(row["client"].lower()) if row["client"] else found.client_id
        agent = agents.get((row["agent"].lower(), row["started_at"][:10]))
        if agent is None:
            rejects.append(Reject(row["line"], words.unfit_words("unknown_agent", {"value": row["agent"]})))
        elif client is None:
            rejects.append(Reject(row["line"], words.unfit_words("unknown_client", {"value": row["client"]})))
        elif row["key"] in known:
            duplicates += 1
        else:
            fresh.append((row, agent, client))
    return Plan(found.read, fresh, duplicates, sorted(rejects, key=lambda each: each.line))


def _agents_called(actor: Actor, found: ConversationImport) -> dict[tuple[str, str], int]:
    """Which agent each name of the file meant on each day, of those whose contacts the actor may read."""
    mine = people.visible_agents(actor, P.SEE_TRANSCRIPT) if actor.kind != "system" else Agent.objects.all()
    wanted = {(row["agent"], row["started_at"][:10]) for row in found.rows}
    if not found.system:
        numbers = {number.lower(): pk for pk, number in mine.values_list("pk", "number")}
        return {(name.lower(), day): numbers[name.lower()] for name, day in wanted if name.lower() in numbers}
    allowed = set(mine.values_list("pk", flat=True))
    by_day: dict[str, list[str]] = {}
    for name, day in wanted:
        by_day.setdefault(day, []).append(name)
    meant: dict[tuple[str, str], int] = {}
    for day, names in by_day.items():
        called = people.called(actor, found.system, names, datetime.fromisoformat(day).date())
        meant |= {(name.lower(), day): agent for name, agent in called.items() if agent in allowed}
    return meant


def import_counts(plan: Plan) -> dict[str, int]:
    return {
        "read": plan.read,
        "stored": len(plan.fresh),
        "duplicates": plan.duplicates,
        "rejected": len(plan.rejects),
    }


def reject_rows(rejects: Iterable[Reject]) -> list[tuple[int, str]]:
    return [(each.line, each.why) for each in rejects]


def plain_import(actor: Actor, found: ConversationImport) -> dict[str, Any]:
    """What a file would bring, or has brought."""
    if found.applied_at:
        counts, rejects = found.outcome, found.outcome["rejects"]
    else:
        plan = plan_of(actor, found)
        counts, rejects = import_counts(plan), reject_rows(plan.rejects)
    about = {name: getattr(found, name) for name in ("id", "file_name", "uploaded_at", "applied_at")}
    numbers = {name: counts[name] for name in ("read", "stored", "duplicates", "rejected")}
    return about | numbers | {"rejects": [{"line": line, "why": why} for line, why in rejects]}
