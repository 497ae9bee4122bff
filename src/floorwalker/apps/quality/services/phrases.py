"""The bank of phrases: added, archived, spotted, and judged by hand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from floorwalker.apps.people import queries as people
from floorwalker.apps.quality import queries
from floorwalker.apps.quality.models import Conversation, Owner, Phrase, PhraseLabel, Spot
from floorwalker.apps.quality.permissions import QualityPermission as P
from floorwalker.apps.quality.rules import phrases as rules
from floorwalker.kernel import audit, jobs
from floorwalker.kernel.access import Actor, require
from floorwalker.kernel.errors import Refused

SPOT = "quality.spot"
PHRASE = "quality.phrase"


class NothingToLookFor(Refused):
    code = "quality_phrase_empty"
    text = _("“{text}” holds no word to look for; write it as people say it.")


class PhraseKnown(Refused):
    code = "quality_phrase_known"
    status = 409
    text = _("“{text}” is in the bank already; take it back from the archive if it is there.")


class NoSuchTurn(Refused):
    code = "quality_no_such_turn"
    text = _("That turn is none in which “{text}” could be said.")


class PhrasesUnfit(Refused):
    code = "quality_phrases_unfit"
    text = _("Nothing was taken in. Line {line}: {problem}")


@dataclass(frozen=True)
class Taken:
    """What came of a file of phrases."""

    new: int
    known: int


@transaction.atomic
def add_phrase(
    *, text: str, said_by: str, owner_topic: str, client_id: int | None, by: Actor, at: datetime
) -> Phrase:
    """Look for these words from now on, and by a job in what was stored before."""
    require(by, P.KEEP_PHRASES)
    text = " ".join(text.split())
    if not rules.sayable(text):
        raise NothingToLookFor(text=text)
    client = people.the_client(by, client_id) if client_id is not None else None
    try:
        with transaction.atomic():
            phrase = Phrase.objects.create(
                text=text[:120], said_by=Phrase.SaidBy(said_by), owner_topic=Owner(owner_topic), client=client,
                made_at=at,
            )  # fmt: skip
    except IntegrityError as error:
        raise PhraseKnown(text=text) from error
    jobs.start(SPOT, ref=(PHRASE, phrase.pk), title=_("Look for “{text}”").format(text=text), by=by, at=at)
    _record("add_phrase", phrase, by, at)
    return phrase


@transaction.atomic
def archive_phrase(*, phrase_id: int, archived: bool, by: Actor, at: datetime) -> Phrase:
    """Look for it no more; what was spotted stays. ``archived`` false takes it back and looks again."""
    require(by, P.KEEP_PHRASES)
    queries.the_phrase(by, phrase_id, P.KEEP_PHRASES)
    phrase = Phrase.objects.select_for_update().get(pk=phrase_id)
    if phrase.archived != archived:
        phrase.archived = archived
        phrase.save(update_fields=["archived"])
        if not archived:
            title = _("Look for “{text}”").format(text=phrase.text)
            jobs.start(SPOT, ref=(PHRASE, phrase.pk), title=title, by=by, at=at)
        _record("archive_phrase" if archived else "restore_phrase", phrase, by, at)
    return phrase


@transaction.atomic
def take_phrases(*, rows: Iterable[tuple[int, Mapping[str, str]]], by: Actor, at: datetime) -> Taken:
    """All phrases of a file or none; those in the bank already are counted."""
    require(by, P.KEEP_PHRASES)
    clients = {name.lower(): pk for pk, name in people.visible_clients(by).values_list("pk", "name")}
    new = known = 0
    for line, row in rows:
        text, said_by = " ".join(row.get("phrase", "").split()), row.get("said_by", "").strip().lower()
        owner, client = row.get("who_could_mend_it", "").strip().lower(), row.get("client", "").strip().lower()
        if not rules.sayable(text) or len(text) > 120:
            raise PhrasesUnfit(line=line, problem=_("a phrase is one to 120 characters with a word in them."))
        if said_by not in Phrase.SaidBy.values:
            raise PhrasesUnfit(line=line, problem=_("“said_by” is customer or agent."))
        if owner not in Owner.values:
            names = ", ".join(Owner.values)
            raise PhrasesUnfit(line=line, problem=_("“who_could_mend_it” is one of {names}.").format(names=names))
        if client and client not in clients:
            raise PhrasesUnfit(line=line, problem=_("no client is called “{name}”.").format(name=client))
        try:
            add_phrase(text=text, said_by=said_by, owner_topic=owner, client_id=clients.get(client), by=by, at=at)
            new += 1
        except PhraseKnown:
            known += 1
    return Taken(new, known)


def spot_in(conversations: Iterable[Conversation], phrase_id: int | None = None) -> int:
    """Keep where phrases stand in these conversations; again changes nothing. How many were found."""
    patterns = queries.patterns(phrase_id)
    found = [
        Spot(conversation=each, phrase_id=phrase, turn=turn)
        for each in conversations
        for phrase, turn in rules.spots(each.turns, patterns, each.client_id)
    ]
    Spot.objects.bulk_create(found, batch_size=1000, ignore_conflicts=True)
    return len(found)


@transaction.atomic
def spotted_all(*, phrase_id: int, at: datetime) -> None:
    """All that was stored has been looked through."""
    Phrase.objects.filter(pk=phrase_id).update(spotted_at=at)


@transaction.atomic
def label(
    *, phrase_id: int, conversation_id: int, turn: int, present: bool, by: Actor, at: datetime
) -> PhraseLabel:
    """Say whether a phrase stands in a turn; said again, the later word counts."""
    require(by, P.KEEP_PHRASES)
    phrase = queries.the_phrase(by, phrase_id, P.KEEP_PHRASES)
    conversation = queries.the_conversation(by, conversation_id, P.KEEP_PHRASES)
    turns: list[dict[str, Any]] = conversation.turns
    other_client = phrase.client_id not in (None, conversation.client_id)
    if not 0 <= turn < len(turns) or turns[turn]["speaker"] != phrase.said_by or other_client:
        raise NoSuchTurn(text=phrase.text)
    spotted = Spot.objects.filter(conversation=conversation, phrase=phrase, turn=turn).exists()
    found, _new = PhraseLabel.objects.update_or_create(
        conversation=conversation, phrase=phrase, turn=turn,
        defaults={"spotted": spotted, "present": present, "by_id": by.user_id, "at": at},
    )  # fmt: skip
    return found


def _record(verb: str, phrase: Phrase, by: Actor, at: datetime) -> None:
    audit.record(by=by, verb=f"quality.{verb}", about=(PHRASE, phrase.pk), facts={"text": phrase.text}, at=at)
