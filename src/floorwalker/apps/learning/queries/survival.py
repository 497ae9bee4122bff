"""The survival ranking as somebody of the group and as its lead see it."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.db.models import Exists, OuterRef, Q, QuerySet

from floorwalker.apps.learning.models import GroupRanking, Participant, Ranking, Reason
from floorwalker.apps.learning.permissions import LearningPermission as P
from floorwalker.apps.learning.queries.activities import ActivityPage, visible_activities
from floorwalker.apps.learning.rules import ranking as measures
from floorwalker.apps.learning.rules import survival as rules
from floorwalker.kernel.access import Actor, Permission
from floorwalker.kernel.scoping import scoped, within


def visible_rankings(actor: Actor, permission: Permission = P.TAKE_PART) -> QuerySet[Ranking]:
    """One's own: what somebody ranked alone is theirs."""
    return Ranking.objects.filter(within(actor.sight(permission), own="participant__agent__user"))


def visible_reasons(actor: Actor, permission: Permission = P.TAKE_PART) -> QuerySet[Reason]:
    """One's own; others' are read on the page of the group, without a name unless their author gave it."""
    return Reason.objects.filter(within(actor.sight(permission), own="ranking__participant__agent__user"))


def visible_group_rankings(actor: Actor, permission: Permission = P.TAKE_PART) -> QuerySet[GroupRanking]:
    """That of one's own small group; all of them to who leads, and to everybody once they are compared."""
    sight = actor.sight(permission)
    seen = visible_activities(actor, permission)
    mine = Participant.objects.filter(
        within(sight, own="agent__user"), activity=OuterRef("activity"), split=OuterRef("number"), left_at=None
    )
    compared = Q(activity__in=seen.filter(stage="compare"))
    return GroupRanking.objects.filter(Exists(mine) | compared | within(sight, own="activity__lead"))


scoped(Ranking, visible_rankings, P.TAKE_PART, key="ranking_id", relations=("own",))
scoped(Reason, visible_reasons, P.TAKE_PART, canary="words", key="reason_id", relations=("own",), fixed=("item",))
scoped(GroupRanking, visible_group_rankings, P.TAKE_PART, key="group_ranking_id", relations=("own",))


def reasons_missing(ranking: Ranking) -> list[str]:
    """Keys of the first three places that lack a reason."""
    return rules.without_reason(ranking.order, dict(ranking.reasons.values_list("item", "words")))


@dataclass(frozen=True)
class Said:
    """A reason as others read it; ``name`` is empty unless its author gave it."""

    words: str
    name: str = ""


@dataclass(frozen=True)
class Row:
    """An item at a place, with what is said about it."""

    place: int
    key: str
    text: str
    reason: str = ""
    named: bool = False
    asked: bool = False  # one of the first three, whose reason is owed
    said: list[Said] = field(default_factory=list)
    ranked: list[int] = field(default_factory=list)  # places alone, of the small group, lowest first


@dataclass(frozen=True)
class Line:
    """An item across all rankings."""

    text: str
    own: int | None
    groups: list[int]
    expert: int | None
    said: list[Said]

    @property
    def places(self) -> list[int]:
        """Own, of each group, of the expert: those there are, in the order of the columns."""
        return [each for each in (self.own, *self.groups, self.expert) if each is not None]


@dataclass(frozen=True)
class Compared:
    """All rankings side by side; distances are footrules, of at most ``farthest``."""

    lines: list[Line]
    numbers: list[int]
    mine: int | None  # the small group of the reader
    moved: list[tuple[str, int, int]]  # from one's own to one's group
    own_to_group: int | None
    own_to_expert: int | None
    groups: list[tuple[int, int | None, int | None]]  # number, to the reader's group, to the expert
    agreement: measures.Agreement | None  # of all who were done alone
    source: str
    farthest: int


@dataclass(frozen=True)
class SurvivalPage:
    """What its reader sees of a survival ranking now."""

    situation: str
    rows: list[Row]  # one's own, or one's small group's
    done: bool
    done_count: int
    people: int
    split: int | None
    mates: list[str]
    group: GroupRanking | None
    groups: list[tuple[int, list[str], list[str]]]  # for who leads: number, names, items in order
    compared: Compared | None


def survival_page(actor: Actor, page: ActivityPage) -> SurvivalPage:
    activity, part = page.activity, page.part
    found = rules.from_json(activity.content)
    rankings = list(Ranking.objects.filter(participant__activity=activity).select_related("participant"))
    own = next((each for each in rankings if part is not None and each.participant_id == part.pk), None)
    group_rankings = list(visible_group_rankings(actor).filter(activity=activity))
    group = next((each for each in group_rankings if part is not None and each.number == part.split), None)
    compared = activity.stage == "compare"
    rows: list[Row] = []
    if part is not None and activity.stage == "alone":
        rows = _own_rows(found, own, part)
    elif group is not None and activity.stage == "together":
        rows = _group_rows(found, group, rankings, part)
    names: dict[int | None, list[str]] = {}
    for each in page.people:
        names.setdefault(each.split, []).append(each.agent.name)
    return SurvivalPage(
        situation=found.situation,
        rows=rows,
        done=own is not None and own.done_at is not None,
        done_count=sum(1 for each in rankings if each.done_at is not None),
        people=len(page.people),
        split=part.split if part else None,
        mates=names.get(part.split, []) if part and part.split else [],
        group=group,
        groups=[
            (each.number, names.get(each.number, []), [found.text_of(key) for key in each.order])
            for each in group_rankings
        ]
        if page.leads and not compared
        else [],
        compared=_compared(found, own, group, group_rankings, rankings) if compared else None,
    )


def _own_rows(found: rules.Survival, own: Ranking | None, part: Participant) -> list[Row]:
    order = own.order if own else rules.first_order(found, part.pk)
    reasons = {each.item: each for each in own.reasons.all()} if own else {}
    return [
        Row(
            place,
            key,
            found.text_of(key),
            reason=reasons[key].words if key in reasons else "",
            named=key in reasons and reasons[key].named,
            asked=place <= rules.WITH_REASON,
        )
        for place, key in enumerate(order, 1)
    ]


def _group_rows(
    found: rules.Survival, group: GroupRanking, rankings: list[Ranking], part: Participant | None
) -> list[Row]:
    mates = [each for each in rankings if part is not None and each.participant.split == part.split]
    enough = len(mates) >= rules.FEWEST_UNSIGNED
    said = _said([each.pk for each in mates])
    return [
        Row(
            place,
            key,
            found.text_of(key),
            said=said.get(key, []),
            ranked=sorted(each.order.index(key) + 1 for each in mates) if enough else [],
        )
        for place, key in enumerate(group.order, 1)
    ]


def _said(ranking_ids: list[int]) -> dict[str, list[Said]]:
    """Reasons by item in the order of their words; without names they wait until three people ranked."""
    rows = Reason.objects.filter(ranking__in=ranking_ids).select_related("ranking__participant__agent")
    enough = len(ranking_ids) >= rules.FEWEST_UNSIGNED
    found: dict[str, list[Said]] = {}
    for each in rows.order_by("words", "pk"):
        if each.named or enough:
            name = each.ranking.participant.agent.name if each.named else ""
            found.setdefault(each.item, []).append(Said(each.words, name))
    return found


def _compared(
    found: rules.Survival,
    own: Ranking | None,
    mine: GroupRanking | None,
    groups: list[GroupRanking],
    rankings: list[Ranking],
) -> Compared:
    groups = sorted(groups, key=lambda each: (each is not mine, each.number))  # one's own beside oneself
    said = _said([each.pk for each in rankings])
    done = [each.order for each in rankings if each.done_at is not None]
    first = mine or (groups[0] if groups else None)
    order = first.order if first else list(found.keys)

    def place(ranking: list[str] | tuple[str, ...], key: str) -> int | None:
        return list(ranking).index(key) + 1 if ranking else None

    return Compared(
        lines=[
            Line(
                text=found.text_of(key),
                own=place(own.order, key) if own and mine else None,
                groups=[each.order.index(key) + 1 for each in groups],
                expert=place(found.expert, key),
                said=said.get(key, []),
            )
            for key in order
        ],
        numbers=[each.number for each in groups],
        mine=mine.number if mine else None,
        moved=[
            (found.text_of(key), before, after) for key, before, after in measures.moves(own.order, mine.order)[:3]
        ]
        if own and mine
        else [],
        own_to_group=measures.footrule(own.order, mine.order) if own and mine else None,
        own_to_expert=measures.footrule(own.order, found.expert) if own and found.expert else None,
        groups=[
            (
                each.number,
                measures.footrule(mine.order, each.order) if mine and each.number != mine.number else None,
                measures.footrule(each.order, found.expert) if found.expert else None,
            )
            for each in groups
        ],
        agreement=measures.concordance(done),
        source=found.source if found.expert else "",
        farthest=measures.farthest(len(found.items)),
    )


def plain_survival(actor: Actor, page: ActivityPage) -> dict[str, object]:
    """The same for programs."""
    found = survival_page(actor, page)
    return {
        "situation": found.situation,
        "order": [
            {"item": row.key, "text": row.text, "reason": row.reason, "named": row.named} for row in found.rows
        ],
        "done": found.done,
        "done_count": found.done_count,
        "split": found.split,
        "group_version": found.group.version if found.group else None,
        "compared": _plain_compared(found.compared) if found.compared else None,
    }


def _plain_compared(found: Compared) -> dict[str, object]:
    return {
        "lines": [
            {
                "text": line.text,
                "own": line.own,
                "groups": dict(zip(map(str, found.numbers), line.groups, strict=True)),
                "expert": line.expert,
                "reasons": [{"words": each.words, "name": each.name} for each in line.said],
            }
            for line in found.lines
        ],
        "own_to_group": found.own_to_group,
        "own_to_expert": found.own_to_expert,
        "groups": [{"number": n, "to_mine": mine, "to_expert": expert} for n, mine, expert in found.groups],
        "concordance": found.agreement.w if found.agreement else None,
        "beyond_chance": found.agreement.beyond_chance if found.agreement else None,
        "rankings": found.agreement.people if found.agreement else 0,
        "source": found.source,
        "farthest": found.farthest,
    }
