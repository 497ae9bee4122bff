"""The plan in a screenful: guesses first, then each queue in one sentence, then the three things to do."""

from __future__ import annotations

from pathlib import Path

from floorwalker.cli.planning.auditing import verdict
from floorwalker.cli.planning.plan import Plan, QueuePlan
from floorwalker.cli.planning.report_content import advice


def plan_lines(plan: Plan, out: Path) -> list[str]:
    """What `plan` says when it is done."""
    lines = ["Guessed for you (change with the option named):"] if plan.guesses else []
    lines += [f"  {g.name}: {g.value} – {g.why} ({g.option})" for g in plan.guesses]
    facts = plan.snapshot.facts
    if facts.rejected:
        lines += [
            f"{facts.rejected} of {facts.read} lines were set aside:",
            *(f"  {r}" for r in facts.rejects[:5]),
        ]
    lines += [f"Before you publish: {text}" for text in plan.warnings]
    for each in plan.queues:
        lines += ["", _sentence(each)]
        lines += [
            f"  {item.headline}: {item.number}. {item.detail}"
            for item in advice(each, plan.decisions.patience_seconds)
        ]
    return [*lines, "", f"Look at {out / 'report.html'}"]


def _sentence(each: QueuePlan) -> str:
    total, roster = each.expected.total(), each.outcome.value
    need = each.requirement
    if roster is None:
        return f"{need.queue}: no roster ({each.outcome.status}): {'; '.join(each.outcome.clashes)}"
    gap, bound = each.outcome.gap, each.shifts_bound
    distance = f", at most {gap:.1%} from the best these people could do" if gap is not None else ""
    if bound is not None:
        distance += f"; the shifts alone need {bound:,.0f} hours"
    paid = f"{len(roster.people)} people, {roster.paid_hours:,.0f} paid hours"
    return (
        f"{need.queue}, week of {need.grid.first_day:%a %-d %b %Y}: {total.contacts:,.0f} contacts expected; "
        f"{paid} ({distance.removeprefix(', ')}); expected "
        f"{total.service_level:.0%} within {need.target.seconds:g} s (target {need.target.share:.0%}), "
        f"{total.abandoned:,.0f} abandoned{'; ' if each.audit else ''}{verdict(each)}."
    )
