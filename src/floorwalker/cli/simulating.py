"""What a simulation found, as tables for people and as JSON."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from math import isfinite
from typing import TYPE_CHECKING, Any

from floorwalker.cli.output import table
from floorwalker.science.simulation import Channel

if TYPE_CHECKING:
    from floorwalker.science.simulation import Estimate, Model, Offers, Simulation

Row = dict[str, Any]
SHARES = {
    "late-abandons": "answered in time ÷ (offered − abandoned in time)",
    "all-offered": "answered in time ÷ offered",
    "answered-only": "answered in time ÷ answered",
    "quick-abandons-met": "(answered + abandoned in time) ÷ offered",
}
WAITING = (Channel.CALL, Channel.CHAT)
SHOWN_ROWS = 200  # of a table by period, day or agent; the file holds all


def lines_of(found: Simulation, by: str) -> list[str]:
    """The tables, then what each share is a share of."""
    days = len(found.model.periods.day_starts)
    what = "1 day" if days == 1 else f"{days} days"
    runs = "1 run" if found.replications == 1 else f"{found.replications:,} runs"
    lines = [f"{runs} of {what}, seed {found.seed}; ± is half of a 95 % interval", ""]
    if by in ("type", "group"):
        tables = (_waiting, _queues, _deferred, _outbound, _callbacks, _groups, _offers)
        for rows in (each(found) for each in tables):
            lines += [*table(rows, list(rows[0])), ""] if rows else []
        return lines + _denominators(found.model)
    frame = found.to_frame(by=by)
    if frame.empty:
        return [*lines, "This centre names no agents; give a group agents instead of staff to see each of them."]
    shown = [_measured(row, found) for row in frame.head(SHOWN_ROWS).to_dict("records")]
    lines += table(shown, list(shown[0]))
    if len(frame) > SHOWN_ROWS:
        lines.append(f"… and {len(frame) - SHOWN_ROWS:,} lines more; --csv FILE writes all")
    lines += ["", "Means per run, contacts by the period they came in, agents' time by the clock."]
    return [*lines, f"Agents' time and answers: --by group-{by}."] if by in ("period", "day") else lines


def _measured(row: Mapping[Any, Any], found: Simulation) -> Row:
    """A line of a table by period, day or agent: what it is about, then figures with their half-widths."""
    line: Row = {name: row[name] for name in KEYS if name in row}
    if "period" in row:
        line["begins"] = _clock(found.model.periods.borders_seconds[row["period"]])
    for name, (heading, scale, digits, unit) in COLUMNS.items():
        if name in row:
            mean, half = scale * row[name], scale * row[f"{name}_half_width"]
            line[heading] = "–" if mean != mean else f"{mean:,.{digits}f}{unit}{_half(half, digits)}"
    return line


def as_dict(found: Simulation, by: str, warnings: list[str]) -> dict[str, Any]:
    """Everything, with the settings that make it again."""
    targets = {kind.name: f"{kind.target} {kind.target.definition.value}" for kind in found.model.types}
    value = {**found.to_dict(), "targets": targets, "warnings": warnings}
    if told := found.offers():
        value["offers"] = {
            "all": _plain(told),
            "types": {name: _plain(found.offers(name)) for name in found.model.type_names},
            "groups": {name: _plain(found.offers(group=name)) for name in found.model.group_names},
        }
    if by not in ("type", "group"):
        value[f"by_{by.replace('-', '_')}"] = found.to_frame(by=by).to_dict("records")
    return value


def _plain(told: Offers | None) -> dict[str, dict[str, float | None]] | None:
    """Each figure with its half-width; unknown is None."""
    if told is None:
        return None
    figures = {each.name: getattr(told, each.name) for each in fields(told)}
    return {
        name: {part: number if isfinite(number) else None for part, number in
               (("mean", figure.mean), ("half_width", figure.half_width))}
        for name, figure in figures.items()
    }  # fmt: skip


KEYS = ("type", "group", "agent", "day", "period")
COLUMNS = {  # heading, what the figure is multiplied by, digits, unit
    "offered": ("offered", 1, 1, ""),
    "staffed_seconds": ("staffed hours", 1 / 3_600, 2, ""),
    "occupancy": ("busy", 100, 1, " %"),
    "answered": ("answered", 1, 1, ""),
    "abandoned": ("abandoned", 1, 1, ""),
    "service_level": ("in time", 100, 1, " %"),
    "in_time": ("in time", 100, 1, " %"),
    "mean_wait_seconds": ("mean wait", 1, 1, " s"),
    "p95_wait_seconds": ("95 % within", 1, 1, " s"),
    "queue_length": ("waiting", 1, 2, ""),
}


def _clock(seconds: float) -> str:
    """Hours, minutes and, where there are any, seconds since the start."""
    hours, rest = divmod(round(seconds), 3_600)
    return f"{hours}:{rest // 60:02}" + (f":{rest % 60:02}" if rest % 60 else "")


def _waiting(found: Simulation) -> list[Row]:
    """Types for which somebody waits; all together where there are no others."""
    kinds = [kind for kind in found.model.types if kind.channel in WAITING]
    names: list[str | None] = [kind.name for kind in kinds]
    if len(names) > 1 and len(names) == len(found.model.types):
        names.append(None)
    return [_type(found, name) for name in names]


def _type(found: Simulation, name: str | None) -> Row:
    offered = found.total("offered", type=name)
    row = {
        "type": name or "all",
        "offered": _count(offered),
        "answered": _share(found.share("answered", "offered", type=name)),
        "abandoned": _share(found.share("abandoned", "offered", type=name)),
        "in time": _share(found.service_level(name)) if offered.mean else "–",
        "mean wait": _seconds(found.mean_wait(name)),
        "80 % within": _seconds(found.percentile(name, 0.8)),
        "95 % within": _seconds(found.percentile(name, 0.95)),
    }
    if any(kind.worth_known for kind in found.model.types):
        row["value"] = _amount(found.total("value", type=name))
    return row


def _queues(found: Simulation) -> list[Row]:
    """How many wait on average, and where it can be, who was turned away and who called again."""
    model = found.model
    kinds = [kind for kind in model.types if kind.channel in WAITING]
    full = model.routing.lines is not None or any(kind.capacity is not None for kind in kinds)
    rows = []
    for kind in kinds:
        row = {"queue": kind.name, "waiting": _count(found.queue_length(kind.name), 2)}
        if full:
            row["blocked"] = _share(found.share("blocked", "offered", type=kind.name))
        if any(each.balking for each in kinds):
            row["left at once"] = _share(found.share("balked", "offered", type=kind.name))
        if any(each.redial for each in kinds):
            row["called again"] = _count(found.total("redialled", type=kind.name))
        rows.append(row)
    return rows


def _deferred(found: Simulation) -> list[Row]:
    return [
        {
            "deferred": kind.name,
            "came": _count(found.total("offered", type=kind.name)),
            "done": _share(found.share("done", "offered", type=kind.name)),
            "late": _share(found.share("done_late", "done", type=kind.name))
            if kind.due_seconds is not None
            else "–",
            "left over": _count(found.total("left", type=kind.name)),
        }
        for kind in found.model.types
        if kind.channel is Channel.DEFERRED
    ]


def _outbound(found: Simulation) -> list[Row]:
    return [
        {
            "outbound": kind.name,
            "to call": _count(found.total("offered", type=kind.name)),
            "reached": _share(found.share("answered", "offered", type=kind.name)),
            "nobody there": _count(found.total("unanswered_attempts", type=kind.name)),
            "left over": _count(found.total("left", type=kind.name)),
        }
        for kind in found.model.types
        if kind.channel is Channel.OUTBOUND
    ]


def _groups(found: Simulation) -> list[Row]:
    seconds = sum(found.counted_seconds)
    by_value = any(kind.worth_known for kind in found.model.types)
    return [
        {
            "group": name,
            "agents": _count(found.total("staffed_seconds", group=name), 2, seconds),
            "busy": _share(found.occupancy(name)),
            "answered": _count(found.total("answered", group=name)),
            "mean wait": _seconds(found.mean_wait(group=name)),
            "in time": _share(found.share("answered_within", "callers_answered", group=name)),
            **({"value an hour": _amount(_an_hour(found, name))} if by_value else {}),
        }
        for name in found.model.group_names
    ]


def _an_hour(found: Simulation, group: str) -> Estimate:
    """What an hour at work of this group brings."""
    return found.share("value", "staffed_seconds", group=group).over(1 / 3_600)


def _offers(found: Simulation) -> list[Row]:
    """Types with an offer, each with every group that takes it."""
    rows = []
    for kind in found.model.types:
        takers = [each.name for each in found.model.groups if any(s.type == kind.name for s in each.skills)]
        for group in (None, *takers) if len(takers) > 1 else (None,):
            told = found.offers(kind.name, group=group)
            if told is not None:
                rows.append(
                    {
                        "offers": kind.name if group is None else f"  {group}",
                        "fit": _count(told.appropriate),
                        "made": _count(told.made),
                        "missed": _share(told.missed_of_appropriate),
                        "pushy": _share(told.pushy_of_all_made),
                        "taken": _share(told.accepted_of_made),
                        "margin": _amount(told.margin),
                    }
                )
    return rows


def _callbacks(found: Simulation) -> list[Row]:
    return [
        {
            "callbacks": kind.name,
            "offered": _count(found.total("callbacks_offered", type=kind.name)),
            "accepted": _count(found.total("callbacks_accepted", type=kind.name)),
            **{
                word: _share(found.share(f"callbacks_{word}", "callbacks_accepted", type=kind.name))
                for word in ("kept", "late", "broken")
            },
        }
        for kind in found.model.types
        if kind.callback is not None
    ]


def _denominators(model: Model) -> list[str]:
    """What every share is a share of; the named definition of every service level."""
    targets: dict[tuple[float, str], list[str]] = {}
    for kind in model.types:
        if kind.channel in WAITING:
            targets.setdefault((kind.target.seconds, kind.target.definition.value), []).append(kind.name)
    lines = []
    for (seconds, definition), names in targets.items():
        whose = f" ({', '.join(names)})" if len(targets) > 1 else ""
        lines.append(f"In time{whose}: within {seconds:g} s, {definition}: {SHARES[definition]}.")
    if len(targets) > 1 and all(kind.channel in WAITING for kind in model.types):
        lines.append("All types together: each against its own seconds, by the definition of the first.")
    lines.append("Answered and abandoned: of offered, every redial and transfer a contact of its own.")
    lines.append("Waits: of the answered. Busy: handling, after-contact work and ringing, of the time there.")
    lines.append("Agents and waiting: on average over the run.")
    lines.append("Groups: mean wait and in time of the calls and chats they answered, each by its type's seconds.")
    if any(kind.channel is Channel.DEFERRED for kind in model.types):
        lines.append("Done: of what came. Late: of what was done.")
    if any(kind.offer for kind in model.types):
        lines.append("Offers missed: of those that fit. Pushy: of all made. Taken: of those made that fit.")
    if any(kind.callback for kind in model.types):
        lines.append("Callbacks kept, late and broken: of those accepted.")
    return lines


def _share(found: Estimate) -> str:
    return "–" if found.mean != found.mean else f"{100 * found.mean:.1f} %{_half(100 * found.half_width, 1)}"


def _count(found: Estimate, digits: int = 1, over: float = 1.0) -> str:
    return f"{found.mean / over:,.{digits}f}{_half(found.half_width / over, digits)}"


def _seconds(found: Estimate) -> str:
    return "–" if found.mean != found.mean else f"{found.mean:.1f} s{_half(found.half_width, 1)}"


def _amount(found: Estimate) -> str:
    return f"{found.mean:,.0f}{_half(found.half_width, 0)}"


def _half(width: float, digits: int) -> str:
    return "" if not isfinite(width) else f" ± {width:,.{digits}f}"
