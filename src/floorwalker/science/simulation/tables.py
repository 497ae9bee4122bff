"""A model as flat tables for the kernel."""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING, Any

import numpy as np

from floorwalker.science.simulation.agenda import agenda_of, joined
from floorwalker.science.simulation.agents import AtEnd
from floorwalker.science.simulation.arrivals import Arrivals
from floorwalker.science.simulation.behaviour import AtClose, Promise
from floorwalker.science.simulation.contact_type import Channel, ContactType
from floorwalker.science.simulation.duration_rows import Durations
from floorwalker.science.simulation.kernel import layout
from floorwalker.science.simulation.model import Model
from floorwalker.science.simulation.offers import worth

if TYPE_CHECKING:
    from numpy.typing import NDArray

NEVER_FULL = 1 << 62
CHANNELS = {Channel.CALL: 0, Channel.CHAT: 1, Channel.DEFERRED: 2, Channel.OUTBOUND: 3}
ARRIVALS = {"never": 0, "constant": 1, "per-period": 1, "paths": 2, "trace": 3, "scheduled": 3}


class Tables:
    """The tables of a model: all that no run changes. ``workspace`` adds what a run works on."""

    def __init__(self, model: Model, warm_up_seconds: float = 0.0, *, detail: bool = False) -> None:
        self.model = model
        self.counting = int(warm_up_seconds <= 0)
        self.durations, self.borders = Durations(), np.array(model.periods.borders_seconds)
        self.detail = detail
        # A histogram of waits a day, or a period; who comes after the end belongs to the last.
        borders = range(1, len(model.periods)) if detail else model.periods.day_starts[1:]
        self.wait_rows = 1 + len(borders)
        self.wait_row_of = np.zeros(len(model.periods) + 1)
        self.wait_row_of[list(borders)] = 1
        self.wait_row_of = np.cumsum(self.wait_row_of)
        self._moments: list[tuple[float, float]] = []
        self._spans: list[tuple[float, float]] = []
        self._transfers: list[tuple[int, float, int]] = []
        self._type_place = {name: place for place, name in enumerate(model.type_names)}
        self.skills = self._skill_table()
        self.takers = np.argsort(self.skills["type"], kind="stable").astype(float)
        self.types = self._type_table()
        self.groups, self.agents = self._group_tables()
        self.named = self.groups["named"][self.agents["group"]].astype(bool)
        self.listed = sum(contacts for _, contacts in self._moments)
        self.agenda = agenda_of(model, self.groups["first_agent"], warm_up_seconds)
        self.factors = np.ones((len(model.types), len(model.periods) + 1))
        for place, kind in enumerate(model.types):
            if kind.handling_factors is not None:
                self.factors[place] = (*kind.handling_factors, kind.handling_factors[-1])

    def _skill_table(self) -> NDArray[Any]:
        offered = {kind.name: kind.offer for kind in self.model.types}
        rows = [
            (
                self._type_place[skill.type],
                place,
                skill.priority,
                skill.handling_factor,
                -1 if skill.handling is None else self.durations.place(skill.handling),
                skill.after_seconds,
                skill.keep_idle,
                skill.value_factor,
                worth(offered[skill.type], skill),
            )
            for place, group in enumerate(self.model.groups)
            for skill in group.skills
        ]
        return np.array(rows, dtype=layout.SKILLS)

    def _type_table(self) -> NDArray[Any]:
        table = np.zeros(len(self.model.types), dtype=layout.TYPES)
        first_taker = 0
        for place, kind in enumerate(self.model.types):
            takers = int((self.skills["type"] == place).sum())
            fields = {
                **self._times_of(kind),
                **_turned_away(kind),
                **self._second_tries(kind),
                **self._calls_out(kind),
                **self._comings(kind.arrivals),
                "first_taker": first_taker,
                "takers": takers,
                "overflows": bool((self.skills["after"][self.skills["type"] == place] > 0).any()),
                "shuffled": self._shuffled(kind),
            }
            for name, value in fields.items():
                table[place][name] = value
            first_taker += takers
        return table

    def _times_of(self, kind: ContactType) -> dict[str, float]:
        end = float(self.borders[-1])
        spans = [] if kind.hours is None else [span for span in joined(kind.hours.spans) if span[0] < end]
        first_span, first_transfer, upto = len(self._spans), len(self._transfers), 0.0
        self._spans.extend(spans)
        for transfer in kind.transfers:
            upto += transfer.probability
            self._transfers.append((self._type_place[transfer.to], upto, int(transfer.keep_place)))
        return {
            "handling": self.durations.place(kind.handling),
            "after": self.durations.place(kind.after_contact),
            "patience": self.durations.place(kind.patience),
            "first_span": first_span,
            "spans": len(spans),
            "always_open": kind.hours is None,
            "first_transfer": first_transfer,
            "transfers": len(kind.transfers),
            "due": inf if kind.due_seconds is None else kind.due_seconds,
        }

    def _second_tries(self, kind: ContactType) -> dict[str, float]:
        redial, message = kind.redial, kind.message
        found: dict[str, float] = {"message_after": inf, "redial_most": 0, "keep_handling": 1, "keep_patience": 1}
        if redial is not None:
            blocked = redial.blocked_probability
            found |= {
                "redial": redial.probability,
                "redial_blocked": redial.probability if blocked is None else blocked,
                "redial_later": inf if redial.later_probability is None else redial.later_probability,
                "redial_delay": self.durations.place(redial.delay),
                "redial_most": redial.most,
                "keep_patience": redial.keep_patience,
                "keep_handling": redial.keep_handling,
            }
        if message is not None:
            found |= {
                "message_after": message.after_seconds,
                "message_share": message.probability,
                "message_to": self._type_place[message.becomes],
            }
        return found

    def _calls_out(self, kind: ContactType) -> dict[str, float]:
        callback, outbound = kind.callback, kind.outbound
        if outbound is not None:
            return {
                "attempts": outbound.attempts,
                "unanswered": outbound.unanswered,
                "ring": outbound.ring_seconds,
                "again": outbound.again_after_seconds,
            }
        if callback is None:
            return {}
        window = callback.promise is Promise.WINDOW
        length, wait = callback.queue_length, callback.expected_wait_seconds
        return {
            "callback": layout.WINDOW if window else layout.KEEP_PLACE,
            "callback_accepted": callback.accepted,
            "callback_length": NEVER_FULL if length is None else length,
            "callback_wait": inf if wait is None else wait,
            "window_from": callback.window_from_seconds,
            "window_to": callback.window_to_seconds,
            "attempts": callback.attempts,
            "unanswered": callback.unanswered,
            "ring": callback.ring_seconds,
            "again": callback.again_after_seconds,
            "priority_change": callback.priority_change,
        }

    def _shuffled(self, kind: ContactType) -> bool:
        """Whether somebody may wait in this queue for less long than who stands behind."""
        called_again = kind.callback is not None and kind.callback.attempts > 1
        handed_back = any(
            group.at_end is AtEnd.HAND_BACK and any(skill.type == kind.name for skill in group.skills)
            for group in self.model.groups
        )
        kept = any(way.to == kind.name and way.keep_place for other in self.model.types for way in other.transfers)
        return called_again or handed_back or kept

    def _comings(self, arrivals: Arrivals) -> dict[str, float]:
        first = len(self._moments)
        if arrivals.kind == "trace":
            self._moments.extend((moment, 1.0) for moment in arrivals.seconds)
        elif arrivals.kind == "scheduled":
            self._moments.extend(zip(arrivals.seconds, arrivals.contacts, strict=True))
        return {
            "arrivals": ARRIVALS[arrivals.kind],
            "first_moment": first,
            "moments": len(self._moments) - first,
        }

    def _group_tables(self) -> tuple[NDArray[Any], NDArray[Any]]:
        groups = np.zeros(len(self.model.groups), dtype=layout.GROUPS)
        paces: list[tuple[int, float]] = []
        first_skill = first_list = 0
        for place, group in enumerate(self.model.groups):
            heads = [each.pace for each in group.agents or ()] or [1.0] * max(group.staff or (0,))
            groups[place] = (
                first_skill,
                len(group.skills),
                len(paces),
                len(heads),
                group.agents is not None,
                first_list,
                group.concurrency.chats,
                group.concurrency.slowdown,
                group.at_end is AtEnd.HAND_BACK,
            )
            paces.extend((place, pace) for pace in heads)
            first_skill += len(group.skills)
            first_list += group.concurrency.chats
        agents = np.zeros(len(paces), dtype=layout.AGENTS)
        for name, column in zip(("group", "pace"), zip(*paces, strict=True), strict=False):
            agents[name] = column
        return groups, agents

    def arrays(self) -> dict[str, NDArray[Any]]:
        """The tables by their names in the kernel, each one piece of memory."""
        return {
            "types": self.types,
            "groups": self.groups,
            "skills": self.skills,
            "takers": self.takers,
            "transfers": np.array(self._transfers, dtype=layout.TRANSFERS),
            "durations": np.array(self.durations.rows, dtype=layout.DURATIONS),
            "values": np.array(self.durations.values, dtype=float),
            "moments": np.array(self._moments, dtype=float),
            "spans": np.array(self._spans, dtype=float),
            "factors": self.factors,
            "borders": self.borders,
            "wait_row_of": self.wait_row_of,
            "agenda": self.agenda,
        }


def _turned_away(kind: ContactType) -> dict[str, float]:
    """What needs no table of its own: numbers of the type as the kernel reads them."""
    worth = kind.value
    return {
        "channel": CHANNELS[kind.channel],
        "balking": kind.balking,
        "short": kind.short_abandon_seconds,
        "target": kind.target.seconds,
        "capacity": NEVER_FULL if kind.capacity is None else kind.capacity,
        "drops": kind.hours is not None and kind.hours.at_close is AtClose.DROP,
        "base_score": kind.base_score,
        "score_rate": kind.score_per_second,
        "value": worth.answered,
        "value_within": inf if worth.within_seconds is None else worth.within_seconds,
        "lost_cost": worth.lost,
    }
