"""`floorwalker up`: database, pages and worker together, as on a laptop."""

from __future__ import annotations

import click

from floorwalker.kernel.postgres import Private
from floorwalker.project.commands import options
from floorwalker.project.commands.speaking import in_words
from floorwalker.project.commands.web import connections, page_server
from floorwalker.project.crew import Crew
from floorwalker.project.installation import Installation, answers_on, find, home_folder

SAMPLES = ("none", "corner", "harbour")


@click.command(name="up")
@options.port
@click.option(
    "--sample",
    type=click.Choice(SAMPLES),
    default="none",
    show_default=True,
    help="Fill an empty suite with a made-up centre: 20 agents and one manager, or 120 agents on two sites.",
)
@in_words()
def command(port: int, sample: str) -> int:
    """Run the whole suite on this machine until Ctrl-C: database, pages, worker.

    It listens on the loopback address only. The first page is there within seconds; a sample's plan is made
    meanwhile, with its progress on the page.
    """
    answers_on(port)
    installation = find(None)
    installation.prepare()
    crew = Crew(installation.environment)
    crew.start("pages", *page_server("127.0.0.1", port), more=connections())
    crew.start("worker", "floorwalker.cli", "work")
    try:
        welcome(installation, sample, port)
        if sample != "none":
            crew.send("floorwalker.project.sample", sample)
        ended = crew.watch()
    finally:
        click.echo("Ending …")
        crew.end()
        if installation.own_server:
            Private(home_folder() / "database").stop()
    if ended:
        click.echo(f"The {ended} ended by themselves; their last words stand above.", err=True)
    return int(bool(ended))


def welcome(installation: Installation, sample: str, port: int) -> None:
    """Say where to go: the first user's link, or the links of the sample's people."""
    installation.use()
    from floorwalker.project.welcome import holds_other, lines

    if sample != "none" and holds_other(sample):
        raise click.ClickException(
            f"this suite holds something else than the sample {sample} already; "
            "set FLOORWALKER_HOME to an empty folder, or leave --sample away"
        )
    for line in lines(sample, f"http://localhost:{port}"):
        click.echo(line)
