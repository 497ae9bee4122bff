"""Options several of the suite's commands share."""

from __future__ import annotations

import click

database = click.option(
    "--database",
    metavar="URL",
    help="postgresql://user:password@host/name of your own server; without it a private one is started.",
)
port = click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True)
