"""The season board of 20,000 members, a quarter of entries behind it: rebuilt whole, for one member, and read.

python -m benchmarks boards            300,000 entries
python -m benchmarks boards --full     1,000,000 of them
"""

from __future__ import annotations

import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import perf_counter
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

MEMBERS = 20_000
FILL = """
INSERT INTO recognition_entry (once, kind, source, giver_id, taker_id, points, agent_id, ref, why, at, by_name)
SELECT 'bench:' || n, 'award', (ARRAY['help', 'kudos', 'arena', 'goal'])[1 + n %% 4], %(issued)s, a.id,
       1 + n %% 17, a.agent_id, '', 'Measured', %(start)s + (n %% 80) * interval '1 day', 'benchmark'
FROM generate_series(1, %(entries)s) AS n
JOIN (
    SELECT id, agent_id, row_number() OVER (ORDER BY id) AS place FROM recognition_account WHERE kind = 'agent'
) AS a ON a.place = 1 + n %% %(members)s
"""


def run(full: bool) -> list[dict[str, Any]]:
    from benchmarks.suite.server import close, installation

    with installation() as made:
        found = _measured(1_000_000 if full else 300_000, made.migrate_url)
        close()
        return found


def _measured(entries: int, owner_url: str) -> list[dict[str, Any]]:
    import psycopg

    from floorwalker.apps.people.models import Agent, Site, Team
    from floorwalker.apps.recognition import queries, services
    from floorwalker.apps.recognition.models import Account, Season, SeasonMember
    from floorwalker.kernel.access import SYSTEM

    at = datetime.now(UTC)
    services.turn_seasons(at)
    season = Season.objects.get(state="running")
    site = Site.objects.create(name="Benchmark", zone="UTC")
    teams = Team.objects.bulk_create(Team(name=f"Team {n:04}", site=site) for n in range(MEMBERS // 20))
    started = at.date() - timedelta(days=400)
    people = Agent.objects.bulk_create(
        (
            Agent(name=f"Agent {n:05}", number=f"B{n:05}", team=teams[n % len(teams)], started_on=started)
            for n in range(MEMBERS)
        ),
        batch_size=5000,
    )
    Account.objects.bulk_create((Account(kind="agent", agent=each, balance=0) for each in people), batch_size=5000)
    SeasonMember.objects.bulk_create(
        (SeasonMember(season=season, agent=each, joined_at=at, band="year") for each in people), batch_size=5000
    )
    issued, _new = Account.objects.get_or_create(kind="issued", agent=None)
    with psycopg.connect(owner_url) as owner, owner.cursor() as cursor:
        given = {"issued": issued.pk, "start": season.starts_at, "entries": entries, "members": MEMBERS}
        cursor.execute("ALTER TABLE recognition_entry DISABLE TRIGGER USER")  # balances are not measured here
        cursor.execute(FILL, given)
        owner.commit()  # foreign keys are judged here; a table with rows still to judge cannot be altered
        cursor.execute("ALTER TABLE recognition_entry ENABLE TRIGGER USER")
        cursor.execute("ANALYZE")
    rows = [
        _timed("rebuild, every standing changes", lambda: services.count_season(season_id=season.pk, at=at)),
        _timed("rebuild, nothing changes", lambda: services.count_season(season_id=season.pk, at=at)),
        _timed("one member after an award", lambda: services.count_agent(agent_id=people[7].pk, at=at)),
        _timed("top of the board", lambda: queries.board(SYSTEM, season)),
        _timed("teams", lambda: queries.team_board(SYSTEM, season)),
    ]
    return [row | {"members": MEMBERS, "entries": entries} for row in rows]


def _timed(what: str, call: Any) -> dict[str, Any]:
    begun = perf_counter()
    call()
    return {"what": what, "seconds": perf_counter() - begun}


if __name__ == "__main__":
    for line in run("--full" in sys.argv):
        print(line)
