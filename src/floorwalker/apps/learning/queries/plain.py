"""What programs get of learning where it is more than a row."""

from __future__ import annotations

from typing import Any

from floorwalker.apps.learning import words
from floorwalker.apps.learning.models import ScenarioVersion
from floorwalker.apps.learning.queries.plays import the_play, turns_of, walk_of
from floorwalker.apps.learning.queries.practice import played
from floorwalker.apps.learning.rules.checking import chance_of, flaws
from floorwalker.kernel.access import Actor

FIELDS = ("version_id", "agent_id", "purpose", "state", "began_at", "finished_at", "seconds", "completeness",
          "complete", "outcome")  # fmt: skip


def plain_check(version: ScenarioVersion) -> dict[str, Any]:
    """Every flaw with its place in keys and words."""
    flow = version.flow
    found = flaws(flow)
    return {
        "sound": not found,
        "by_chance": chance_of(flow) if flow.steps and flow.nodes else None,
        "flaws": [
            {
                "code": each.code,
                "line": each.node,
                "answer": each.option,
                "words": ": ".join(
                    part for part in (words.place_words(flow, each), words.flaw_words(flow, each)) if part
                ),
            }
            for each in found
        ],
    }


def plain_played(actor: Actor, version: ScenarioVersion) -> dict[str, Any]:
    """Counts without names; no ways below five players."""
    found = played(actor, version)
    ways = None
    if found.chosen is not None:
        ways = [
            {"line": node.key, "answer": key, "chosen": found.chosen.get((node.key, key), 0)}
            for node in version.flow.nodes
            for key in [*(each.key for each in node.options), *([""] if node.own_words else [])]
        ]
    return {
        "players": found.players,
        "plays": found.plays,
        "complete": found.complete,
        "never": found.never,
        "ways": ways,
    }


def plain_play(actor: Actor, play_id: int) -> dict[str, Any]:
    """A play of one's own: the line that stands, and once it is over what was met."""
    play = the_play(actor, play_id)
    flow, turns = play.version.flow, turns_of(play)
    walked = walk_of(play, turns)
    told: dict[str, Any] = {"id": play.pk, **{name: getattr(play, name) for name in FIELDS}}
    if play.state == play.State.PLAYING:
        node = flow.node(turns[-1].node)
        told["standing"] = node and {
            "number": turns[-1].number,
            "line": node.line,
            "options": [{"key": each.key, "text": each.text} for each in node.options],
            "own_words": node.own_words is not None,
        }
        return {**told, "steps": None, "facts_passed_over": []}
    steps = [{"text": each.text, "weight": each.weight, "met": each.key in walked.met} for each in flow.steps]
    passed_over = [fact.text for key in walked.unused if (fact := flow.fact(key))]
    return {**told, "standing": None, "steps": steps, "facts_passed_over": passed_over}
