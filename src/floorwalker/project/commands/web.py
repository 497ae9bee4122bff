"""`floorwalker web`: the pages, the API and the live streams."""

from __future__ import annotations

import os
import sys

import click

from floorwalker.project import environment as env
from floorwalker.project.commands import options
from floorwalker.project.commands.speaking import in_words
from floorwalker.project.installation import answers_on, find

# Streams stay open for as long as somebody looks; a server that waits for them never stops.
SECONDS_TO_CLOSE = "5"
# Connections to the database a process of pages keeps at most; somebody behind a pooler of their own sets 0.
MOST_CONNECTIONS = "16"


@click.command(name="web")
@options.database
@options.port
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on, behind your proxy.")
@click.option(
    "--pages-only",
    is_flag=True,
    help="Serve pages and API by a faster server without live streams; run a second `floorwalker web` for /live.",
)
@click.option("--migrate/--no-migrate", default=True, help="Bring the tables up to date first.")
@in_words()
def command(database: str | None, port: int, host: str, pages_only: bool, migrate: bool) -> None:
    """Serve the suite in the browser, on http://localhost:8000 unless told otherwise.

    In production set FLOORWALKER_MODE=production and run `floorwalker doctor` first.
    """
    answers_on(port)
    installation = find(database)
    if migrate:
        installation.prepare()
    installation.reach()
    from floorwalker.project.doctor import refuse_unsafe

    refuse_unsafe()
    server = quick_server(host, port) if pages_only else page_server(host, port)
    click.echo(f"Floorwalker answers on http://{'localhost' if host == '127.0.0.1' else host}:{port}")
    sys.stdout.flush()
    # This process becomes the server.
    os.execve(sys.executable, [sys.executable, "-m", *server], {**os.environ, **connections()})


def connections() -> dict[str, str]:
    """How many connections a process of pages keeps, for its environment."""
    return {"FLOORWALKER_CONNECTIONS": env.text("FLOORWALKER_CONNECTIONS", MOST_CONNECTIONS)}


def page_server(host: str, port: int) -> list[str]:
    """Pages, API and live streams by one process."""
    server = ["uvicorn", "--host", host, "--port", str(port), "--log-level", "warning", "--no-server-header"]
    return [*server, "--timeout-graceful-shutdown", SECONDS_TO_CLOSE, "floorwalker.project.asgi:application"]


def quick_server(host: str, port: int) -> list[str]:
    """Pages and API by two processes, about twice as fast; without live streams."""
    server = ["granian", "--interface", "wsgi", "--workers", "2", "--blocking-threads", "1", "--no-ws"]
    # Told to stop while its workers still start, it would wait for them without end.
    server += ["--workers-kill-timeout", SECONDS_TO_CLOSE]
    return [*server, "--host", host, "--port", str(port), "floorwalker.project.wsgi:application"]
