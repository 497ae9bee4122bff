"""Practice: what can be played, how one has done, and which branches nobody or oneself has never taken."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet, Subquery

from floorwalker.apps.learning import words
from floorwalker.apps.learning.models import Play, Scenario, ScenarioVersion, Turn
from floorwalker.apps.learning.permissions import LearningPermission as P
from floorwalker.apps.learning.queries.plays import answers_of, turns_of, visible_plays, visible_turns, walk_of
from floorwalker.apps.learning.queries.scenarios import visible_scenarios
from floorwalker.apps.learning.rules.flow import Flow, Node, Taken, Walk, walk
from floorwalker.kernel.access import Actor

FEWEST_PLAYERS = 5  # counts of fewer would tell how somebody played


@dataclass(frozen=True)
class Card:
    """A scenario to play, and how one has done."""

    scenario: Scenario
    plays: int
    best: float | None  # completeness
    completed: bool
    under_way: int | None  # the play to go on with


def scenarios_to_play(actor: Actor) -> QuerySet[Scenario]:
    """Those never completed first, then by name."""
    done = visible_plays(actor).filter(version__scenario=OuterRef("pk"), complete=True, purpose="practice")
    return visible_scenarios(actor, P.PLAY).annotate(done=Exists(done))


def cards_of(actor: Actor, scenarios: list[Scenario]) -> list[Card]:
    """The scenarios with one's own plays, in two queries however many there are."""
    rows = visible_plays(actor).filter(version__scenario__in=scenarios, purpose=Play.Purpose.PRACTICE)
    told = {
        each["version__scenario"]: each
        for each in rows.values("version__scenario").annotate(
            n=Count("pk", filter=Q(state="finished")),
            best=Max("completeness", filter=Q(state="finished")),
            done=Count("pk", filter=Q(complete=True)),
            open=Max("pk", filter=Q(state="playing", version__state="in_force")),
        )
    }
    return [
        Card(
            each,
            told.get(each.pk, {}).get("n", 0),
            told.get(each.pk, {}).get("best"),
            bool(told.get(each.pk, {}).get("done")),
            told.get(each.pk, {}).get("open"),
        )
        for each in scenarios
    ]


@dataclass(frozen=True)
class TurnLine:
    """One answer as its player reads it afterwards."""

    said: str  # by the customer
    answer: str
    own: bool
    met: list[str]
    guessed: list[str]
    unsaid: list[str]
    seconds: float


@dataclass(frozen=True)
class StepLine:
    text: str
    weight: int
    met: bool
    where: int  # the answer that met it, counted from one; 0: none


@dataclass(frozen=True)
class Result:
    """How a play ended, for the one who played it."""

    play: Play
    walk: Walk
    last: str
    outcome: str
    steps: list[StepLine]
    turns: list[TurnLine]
    passed_over: list[str]  # facts heard that no answer came back to
    guessed: list[str]
    elsewhere: list[tuple[str, list[str]]]  # lines one came by, with the answers one has never tried


def result_of(actor: Actor, play: Play) -> Result:
    """The score of a play with its reasons."""
    flow, turns = play.version.flow, turns_of(play)
    walked = walk_of(play, turns)
    where = {step: number for number, turn in enumerate(walked.turns, start=1) for step in turn.steps}
    lines = _turn_lines(flow, walked, turns)
    last = flow.node(walked.node)
    return Result(
        play,
        walked,
        last.line if last else "",
        words.outcome_name(walked.outcome) if walked.outcome else "",
        [StepLine(each.text, each.weight, each.key in walked.met, where.get(each.key, 0)) for each in flow.steps],
        lines,
        [fact.text for key in walked.unused if (fact := flow.fact(key))],
        list(dict.fromkeys(text for line in lines for text in line.guessed)),
        never_tried(actor, play.version),
    )


def said_before(flow: Flow, turns: list[Turn]) -> list[TurnLine]:
    """What was said up to the line that stands."""
    return _turn_lines(flow, walk(flow, answers_of(turns)), turns)


def _turn_lines(flow: Flow, walked: Walk, turns: list[Turn]) -> list[TurnLine]:
    answered = [each for each in turns if each.at is not None]
    return [_turn_line(flow, taken, turn) for taken, turn in zip(walked.turns, answered, strict=True)]


def _turn_line(flow: Flow, taken: Taken, turn: Turn) -> TurnLine:
    node = flow.node(taken.node)
    option = node.option(taken.answer.option) if node and taken.answer.option else None
    return TurnLine(
        node.line if node else "",
        option.text if option else taken.answer.words,
        option is None,
        [step.text for key in taken.steps if (step := flow.step(key))],
        [fact.text for key in taken.guessed if (fact := flow.fact(key))],
        list(taken.unsaid),
        (turn.at - turn.shown_at).total_seconds() if turn.at else 0.0,
    )


def never_tried(actor: Actor, version: ScenarioVersion) -> list[tuple[str, list[str]]]:
    """Lines this person has come by, with the answers they have never given there: no line is told before it."""
    rows = visible_turns(actor).filter(play__version=version, play__agent__user=actor.user_id, at__isnull=False)
    taken = set(rows.values_list("node", "option").distinct())
    came_by = {node for node, _option in taken}
    nodes = version.flow.nodes
    return [(node.line, left) for node in nodes if node.key in came_by and (left := _left(node, taken))]


def _left(node: Node, taken: set[tuple[str, str | None]]) -> list[str]:
    left = [each.text for each in node.options if (node.key, each.key) not in taken]
    if node.own_words and (node.key, None) not in taken:
        left.append("")  # own words
    return left


@dataclass(frozen=True)
class Own:
    """One scenario on one's own page."""

    card: Card
    never: list[tuple[str, list[str]]]

    @property
    def branches(self) -> int:
        return sum(len(left) for _line, left in self.never)


def own_scenarios(actor: Actor, scenarios: list[Scenario]) -> list[Own]:
    """How one has done, and which branches one has never taken."""
    versions = {
        each.scenario_id: each
        for each in ScenarioVersion.objects.filter(scenario__in=scenarios, state=ScenarioVersion.State.IN_FORCE)
    }
    rows = visible_turns(actor).filter(play__version__in=versions.values(), play__agent__user=actor.user_id)
    taken: dict[int, set[tuple[str, str | None]]] = {}
    pairs = rows.filter(at__isnull=False).values_list("play__version", "node", "option").distinct()
    for version_id, node, option in pairs:
        taken.setdefault(version_id, set()).add((node, option))
    found = []
    for card in cards_of(actor, scenarios):
        version = versions.get(card.scenario.pk)
        mine = taken.get(version.pk, set()) if version else set()
        came_by = {node for node, _option in mine}
        nodes = version.flow.nodes if version and mine else ()
        never = [(n.line, left) for n in nodes if n.key in came_by and (left := _left(n, mine))]
        found.append(Own(card, never))
    return found


def played_scenarios(actor: Actor) -> QuerySet[Scenario]:
    """Those one has played, the latest first."""
    mine = visible_plays(actor).filter(version__scenario=OuterRef("pk")).order_by("-began_at")
    latest = Subquery(mine.values("began_at")[:1])
    return visible_scenarios(actor, P.PLAY).annotate(latest=latest).filter(latest__isnull=False)


@dataclass(frozen=True)
class Played:
    """How a version is played, in counts without names."""

    players: int
    plays: int
    complete: int
    chosen: dict[tuple[str, str], int] | None  # None: too few have played
    never: int  # branches nobody has taken

    @property
    def share(self) -> float:
        return self.complete / self.plays if self.plays else 0.0


def played(actor: Actor, version: ScenarioVersion) -> Played:
    """Counts for who writes it; below five players the branches stay closed."""
    if not actor.may(P.SEE_SCENARIOS):
        return Played(0, 0, 0, None, 0)
    rows = Play.objects.filter(version=version, state=Play.State.FINISHED)
    sums = rows.aggregate(
        players=Count("agent", distinct=True), plays=Count("pk"), complete=Count("pk", filter=Q(complete=True))
    )
    if sums["players"] < FEWEST_PLAYERS:
        return Played(sums["players"], sums["plays"], 0, None, 0)
    turns = Turn.objects.filter(play__in=rows, at__isnull=False).values("node", "option").annotate(n=Count("pk"))
    chosen = {(each["node"], each["option"] or ""): each["n"] for each in turns}
    branches = [
        (node.key, key)
        for node in version.flow.nodes
        for key in [*(each.key for each in node.options), *([""] if node.own_words else [])]
    ]
    never = sum(1 for branch in branches if branch not in chosen)
    return Played(sums["players"], sums["plays"], sums["complete"], chosen, never)


def to_finish(actor: Actor, at: datetime) -> tuple[list[ScenarioVersion], list[Scenario]]:
    """What waits for who keeps scenarios: drafts of theirs, and scenarios whose day to be looked at has come."""
    if not actor.may(P.KEEP_SCENARIOS) or actor.user_id is None:
        return [], []
    drafts = ScenarioVersion.objects.filter(
        state=ScenarioVersion.State.DRAFT, scenario__keeper=actor.user_id, scenario__retired_at=None
    ).select_related("scenario")
    due = Scenario.objects.filter(
        keeper=actor.user_id, retired_at=None, look_again_on__lte=actor.today(at), versions__state="in_force"
    ).exclude(versions__state="draft")
    return list(drafts.order_by("made_at")[:10]), list(due.order_by("look_again_on")[:10])


def new_to(actor: Actor) -> QuerySet[Scenario]:
    """Scenarios one has never begun."""
    mine = visible_plays(actor).filter(version__scenario=OuterRef("pk"))
    return visible_scenarios(actor, P.PLAY).filter(~Exists(mine))
