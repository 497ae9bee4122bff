"""Moving points: earned, reversed, set aside, spent. Called inside the transaction of what they are for.

Who may give what is asked by the service that gives (a colleague's thanks, an incentive, a lead's budget); here is
how points move: once an operation, never below zero, both sides in one row.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from floorwalker.apps.people.models import Agent
from floorwalker.apps.recognition import queries
from floorwalker.apps.recognition.events import PointsMoved
from floorwalker.apps.recognition.models import Account, Entry, Incentive
from floorwalker.apps.recognition.permissions import RecognitionPermission as P
from floorwalker.apps.recognition.rules.ledger import REVERSIBLE
from floorwalker.apps.recognition.rules.sources import SOURCES
from floorwalker.kernel import audit, events, notices
from floorwalker.kernel.access import Actor, require
from floorwalker.kernel.errors import Refused

EARNED_KIND = "recognition.earned"
REVERSED_KIND = "recognition.reversed"


class NothingToGive(Refused):
    code = "points_nothing_to_give"
    text = _("Points are given from 1 upward; {points} cannot be given.")


class PointsWithoutWhy(Refused):
    code = "points_without_why"
    text = _("Write what the points are for: who gets or loses them reads this.")


class NotEnoughPoints(Refused):
    code = "points_not_enough"
    status = 409
    text = _("{needed} points are needed and {there} are there.")


class OperationDiffers(Refused):
    code = "points_operation_differs"
    status = 409
    text = _("This was asked for before with other points or for somebody else. Begin again.")


class TooLateToReverse(Refused):
    code = "points_too_late_to_reverse"
    status = 409
    text = _("Points are taken back within 24 hours or never; these were booked {at}.")


class NotReversible(Refused):
    code = "points_not_reversible"
    status = 409
    text = _("Only points that somebody earned are taken back, and only once.")


class SpentAlready(Refused):
    code = "points_spent_already"
    status = 409
    text = _("They have used these points already: the balance holds {there} of {needed}. They stay theirs.")


@transaction.atomic
def award(
    *,
    to: int,
    source: str,
    points: int,
    ref: str,
    why: str,
    once: str,
    at: datetime,
    by: Actor,
    out_of: Account | None = None,
) -> Entry:
    """Points for an agent, with the sentence they read; ``out_of`` a budget or what is held, else newly issued.

    The same ``once`` again returns the first entry and changes nothing.
    """
    if source not in SOURCES:
        raise LookupError(f"nothing earns points under {source!r}; see rules/sources.py")
    taker = account_of(to)
    known = Entry.objects.filter(once=once).first()
    giver = out_of or single(Account.Kind.ISSUED)
    entry = move(
        kind=Entry.Kind.AWARD,
        source=source,
        giver=giver,
        taker=taker,
        points=points,
        ref=ref,
        why=why,
        once=once,
        at=at,
        by=by,
    )
    if known is None:
        # What one thing earned at one moment, such as a match won in three ways, is one piece of news.
        _tell(entry, EARNED_KIND, at, together=f"{ref}:{at.isoformat()}" if ref else None)
        events.announce(PointsMoved(entry.pk, to))
    return entry


@transaction.atomic
def reverse(*, entry: int, why: str, by: Actor, at: datetime) -> Entry:
    """Take a wrong award back within 24 hours; the points go where they came from, and the agent reads why."""
    require(by, P.CORRECT)
    found = queries.entry_to_correct(by, entry)
    before = Entry.objects.filter(reverses=found).first()
    if before is not None:
        return before
    if found.kind != Entry.Kind.AWARD:
        raise NotReversible
    if at - found.at > REVERSIBLE:
        raise TooLateToReverse(at=found.at.strftime("%Y-%m-%d %H:%M UTC"))
    try:
        back = move(
            kind=Entry.Kind.REVERSAL,
            giver=queries.heir_of(found.taker, found),
            taker=_back_to(found),
            points=found.points,
            ref=found.ref,
            why=why,
            once=f"reverse:{found.pk}",
            at=at,
            by=by,
            reverses=found,
        )
    except NotEnoughPoints as short:
        raise SpentAlready(**short.facts) from short
    audit.record(
        by=by,
        verb="recognition.reverse",
        about=("recognition.entry", found.pk),
        facts={"points": found.points, "why": why},
        person=found.agent.user_id if found.agent else None,
        at=at,
    )
    _tell(back, REVERSED_KIND, at)
    if found.agent_id is not None:
        events.announce(PointsMoved(back.pk, found.agent_id))
    return back


def _back_to(found: Entry) -> Account:
    """Where it came from; from an incentive that is over on to its budget, so that no points lie where none are
    given out any more."""
    incentive = Incentive.objects.filter(held=found.giver_id).exclude(state=Incentive.State.RUNNING).first()
    return incentive.budget.account if incentive else found.giver


def balance(agent_id: int) -> int:
    """What an agent has; nothing was earned yet: 0."""
    found = Account.objects.filter(agent_id=agent_id).values_list("balance", flat=True).first()
    return found or 0


@transaction.atomic
def redeem(*, agent_id: int, points: int, ref: str, why: str, once: str, by: Actor, at: datetime) -> Entry:
    """Set points of an agent aside for a reward: no longer to spend, not yet spent (see ``end_redeeming``)."""
    return move(
        kind=Entry.Kind.ASK,
        giver=account_of(agent_id),
        taker=single(Account.Kind.WAITING),
        points=points,
        ref=ref,
        why=why,
        once=once,
        by=by,
        at=at,
    )


@transaction.atomic
def end_redeeming(*, asked: Entry, spent: bool, why: str, by: Actor, at: datetime) -> Entry:
    """What was set aside is spent, or goes back to its agent: one operation, so that it is never both."""
    kind, once = Entry.Kind.SPEND if spent else Entry.Kind.RETURN, f"redeemed:{asked.pk}"
    known = Entry.objects.filter(once=once, kind=kind).first()
    if known is not None:
        return known
    return move(
        kind=kind,
        giver=asked.taker,
        taker=single(Account.Kind.REDEEMED) if spent else queries.heir_of(asked.giver, asked),
        points=asked.points,
        agent_id=asked.agent_id,
        ref=asked.ref,
        why=why,
        once=once,
        by=by,
        at=at,
    )


@transaction.atomic
def bring_together(*, agent_id: int, into: int, once: str, by: Actor, at: datetime) -> Entry | None:
    """A person was kept twice: what the one had is the other's from now on; the history of both stays."""
    first, second = account_of(agent_id), account_of(into)
    held = {each.pk: each for each in hold([first, second])}
    known = Entry.objects.filter(once=once).first()
    points = held[first.pk].balance
    if known is not None or not points:  # asked again, it was done: what has come since is another operation
        return known
    return move(
        kind=Entry.Kind.MERGE,
        giver=first,
        taker=second,
        points=points,
        ref=f"people.agent:{agent_id}",
        why=str(_("Points of your other number came here")),
        once=once,
        by=by,
        at=at,
    )


@transaction.atomic
def forget_words(*, agent_id: int, by: Actor, at: datetime) -> int:
    """Forget what entries say of a person and who wrote them; the points stay, so that every sum stays.

    Their own entries, those of others that name them – “Ana thanked you with points” –, and their name on what
    they booked for others, who keep what it was for. Ask before the name itself is forgotten.
    """
    agent = Agent.objects.get(pk=agent_id)
    theirs = Q(agent=agent) | Q(earned__giver=agent, earned__way="kudos") | Q(why__contains=agent.name)
    found = Entry.objects.filter(pk__in=Entry.objects.filter(theirs).values("pk")).exclude(why="–", by_name="–")
    forgotten = found.update(why="–", by_name="–")
    if agent.user_id is not None:
        written = Entry.objects.filter(by_user=agent.user_id).exclude(by_name="–")
        forgotten += written.update(by_name="–")
    about = ("people.agent", agent_id)
    audit.record(by=by, verb="recognition.forget", about=about, facts={"entries": forgotten}, at=at)
    return forgotten


def move(
    *,
    kind: str,
    giver: Account,
    taker: Account,
    points: int,
    why: str,
    once: str,
    by: Actor,
    at: datetime,
    source: str = "",
    ref: str = "",
    reverses: Entry | None = None,
    agent_id: int | None = None,
) -> Entry:
    """One entry, or the first one of the same operation. Both accounts are locked before anything is read."""
    if points < 1:
        raise NothingToGive(points=points)
    if not why.strip():
        raise PointsWithoutWhy
    if (known := _same(once, taker, points)) is not None:
        return known
    with transaction.atomic():
        held = {each.pk: each for each in hold([giver, taker])}
        if (known := _same(once, taker, points)) is not None:  # its twin was through while this one waited
            return known
        there = held[giver.pk].balance
        if there is not None and there < points:
            raise NotEnoughPoints(needed=points, there=there)
        try:
            with transaction.atomic():
                return Entry.objects.create(
                    once=once,
                    kind=kind,
                    source=source,
                    giver=giver,
                    taker=taker,
                    points=points,
                    agent_id=taker.agent_id or giver.agent_id or agent_id,
                    ref=ref[:80],
                    why=why.strip()[:300],
                    at=at,
                    by_name=by.name,
                    by_user_id=by.user_id,
                    reverses=reverses,
                )
        except IntegrityError as error:
            if "once" not in str(error):
                raise
            known = _same(once, taker, points)
            if known is None:
                raise
            return known


def hold(accounts: Iterable[Account]) -> list[Account]:
    """Lock accounts whose balance is counted, in the order of ids; who locks several does it with one call."""
    wanted = {each.pk for each in accounts}
    counted = Account.objects.filter(pk__in=wanted, balance__isnull=False).order_by("pk")
    held = list(counted.select_for_update(no_key=True))
    uncounted = Account.objects.filter(pk__in=wanted - {each.pk for each in held})
    return [*held, *uncounted]


def account_of(agent_id: int) -> Account:
    """The account of an agent, opened with the first points."""
    found, _new = Account.objects.get_or_create(
        agent_id=agent_id, defaults={"kind": Account.Kind.AGENT, "balance": 0}
    )
    return found


def single(kind: str) -> Account:
    """Where points come from, wait, and end: one account each."""
    found, _new = Account.objects.get_or_create(kind=kind, agent=None)
    return found


def _same(once: str, taker: Account, points: int) -> Entry | None:
    known = Entry.objects.filter(once=once).first()
    if known is not None and (known.taker_id != taker.pk or known.points != points):
        raise OperationDiffers
    return known


def _tell(entry: Entry, kind: str, at: datetime, together: str | None = None) -> None:
    agent = Agent.objects.filter(pk=entry.agent_id).first()
    if agent is not None and agent.user_id is not None:
        about = ("recognition.entry", entry.pk)
        notices.notify(to=agent.user_id, kind=kind, ref=about, once=f"points:{together or entry.pk}", at=at)
