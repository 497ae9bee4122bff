"""Writing in the hub: ask, say what works, reply, accept, use, change, call somebody in."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.contrib.postgres.search import SearchVector
from django.db import transaction
from django.db.models import F, Value
from django.utils.translation import gettext_lazy as _

from floorwalker.apps.accounts.models import User
from floorwalker.apps.hub import queries
from floorwalker.apps.hub.events import AnswerAccepted, PracticeReused
from floorwalker.apps.hub.models import Mention, Post, PostEdit, Reuse
from floorwalker.apps.hub.permissions import HubPermission as P
from floorwalker.apps.hub.rules import posts as rules
from floorwalker.apps.people.models import Agent
from floorwalker.kernel import audit, events, notices
from floorwalker.kernel.access import Actor, refuse, require
from floorwalker.kernel.errors import NotFound, Refused, Stale

REPLIED, MENTIONED, ACCEPTED = "hub.replied", "hub.mentioned", "hub.accepted"
CREDITED, UNANSWERED = "hub.credited", "hub.question_waits"


class NothingWritten(Refused):
    code = "hub_nothing_written"
    text = _("Write a few words first.")


class NotAnAnswer(Refused):
    code = "hub_not_an_answer"
    status = 409
    text = _("Only a reply to an open question of yours can be accepted, and only one.")


class CannotUse(Refused):
    code = "hub_cannot_use"
    status = 409
    text = _("“I used this” counts for what works for somebody else, once a person.")


class Hidden(Refused):
    code = "hub_post_hidden"
    status = 409
    text = _("This was hidden. Nothing can be added to it before it is shown again.")


@transaction.atomic
def post(
    *,
    kind: str,
    text: str,
    by: Actor,
    at: datetime,
    to: str = "",
    tag_id: int | None = None,
    credit_id: int | None = None,
    call_in: int | None = None,
) -> Post:
    """Write something. What is not said is guessed: the nearest audience, and the tag the words name."""
    require(by, P.POST)
    if kind not in rules.BEGINNINGS:
        raise LookupError(f"{kind!r} is no kind of post")
    audience = queries.audience_to_post(by, to)
    tag = queries.the_tag(by, tag_id).pk if tag_id is not None else queries.tag_named(text)
    credit = _credited(by, kind, audience, credit_id, at)
    found = _write(
        kind=kind,
        text=text,
        by=by,
        at=at,
        audience=audience.audience,
        site_id=audience.site_id,
        team_id=audience.team_id,
        tag_id=tag,
        credit=credit,
    )
    if credit is not None and credit.user_id not in (None, by.user_id):
        _tell(CREDITED, credit.user_id, found, at)
    if call_in is not None:
        _mention(found, call_in, by, at)
    return found


@transaction.atomic
def credit_tip(
    *, agent_id: int, text: str, by: Actor, at: datetime, once: str, tag_id: int | None = None, to: str = ""
) -> Post:
    """Write down what works for somebody else, credited to them; the same ``once`` again changes nothing.

    ``to`` is an audience as the form names it; without one it goes to the team of whoever the tip belongs to.
    """
    require(by, P.POST)
    known = Post.objects.filter(once=once).first()
    if known is not None:
        return known if known.author_id == by.user_id else queries.the_post(by, known.pk)
    agent = queries.agents_here(at).select_related("team").filter(pk=agent_id).first()
    if agent is None:
        refuse(by)
    audience = queries.audience_to_post(by, to or f"{rules.TEAM}:{agent.team_id}")
    if not queries.works_there(agent, audience):
        refuse(by)
    tag = queries.the_tag(by, tag_id).pk if tag_id is not None else queries.tag_named(text)
    found = _write(
        kind=rules.PRACTICE,
        text=text,
        by=by,
        at=at,
        audience=audience.audience,
        site_id=audience.site_id,
        team_id=audience.team_id,
        tag_id=tag,
        credit=agent,
        once=once,
    )
    if agent.user_id not in (None, by.user_id):
        _tell(CREDITED, agent.user_id, found, at)
    return found


@transaction.atomic
def reply(*, post_id: int, text: str, by: Actor, at: datetime, call_in: int | None = None) -> Post:
    """Say something under a post; whoever began it is told."""
    require(by, P.POST)
    root = _locked(queries.the_post(by, post_id, P.POST).root_id or post_id, by)
    if root.hidden_at is not None:
        raise Hidden
    found = _write(
        kind=rules.REPLY,
        text=text,
        by=by,
        at=at,
        root=root,
        audience=root.audience,
        site_id=root.site_id,
        team_id=root.team_id,
        tag_id=root.tag_id,
    )
    Post.objects.filter(pk=root.pk).update(replied=F("replied") + 1, moved_at=at)
    if root.author_id != by.user_id:
        _tell(REPLIED, root.author_id, found, at)
    if call_in is not None:
        _mention(found, call_in, by, at)
    return found


@transaction.atomic
def accept(*, post_id: int, by: Actor, at: datetime) -> Post:
    """Whoever asked says which reply answers it; their question has then ended."""
    require(by, P.POST)
    answer = queries.the_post(by, post_id, P.POST)
    if answer.root_id is None:
        raise NotAnAnswer
    question = _locked(answer.root_id, by)
    hidden = answer.hidden_at is not None or question.hidden_at is not None
    if question.author_id != by.user_id or question.kind != rules.ASK or question.accepted_id or hidden:
        raise NotAnAnswer
    question.accepted, question.accepted_at, question.moved_at = answer, at, at
    question.version += 1
    question.save(update_fields=["accepted", "accepted_at", "moved_at", "version"])
    _record(question, "hub.accept", by, at, person=answer.author_id)
    if answer.author_id != by.user_id:
        _tell(ACCEPTED, answer.author_id, answer, at)
        agents = _agents(answer.author_id, question.author_id)
        if len(agents) == 2:
            author, asker = agents[answer.author_id], agents[question.author_id]
            events.announce(AnswerAccepted(answer.pk, question.pk, author, asker))
    return question


@transaction.atomic
def use(*, post_id: int, by: Actor, at: datetime) -> Post:
    """“I used this”: what works for a colleague has worked for somebody else."""
    require(by, P.POST)
    found = _locked(queries.the_post(by, post_id, P.POST).pk, by)
    theirs = {found.author_id, found.credit.user_id if found.credit else None}
    if found.kind != rules.PRACTICE or by.user_id in theirs or by.user_id is None or found.hidden_at is not None:
        raise CannotUse
    _, new = Reuse.objects.get_or_create(post=found, user_id=by.user_id, defaults={"at": at})
    if not new:
        raise CannotUse
    found.reused += 1
    found.save(update_fields=["reused"])
    _record(found, "hub.use", by, at)
    who = _agents(by.user_id)
    if found.credit_id is not None and who:
        events.announce(PracticeReused(found.pk, found.credit_id, who[by.user_id]))
    return found


@transaction.atomic
def edit(*, post_id: int, text: str, version: int, by: Actor, at: datetime, tag_id: int | None = None) -> Post:
    """Its author changes the words; what it said before stays readable."""
    require(by, P.POST)
    found = _locked(queries.the_post(by, post_id, P.POST).pk, by)
    if found.author_id != by.user_id:
        refuse(by)
    if found.version != version:
        raise Stale
    if found.hidden_at is not None:
        raise Hidden
    words = _words(text)
    tag = queries.the_tag(by, tag_id).pk if tag_id is not None else found.tag_id
    if words != found.text:
        PostEdit.objects.create(post=found, text=found.text, by_id=by.user_id, at=at)
    found.text, found.tag_id, found.edited_at, found.version = words, tag, at, found.version + 1
    found.save(update_fields=["text", "tag", "edited_at", "version"])
    Post.objects.filter(pk=found.pk).update(**searchable(words))
    _record(found, "hub.edit", by, at)
    return found


@transaction.atomic
def mention(*, post_id: int, user_id: int, by: Actor, at: datetime) -> Mention:
    """Call somebody in who may read it; they are told once."""
    require(by, P.POST)
    found = queries.the_post(by, post_id, P.POST)
    if found.hidden_at is not None or (found.root is not None and found.root.hidden_at is not None):
        raise Hidden
    return _mention(found, user_id, by, at)


def note_waiting(at: datetime) -> int:
    """Questions nobody has answered for two working days: whoever leads there is told, once; their number."""
    told = 0
    for question in queries.questions_waiting(rules.asked_before(at.date())):
        with transaction.atomic():
            if not Post.objects.filter(pk=question.pk, waited_at=None).update(waited_at=at):
                continue
            for user in queries.leads_of(question):
                _tell(UNANSWERED, user, question, at)
            told += 1
    return told


def renew_search(most: int = 20_000) -> int:
    """Read words anew after the language of the search was changed; the number of posts still to do is unknown."""
    stale = Post.objects.exclude(search_as=settings.SEARCH_LANGUAGE).values_list("pk", flat=True)[:most]
    return Post.objects.filter(pk__in=list(stale)).update(
        search=SearchVector("text", config=settings.SEARCH_LANGUAGE), search_as=settings.SEARCH_LANGUAGE
    )


def searchable(words: str) -> dict[str, object]:
    """The fields by which words are found."""
    language = settings.SEARCH_LANGUAGE
    return {"search": SearchVector(Value(words), config=language), "search_as": language}


def _words(text: str) -> str:
    words = rules.plain(text)[: rules.LONGEST].strip()
    if not words:
        raise NothingWritten
    return words


def _credited(by: Actor, kind: str, audience: queries.To, credit_id: int | None, at: datetime) -> Agent | None:
    """Whose tip it is: somebody who reads it too, else whoever writes it."""
    if kind != rules.PRACTICE:
        return None
    if credit_id is None:
        return Agent.objects.filter(user_id=by.user_id).first() if by.user_id is not None else None
    found = queries.agents_to_credit(audience, at).filter(pk=credit_id).first()
    if found is None:
        refuse(by)
    return found


def _write(*, text: str, by: Actor, at: datetime, **values: object) -> Post:
    if by.user_id is None:
        refuse(by)
    words = _words(text)
    found = Post.objects.create(
        text=words, author_id=by.user_id, at=at, moved_at=at, **searchable(words), **values
    )
    _record(found, "hub.post", by, at)
    return found


def _mention(found: Post, user_id: int, by: Actor, at: datetime) -> Mention:
    if not queries.mentionable(by, found, at).filter(pk=user_id).exists():
        raise NotFound
    row, new = Mention.objects.get_or_create(post=found, user_id=user_id, defaults={"at": at})
    if new:
        _tell(MENTIONED, user_id, found, at)
    return row


def _locked(post_id: int, by: Actor) -> Post:
    found = (
        Post.objects.select_for_update(of=("self",)).select_related("credit", "team", "site").filter(pk=post_id)
    ).first()
    if found is None:
        refuse(by)
    return found


def _agents(*user_ids: int | None) -> dict[int, int]:
    """The agents these users are."""
    rows = Agent.objects.filter(user__in=[each for each in user_ids if each is not None])
    return {user: pk for user, pk in rows.values_list("user", "pk") if user is not None}


def _tell(kind: str, user_id: int | None, about: Post, at: datetime) -> None:
    if user_id is not None and User.objects.filter(pk=user_id, is_active=True).exists():
        notices.notify(to=user_id, kind=kind, ref=("hub.post", about.pk), once=f"{kind}:{about.pk}", at=at)


def _record(found: Post, verb: str, by: Actor, at: datetime, person: int | None = None) -> None:
    facts = {"kind": found.kind, "audience": found.audience}
    about = ("hub.post", found.pk)
    audit.record(by=by, verb=verb, about=about, facts=facts, at=at, person=person or found.author_id)
