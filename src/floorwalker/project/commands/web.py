"""`floorwalker web`: the pages, the API and the live streams."""

from __future__ import annotations

import os
import sys

import click

from floorwalker.kernel.postgres import NoPostgres
from floorwalker.project.commands import options
from floorwalker.project.installation import answers_on, find

# Streams stay open for as long as somebody looks; a server that waits for them never stops.
SECONDS_TO_CLOSE = "5"


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
def command(database: str | None, port: int, host: str, pages_only: bool, migrate: bool) -> None:
    """Serve the suite in the browser, on http://localhost:8000 unless told otherwise.

    In production set FLOORWALKER_MODE=production and run `floorwalker doctor` first.
    """
    answers_on(port)
    try:
        installation = find(database)
    except NoPostgres as error:
        raise click.ClickException(str(error)) from error
    if migrate:
        installation.migrate()
    from floorwalker.project.doctor import refuse_unsafe

    installation.use()
    refuse_unsafe()
    installation.manage("collectstatic", "--no-input", "--verbosity", "0")
    os.environ.update(installation.environment)
    if pages_only:
        server = ["granian", "--interface", "wsgi", "--workers", "2", "--blocking-threads", "1"]
        server += ["--host", host, "--port", str(port), "floorwalker.project.wsgi:application"]
    else:
        server = ["uvicorn", "--host", host, "--port", str(port), "--log-level", "warning", "--no-server-header"]
        server += ["--timeout-graceful-shutdown", SECONDS_TO_CLOSE, "floorwalker.project.asgi:application"]
    click.echo(
        f"Floorwalker answers on http://localhost:{port}" if host == "127.0.0.1" else f"Listening on {host}:{port}"
    )
    sys.stdout.flush()
    os.execv(sys.executable, [sys.executable, "-m", *server])  # this process becomes the server
