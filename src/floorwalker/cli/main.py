"""The command `floorwalker`: finds a command, runs it, turns errors into one sentence and an exit code.

Commands are imported only when called, so that ``--help`` answers at once. Further commands register in the
entry-point group ``floorwalker.commands``.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Sequence
from importlib import import_module
from importlib.metadata import entry_points
from io import TextIOWrapper
from pathlib import Path

import click

from floorwalker import __version__

BAD_INPUT = 2  # the same code click gives to a wrong option
NO_ANSWER = 3  # nothing satisfies what was asked
STOPPED = 130  # Ctrl-C

# name: (module, what it does) – the second is shown without importing the first
COMMANDS = {
    "plan": ("plan", "History in, a staffed week out: forecast, required staff, roster, report."),
    "rerun": ("rerun", "Rebuild a plan from its kept inputs and compare it byte for byte."),
    "forecast": ("forecast", "Contacts and handling time per interval, with their band."),
    "backtest": ("backtest", "How each forecasting method would have done on your own past."),
    "staff": ("staff", "Required and scheduled staff for each interval of a forecast."),
    "price-of-hour": ("price_of_hour", "What an hour off the phones costs, in contacts and value lost."),
    "value-of-skill": ("value_of_skill", "What it is worth to teach a skill; two centres on the same contacts."),
    "explain": ("explain", "Open one required number into its reasons."),
    "shifts": ("shifts", "Cheapest head counts per shift that cover a requirement, proven."),
    "erlang": ("erlang", "Agents for one interval, or what so many agents achieve."),
    "simulate": ("simulate", "A centre described in a file, run many times: who is answered, who gives up."),
    "fit": ("fit", "Patience, handling time, busyness and redials for the simulator, from a log."),
    "import": ("import_history", "Read history into the store; name every line that was set aside."),
    "sample": ("sample", "Write a made-up centre: history, people, shifts."),
}

# The suite's commands come by their entry points; only their sentences stand here, so that help imports nothing.
SUITE = {
    "db": "The private database of this installation: start, status, stop, migrate.",
    "doctor": "Say what is unsafe or broken about this installation, and what to do.",
    "up": "Database, pages and worker together, with a sample centre if wanted.",
    "users": "Sign-in links and invitations from the server's own console.",
    "audit": "Verify that nobody changed the record of who did what.",
    "web": "Serve the suite in the browser.",
    "work": "Do the suite's jobs.",
}


class LazyGroup(click.Group):
    """A group that knows its commands by name and imports each only to run it."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return [*COMMANDS, *sorted(point.name for point in entry_points(group="floorwalker.commands"))]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name in COMMANDS:
            module = import_module(f"floorwalker.cli.commands.{COMMANDS[cmd_name][0]}")
            command: click.Command = module.command
            return command
        for point in entry_points(group="floorwalker.commands", name=cmd_name):
            try:
                loaded: click.Command = point.load()
            except ModuleNotFoundError as error:
                raise click.ClickException(
                    f"`{cmd_name}` belongs to the suite in the browser and {error.name} is missing: "
                    "pip install 'floorwalker[web]'"
                ) from error
            return loaded
        return None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        extra = {p.name: SUITE.get(p.name, "") for p in entry_points(group="floorwalker.commands")}
        rows = [(name, text) for name, (_, text) in COMMANDS.items()] + list(extra.items())
        with formatter.section("Commands"):
            formatter.write_dl(rows)


@click.group(
    cls=LazyGroup,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Start here: floorwalker plan HISTORY.csv --out plan",
)
@click.version_option(__version__, prog_name="floorwalker")
def cli() -> None:
    """Workforce engagement for contact centres, open and explained.

    Each command answers in words, or in JSON with --json; `floorwalker COMMAND --help` has an example.
    Exit codes: 0 done, 1 done but the answer is a no, 2 the input is wrong, 3 no answer exists, 130 stopped.
    """


def main(argv: Sequence[str] | None = None) -> None:
    """Run the command line and leave the process with its exit code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):  # a terminal without our dashes shows them as codes
            stream.reconfigure(errors="backslashreplace")
    signal.signal(signal.SIGTERM, _stop)
    sys.exit(run(argv))


def _stop(*_: object) -> None:
    """Being asked to end is like Ctrl-C: what was begun is cleared away."""
    raise KeyboardInterrupt


def run(argv: Sequence[str] | None = None) -> int:
    """Run the command line; the exit code as a value."""
    choose_numba_cache()
    try:
        code = cli.main(args=None if argv is None else list(argv), prog_name="floorwalker", standalone_mode=False)
        return code if isinstance(code, int) else 0
    except click.exceptions.Abort:
        click.echo("Stopped; nothing was written.", err=True)
        return STOPPED
    except click.ClickException as error:
        error.show()
        return BAD_INPUT
    except Exception as error:
        code, sentence = explain_error(error)
        if not code:
            raise
        click.echo(f"floorwalker: {sentence}", err=True)
        return code


def explain_error(error: Exception) -> tuple[int, str]:
    """Exit code and sentence of an error that is the input's fault; code 0 means it is ours."""
    from floorwalker.science.errors import Infeasible, ScienceError

    if isinstance(error, Infeasible):
        return NO_ANSWER, str(error)
    if isinstance(error, ScienceError):
        return BAD_INPUT, str(error)
    if isinstance(error, OSError):
        where = f"{error.filename}: " if error.filename else ""
        return BAD_INPUT, f"{where}{error.strerror or error}; nothing was written"
    if isinstance(error, MemoryError):
        return BAD_INPUT, "the memory is not enough for this input; give a part of it, or a larger --step"
    return 0, ""


def choose_numba_cache() -> None:
    """Compiled formulas are kept per version in the user's cache folder, also for read-only installs."""
    home = os.environ.get("XDG_CACHE_HOME") or Path("~/.cache").expanduser()
    os.environ.setdefault("NUMBA_CACHE_DIR", str(Path(home) / "floorwalker" / f"numba-{__version__}"))
