"""Plan the next week of the sample centres (`make run`) and say where to look."""

from __future__ import annotations

import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

from floorwalker.cli.main import run

PLANS = (
    ("corner", "history.csv", "Europe/Dublin", "IE"),
    ("harbour", "history-lisbon.csv", "Europe/Lisbon", "PT"),
    ("harbour", "history-boston.csv", "America/New_York", "US"),
)
SECONDS = "10"


def main(out: Path) -> int:
    """Make up each centre once, then plan each of its sites."""
    today = datetime.now(UTC).date()
    monday = today + timedelta(days=7 - today.weekday())
    reports = []
    for centre, history, zone, country in PLANS:
        folder = out / centre
        if not (folder / history).exists():
            code = run(["sample", centre, "--until", str(monday), "--out", str(folder)])
            if code:
                return code
        plan = out / f"{centre}-plan" / Path(history).stem.removeprefix("history-").replace("history", "week")
        arguments = ["plan", str(folder / history), "--week", str(monday), "--zone", zone, "--holidays", country,
                     "--people", str(folder / "people.csv"), "--time-limit", SECONDS, "--out", str(plan)]  # fmt: skip
        say(f"\n$ floorwalker {' '.join(arguments)}")
        code = run(arguments)
        if code:
            return code
        reports.append(plan / "report.html")
    say("\nThe planned weeks – open them in a browser:")
    for report in reports:
        say(f"  {report}")
    return 0


def say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
