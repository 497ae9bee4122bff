"""Sixteen worker processes and what they wrote down, and the judge of both."""

from __future__ import annotations

import json
import os
import random
import re
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.db import connection

from floorwalker.apps.recognition import queries
from floorwalker.apps.recognition.models import Account, Entry, Incentive
from tests.apps.recognition.ledger_moves import Field

WORKERS = 16
ENOUGH = 100  # operations to judge, however slow the machine is
PATIENCE_SECONDS = 120
NAME = re.compile(r"(done|aborted):\d+:\d+")
ONE_ENTRY = ("award", "ask", "give")  # operations that are one entry of their name, when they are not refused


class Crowd:
    """Worker processes, each with a book of what it tried and what the ledger answered."""

    def __init__(self, folder: Path, field: Field) -> None:
        self.folder, self.draw = folder, random.Random(1)
        self.running: dict[int, int] = {}
        facts = {key: connection.settings_dict[key] for key in ("NAME", "HOST", "PORT", "USER", "PASSWORD")}
        order = json.dumps({"database": facts, "field": field.facts, "folder": str(folder)})
        command = [sys.executable, "-m", "tests.apps.recognition.ledger_worker", order]
        self.nursery = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        for number in range(WORKERS):
            self.begin(number)

    def begin(self, number: int) -> None:
        assert self.nursery.stdin is not None and self.nursery.stdout is not None
        self.nursery.stdin.write(f"{number}\n")
        self.nursery.stdin.flush()
        self.running[number] = int(self.nursery.stdout.readline())

    def kill_one(self) -> None:
        """In the middle of whatever it does; another takes up its book."""
        number = self.draw.choice(sorted(self.running))
        os.kill(self.running.pop(number), signal.SIGKILL)
        self.begin(number)

    def wait_for(self, more: int) -> None:
        """Until so many more operations were answered."""
        before, patience = len(self.answers()), time.monotonic() + PATIENCE_SECONDS
        while len(self.answers()) < before + more and time.monotonic() < patience:
            time.sleep(0.05)

    def end(self) -> None:
        """Everybody gets the answer they wait for, and goes home; who does not is sent."""
        for pid in self.running.values():
            os.kill(pid, signal.SIGTERM)
        patience = time.monotonic() + PATIENCE_SECONDS
        while any(alive(pid) for pid in self.running.values()) and time.monotonic() < patience:
            time.sleep(0.02)
        for pid in filter(alive, self.running.values()):
            os.kill(pid, signal.SIGKILL)
        self.nursery.communicate()

    def lines(self) -> list[dict[str, Any]]:
        """Complete lines only: the last one of a killed process may be torn."""
        books = [each.read_text(encoding="utf-8").split("\n")[:-1] for each in self.folder.iterdir()]
        return [json.loads(line) for book in books for line in book]

    def answers(self) -> list[dict[str, Any]]:
        return [line for line in self.lines() if "tried" not in line]

    def done(self) -> list[dict[str, Any]]:
        """Answers that said it is done: the others were refused."""
        return [line for line in self.answers() if "done" in line]


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def faults(lines: Iterable[dict[str, Any]], stored: Iterable[str]) -> list[str]:
    """What is wrong between what was promised and what is there: nothing, one hopes."""
    there = list(stored)
    times = Counter(found[0] for once in there if (found := NAME.search(once)))
    known = set(there)
    tried = {line["tried"]["name"]: line["tried"]["told"] for line in lines if "tried" in line}
    answers = {line["name"]: line for line in lines if "tried" not in line}
    found = [f"{name} was never answered" for name in tried.keys() - answers.keys()]
    for name, answer in answers.items():
        if "failed" in answer:
            found.append(f"{name} {tried[name]} failed: {answer['failed']}")
        found += [
            f"{once} was acknowledged and is missing" for once in answer.get("done", ()) if once not in known
        ]
        if "refused" in answer and times[name]:
            found.append(f"{name} was refused and is there")
        if "done" in answer and tried[name]["do"] in ONE_ENTRY and times[name] != 1:
            found.append(f"{name} is there {times[name]} times")
    return found


def judge(crowd: Crowd, field: Field) -> None:
    """What holds whatever happened, to whichever process."""
    assert len(crowd.done()) >= ENOUGH, "hardly anything happened"
    wrong = faults(crowd.lines(), Entry.objects.values_list("once", flat=True))
    assert not wrong, "\n".join(wrong)
    assert queries.drifted() == []
    asked = Entry.objects.filter(kind="ask").count()
    ends = list(Entry.objects.filter(kind__in=["return", "spend"]).values_list("once", flat=True))
    assert len(ends) == len(set(ends)) <= asked, "something was redeemed twice"
    held = sum(Account.objects.filter(agent__in=field.agents).values_list("balance", flat=True))  # type: ignore[arg-type]
    by_kind = dict.fromkeys(Account.Kind.values, 0)
    for giver, taker, n in Entry.objects.values_list("giver__kind", "taker__kind", "points"):
        by_kind[giver] -= n
        by_kind[taker] += n
    assert sum(by_kind.values()) == 0
    assert by_kind["agent"] == held
    assert all(n >= 0 for kind, n in by_kind.items() if kind != "issued")
    judge_incentives()


def judge_incentives() -> None:
    """No place is paid twice, and what is held is what is still promised: neither more nor less."""
    for each in Incentive.objects.exclude(state="draft").select_related("held"):
        assert each.held is not None
        paid = Entry.objects.filter(kind="award", ref=f"recognition.incentive:{each.pk}", reversed_by=None)
        by_agent = Counter(paid.values_list("agent", flat=True))
        assert by_agent.total() <= each.places and all(n <= each.most_each for n in by_agent.values())
        owed = each.total - each.points * by_agent.total() if each.state == "running" else 0
        assert each.held.balance == owed, each.name
