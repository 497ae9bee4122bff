"""What a simulation found, as tables for people and as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from floorwalker.cli.output import table
from floorwalker.science.simulation import Channel

if TYPE_CHECKING:
    from floorwalker.science.simulation import Estimate, Model, Simulation

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
        for rows in (_waiting(found), _deferred(found), _outbound(found), _callbacks(found), _groups(found)):
            lines += [*table(rows, list(rows[0])), ""] if rows else []
        return lines + _denominators(found.model)
    frame = found.to_frame(by=by)
    if by == "period":
        borders = found.model.periods.borders_seconds
        frame.insert(2, "begins", [_clock(borders[period]) for period in frame["period"]])
    shown = [column for column in COLUMNS if column in frame.columns]
    if frame.empty:
        return [*lines, "This centre names no agents; give a group agents instead of staff to see each of them."]
    rows = [{str(name): value for name, value in row.items()} for row in frame.head(SHOWN_ROWS).to_dict("records")]
    lines += table(rows, shown)
    if len(frame) > SHOWN_ROWS:
        lines.append(f"… and {len(frame) - SHOWN_ROWS:,} lines more; --csv FILE writes all")
    return [*lines, "", "Means per run, contacts by the period they came in, agents' time by the clock."]


def as_dict(found: Simulation, by: str, warnings: list[str]) -> dict[str, Any]:
    """Everything, with the settings that make it again."""
    targets = {kind.name: f"{kind.target} {kind.target.definition.value}" for kind in found.model.types}
    value = {**found.to_dict(), "targets": targets, "warnings": warnings}
    if by in ("period", "day", "agent"):
        value[f"by_{by}"] = found.to_frame(by=by).to_dict("records")
    return value


COLUMNS = (
    "type", "group", "agent", "day", "period", "begins", "offered", "answered", "abandoned", "service_level",
    "mean_wait_seconds", "staffed_seconds", "occupancy", "value",
)  # fmt: skip


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
        "offered": _number(offered),
        "answered": _share(found.share("answered", "offered", type=name)),
        "abandoned": _share(found.share("abandoned", "offered", type=name)),
        "in time": _share(found.service_level(name)) if offered.mean else "–",
        "mean wait": _seconds(found.mean_wait(name)),
        "80 % within": _seconds(found.percentile(name, 0.8)),
        "95 % within": _seconds(found.percentile(name, 0.95)),
    }
    if any(kind.value.answered or kind.value.lost for kind in found.model.types):
        row["value"] = _amount(found.total("value", type=name))
    return row


def _deferred(found: Simulation) -> list[Row]:
    return [
        {
            "deferred": kind.name,
            "came": _number(found.total("offered", type=kind.name)),
            "done": _share(found.share("done", "offered", type=kind.name)),
            "late": _share(found.share("done_late", "done", type=kind.name))
            if kind.due_seconds is not None
            else "–",
            "left over": _number(found.total("left", type=kind.name)),
        }
        for kind in found.model.types
        if kind.channel is Channel.DEFERRED
    ]


def _outbound(found: Simulation) -> list[Row]:
    return [
        {
            "outbound": kind.name,
            "to call": _number(found.total("offered", type=kind.name)),
            "reached": _share(found.share("answered", "offered", type=kind.name)),
            "nobody there": _number(found.total("unanswered_attempts", type=kind.name)),
            "left over": _number(found.total("left", type=kind.name)),
        }
        for kind in found.model.types
        if kind.channel is Channel.OUTBOUND
    ]


def _groups(found: Simulation) -> list[Row]:
    seconds = sum(found.model.periods.lengths_seconds) - found.warm_up_seconds
    return [
        {
            "group": name,
            "agents": f"{found.total('staffed_seconds', group=name).mean / seconds:,.2f}",
            "busy": _share(found.occupancy(name)),
            "answered": _number(found.total("answered", group=name)),
        }
        for name in found.model.group_names
    ]


def _callbacks(found: Simulation) -> list[Row]:
    return [
        {
            "callbacks": kind.name,
            "offered": _number(found.total("callbacks_offered", type=kind.name)),
            "accepted": _number(found.total("callbacks_accepted", type=kind.name)),
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
    lines.append("Agents: on average over the run.")
    if any(kind.channel is Channel.DEFERRED for kind in model.types):
        lines.append("Done: of what came. Late: of what was done.")
    if any(kind.callback for kind in model.types):
        lines.append("Callbacks kept, late and broken: of those accepted.")
    return lines


def _share(found: Estimate) -> str:
    return "–" if found.mean != found.mean else f"{100 * found.mean:.1f} %{_half(100 * found.half_width, 1)}"


def _number(found: Estimate) -> str:
    return f"{found.mean:,.1f}"


def _seconds(found: Estimate) -> str:
    return "–" if found.mean != found.mean else f"{found.mean:.1f} s{_half(found.half_width, 1)}"


def _amount(found: Estimate) -> str:
    return f"{found.mean:,.0f}{_half(found.half_width, 0)}"


def _half(width: float, digits: int) -> str:
    return "" if width == float("inf") else f" ± {width:,.{digits}f}"
