"""Reads of budgets and incentives: whose they are, whose people they are for, what is left of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum
from django.utils.translation import gettext as _

from floorwalker.apps.accounts.models import RoleHeld, User
from floorwalker.apps.people import queries as people
from floorwalker.apps.people.models import Agent, Site, Team
from floorwalker.apps.recognition.models import Budget, Entry, Incentive
from floorwalker.apps.recognition.permissions import RecognitionPermission as P
from floorwalker.apps.recognition.queries.ledger import my_agent
from floorwalker.apps.recognition.rules import incentives as rules
from floorwalker.kernel.access import Actor, Permission
from floorwalker.kernel.look import day_words
from floorwalker.kernel.paging import Rows, page_of
from floorwalker.kernel.roles import Scope
from floorwalker.kernel.scoping import pick, scoped, within

RUNNING = Q(state=Incentive.State.RUNNING)


def visible_budgets(actor: Actor, permission: Permission = P.GIVE) -> QuerySet[Budget]:
    """Those of the teams and sites one leads, and for who gives one's own wherever it is."""
    sight = actor.sight(permission)
    reach = within(sight, site="site", team="team")
    if permission is P.GIVE and sight and not sight.everything:  # which is no filter at all: nothing to add to
        reach |= Q(owner=actor.user_id)
    return Budget.objects.filter(reach)


def owned_budgets(actor: Actor) -> QuerySet[Budget]:
    """Those this actor gives out of; a budget in sight is still its owner's alone to give."""
    return visible_budgets(actor).filter(owner=actor.user_id)


def my_budgets(actor: Actor) -> QuerySet[Budget]:
    found = owned_budgets(actor).filter(archived=False)
    return found.select_related("account", "site", "team").order_by("name", "pk")


def the_budget(actor: Actor, budget_id: int, permission: Permission = P.GIVE) -> Budget:
    return pick(visible_budgets(actor, permission).select_related("account", "site", "team", "owner"), budget_id)


def visible_incentives(actor: Actor, permission: Permission = P.POINTS) -> QuerySet[Incentive]:
    """What was announced to one's team or site; for who gives, those of the teams and sites they lead."""
    sight = actor.sight(permission)
    if sight.everything:
        return Incentive.objects.all()
    if permission is P.GIVE:
        return Incentive.objects.filter(within(sight, team="team", site="site"))
    me = people.agent_of(actor) if sight.own is not None else None
    if me is None:
        return Incentive.objects.none()
    mine = Q(team=None, site=me.team.site_id) | Q(team=me.team_id)
    return Incentive.objects.filter(mine).exclude(state=Incentive.State.DRAFT)


def all_incentives(actor: Actor) -> QuerySet[Incentive]:
    """Those announced to oneself, and those of one's people, for programs."""
    found = visible_incentives(actor, P.GIVE) | visible_incentives(actor)
    return Incentive.objects.filter(pk__in=found.values("pk"))


def the_incentive(actor: Actor, incentive_id: int) -> Incentive:
    rows = visible_incentives(actor, P.GIVE) | visible_incentives(actor)
    return pick(rows.select_related("budget", "owner", "site", "team", "held"), incentive_id)


def incentive_led(actor: Actor, incentive_id: int) -> Incentive:
    """One for people this actor leads, whoever announced it."""
    rows = visible_incentives(actor, P.GIVE)
    return pick(rows.select_related("budget", "owner", "site", "team", "held"), incentive_id)


scoped(Budget, visible_budgets, P.KEEP_BUDGETS, P.GIVE, canary="name", relations=("team", "site"))
scoped(
    Incentive,
    visible_incentives,
    P.POINTS,
    P.GIVE,
    canary=("name", "what", "why"),
    fixed=("measure",),
)


def audience(incentive: Incentive) -> QuerySet[Agent]:
    """Whom it is for: who is here, in the team or the site."""
    here = Agent.objects.filter(left_on=None)
    return here.filter(team=incentive.team_id) if incentive.team_id else here.filter(team__site=incentive.site_id)


def audience_words(incentive: Incentive) -> str:
    return incentive.team.name if incentive.team else incentive.site.name


def running_for(agent: Agent, occasion: str) -> list[int]:
    """Incentives of this occasion that an agent of this team can earn from, in the order of ids."""
    mine = Q(team=None, site=agent.team.site_id) | Q(team=agent.team_id)
    rows = Incentive.objects.filter(RUNNING, mine, occasion=occasion)
    return list(rows.order_by("pk").values_list("pk", flat=True))


def paid_by_agent(incentive: Incentive) -> dict[int, int]:
    """How often each was paid, without what was taken back."""
    rows = Entry.objects.filter(
        giver=incentive.held_id, kind=Entry.Kind.AWARD, reversed_by=None, agent__isnull=False
    )
    return {pk or 0: n for pk, n in rows.order_by().values_list("agent").annotate(n=Count("pk"))}


@dataclass(frozen=True)
class IncentiveLine:
    """An incentive as a list shows it."""

    incentive: Incentive
    paid: int
    mine: int

    @property
    def left(self) -> int:
        return self.incentive.places - self.paid

    @property
    def tone(self) -> str:
        return {"draft": "neutral", "running": "progress", "ended": "good", "cancelled": "neutral"}[
            self.incentive.state
        ]

    @property
    def still_mine(self) -> int:
        """How often this reader can still earn it."""
        return max(0, min(self.left, self.incentive.most_each - self.mine))


def with_paid(rows: Iterable[Incentive], agent_id: int | None = None) -> list[IncentiveLine]:
    """Each with how often it was paid, and how often to one agent; two questions for all of them."""
    found = list(rows)
    paid = Entry.objects.filter(
        giver__in=[each.held_id for each in found if each.held_id], kind=Entry.Kind.AWARD, reversed_by=None
    )
    counts: Mapping[Any, Any] = {
        giver: (n, mine)
        for giver, n, mine in paid.order_by()
        .values_list("giver")
        .annotate(n=Count("pk"), mine=Count("pk", filter=Q(agent=agent_id)))
    }
    return [IncentiveLine(each, *counts.get(each.held_id, (0, 0))) for each in found]


def incentives_for_me(actor: Actor, at: datetime, most: int = 20) -> list[IncentiveLine]:
    """What is running for me now and still has a place, the one that ends first first."""
    me = my_agent(actor)
    rows = (
        visible_incentives(actor).filter(RUNNING, last_day__gte=at.date()).select_related("owner", "site", "team")
    )
    return [each for each in with_paid(rows.order_by("last_day", "pk")[:most], me.pk) if each.still_mine]


@dataclass(frozen=True)
class IncentivePage:
    line: IncentiveLine
    owns: bool
    winners: list[Entry]  # shown to its owner alone
    closes: datetime


def incentive_page(actor: Actor, incentive_id: int) -> IncentivePage:
    found = the_incentive(actor, incentive_id)
    me = people.agent_of(actor)
    owns = found.owner_id == actor.user_id and actor.may(P.GIVE)
    paid = Entry.objects.filter(giver=found.held_id, kind=Entry.Kind.AWARD) if found.held_id and owns else None
    winners = list(paid.select_related("agent", "reversed_by").order_by("-at", "-pk")[:100]) if paid else []
    (line,) = with_paid([found], me.pk if me else None)
    return IncentivePage(line, owns, winners, rules.closes(found.last_day, found.site.zone))


def incentives_page(actor: Actor, **place: Any) -> tuple[Rows[Incentive], list[IncentiveLine]]:
    """Those of one's people, the latest first."""
    rows = visible_incentives(actor, P.GIVE).select_related("owner", "site", "team")
    page = page_of(rows, ("-first_day", "-pk"), limit=25, counted=True, **place)
    return page, with_paid(page.items)


def agents_to_name(actor: Actor, incentive: Incentive) -> QuerySet[Agent]:
    """Whom its owner may name: never themselves."""
    return audience(incentive).exclude(user=actor.user_id).order_by("name", "pk")


def agents_to_give(actor: Actor, budget: Budget) -> QuerySet[Agent]:
    """Whom a budget is for, but oneself."""
    here = Agent.objects.filter(left_on=None).exclude(user=actor.user_id)
    here = here.filter(team=budget.team_id) if budget.team_id else here.filter(team__site=budget.site_id)
    return here.select_related("team").order_by("name", "pk")


def waiting_for_winners(actor: Actor, at: datetime) -> list[Incentive]:
    """One's own whose last day is near or over and where nobody was named yet."""
    if not actor.may(P.GIVE):
        return []
    rows = Incentive.objects.filter(
        RUNNING, owner=actor.user_id, occasion=Incentive.Occasion.BY_HAND, last_day__lte=at.date()
    )
    lines = with_paid(rows.select_related("site").order_by("last_day", "pk")[:20])
    return [each.incentive for each in lines if not each.paid]


def teams_to_give(actor: Actor) -> list[tuple[Site, Team | None]]:
    """The sites and teams a keeper of budgets may name."""
    sight = actor.sight(P.KEEP_BUDGETS)
    teams = Team.objects.filter(within(sight, team="pk", site="site"), archived=False).select_related("site")
    found = list(teams.order_by("site__name", "name"))
    sites = {each.site_id: each.site for each in found}
    whole: list[tuple[Site, Team | None]] = [(site, None) for site in sites.values()]
    return [*whole, *((each.site, each) for each in found)]


def may_own_budgets() -> QuerySet[User]:
    """Who can be given a budget: whoever leads."""
    roles = P.GIVE.value.held
    held = RoleHeld.objects.filter(role__in=roles, user__is_active=True).values("user")
    return User.objects.filter(pk__in=held, service_account=False).order_by("name", "pk")


def may_give_to(user_id: int, site_id: int, team_id: int | None) -> bool:
    """Whether somebody leads there: the team, its site, or all."""
    where = Q(scope=Scope.ALL) | Q(scope=Scope.SITE, scope_id=site_id)
    if team_id is not None:
        where |= Q(scope=Scope.TEAM, scope_id=team_id)
    return RoleHeld.objects.filter(where, role__in=P.GIVE.value.held, user=user_id, user__is_active=True).exists()


@dataclass(frozen=True)
class BudgetLine:
    budget: Budget
    given: int  # this month, awards and what is held for incentives, less what came back


def budgets_page(actor: Actor, at: datetime, **place: Any) -> tuple[Rows[Budget], list[BudgetLine]]:
    """Every budget in sight with what it has and what it gave this month."""
    rows = visible_budgets(actor, P.KEEP_BUDGETS).filter(archived=False)
    page = page_of(
        rows.select_related("account", "owner", "site", "team"), ("name", "pk"), limit=50, counted=True, **place
    )
    month = date(at.year, at.month, 1)
    accounts = [each.account_id for each in page.items]
    out = _sums("giver", accounts, month)
    back = _sums("taker", accounts, month)
    return page, [BudgetLine(b, out.get(b.account_id, 0) - back.get(b.account_id, 0)) for b in page.items]


def _sums(side: str, accounts: list[int], month: date) -> dict[int, int]:
    rows = Entry.objects.filter(**{f"{side}__in": accounts}, at__date__gte=month).exclude(kind=Entry.Kind.ISSUE)
    return dict(rows.order_by().values_list(side).annotate(n=Sum("points")))


def incentive_in_words(actor: Actor, ref: tuple[str, int]) -> str | None:
    """The notice of an incentive announced, or called off."""
    found = visible_incentives(actor).filter(pk=ref[1]).first()
    if found is None:
        return None
    if found.state == Incentive.State.CANCELLED:
        return _("“%(name)s” was called off: %(why)s What you have earned stays yours.") % {
            "name": found.name,
            "why": found.why,
        }
    return _("“%(name)s”: %(points)d points until %(day)s. %(what)s") % {
        "name": found.name,
        "points": found.points,
        "day": day_words(found.last_day),
        "what": found.what,
    }
