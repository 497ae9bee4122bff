"""Reads of contests and of questions about the game."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import F, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from floorwalker.apps.accounts.models import User
from floorwalker.apps.people import queries as people
from floorwalker.apps.people.models import Agent, Site
from floorwalker.apps.performance import queries as performance
from floorwalker.apps.recognition.models import Contest, ContestEntry, Finding
from floorwalker.apps.recognition.permissions import RecognitionPermission as P
from floorwalker.apps.recognition.queries import seasons
from floorwalker.apps.recognition.rules import contests as rules
from floorwalker.apps.recognition.rules import findings as questions
from floorwalker.kernel.access import Actor, Permission
from floorwalker.kernel.paging import Rows, page_of
from floorwalker.kernel.roles import Role, Scope
from floorwalker.kernel.scoping import pick, scoped, within

CONTEST, FINDING = "recognition.contest", "recognition.finding"


def visible_contests(actor: Actor, permission: Permission = P.BOARDS) -> QuerySet[Contest]:
    """Of the sites somebody works or leads people at."""
    reach = within(actor.sight(permission), own="site__teams__agents__user", team="site__teams", site="site")
    return Contest.objects.filter(pk__in=Contest.objects.filter(reach).values("pk"))


def the_contest(actor: Actor, contest_id: int, permission: Permission = P.BOARDS) -> Contest:
    return pick(visible_contests(actor, permission).select_related("site", "made_by"), contest_id)


def visible_contest_entries(actor: Actor, permission: Permission = P.POINTS) -> QuerySet[ContestEntry]:
    """One's own: what others aim for and reach is theirs to know."""
    own = actor.sight(permission).own
    return ContestEntry.objects.filter(agent__user=own) if own is not None else ContestEntry.objects.none()


def visible_findings(actor: Actor, permission: Permission = P.FINDINGS) -> QuerySet[Finding]:
    """Questions of the sites somebody manages; whom one is about reads it with its answer."""
    sight = actor.sight(permission)
    reach = within(sight, site="site")
    if sight.own is not None:
        reach |= Q(people__user=sight.own, state=Finding.State.ANSWERED)
    return Finding.objects.filter(pk__in=Finding.objects.filter(reach).values("pk"))


def the_finding(actor: Actor, finding_id: int, permission: Permission = P.FINDINGS) -> Finding:
    return pick(visible_findings(actor, permission).select_related("site", "contest", "asked"), finding_id)


scoped(Contest, visible_contests, P.BOARDS, canary=("name", "words", "why"), fixed=("measure", "pair"))
scoped(
    ContestEntry,
    visible_contest_entries,
    P.POINTS,
    key="contest_entry_id",
    relations=("own",),
    fixed=("outcome",),
)
scoped(Finding, visible_findings, P.FINDINGS, canary="words", relations=("own", "site"), fixed=("once",))


def contests_page(actor: Actor, **place: Any) -> Rows[Contest]:
    """Those that run or are planned first; the latest of the others after them."""
    rows = visible_contests(actor).select_related("site")
    return page_of(rows, ("-last_day", "-pk"), counted=True, **place)


def sites_to_hold(actor: Actor) -> list[Site]:
    return list(people.visible_sites(actor, P.HOLD_CONTESTS).filter(archived=False).order_by("name"))


def my_entry(actor: Actor, contest: Contest) -> ContestEntry | None:
    return visible_contest_entries(actor).filter(contest=contest, left_at=None).first()


def entrants(contest: Contest) -> int:
    return contest.entries.filter(left_at=None).count()


def shares_of_teams(contest: Contest) -> list[rules.TeamShare]:
    """How many of each team's entrants met both, once it is over."""
    rows = contest.entries.filter(left_at=None).exclude(outcome="").values_list("team__name", "outcome")
    return rules.team_shares([(team, outcome == "met") for team, outcome in rows])


def open_to_me(actor: Actor, at: datetime) -> QuerySet[Contest]:
    """Contests one could join; nobody is nudged: for the agent's own page only."""
    me = people.agent_of(actor)
    if me is None or not actor.may(P.BOARDS):
        return Contest.objects.none()
    last = people.today_of(me, at) + (rules.LEAST_DAYS - 1) * rules.DAY
    joined = ContestEntry.objects.filter(agent=me, left_at=None).values("contest")
    return Contest.objects.filter(
        site=me.team.site_id, state__in=[Contest.State.PLANNED, Contest.State.RUNNING], last_day__gte=last
    ).exclude(pk__in=joined)


def days_to_compare(contest: Contest, look: rules.Look) -> dict[str, Any]:
    """Figures of everybody at the site, agents as numbers, for the work of the job."""
    taking = set(contest.entries.filter(left_at=None).values_list("agent", flat=True))
    found: dict[str, dict[int, tuple[list[Any], list[Any]]]] = defaultdict(lambda: defaultdict(lambda: ([], [])))
    rows = performance.daily(contest.site_id, rules.WATCHED, look.before[0], look.since[1])
    for measure, agent, day, value, weight in rows:
        if look.before[0] <= day <= look.before[1]:
            found[measure][agent][0].append((value, weight))
        elif look.since[0] <= day <= look.since[1]:
            found[measure][agent][1].append((value, weight))
    asking = look.phase in rules.ASKING
    return {
        "phase": look.phase,
        "false_alarm": rules.FALSE_ALARM / len(rules.ASKING) if asking else rules.FALSE_ALARM,
        "days": {
            measure: [(agent, agent in taking, *parts) for agent, parts in sorted(each.items())]
            for measure, each in found.items()
        },
        "better": {measure: performance.better_is_more(measure) for measure in found},
    }


def favours_of(site_id: int, at: datetime) -> dict[str, Any]:
    """Favours of a season's length at a site, people and teams as numbers, for the work of the job."""
    rows = list(seasons.favours(site_id, at - questions.RING_DAYS * rules.DAY))
    known = {each for giver, taker, _n in rows for each in (giver, taker)}
    here = Agent.objects.filter(Q(team__site=site_id, left_on=None) | Q(pk__in=known), team__site=site_id)
    return {"favours": rows, "teams": dict(here.values_list("pk", "team")), "seed": site_id}


def who_answers(site: Site) -> User | None:
    """The manager of a site, or of the whole house: whom questions about its game go to."""
    held = Q(roles_held__role=Role.MANAGER) & (
        Q(roles_held__scope=Scope.ALL) | Q(roles_held__scope=Scope.SITE, roles_held__scope_id=site.pk)
    )
    narrow_first = F("roles_held__scope").desc()
    return User.objects.filter(held, is_active=True).order_by(narrow_first, "pk").first()


@dataclass(frozen=True)
class Questions:
    open: int
    page: Rows[Finding]


def questions_page(actor: Actor, **place: Any) -> Questions:
    rows = visible_findings(actor).select_related("site", "contest", "asked")
    page = page_of(rows, ("-at", "-pk"), counted=True, **place)
    return Questions(rows.filter(state=Finding.State.OPEN).count(), page)


def named_in(finding: Finding) -> list[str]:
    """Whom a question is about, by name; for who reads it."""
    return list(finding.people.order_by("name").values_list("name", flat=True))


def may_answer(actor: Actor, finding: Finding) -> bool:
    """Who manages the site, unless it is about themselves."""
    about = actor.user_id is not None and finding.people.filter(user=actor.user_id).exists()
    return finding.state == Finding.State.OPEN and actor.sight(P.FINDINGS).beyond_own and not about


def open_questions(actor: Actor) -> QuerySet[Finding]:
    """Those that wait for this person."""
    if actor.user_id is None:
        return Finding.objects.none()
    return visible_findings(actor).filter(asked=actor.user_id, state=Finding.State.OPEN).order_by("due")


def people_before(kind: str, since: datetime) -> list[frozenset[int]]:
    """About whom questions of a kind were asked lately."""
    found: dict[int, set[int]] = defaultdict(set)
    for finding, agent in Finding.objects.filter(kind=kind, at__gte=since).values_list("pk", "people"):
        if agent is not None:
            found[finding].add(agent)
    return [frozenset(each) for each in found.values()]


def question_in_words(actor: Actor, ref: tuple[str, int]) -> str | None:
    """The notice of who is asked, or of whom an answered question was about: nobody by name."""
    found = visible_findings(actor).filter(pk=ref[1]).first()
    if found is None:
        return None
    if found.state == Finding.State.ANSWERED:
        return _("A question about the game concerned you and is answered: read it with its answer.")
    return _("A question about the game waits for your answer: %(kind)s.") % {"kind": found.get_kind_display()}


def contest_in_words(actor: Actor, ref: tuple[str, int]) -> str | None:
    """The notice of somebody who took part: the contest is over."""
    entry = visible_contest_entries(actor).filter(contest=ref[1]).select_related("contest").first()
    return _("“%(name)s” is over; your result is there.") % {"name": entry.contest.name} if entry else None


def contests_to_look_at(actor: Actor) -> QuerySet[Contest]:
    """Whose work on harm somebody may follow."""
    return visible_contests(actor, P.HOLD_CONTESTS)


def sites_to_ask(actor: Actor) -> QuerySet[Site]:
    """Sites whose questions somebody answers; what is being searched is no news for whom it is about."""
    sight = actor.sight(P.FINDINGS)
    return Site.objects.filter(within(sight, site="pk")) if sight.beyond_own else Site.objects.none()


def url_of_contest(contest_id: int) -> str:
    return reverse("recognition:contest", args=[contest_id])


def url_of_questions(_site_id: int) -> str:
    return reverse("recognition:questions")
