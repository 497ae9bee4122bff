"""The child process: takes one request from its input, runs one reader, answers in lines of JSON.

    {"part": …}                     one item of a reader that yields
    {"progress": [done, of]}        how far it is
    {"result": …}                   what a reader returned
    {"yielded": n}                  a reader that yields has no more
    {"fault": code, "facts": {…}}   the file is refused
    {"failed": traceback}           the reader has an error

and a last line {"usage": …}. JSON in both directions: nothing that comes out of a process that has read a
stranger's file is ever unpickled.
"""

from __future__ import annotations

import importlib
import json
import os
import sys
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, BinaryIO

from floorwalker.kernel.files.confinement import confine
from floorwalker.kernel.files.faults import FileFault


def main() -> int:
    request = json.load(sys.stdin.buffer)
    answers = os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_RDWR)
    os.dup2(nowhere, 0)
    os.dup2(nowhere, 1)  # what a library prints must not be taken for an answer
    os.closerange(answers.fileno() + 1 if answers.fileno() > nowhere else nowhere + 1, 256)
    alone = confine(**request["confine"])
    try:
        _run(request, answers)
    except FileFault as fault:
        _say(answers, {"fault": fault.code, "facts": fault.facts})
    except MemoryError:
        _say(answers, {"fault": "reading_too_much_memory", "facts": {"megabytes": request["megabytes"]}})
    except Exception:
        _say(answers, {"failed": traceback.format_exc()[-4000:]})
    _say(answers, {"usage": {"peak_megabytes": _peak_megabytes(), "own_network": alone}})
    return 0


def _run(request: dict[str, Any], answers: BinaryIO) -> None:
    module, _, name = request["function"].partition(":")
    function: Callable[..., Any] = getattr(importlib.import_module(module), name)
    keywords = dict(request["keywords"])
    if request["progress"]:
        keywords["progress"] = lambda done, of: _say(answers, {"progress": [done, of]})
    result = function(*request["arguments"], **keywords)
    if isinstance(result, Iterator):
        count = 0
        for part in result:
            _say(answers, {"part": part})
            count += 1
        _say(answers, {"yielded": count})
    else:
        _say(answers, {"result": result})


def _say(answers: BinaryIO, message: dict[str, Any]) -> None:
    text = json.dumps(message, ensure_ascii=False, separators=(",", ":"))
    answers.write(text.encode("utf-8", errors="replace") + b"\n")
    answers.flush()


def _peak_megabytes() -> int:
    """The most memory this program ever held; ``getrusage`` would count what its parent held before it started."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) >> 10
    return 0


if __name__ == "__main__":
    sys.exit(main())
