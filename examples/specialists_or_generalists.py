"""General specialists or special generalists? The same callers, the same agents, three ways of dividing the work.

python examples/specialists_or_generalists.py [PICTURE.svg]
"""

import sys
from pathlib import Path

from floorwalker.science.queueing import ServiceTarget
from floorwalker.science.simulation import (
    AgentChoice,
    AgentGroup,
    Comparison,
    ContactType,
    Exponential,
    LogNormal,
    Model,
    Periods,
    PerPeriod,
    QueueChoice,
    Routing,
    Skill,
    Value,
    compare,
    value_of_skill,
)

# A day of half-hours, two languages, sales and service. Money in euros.
SHAPE = (0.4, 0.6, 0.9, 1.2, 1.35, 1.3, 1.1, 0.95, 1.0, 1.15, 1.25, 1.2, 1.1, 1.0, 0.9, 0.75, 0.6, 0.45)
DEMAND = {  # contacts a half-hour on average, handling seconds, value of an answered call, cost of a lost one
    "English sales": (22.0, 420.0, 18.0, 0.0),
    "English service": (46.0, 300.0, 1.5, 4.0),
    "Spanish sales": (6.0, 420.0, 18.0, 0.0),
    "Spanish service": (13.0, 300.0, 1.5, 4.0),
}
AGENTS = {"English sales": 7, "English service": 9, "Spanish sales": 3, "Spanish service": 3}
SLOWER = 1.12  # a generalist takes so many times as long
SELLS = {"sales": 0.95, "service": 2.0}  # a generalist closes a few sales fewer, but sells in service calls too
ALIKE = {"sales": 1.0, "service": 1.0}


def types() -> tuple[ContactType, ...]:
    return tuple(
        ContactType(
            name,
            PerPeriod(tuple(contacts * share for share in SHAPE), day_cv=0.08),
            LogNormal(seconds, 0.9),
            patience=Exponential(150.0),
            target=ServiceTarget(0.8, 20),
            value=Value(answered=answered, lost=lost),
        )
        for name, (contacts, seconds, answered, lost) in DEMAND.items()
    )


def skill(name: str, *, slower: float, sells: dict[str, float]) -> Skill:
    """Of a generalist; a specialist's is ``Skill(name)``."""
    return Skill(name, 2, handling_factor=slower, value_factor=sells[name.split()[1]])


def centre(share: float, *, slower: float = SLOWER, sells: dict[str, float] = SELLS) -> Model:
    """So large a share of every group made generalists who take everything."""
    general = {name: round(share * count) for name, count in AGENTS.items()}
    groups = [
        AgentGroup(name, (Skill(name),), staff=(count - general[name],))
        for name, count in AGENTS.items()
        if count > general[name]
    ]
    if any(general.values()):
        everything = tuple(skill(name, slower=slower, sells=sells) for name in DEMAND)
        groups.append(AgentGroup("generalists", everything, staff=(sum(general.values()),)))
    return Model(
        Periods.of(1800.0, len(SHAPE)),
        types(),
        tuple(groups),
        Routing(AgentChoice.FEWEST_SKILLS, QueueChoice.PRIORITY),
        busyness_correlation=0.5,
    )


SHARES = (0.0, 0.15, 0.35, 0.6, 1.0)


Curve = tuple[str, str, list[tuple[float, float]]]  # what it is, its colour, mean and half-width of each share


def picture(lost: list[Curve], earned: list[Curve]) -> str:
    """Both measures over the share of generalists, one above the other, the 95 % bands behind the lines."""
    parts = [
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 660 600" font-family="sans-serif" font-size="13">',
        '<rect width="660" height="600" fill="#ffffff"/>',
    ]
    parts += panel(44, "Callers lost a day", lost)
    parts += panel(318, "Earned a day, euros", earned)
    note = "share of agents who are generalists; neither scale begins at 0; bands: 95 %"
    parts.append(f'<text x="340" y="588" text-anchor="middle" fill="#444">{note}</text></svg>')
    return "\n".join(parts) + "\n"


def panel(top: int, title: str, curves: list[Curve]) -> list[str]:
    """Curves with their bands and the value of every point."""
    left, width, height = 80, 530, 205
    every = [point for _, _, points in curves for point in points]
    low, most = min(mean - half for mean, half in every), max(mean + half for mean, half in every)
    low, most = low - 0.2 * (most - low), most + 0.2 * (most - low)

    def spot(share: float, value: float) -> str:
        return f"{left + width * share:.1f},{top + height * (most - value) / (most - low):.1f}"

    parts = [f'<text x="{left}" y="{top - 16}" font-size="16" font-weight="bold" fill="#222">{title}</text>']
    for number, (label, colour, points) in enumerate(curves):
        upper = [spot(share, mean + half) for share, (mean, half) in zip(SHARES, points, strict=True)]
        lower = [spot(share, mean - half) for share, (mean, half) in zip(SHARES, points, strict=True)]
        line = [spot(share, mean) for share, (mean, _) in zip(SHARES, points, strict=True)]
        dashes = ' stroke-dasharray="6 5"' if number else ""
        parts += [
            f'<polygon points="{" ".join(upper + lower[::-1])}" fill="{colour}" fill-opacity="0.18"/>',
            f'<polyline points="{" ".join(line)}" fill="none" stroke="{colour}" stroke-width="2.5"{dashes}/>',
        ]
        below = 22 if number else -12
        for (mean, _), place in zip(points, line, strict=True):
            x, y = place.split(",")
            parts.append(f'<circle cx="{x}" cy="{y}" r="4.5" fill="{colour}"/>')
            if not number or place != line[0]:  # all curves begin in one point
                text = f'text-anchor="middle" fill="#222">{mean:,.0f}</text>'
                parts.append(f'<text x="{x}" y="{float(y) + below:.1f}" {text}')
        x, y = line[-2].split(",")
        if label:
            end, high = (left + width, float(y) + 44) if number else (float(x) - 14, float(y) - 26)
            parts.append(f'<text x="{end:.0f}" y="{high:.0f}" text-anchor="end" fill="{colour}">{label}</text>')
    bottom = top + height
    parts.append(f'<line x1="{left}" y1="{bottom}" x2="{left + width}" y2="{bottom}" stroke="#999"/>')
    for share in SHARES:
        x = left + width * share
        text = f'text-anchor="middle" fill="#444">{share:.0%}</text>'
        parts.append(f'<text x="{x:.1f}" y="{bottom + 18}" {text}')
    return parts


def report(models: dict[str, Model]) -> Comparison:
    """Callers and money of each model a day, on the same callers."""
    found = compare(models, replications=60, seed=1)
    width = max(map(len, models))
    print(f"{'':{width}}  agent-hours        lost          earned          saved         gained")
    for line in found.lines:
        print(
            f"{line.name:{width}}  {line.agent_hours:11.0f}  {line.lost.mean:4.0f} ± {line.lost.half_width:3.0f}  "
            f"{line.value.mean:8,.0f} ± {line.value.half_width:3.0f}  "
            f"{line.contacts_saved.mean:6.1f} ± {line.contacts_saved.half_width:4.1f}  "
            f"{line.value_gained.mean:6.0f} ± {line.value_gained.half_width:3.0f}"
        )
    return found


if __name__ == "__main__":
    print("Callers and money a day on the same callers; saved and gained against specialists only.\n")
    found = report({f"{share:.0%} generalists": centre(share) for share in SHARES})

    print("\nThe same if generalists sell no more than specialists:\n")
    plain = report({f"{share:.0%} generalists": centre(share, sells=ALIKE) for share in SHARES})

    print("\nAll generalists who sell no more, by how much longer they take:\n")
    slow = {
        f"{factor - 1:.0%} longer": centre(1.0, slower=factor, sells=ALIKE) for factor in (1.0, 1.12, 1.25, 1.4)
    }
    report({"specialists": centre(0.0), **slow})

    print("\nThe first lessons of the specialists, by money an hour of training:\n")
    taught = value_of_skill(
        centre(0.0), agents=(1, 2), handling_factor=SLOWER, training_hours=60, replications=30, seed=1
    )
    for lesson in taught.lines[:5]:
        print(
            f"teach {lesson.lesson.type} to {lesson.lesson.agents} of {lesson.lesson.group}: "
            f"{lesson.contacts_saved.mean:.1f} ± {lesson.contacts_saved.half_width:.1f} callers, "
            f"{lesson.value_gained.mean:.0f} ± {lesson.value_gained.half_width:.0f} euros a day, "
            f"as many callers as {lesson.hours_replaced.mean:.1f} hours of specialists"
        )
    if sys.argv[1:]:
        # Bands of the differences: all points share their callers.
        lost = [("", "#b3401a", [(each.lost.mean, each.contacts_saved.half_width) for each in found.lines])]
        earned = [
            (label, colour, [(each.value.mean, each.value_gained.half_width) for each in lines])
            for label, colour, lines in (
                ("generalists who sell in service calls too", "#1a6b52", found.lines),
                ("generalists who sell no more than specialists", "#5a5a8c", plain.lines),
            )
        ]
        Path(sys.argv[1]).write_text(picture(lost, earned), encoding="utf-8")
        print(f"\nWritten: {sys.argv[1]}")
