"""Saying something, and each step of what becomes of it."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from random import SystemRandom

from django.db import IntegrityError, transaction
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from floorwalker.apps.hub import authorship, queries, rules
from floorwalker.apps.hub.events import SayingMoved
from floorwalker.apps.hub.models import Policy, Saying, SayingMove
from floorwalker.apps.hub.permissions import HubPermission as P
from floorwalker.apps.promises import services as promises
from floorwalker.kernel import audit, events, notices
from floorwalker.kernel.access import SYSTEM, Actor, refuse, require
from floorwalker.kernel.errors import Refused

PROMISE_KIND = "hub.answer"
WAITS_KIND = "hub.waits"
MOVED_KIND = "hub.moved"
WHOEVER_SAID_IT = _("whoever said it")
END_OF_DAY = time(23, 59)


class NothingSaid(Refused):
    code = "hub_nothing_said"
    text = _("Write a few words: what it is about, and what you would like.")


class CannotHide(Refused):
    code = "hub_group_too_small"
    text = _(
        "Without a name it can be said in a team or at a site where at least {smallest} people can sign in. "
        "Yours is smaller, and people would guess; say it with your name, or tell somebody you trust."
    )


class WordsNeeded(Refused):
    code = "hub_words_needed"
    text = _("Write what whoever said it will read.")


class DayNeeded(Refused):
    code = "hub_day_needed"
    text = _("Name the day by which something follows; it is a promise. It cannot be in the past.")


class CannotMove(Refused):
    code = "hub_move_not_allowed"
    status = 409
    text = _("This is {state}; it cannot become “{to}”.")


class CannotJoin(Refused):
    code = "hub_cannot_join"
    status = 409
    text = _("Join it to another of the same topic and kind that you answer for and that is not joined itself.")


class PolicyTaken(Refused):
    code = "hub_policy_taken"
    text = _("There is already a policy called {name}, perhaps out of force. Choose another title.")


@transaction.atomic
def say(
    *,
    kind: str,
    topic_id: int,
    text: str,
    by: Actor,
    at: datetime,
    public: bool = False,
    anonymous: bool = False,
    policy_id: int | None = None,
) -> Saying:
    """Say something to whoever answers for the topic.

    Without a name this writes one row and nothing else: no audit, promise, notice or event that would tell when it
    was said or stand beside what somebody did at that time. Those follow on the next day by :func:`deliver`.
    """
    require(by, P.SAY)
    topic = queries.the_topic(by, topic_id)
    policy = queries.the_policy(by, policy_id) if policy_id is not None else None
    if by.user_id is None:
        refuse(by)
    if not text.strip():
        raise NothingSaid
    today = at.astimezone(UTC).date()
    saying = Saying(
        kind=kind,
        topic=topic,
        policy=policy,
        text=text.strip()[:2000],
        public=public,
        said_on=today,
        owner_id=topic.owner_id,
        due=rules.due_after(today, topic.days),
    )
    if anonymous:
        hiding = queries.hiding_place(by)
        if not hiding:
            raise CannotHide(smallest=rules.SMALLEST_GROUP)
        saying.anonymous, saying.delivered = True, False
        saying.team, saying.site = hiding.team, hiding.site
        saying.salt = authorship.fresh_salt()
        saying.author_key = authorship.key_of(by.user_id, saying.salt)
        saying.save(force_insert=True)
        return saying
    saying.author_id = by.user_id
    saying.save(force_insert=True)
    _record(saying, "hub.say", by, at)
    _reach(saying, by, at)
    return saying


def deliver(at: datetime) -> int:
    """Bring what was said without a name on the days before, all together and in no order; the number of them."""
    waiting = list(
        Saying.objects.filter(delivered=False, said_on__lt=at.astimezone(UTC).date()).values_list("pk", flat=True)
    )
    SystemRandom().shuffle(waiting)
    with transaction.atomic():
        for saying in (Saying.objects.select_for_update().get(pk=pk) for pk in waiting):
            saying.delivered = True
            saying.save(update_fields=["delivered"])
            _record(saying, "hub.deliver", SYSTEM, at)
            _reach(saying, SYSTEM, at)
    return len(waiting)


@transaction.atomic
def answer(*, saying_id: int, words: str, by: Actor, at: datetime, due: date | None = None) -> Saying:
    """Answer; for all but a question with the day by which it is fixed or decided."""
    return _move(saying_id, rules.ANSWERED, words, due, by, at)


@transaction.atomic
def try_out(*, saying_id: int, words: str, due: date | None, by: Actor, at: datetime) -> Saying:
    """Try an idea or a changed policy until a day."""
    return _move(saying_id, rules.TRIAL, words, due, by, at)


@transaction.atomic
def finish(*, saying_id: int, words: str, by: Actor, at: datetime) -> Saying:
    """It is done: what was done, or what a trial has taught."""
    return _move(saying_id, rules.DONE, words, None, by, at)


@transaction.atomic
def decline(*, saying_id: int, words: str, by: Actor, at: datetime) -> Saying:
    """No, with the reason."""
    return _move(saying_id, rules.DECLINED, words, None, by, at)


@transaction.atomic
def join(*, saying_id: int, to_saying_id: int, by: Actor, at: datetime) -> Saying:
    """The same was said before: from now on this author follows that one."""
    saying = _locked(saying_id, by)
    leading = queries.to_join(by, saying).filter(pk=to_saying_id).first()
    if leading is None or saying.joined.exists():
        raise CannotJoin
    saying.joined_to = leading
    return _write(saying, rules.JOINED, "", None, by, at)


@transaction.atomic
def hand_on(*, saying_id: int, topic_id: int, words: str, by: Actor, at: datetime) -> Saying:
    """It belongs to another topic; whoever answers there has the same day."""
    saying = _locked(saying_id, by)
    topic = queries.the_topic(by, topic_id)
    if not rules.is_open(saying.kind, saying.state) or topic.pk == saying.topic_id:
        raise CannotMove(state=saying.get_state_display(), to=topic.name)
    promises.withdraw(once=_once(saying), why=str(_("handed on to another topic")), by=by, at=at)
    saying.topic, saying.owner_id, saying.version = topic, topic.owner_id, saying.version + 1
    saying.save()
    text = _("Handed on to %(owner)s, topic %(topic)s.") % {"owner": topic.owner.name, "topic": topic.name}
    _step(saying, f"{text} {words.strip()}".strip(), None, by, at)
    _record(saying, "hub.hand_on", by, at)
    _reach(saying, by, at)
    _tell_authors(saying, at)
    return saying


def note_late(at: datetime) -> int:
    """What nobody answered by its day says so from now on, for all to see; the number of them."""
    today, noted = at.astimezone(UTC).date(), 0
    late = Saying.objects.filter(delivered=True, ended_on=None, late_on=None, due__lt=today)
    for pk in late.values_list("pk", flat=True):
        with transaction.atomic():
            saying = Saying.objects.select_for_update(of=("self",)).select_related("topic").get(pk=pk)
            if (
                not rules.is_open(saying.kind, saying.state)
                or saying.late_on
                or not rules.overdue(saying.due, today)
            ):
                continue
            saying.late_on = today
            if saying.state == rules.RECEIVED:
                _write(saying, rules.UNANSWERED, "", saying.due, SYSTEM, at)
            else:
                saying.save(update_fields=["late_on"])
            about, once = ("hub.saying", saying.pk), f"hub:{saying.pk}:late:{saying.due}"
            for user in {saying.owner_id, saying.topic.second_id} - {None}:
                notices.notify(to=user, kind=WAITS_KIND, ref=about, once=once, at=at)
            noted += 1
    return noted


def forget(at: datetime) -> int:
    """Cut the last thread to whoever said something without a name, long after its end; the number of them."""
    today = at.astimezone(UTC).date()
    ended = Saying.objects.exclude(author_key="").filter(ended_on__isnull=False)
    old = [pk for pk, day in ended.values_list("pk", "ended_on") if rules.forgotten(day, today)]
    return Saying.objects.filter(pk__in=old).update(author_key="", salt="")


@transaction.atomic
def keep_policy(
    *, name: str, text: str, owner_id: int, since: date, by: Actor, at: datetime, policy_id: int | None = None
) -> Policy:
    """Write a policy down, or change it."""
    require(by, P.KEEP_POLICIES)
    policy = queries.the_policy(by, policy_id, P.KEEP_POLICIES) if policy_id is not None else Policy()
    if not queries.answerers(by, P.KEEP_POLICIES).filter(pk=owner_id).exists():
        refuse(by)
    policy.name, policy.text, policy.owner_id, policy.since = name.strip(), text.strip(), owner_id, since
    try:
        with transaction.atomic():
            policy.save()
    except IntegrityError as error:
        if "hub_policy_once" not in str(error):
            raise
        raise PolicyTaken(name=policy.name) from error
    facts = {"name": policy.name, "since": since.isoformat()}
    audit.record(by=by, verb="hub.keep_policy", about=("hub.policy", policy.pk), facts=facts, at=at)
    return policy


@transaction.atomic
def archive_policy(*, policy_id: int, by: Actor, at: datetime) -> Policy:
    """It is no longer in force; what was asked about it stays."""
    require(by, P.KEEP_POLICIES)
    policy = queries.the_policy(by, policy_id, P.KEEP_POLICIES)
    policy.archived = True
    policy.save(update_fields=["archived"])
    audit.record(by=by, verb="hub.archive_policy", about=("hub.policy", policy.pk), at=at)
    return policy


def _locked(saying_id: int, by: Actor) -> Saying:
    require(by, P.SAY)
    queries.the_saying_to_answer(by, saying_id)
    found: Saying = (
        Saying.objects.select_for_update(of=("self",)).select_related("topic__owner", "owner").get(pk=saying_id)
    )
    return found


def _move(saying_id: int, to: str, words: str, due: date | None, by: Actor, at: datetime) -> Saying:
    saying = _locked(saying_id, by)
    if not rules.may_move(saying.kind, saying.state, to):
        raise CannotMove(state=saying.get_state_display(), to=Saying.State(to).label)
    if not words.strip():
        raise WordsNeeded
    if rules.needs_day(saying.kind, to) and (due is None or due < at.astimezone(UTC).date()):
        raise DayNeeded
    return _write(saying, to, words, due if rules.needs_day(saying.kind, to) else None, by, at)


def _write(saying: Saying, to: str, words: str, due: date | None, by: Actor, at: datetime) -> Saying:
    """Take the step, keep what was promised before it, promise what follows, tell whoever said it."""
    today = at.astimezone(UTC).date()
    kept = to != rules.UNANSWERED
    if to == rules.JOINED:
        promises.withdraw(once=_once(saying), why=str(_("joined to another that said the same")), by=by, at=at)
    elif kept:
        promises.keep(once=_once(saying), by=by, at=at)
    saying.late_on = None if kept else saying.late_on
    saying.state, saying.due, saying.moved_on = to, due, today
    saying.ended_on = today if to in rules.ENDED else None
    saying.version += 1
    saying.save()
    _step(saying, words.strip()[:2000], due if kept else None, by, at)
    _record(saying, f"hub.{to}", by, at)
    events.announce(SayingMoved(saying.pk, saying.kind, to, saying.topic_id, saying.owner_id))
    if due is not None and kept:
        _promise(saying, by, at)
    _tell_authors(saying, at)
    return saying


def _reach(saying: Saying, by: Actor, at: datetime) -> None:
    """Promise the answer, and tell its owner that it waits."""
    _promise(saying, by, at)
    events.announce(SayingMoved(saying.pk, saying.kind, saying.state, saying.topic_id, saying.owner_id))
    once = f"hub:{saying.pk}:waits:{saying.owner_id}"
    if saying.owner_id != saying.author_id:
        notices.notify(to=saying.owner_id, kind=WAITS_KIND, ref=("hub.saying", saying.pk), once=once, at=at)


def _promise(saying: Saying, by: Actor, at: datetime) -> None:
    assert saying.due is not None
    what = _("Answer to %(kind)s, %(topic)s")
    if saying.state == rules.TRIAL:
        what = _("What a trial has taught: %(kind)s, %(topic)s")
    elif saying.state == rules.ANSWERED:
        what = _("What follows from %(kind)s, %(topic)s")
    promises.register(
        kind=PROMISE_KIND,
        ref=("hub.saying", saying.pk),
        owner=saying.owner_id,
        to=saying.author_id or str(WHOEVER_SAID_IT),
        what=str(capfirst(what % {"kind": saying.get_kind_display(), "topic": saying.topic.name})),
        due=datetime.combine(saying.due, END_OF_DAY, UTC),
        by=by,
        at=at,
        once=_once(saying),
    )


def _once(saying: Saying) -> str:
    """The promise that stands at this state, with this owner."""
    stage = rules.RECEIVED if saying.state in rules.WAITING else saying.state
    return f"hub:{saying.pk}:{stage}:{saying.topic_id}"


def _step(saying: Saying, words: str, due: date | None, by: Actor, at: datetime) -> None:
    SayingMove.objects.create(saying=saying, state=saying.state, words=words, due=due, by_id=by.user_id, at=at)


def _record(saying: Saying, verb: str, by: Actor, at: datetime) -> None:
    """The audit says what became of it; who said it only where they gave their name."""
    facts = {"kind": saying.kind, "topic": saying.topic.name}
    about = ("hub.saying", saying.pk)
    audit.record(by=by, verb=verb, about=about, facts=facts, person=saying.author_id, at=at)


def _tell_authors(saying: Saying, at: datetime) -> None:
    """Its author and all whose saying was joined to it; who gave no name looks by themselves."""
    for each in (saying, *saying.joined.all()):
        if each.author_id is not None:
            once = f"hub:{each.pk}:{saying.pk}:{saying.version}"
            notices.notify(to=each.author_id, kind=MOVED_KIND, ref=("hub.saying", each.pk), once=once, at=at)
