"""Reads of points. A person's points are theirs to see; nobody else has a way to them here."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Case, F, Q, QuerySet, Sum, When
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from floorwalker.apps.people import queries as people
from floorwalker.apps.recognition.models import Account, Entry, Redemption
from floorwalker.apps.recognition.permissions import RecognitionPermission as P
from floorwalker.apps.recognition.rules.ledger import REVERSIBLE
from floorwalker.kernel.access import Actor, Permission
from floorwalker.kernel.errors import NotFound
from floorwalker.kernel.paging import Rows, page_of
from floorwalker.kernel.periods import Period
from floorwalker.kernel.scoping import pick, scoped, within


def visible_accounts(actor: Actor, permission: Permission = P.POINTS) -> QuerySet[Account]:
    return Account.objects.filter(within(actor.sight(permission), own="agent__user"))


def visible_entries(actor: Actor, permission: Permission = P.POINTS) -> QuerySet[Entry]:
    """What moved one's own points; who leads sees none of them."""
    sight = actor.sight(permission)
    mine = within(sight, own="giver__agent__user") | within(sight, own="taker__agent__user")
    return Entry.objects.filter(mine)


scoped(Account, visible_accounts, P.POINTS, relations=("own",))
scoped(
    Entry,
    visible_entries,
    P.POINTS,  # which nobody holds for others: a lead corrects an entry of their team's without a way to read it
    canary=("why", "by_name"),
    relations=("own", "team", "site"),
    fixed=("once", "source", "ref"),
)


def entry_to_correct(actor: Actor, entry_id: int) -> Entry:
    """An entry of somebody this actor may correct: never one's own."""
    reach = within(actor.sight(P.CORRECT), team="agent__team", site="agent__team__site")
    found = Entry.objects.filter(reach, agent__isnull=False).select_related("giver", "taker", "agent")
    if actor.user_id is not None:
        found = found.exclude(agent__user=actor.user_id)
    return pick(found, entry_id)


def given_by_hand(actor: Actor, at: datetime) -> list[Entry]:
    """What this actor booked by hand and can still take back, the newest first: their own words, nobody else's."""
    reach = within(actor.sight(P.CORRECT), team="agent__team", site="agent__team__site")
    found = Entry.objects.filter(reach, by_user=actor.user_id, kind=Entry.Kind.AWARD, reversed_by=None)
    return list(found.filter(at__gte=at - REVERSIBLE).select_related("agent").order_by("-at", "-pk"))


def heir_of(account: Account, since: Entry) -> Account:
    """Whose the points of an account are by now: what was brought together after an entry is followed."""
    for merged in (
        Entry.objects.filter(kind=Entry.Kind.MERGE, pk__gt=since.pk).select_related("taker").order_by("pk")
    ):
        if merged.giver_id == account.pk:
            account = merged.taker
    return account


@dataclass(frozen=True)
class Line:
    """An entry as its agent reads it: so many more or less, and why."""

    entry: Entry
    points: int  # below zero: they left the balance
    spent: bool = False  # what was set aside has been handed over since

    @property
    def sign(self) -> str:
        return f"+{self.points}" if self.points > 0 else f"−{-self.points}"

    @property
    def kind(self) -> str:
        """What kind of entry it is by now: what was set aside is spent once it was handed over."""
        return str(Entry.Kind.SPEND.label if self.spent else self.entry.get_kind_display())

    @property
    def back(self) -> bool:
        return self.entry.kind == Entry.Kind.REVERSAL


@dataclass(frozen=True)
class Statement:
    """What somebody has, and every step that led there, the latest first."""

    balance: int
    set_aside: int  # for rewards asked for
    earned: int  # ever, without what was reversed
    lines: list[Line]
    page: Rows[Entry]


def my_agent(actor: Actor) -> Any:
    """The agent behind this actor; who answers no contacts has no points."""
    me = people.agent_of(actor)
    if me is None or not actor.may(P.POINTS):
        raise NotFound
    return me


def statement(actor: Actor, **place: Any) -> Statement:
    me = my_agent(actor)
    account = Account.objects.filter(agent=me).first()
    rows = visible_entries(actor).filter(Q(giver=account) | Q(taker=account)) if account else Entry.objects.none()
    page = page_of(rows.select_related("reverses"), ("-at", "-pk"), limit=25, counted=True, **place)
    sums = sums_of(account)
    shown = [each.pk for each in page.items]
    handed_over = Redemption.objects.filter(set_aside__in=shown, state=Redemption.State.DELIVERED)
    spent = set(handed_over.values_list("set_aside", flat=True))
    return Statement(
        account.balance or 0 if account else 0,
        sums["set_aside"],
        sums["earned"],
        [Line(each, _signed(each, account), each.pk in spent) for each in page.items],
        page,
    )


def sums_of(account: Account | None) -> dict[str, int]:
    """Earned for good, and set aside at the moment."""

    def kind(*kinds: str) -> Any:
        return Coalesce(Sum("points", filter=Q(kind__in=kinds)), 0)

    if account is None:
        return {"earned": 0, "set_aside": 0}
    rows = Entry.objects.filter(agent=account.agent_id)
    found = rows.aggregate(
        awards=kind("award"), reversals=kind("reversal"), asked=kind("ask"), ended=kind("return", "spend")
    )
    return {"earned": found["awards"] - found["reversals"], "set_aside": found["asked"] - found["ended"]}


def _signed(entry: Entry, account: Account | None) -> int:
    return entry.points if account is not None and entry.taker_id == account.pk else -entry.points


def entries_of_mine(actor: Actor) -> QuerySet[Entry]:
    """One's own entries for programs."""
    return visible_entries(actor).annotate(
        change=Case(When(taker__agent__user=actor.user_id, then=F("points")), default=-F("points"))
    )


def awards(between: Period, agents: Collection[int] | None = None) -> Iterator[tuple[int, str, int, datetime]]:
    """Who earned how many, under which source, when: for boards of those who joined; nothing taken back."""
    rows = Entry.objects.filter(
        kind=Entry.Kind.AWARD, at__gte=between.start, at__lt=between.end, reversed_by=None, agent__isnull=False
    )
    if agents is not None:
        rows = rows.filter(agent__in=agents)
    for agent_id, source, points, at in rows.order_by("at", "pk").values_list(
        "agent_id", "source", "points", "at"
    ):
        yield agent_id or 0, source, points, at


def drifted() -> list[int]:
    """Accounts whose balance is not what their entries say: none, ever; for the doctor and the proofs."""
    taken = dict(_by("taker"))
    given = dict(_by("giver"))
    counted = Account.objects.filter(balance__isnull=False).values_list("pk", "balance")
    return [pk for pk, balance in counted if balance != taken.get(pk, 0) - given.get(pk, 0)]


def _by(side: str) -> Iterator[tuple[int, int]]:
    yield from Entry.objects.order_by().values_list(side).annotate(n=Sum("points"))


def earned_in_words(actor: Actor, ref: tuple[str, int]) -> str | None:
    """The notice of points earned: everything the same thing earned at that moment."""
    mine = visible_entries(actor).filter(kind=Entry.Kind.AWARD)
    found = mine.filter(pk=ref[1]).first()
    if found is None:
        return None
    same = [found]
    if found.ref:
        same = list(mine.filter(agent=found.agent_id, ref=found.ref, at=found.at).order_by("pk"))
    return _("+%(n)d points: %(why)s") % {
        "n": sum(each.points for each in same),
        "why": " ".join(each.why for each in same),
    }


def reversed_in_words(actor: Actor, ref: tuple[str, int]) -> str | None:
    """The notice of points taken back, with why."""
    found = visible_entries(actor).filter(pk=ref[1]).select_related("reverses").first()
    if found is None or found.reverses is None:
        return None
    return _("%(n)d points for “%(what)s” were booked by mistake and taken back: %(why)s") % {
        "n": found.points,
        "what": found.reverses.why,
        "why": found.why,
    }
