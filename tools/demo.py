"""Plan the next week of the sample centres (`make run`) and say where to look."""

from __future__ import annotations

import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from floorwalker.cli.main import run

# Each centre's sites: name of the plan, history, zone, country of its holidays.
SITES = {
    "corner": [("week", "history.csv", "Europe/Dublin", "IE")],
    "harbour": [
        ("lisbon", "history-lisbon.csv", "Europe/Lisbon", "PT"),
        ("boston", "history-boston.csv", "America/New_York", "US"),
    ],
}
SECONDS = "10"


class Failed(Exception):
    """A command did not end well; it has said why."""


def main(out: Path) -> int:
    """Make up each centre, then plan each of its sites."""
    today = datetime.now(UTC).date()
    monday = today + timedelta(days=7 - today.weekday())
    reports: list[Path] = []
    try:
        for centre in SITES:
            command("sample", centre, "--until", monday, "--out", out / centre)
            reports += plans(out, centre, monday)
    except Failed as failed:
        return int(str(failed))
    say("\nThe planned weeks – open them in a browser:")
    for report in reports:
        say(f"  {report}")
    return 0


def plans(out: Path, centre: str, monday: date) -> list[Path]:
    """Reports of the planned sites of one centre."""
    reports = []
    people = out / centre / "people.csv"
    for name, history, zone, country in SITES[centre]:
        plan = out / f"{centre}-plan" / name
        place = ("--week", monday, "--zone", zone, "--holidays", country)
        command("plan", out / centre / history, *place, "--people", people, "--time-limit", SECONDS, "--out", plan)
        reports.append(plan / "report.html")
    return reports


def command(*arguments: object) -> None:
    """Show a command and run it."""
    words = [str(argument) for argument in arguments]
    say(f"\n$ floorwalker {' '.join(words)}")
    code = run(words)
    if code:
        raise Failed(code)


def say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
