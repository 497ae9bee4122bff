"""Reads of thanks, as far as each reader may see, and never wider than the one thanked wishes now."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from floorwalker.apps.people import queries as people
from floorwalker.apps.people.models import Agent
from floorwalker.apps.recognition.models import Thanks, ThanksWish
from floorwalker.apps.recognition.permissions import RecognitionPermission as P
from floorwalker.apps.recognition.rules.thanks import (
    PRIVATE,
    SITE,
    TEAM,
    as_wide_as,
)
from floorwalker.kernel.access import Actor, Permission
from floorwalker.kernel.errors import NotFound
from floorwalker.kernel.look import when_words
from floorwalker.kernel.paging import Rows, page_of
from floorwalker.kernel.roles import Scope
from floorwalker.kernel.scoping import scoped, within


def visible_thanks(actor: Actor, permission: Permission = P.THANK) -> QuerySet[Thanks]:
    """Said by me, said to me, and those shown to a team or site of mine; who leads sees no more than others."""
    sight = actor.sight(permission)
    if sight.everything:
        return Thanks.objects.all()
    theirs = within(sight, own="from_user") | within(sight, own="agent__user")
    if not sight:
        return Thanks.objects.filter(theirs)
    teams, sites = _places(actor)
    shown = _reaching(TEAM) & Q(agent__team__in=teams) | _reaching(SITE) & Q(agent__team__site__in=sites)
    return Thanks.objects.filter(theirs | shown)


def _reaching(width: str) -> Q:
    """Shown that far by who thanks, and wished that far by who is thanked."""
    wide = as_wide_as(width)
    return Q(visibility__in=wide, agent__thanks_wish__widest__in=wide)


def _places(actor: Actor) -> tuple[set[int], set[int]]:
    """The teams and sites somebody belongs to: where they answer, and where they hold a role."""
    me = people.agent_of(actor)
    teams = {held.scope_id for held in actor.held if held.scope is Scope.TEAM and held.scope_id}
    sites = {held.scope_id for held in actor.held if held.scope is Scope.SITE and held.scope_id}
    if me is not None:
        teams, sites = teams | {me.team_id}, sites | {me.team.site_id}
    return teams, sites


def visible_wishes(actor: Actor, permission: Permission = P.THANK) -> QuerySet[ThanksWish]:
    """One's own; how far somebody else wishes their thanks to be shown is theirs to know."""
    return ThanksWish.objects.filter(within(actor.sight(permission), own="agent__user"))


def wish_of(agent_id: int) -> str:
    """How far thanks to somebody may be shown at most."""
    found = ThanksWish.objects.filter(agent=agent_id).values_list("widest", flat=True).first()
    return found or PRIVATE


def my_wish(actor: Actor) -> str | None:
    """None: nobody can be thanked who answers no contacts."""
    me = people.agent_of(actor)
    return wish_of(me.pk) if me else None


def colleagues(actor: Actor) -> QuerySet[Agent]:
    """Whom this actor can thank: who is here, at their site or in the teams and sites they hold a role for."""
    if not actor.sight(P.THANK):
        return Agent.objects.none()
    here = Agent.objects.filter(left_on=None)
    if actor.user_id is not None:
        here = here.exclude(user=actor.user_id)
    if actor.kind == "system" or any(held.scope is Scope.ALL for held in actor.held):
        return here
    teams, sites = _places(actor)
    return here.filter(Q(team__in=teams) | Q(team__site__in=sites))


def the_colleague(actor: Actor, number: str) -> Agent:
    """By their number, among those who can be thanked."""
    found = colleagues(actor).select_related("team__site").filter(number__iexact=number.strip()).first()
    if found is None:
        raise NotFound
    return found


def found_by_name(actor: Actor, words: str, most: int = 12) -> list[Agent]:
    """Colleagues whose name holds every word of a search; nothing is listed without a search."""
    found = colleagues(actor).select_related("team")
    wanted = words.split()
    if not wanted:
        return []
    for word in wanted:
        found = found.filter(Q(name__icontains=word) | Q(number__iexact=word))
    return list(found.order_by("name", "pk")[:most])


def thanks_page(actor: Actor, side: str, **place: Any) -> Rows[Thanks]:
    """The quiet list: to me, by me, or all that are shown to me; the latest first, never counted by person."""
    found = thanks_in(actor, side).select_related("from_user", "agent__team")
    return page_of(found, ("-at", "-pk"), limit=25, counted=True, **place)


def thanks_in(actor: Actor, side: str) -> QuerySet[Thanks]:
    found = visible_thanks(actor)
    if side == "to_me":
        return found.filter(agent__user=actor.user_id, agent__user__isnull=False)
    return found.filter(from_user=actor.user_id) if side == "by_me" else found


BESIDE = 5


def beside_agent(actor: Actor, agent: Agent) -> people.Beside | None:
    """The latest thanks to an agent, for the agent's page: as far as they are shown to its reader."""
    if not actor.may(P.THANK):
        return None
    rows = visible_thanks(actor).filter(agent=agent).select_related("from_user").order_by("-at", "-pk")[:BESIDE]
    mine = agent.user_id is not None and agent.user_id == actor.user_id
    say = "" if mine or agent.left_on else f"{reverse('recognition:say')}?{urlencode({'colleague': agent.number})}"
    return people.Beside(
        title=_("Thanks"),
        note=_("As far as they wish to show them.") if not mine else "",
        lines=[
            people.BesideLine(
                _("%(name)s: %(kind)s. %(words)s")
                % {"name": each.from_user.name, "kind": each.get_kind_display(), "words": each.words},
                when_words(each.at),
            )
            for each in rows
        ],
        empty=_("Nobody has said thanks here yet.") if mine else _("None that you may see."),
        url=say or reverse("recognition:thanks"),
        link=_("Say thanks") if say else _("All thanks"),
    )


def exported(actor: Actor) -> Iterator[list[str]]:
    """Thanks as a table, as far as they are shown to whoever takes it."""
    rows = visible_thanks(actor).select_related("from_user", "agent").order_by("-at", "-pk")
    for each in rows.iterator(chunk_size=500):
        yield [each.at.isoformat(), each.from_user.name, each.agent.name, each.kind, each.words, each.visibility]


def in_words(actor: Actor, ref: tuple[str, int]) -> str | None:
    """The notice of who is thanked: by whom and what for, with the words on the page."""
    found = visible_thanks(actor).filter(pk=ref[1]).select_related("from_user").first()
    if found is None:
        return None
    return _("%(name)s: %(kind)s.") % {"name": found.from_user.name, "kind": found.get_kind_display()}


scoped(Thanks, visible_thanks, P.THANK, canary="words", relations=("own",))
scoped(ThanksWish, visible_wishes, P.THANK, key="wish_id", relations=("own",))
