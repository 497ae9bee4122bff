"""Weight rounds: who sees them, what is blind until when, and how far apart leaders are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from floorwalker.apps.accounts.models import RoleHeld
from floorwalker.apps.quality.models import FormVersion, WeightRound, WeightVote, WeightVoter
from floorwalker.apps.quality.permissions import QualityPermission as P
from floorwalker.apps.quality.rules import weights as rules
from floorwalker.apps.quality.rules.forms import Item
from floorwalker.kernel.access import Actor, Permission
from floorwalker.kernel.look import day_words, number_words
from floorwalker.kernel.scoping import pick, scoped, within

OF_THE_FORM = "a round is about a form, the standard of the house; what it shows are sums, and who has answered"


def visible_rounds(actor: Actor, permission: Permission = P.KEEP_FORMS) -> QuerySet[WeightRound]:
    """Those one is asked in; all for who keeps forms."""
    sight = actor.sight(permission)
    if sight.everything or sight.teams or sight.sites:
        return WeightRound.objects.all()
    if sight.own is None:
        return WeightRound.objects.none()
    return WeightRound.objects.filter(pk__in=WeightVoter.objects.filter(leader=sight.own).values("round"))


def rounds_of(actor: Actor) -> QuerySet[WeightRound]:
    """By any of the permissions that show them."""
    reach = Q(pk__in=visible_rounds(actor, P.KEEP_FORMS)) | Q(pk__in=visible_rounds(actor, P.WEIGH))
    return WeightRound.objects.filter(reach).select_related("form_version__form", "owner", "result")


def the_round(actor: Actor, round_id: int) -> WeightRound:
    return pick(rounds_of(actor), round_id)


def visible_voters(actor: Actor, permission: Permission = P.WEIGH) -> QuerySet[WeightVoter]:
    """All who are asked with oneself, and what they say to the weights proposed; all for who keeps forms."""
    return WeightVoter.objects.filter(round__in=visible_rounds(actor, permission).values("pk"))


def visible_votes(actor: Actor, permission: Permission = P.WEIGH) -> QuerySet[WeightVote]:
    """One's own; those of others are told in ranges once the round is closed, never by name."""
    return WeightVote.objects.filter(within(actor.sight(permission), own="voter__leader"))


scoped(
    WeightRound,
    visible_rounds,
    P.KEEP_FORMS,
    P.WEIGH,
    key="weight_round_id",
    staff_see_all=OF_THE_FORM,
)
scoped(
    WeightVoter,
    visible_voters,
    P.WEIGH,
    P.KEEP_FORMS,
    canary="assent_why",
    fixed=("assent",),
    relations=("own",),
    staff_see_all=OF_THE_FORM,
)
scoped(WeightVote, visible_votes, P.WEIGH, relations=("own",), fixed=("item_key",))


def leaders_to_ask(actor: Actor) -> list[tuple[int, str]]:
    """Everybody who judges or leads, by name."""
    if not actor.may(P.KEEP_FORMS):
        return []
    held = RoleHeld.objects.filter(role__in=P.WEIGH.value.own, user__is_active=True)
    return sorted(dict(held.values_list("user_id", "user__name")).items(), key=lambda each: (each[1], each[0]))


def versions_to_weigh(actor: Actor) -> list[tuple[int, str]]:
    """Forms in force whose items nobody weighs just now."""
    if not actor.may(P.KEEP_FORMS):
        return []
    busy = WeightRound.objects.filter(state__in=["open", "closed", "proposed"]).values("form_version__form")
    rows = FormVersion.objects.filter(state=FormVersion.State.IN_FORCE, form__archived=False)
    rows = rows.exclude(form__in=busy).select_related("form").order_by("form__name", "pk")
    return [(each.pk, f"{each.form.name} {each.number}") for each in rows]


@dataclass(frozen=True)
class RoundLine:
    """A round in a list."""

    round: WeightRound
    asked: int
    voted: int
    mine: bool  # this reader has still to weigh, or to answer


def round_lines(actor: Actor) -> list[RoundLine]:
    """Open ones first."""
    rows = rounds_of(actor).annotate(
        asked=Count("voters"), voted=Count("voters", filter=Q(voters__voted_at__isnull=False))
    )
    mine = {each.pk for each in (*to_weigh(actor), *to_answer(actor))}
    order = {"open": 0, "closed": 1, "proposed": 1}
    found = [
        RoundLine(each, each.asked, each.voted, each.pk in mine) for each in rows.order_by("-opened_at", "-pk")
    ]
    return sorted(found, key=lambda each: order.get(each.round.state, 2))


def in_a_round(actor: Actor) -> bool:
    """Whether one is asked in any round that is under way, or holds one; most are in none on most days."""
    theirs = Q(owner=actor.user_id) | Q(pk__in=WeightVoter.objects.filter(leader=actor.user_id).values("round"))
    return WeightRound.objects.filter(theirs, state__in=["open", "closed", "proposed"]).exists()


def to_weigh(actor: Actor) -> QuerySet[WeightRound]:
    """Open rounds in which one has not weighed yet."""
    asked = visible_voters(actor).filter(voted_at=None, leader=actor.user_id)
    rows = WeightRound.objects.filter(state=WeightRound.State.OPEN, pk__in=asked.values("round"))
    return rows.select_related("form_version__form").order_by("due", "pk")


def to_answer(actor: Actor) -> QuerySet[WeightRound]:
    """Rounds in which weights are proposed to which one has said neither yes nor no."""
    asked = visible_voters(actor).filter(voted_at__isnull=False, assent="", leader=actor.user_id)
    rows = WeightRound.objects.filter(state=WeightRound.State.PROPOSED, pk__in=asked.values("round"))
    return rows.select_related("form_version__form").order_by("answer_until", "pk")


def to_agree(actor: Actor, at: datetime) -> QuerySet[WeightRound]:
    """Rounds of one's own that want weights proposed, or whose answers are there."""
    waited = WeightVoter.objects.filter(round=OuterRef("pk"), voted_at__isnull=False, assent="")
    answered = Q(state=WeightRound.State.PROPOSED) & (~Exists(waited) | Q(answer_until__lte=at))
    rows = rounds_of(actor).filter(Q(state=WeightRound.State.CLOSED) | answered, owner=actor.user_id)
    return rows.order_by("closed_at", "pk")


def answers_awaited(found: WeightRound) -> QuerySet[WeightVoter]:
    """Who weighed and has not said yes or no."""
    return found.voters.filter(voted_at__isnull=False, assent="").order_by("leader")


def answers_counted(found: WeightRound) -> rules.Count:
    """Without who proposes: agreeing with oneself is no agreement."""
    others = found.voters.filter(voted_at__isnull=False).exclude(leader=found.owner_id)
    return rules.count(list(others.values_list("assent", flat=True)))


def answers_by_name(found: WeightRound) -> list[tuple[str, str]]:
    """Who weighed, and what they said to the weights."""
    rows = found.voters.filter(voted_at__isnull=False).order_by("leader__name", "pk")
    return list(rows.values_list("leader__name", "assent"))


def proposals_past(at: datetime) -> QuerySet[WeightRound]:
    """Weights proposed whose days for answers have passed."""
    return WeightRound.objects.filter(state=WeightRound.State.PROPOSED, answer_until__lte=at).order_by("pk")


def items_weighed(version: FormVersion) -> list[Item]:
    return list(version.words.items())


def due_rounds(at: datetime) -> QuerySet[WeightRound]:
    return WeightRound.objects.filter(state=WeightRound.State.OPEN, due__lte=at)


def own_weights(actor: Actor, found: WeightRound) -> dict[str, float]:
    rows = visible_votes(actor).filter(voter__round=found, voter__leader=actor.user_id)
    return dict(rows.values_list("item_key", "weight"))


def spreads_of(found: WeightRound) -> list[rules.Spread]:
    """How far apart leaders are; nothing while somebody may still weigh."""
    if found.state == WeightRound.State.OPEN:
        return []
    votes: dict[int, dict[str, float]] = {}
    rows = WeightVote.objects.filter(voter__round=found, voter__voted_at__isnull=False)
    for voter, key, weight in rows.values_list("voter", "item_key", "weight"):
        votes.setdefault(voter, {})[key] = weight
    return rules.spreads(list(votes.values()), [item.key for item in items_weighed(found.form_version)])


@dataclass(frozen=True)
class ItemSpread:
    """An item with how far leaders are apart about it, and what this reader gave it."""

    item: Item
    spread: rules.Spread
    own: float | None
    weighs_now: float  # points of 100 in the version that was weighed

    @property
    def sentence(self) -> str:
        """The range in words."""
        told = {"low": number_words(self.spread.low, digits=0), "high": number_words(self.spread.high, digits=0)}
        if self.spread.apart == rules.CLOSE:
            return _("You all think alike: %(low)s to %(high)s.") % told
        if self.spread.apart == rules.SOME:
            return _("Some way apart: %(low)s to %(high)s.") % told
        return _("Far apart, %(low)s to %(high)s: talk about this one first.") % told


@dataclass(frozen=True)
class RoundPage:
    """A round as its reader may see it."""

    round: WeightRound
    voters: list[WeightVoter]  # who is asked, whether they have weighed, and what they say to what is proposed
    lines: list[ItemSpread]
    proposed: dict[str, float]
    may_weigh: bool
    has_weighed: bool
    owns: bool
    may_answer: bool = False
    said: str = ""  # this reader's own answer
    may_put_in_force: bool = False
    counted: rules.Count | None = None

    @property
    def voted(self) -> int:
        return sum(each.voted_at is not None for each in self.voters)

    @property
    def far(self) -> int:
        return sum(each.spread.apart == rules.FAR for each in self.lines)


def round_page(actor: Actor, found: WeightRound, at: datetime) -> RoundPage:
    voters = list(found.voters.select_related("leader").order_by("leader__name", "pk"))
    me = next((each for each in voters if each.leader_id == actor.user_id), None)
    spreads = {each.item: each for each in spreads_of(found)}
    own = rules.shares(own_weights(actor, found))
    items = items_weighed(found.form_version)
    now = rules.shares({item.key: item.weight for item in items})
    proposed, counted = found.state == WeightRound.State.PROPOSED, answers_counted(found)
    waited = counted.silent > 0 and found.answer_until is not None and at < found.answer_until
    return RoundPage(
        found,
        voters,
        [
            ItemSpread(item, spreads[item.key], own.get(item.key), now.get(item.key, 0.0))
            for item in items
            if item.key in spreads
        ],
        found.proposed or (rules.proposed(list(spreads.values())) if spreads else {}),
        me is not None and found.state == WeightRound.State.OPEN,
        me is not None and me.voted_at is not None,
        found.owner_id == actor.user_id,
        may_answer=proposed and me is not None and me.voted_at is not None and found.owner_id != actor.user_id,
        said=me.assent if me else "",
        may_put_in_force=proposed and found.owner_id == actor.user_id and counted.carried and not waited,
        counted=counted if proposed else None,
    )


def agreed_words(version: FormVersion) -> str:
    """Who agreed on the weights of a version, who did not, who said nothing, and when."""
    if not version.agreed:
        return ""
    named = {
        said: ", ".join(each["name"] for each in version.agreed if each["said"] == said)
        for said in ("yes", "no", "")
    }
    parts = [
        _("agreed by %(names)s") % {"names": named["yes"]} if named["yes"] else "",
        _("not by %(names)s") % {"names": named["no"]} if named["no"] else "",
        _("%(names)s said nothing") % {"names": named[""]} if named[""] else "",
        day_words(datetime.fromisoformat(version.agreed[0]["at"])),
    ]
    return _("weights %(said)s") % {"said": "; ".join(each for each in parts if each)}


def plain_round(actor: Actor, found: WeightRound, at: datetime) -> dict[str, Any]:
    """A round for programs, as far as its page would show it."""
    page = round_page(actor, found, at)
    names = ("id", "form_version_id", "owner_id", "state", "opened_at", "due", "closed_at", "answer_until",
             "result_id", "version")  # fmt: skip
    return {name: getattr(found, name) for name in names} | {
        "asked": len(page.voters),
        "weights_proposed": found.proposed,
        "answers": [
            {"name": each.leader.name, "said": each.assent, "why": each.assent_why}
            for each in page.voters
            if each.voted_at is not None
        ],
        "voted": page.voted,
        "own": own_weights(actor, found),
        "items": [
            {
                "item": each.item.key, "low": each.spread.low, "middle": each.spread.middle,
                "high": each.spread.high, "apart": each.spread.apart, "proposed": page.proposed[each.item.key],
            }
            for each in page.lines
        ],
    }  # fmt: skip
