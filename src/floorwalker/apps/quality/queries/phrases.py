"""Phrases: the bank, where they were said, how often, and how well the rules find them."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Func, IntegerField, Q, QuerySet, Sum, Value
from django.db.models.functions import TruncWeek
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from floorwalker.apps.quality.models import Conversation, Phrase, PhraseLabel, Spot
from floorwalker.apps.quality.permissions import QualityPermission as P
from floorwalker.apps.quality.queries.conversations import visible_conversations
from floorwalker.apps.quality.queries.sheets import ONE_FOR_ALL
from floorwalker.apps.quality.rules import phrases as rules
from floorwalker.kernel.access import Actor, Permission
from floorwalker.kernel.look import Chart, Message, Series
from floorwalker.kernel.scoping import pick, scoped, within

WEEKS = 12
AROUND = 2  # turns before and after the one that is labelled
DRAWN_FROM = 40  # conversations a turn is drawn from


def visible_phrases(actor: Actor, permission: Permission = P.SEE_PHRASES) -> QuerySet[Phrase]:
    """The bank, for all who judge."""
    return Phrase.objects.all() if actor.sight(permission) else Phrase.objects.none()


def the_phrase(actor: Actor, phrase_id: int, permission: Permission = P.SEE_PHRASES) -> Phrase:
    return pick(visible_phrases(actor, permission).select_related("client"), phrase_id)


def visible_spots(actor: Actor, permission: Permission = P.SEE_TRANSCRIPT) -> QuerySet[Spot]:
    """Of conversations one may read."""
    return Spot.objects.filter(_reach(actor, permission))


def visible_labels(actor: Actor, permission: Permission = P.KEEP_PHRASES) -> QuerySet[PhraseLabel]:
    return PhraseLabel.objects.filter(_reach(actor, permission))


def _reach(actor: Actor, permission: Permission) -> Q:
    return within(
        actor.sight(permission), own="conversation__agent__user", team="conversation__agent__team",
        site="conversation__agent__team__site",
    )  # fmt: skip


scoped(Phrase, visible_phrases, P.SEE_PHRASES, P.KEEP_PHRASES, canary="text", staff_see_all=ONE_FOR_ALL)
scoped(Spot, visible_spots, P.SEE_TRANSCRIPT)
scoped(PhraseLabel, visible_labels, P.KEEP_PHRASES, key="phrase_label_id", relations=("team", "site"))


def patterns(phrase_id: int | None = None) -> list[rules.Pattern]:
    """What is looked for in a conversation that comes in, or by the job of one phrase."""
    rows = Phrase.objects.filter(archived=False) if phrase_id is None else Phrase.objects.filter(pk=phrase_id)
    return [
        rules.pattern_of(rules.Wanted(each.pk, each.text, each.said_by, each.client_id))
        for each in rows.order_by("pk")
    ]


def conversations_after(last: int, number: int) -> list[Conversation]:
    """The next ones by id, for a job that looks through all."""
    rows = Conversation.objects.filter(pk__gt=last).only("pk", "client_id", "turns")
    return list(rows.order_by("pk")[:number])


def conversations_number() -> int:
    return Conversation.objects.count()


def spots_of(actor: Actor, conversation: Conversation) -> dict[int, list[Phrase]]:
    """The phrases spotted in each turn of a conversation one may read."""
    found: dict[int, list[Phrase]] = {}
    for each in visible_spots(actor).filter(conversation=conversation).select_related("phrase").order_by("pk"):
        found.setdefault(each.turn, []).append(each.phrase)
    return found


def _counted(actor: Actor, since: datetime) -> QuerySet[Spot]:
    """Spots in reach, for sums alone."""
    sight = actor.sight(P.SEE_PHRASES)
    reach = within(sight, team="conversation__agent__team", site="conversation__agent__team__site")
    return Spot.objects.filter(reach, conversation__started_at__gte=since)


@dataclass(frozen=True)
class PhraseLine:
    phrase: Phrase
    contacts: int  # in the last days
    before: int  # in as many days before those
    precision: rules.Share | None
    labelled: int  # spots a person looked at


def phrase_lines(actor: Actor, at: datetime, *, days: int, archived: bool) -> list[PhraseLine]:
    """The bank, with how often each was said lately and before; the most frequent first."""
    since, earlier = at - timedelta(days=days), at - timedelta(days=2 * days)
    late = Q(conversation__started_at__gte=since)
    rows = _counted(actor, earlier).values_list("phrase").annotate(
        n=Count("conversation", distinct=True, filter=late),
        before=Count("conversation", distinct=True, filter=~late),
    )  # fmt: skip
    counts = {phrase: (n, before) for phrase, n, before in rows.order_by()}
    labels = dict.fromkeys(counts, (0, 0)) | {
        phrase: (hits, of)
        for phrase, of, hits in PhraseLabel.objects.filter(spotted=True)
        .values_list("phrase")
        .annotate(of=Count("pk"), hits=Count("pk", filter=Q(present=True)))
        .order_by()
    }
    lines = [
        PhraseLine(
            each, *counts.get(each.pk, (0, 0)), rules.precision(*labels.get(each.pk, (0, 0))),
            labels.get(each.pk, (0, 0))[1],
        )
        for each in visible_phrases(actor).filter(archived=archived).select_related("client")
    ]  # fmt: skip
    return sorted(lines, key=lambda each: (-each.contacts, each.phrase.text))


@dataclass(frozen=True)
class PhrasePage:
    phrase: Phrase
    number: int
    chart: Chart | None
    queues: list[tuple[str, int, float]]  # name, contacts, share of the queue's contacts
    reasons: list[tuple[str, int, float]]
    precision: rules.Share | None
    recall: rules.Recall | None
    labels: tuple[int, int]  # turns with a spot, turns without, that a person looked at


def phrase_page(actor: Actor, phrase: Phrase, at: datetime) -> PhrasePage:
    """How often over twelve weeks, in which queues and for which reasons, and how well it is found."""
    since = at - timedelta(weeks=WEEKS)
    mine = _counted(actor, since).filter(phrase=phrase)
    number = mine.aggregate(n=Count("conversation", distinct=True))["n"]
    return PhrasePage(
        phrase, number, _weeks_chart(mine, at) if number else None,
        _by(actor, mine, since, "queue_name"), _by(actor, mine, since, "reason"), *_quality(phrase),
    )  # fmt: skip


def _weeks_chart(mine: QuerySet[Spot], at: datetime) -> Chart:
    rows = dict(
        mine.annotate(week=TruncWeek("conversation__started_at"))
        .values_list("week")
        .annotate(n=Count("conversation", distinct=True))
        .order_by()
    )
    counts = {week.date(): n for week, n in rows.items()}
    monday = (at - timedelta(days=at.weekday())).date()
    weeks = [monday - timedelta(weeks=n) for n in reversed(range(WEEKS))]
    values = [float(counts.get(week, 0)) for week in weeks]
    last = round(values[-2])
    said = ngettext("%(n)d contact in the last whole week.", "%(n)d contacts in the last whole week.", last)
    return Chart(
        key="phrase-weeks",
        title=_("Contacts in which it was said, by week"),
        sentence=said % {"n": last},
        points=weeks,
        unit=_("contacts"),
        digits=0,
        series=[Series(_("Contacts"), values, role="bar")],
    )


def _by(actor: Actor, mine: QuerySet[Spot], since: datetime, field: str) -> list[tuple[str, int, float]]:
    """The fifteen most frequent, with the share of all contacts there."""
    rows = mine.values_list(f"conversation__{field}").annotate(n=Count("conversation", distinct=True))
    found = list(rows.order_by("-n", f"conversation__{field}")[:15])
    sight = actor.sight(P.SEE_PHRASES)
    there = within(sight, team="agent__team", site="agent__team__site")
    whole = dict(
        Conversation.objects.filter(there, started_at__gte=since, **{f"{field}__in": [name for name, _n in found]})
        .values_list(field)
        .annotate(n=Count("pk"))
        .order_by()
    )
    return [(name, n, n / whole[name]) for name, n in found if whole.get(name)]


def _quality(phrase: Phrase) -> tuple[rules.Share | None, rules.Recall | None, tuple[int, int]]:
    """From hand labels: turns with a spot and turns without, each weighted by how many there are."""
    counts = {
        spotted: (hits, of)
        for spotted, of, hits in PhraseLabel.objects.filter(phrase=phrase)
        .values_list("spotted")
        .annotate(of=Count("pk"), hits=Count("pk", filter=Q(present=True)))
        .order_by()
    }
    (hits, of), (missed, others) = counts.get(True, (0, 0)), counts.get(False, (0, 0))
    found = rules.precision(hits, of)
    spotted = Spot.objects.filter(phrase=phrase).count()
    recall = None
    if found is not None and others >= rules.LEAST_OTHERS:
        recall = rules.recall(found, spotted, missed, others, _turns_of(phrase) - spotted)
    return found, recall, (of, others)


def _turns_of(phrase: Phrase) -> int:
    """How many turns there are in which it could have been said."""
    path = Value(f'$[*] ? (@.speaker == "{Phrase.SaidBy(phrase.said_by).value}")')
    turns = Func(
        Func("turns", Func(path, template="(%(expressions)s)::jsonpath"), function="jsonb_path_query_array"),
        function="jsonb_array_length",
        output_field=IntegerField(),
    )
    rows = Conversation.objects.all() if phrase.client_id is None else Conversation.objects.filter(
        client=phrase.client_id
    )  # fmt: skip
    return int(rows.aggregate(n=Sum(turns))["n"] or 0)


def spotted_turns(actor: Actor, phrase: Phrase) -> QuerySet[Spot]:
    """The newest first, of conversations one may read; an agent's own words are not listed to others by name."""
    return visible_spots(actor).filter(phrase=phrase).select_related("conversation__agent")


def words_of(spot: Spot) -> str:
    turns = spot.conversation.turns
    return str(turns[spot.turn]["text"]) if spot.turn < len(turns) else ""


@dataclass(frozen=True)
class Drawn:
    """A turn to look at, with those around it."""

    conversation: Conversation
    turn: int
    thread: list[Message]


def draw_turn(actor: Actor, phrase: Phrase, chance: random.Random) -> Drawn | None:
    """A turn nobody has labelled: with a spot and without in turns, each at random among its kind.

    Of the turns without one, forty conversations are drawn and then a turn of theirs, so that long conversations
    count as much as they have turns. Who spoke is known, whether the rules found it is not shown.
    """
    labels = PhraseLabel.objects.filter(phrase=phrase)
    done = labels.aggregate(spotted=Count("pk", filter=Q(spotted=True)), n=Count("pk"))
    with_spot = 2 * done["spotted"] <= done["n"] and _a_spot(actor, phrase)
    return with_spot or _another(actor, phrase, chance) or _a_spot(actor, phrase)


def _a_spot(actor: Actor, phrase: Phrase) -> Drawn | None:
    seen = PhraseLabel.objects.filter(phrase=phrase, spotted=True)
    known = {(conversation, turn) for conversation, turn in seen.values_list("conversation", "turn")}
    rows = visible_spots(actor, P.KEEP_PHRASES).filter(phrase=phrase).order_by("?")
    for pk, conversation, turn in rows.values_list("pk", "conversation", "turn")[: len(known) + 1]:
        if (conversation, turn) not in known:
            return _shown(Spot.objects.select_related("conversation").get(pk=pk).conversation, turn)
    return None


def _another(actor: Actor, phrase: Phrase, chance: random.Random) -> Drawn | None:
    rows = visible_conversations(actor, P.KEEP_PHRASES)
    if phrase.client_id is not None:
        rows = rows.filter(client=phrase.client_id)
    talks = list(rows.order_by("?")[:DRAWN_FROM])
    taken = set(Spot.objects.filter(phrase=phrase, conversation__in=talks).values_list("conversation", "turn"))
    taken |= set(
        PhraseLabel.objects.filter(phrase=phrase, conversation__in=talks).values_list("conversation", "turn")
    )
    turns = [
        (talk, number)
        for talk in talks
        for number, turn in enumerate(talk.turns)
        if turn["speaker"] == phrase.said_by and (talk.pk, number) not in taken
    ]
    return _shown(*chance.choice(turns)) if turns else None


def _shown(conversation: Conversation, turn: int) -> Drawn:
    first = max(0, turn - AROUND)
    names = {"agent": _("Agent"), "customer": _("Customer"), "system": _("System")}
    thread = [
        Message(
            who=names[each["speaker"]],
            at=conversation.started_at + timedelta(seconds=each["at"]),
            text=each["text"],
            mine=False,
            event=_("Is it said here?") if number == turn else "",
            tone="progress" if number == turn else "neutral",
        )
        for number, each in enumerate(conversation.turns[first : turn + AROUND + 1], start=first)
    ]
    return Drawn(conversation, turn, thread)


@dataclass(frozen=True)
class Beyond:
    """A phrase no agent can do anything about: how often it was said."""

    phrase: Phrase
    contacts: int
    share: float


def beyond_agents(actor: Actor, first: datetime) -> list[Beyond]:
    """Phrases that others than the agent could mend, for who can; the most frequent first."""
    sight = actor.sight(P.SEE_LOST)
    reach = within(sight, team="conversation__agent__team", site="conversation__agent__team__site")
    there = within(sight, team="agent__team", site="agent__team__site")
    whole = Conversation.objects.filter(there, started_at__gte=first).count()
    rows = (
        Spot.objects.filter(reach, conversation__started_at__gte=first)
        .exclude(phrase__owner_topic="agent")
        .values_list("phrase")
        .annotate(n=Count("conversation", distinct=True))
        .order_by("-n", "phrase")
    )
    counts = dict(rows)
    phrases = Phrase.objects.in_bulk(list(counts))
    return [Beyond(phrases[pk], n, n / whole if whole else 0.0) for pk, n in counts.items()]


PHRASE_COLUMNS = ("phrase", "said_by", "who_could_mend_it", "contacts", "contacts_before", "labelled", "precision",
                  "precision_low", "precision_high")  # fmt: skip


def phrase_rows(lines: list[PhraseLine]) -> Iterator[list[Any]]:
    for each in lines:
        share = each.precision
        found = [round(value, 4) for value in (share.value, share.low, share.high)] if share else [None] * 3
        yield [each.phrase.text, each.phrase.said_by, each.phrase.owner_topic, each.contacts, each.before,
               each.labelled, *found]  # fmt: skip


def plain_phrase(line: PhraseLine) -> dict[str, Any]:
    """For programs."""
    share = line.precision
    return {
        "id": line.phrase.pk,
        "text": line.phrase.text,
        "said_by": line.phrase.said_by,
        "owner_topic": line.phrase.owner_topic,
        "controllable": line.phrase.controllable,
        "client_id": line.phrase.client_id,
        "archived": line.phrase.archived,
        "contacts": line.contacts,
        "labelled": line.labelled,
        "precision": share.value if share else None,
        "precision_low": share.low if share else None,
        "precision_high": share.high if share else None,
    }


def phrase_url(phrase_id: int) -> str:
    return reverse("quality:phrase", args=[phrase_id])
