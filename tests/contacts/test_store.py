"""The store: the same row once, corrections in place, nothing half-written, writers one after the other."""

import json
import os
import subprocess
import sys
from dataclasses import replace

import pandas as pd
import pytest

from floorwalker.contacts import Added, Store, StoreError, read_history
from floorwalker.contacts.parquet import connect, write_days
from floorwalker.contacts.tables import INTERVALS
from floorwalker.science.errors import InvalidInput

DAY = 86400
FIRST = 1714953600  # 2024-05-06 00:00 UTC


def log(*rows):
    return "id,start,queue,agent,duration\n" + "".join(
        f"{key},2024-05-{day:02} 09:00:00,{queue},x,{seconds}\n" for key, day, queue, seconds in rows
    )


@pytest.fixture
def store(tmp_path):
    return Store(tmp_path / "store")


def test_loading_twice_changes_nothing(read, store):
    """Rows are kept once, and the files are not even written again."""
    history = read(log((1, 6, "A", 30), (2, 6, "A", 40), (3, 7, "B", 50)))
    assert store.add(history) == Added(stored=3, unchanged=0, replaced=0)
    before = (store.path / "manifest.json").read_text()
    assert store.add(history) == Added(stored=0, unchanged=3, replaced=0)
    assert (store.path / "manifest.json").read_text() == before
    assert len(store.read("contacts")) == 3


def test_a_load_asked_for_again_by_its_name_says_what_it_did_the_first_time(read, store):
    """Whoever died before they heard counts nothing as old that they brought themselves."""
    history = read(log((1, 6, "A", 30), (2, 6, "A", 40)))
    assert store.add(history, load="job 1") == Added(stored=2, unchanged=0, replaced=0)
    assert store.add(history, load="job 1") == Added(stored=2, unchanged=0, replaced=0)
    assert store.add(history, load="job 2") == Added(stored=0, unchanged=2, replaced=0)
    assert store.add(history) == Added(stored=0, unchanged=2, replaced=0)


def test_what_is_read_is_what_was_added(read, store):
    """Columns, types, unknown values and order come back as they were."""
    history = read(log((1, 6, "A", 30), (2, 6, "A", ""), (3, 7, "B", 50)))
    store.add(history)
    expected = history.frame.sort_values(["start", "source_key"]).reset_index(drop=True)
    pd.testing.assert_frame_equal(store.read("contacts"), expected)


def test_a_corrected_row_replaces_its_former_self(read, store):
    """Same key, other figures: counted as replaced, one row remains; new rows beside it are stored."""
    store.add(read(log((1, 6, "A", 30), (2, 6, "A", 40))))
    assert store.add(read(log((1, 6, "A", 35), (2, 6, "A", 40), (3, 6, "A", 50)))) == Added(1, 1, 1)
    assert store.read("contacts")["handling_seconds"].tolist() == [35, 40, 50]


def test_a_correction_may_move_a_contact_to_another_day(read, store):
    """The contact is then on its new day only, even if its old day is left empty."""
    store.add(read(log((1, 6, "A", 30))))
    assert store.add(read(log((1, 8, "A", 30)))) == Added(0, 0, 1)
    assert store.read("contacts")["start"].tolist() == [FIRST + 2 * DAY + 9 * 3600]


def test_reading_by_period_queue_and_length(read, store):
    """Half-open periods at the second; queues one or several; interval lengths apart."""
    store.add(read(log((1, 6, "A", 30), (2, 7, "B", 40), (3, 8, "A", 50))))
    nine = FIRST + 9 * 3600

    def keys(**chosen):
        return [key.split(":")[1] for key in store.read("contacts", **chosen)["source_key"]]

    assert keys() == ["1", "2", "3"]
    assert keys(start=nine) == ["1", "2", "3"]
    assert keys(start=nine + 1) == ["2", "3"]
    assert keys(end=nine + DAY) == ["1"]
    assert keys(end=nine + DAY + 1) == ["1", "2"]
    assert keys(queue="A") == ["1", "3"]
    assert keys(queue=["A", "B"], start=nine + DAY) == ["2", "3"]
    assert keys(queue="C") == []
    store.add(read("DateTime,Calls\n2024-05-06T09:00,3\n2024-05-06T09:30,4\n"))
    store.add(read("Date,Calls\n2024-05-06,30\n2024-05-07,40\n"))
    assert store.read("intervals", length=1800)["offered"].tolist() == [3, 4]
    assert store.read("intervals", length=DAY)["offered"].tolist() == [30, 40]


def test_describing(read, store):
    """Nothing in a folder that is not there; then rows, days, span and queues."""
    assert store.describe() == ()
    assert store.read("contacts").columns.tolist()[0] == "source_key"
    store.add(read(log((1, 6, "B", 30), (2, 8, "A", 40))))
    (held,) = store.describe()
    assert (held.table, held.rows, held.days, held.queues) == ("contacts", 2, 2, ("A", "B"))
    assert held.last - held.first == 2 * DAY


def test_the_history_of_a_store_is_the_table_with_most_contacts(read, store):
    """Not the one with most rows: two intervals of seven calls outweigh three lines of a log."""
    store.add(read(log((1, 6, "B", 30), (2, 7, "A", 40), (3, 8, "A", 40))))
    assert store.history().table == "contacts"
    store.add(read("DateTime,Calls\n2024-05-06T09:00Z,3\n2024-05-06T09:30Z,4\n"))
    held = store.history()
    assert (held.table, held.step_seconds, held.frame["offered"].sum()) == ("intervals", 1800, 7)


def test_other_schemas_damage_and_nonsense_are_named(read, store):
    """One sentence each, and nothing is overwritten."""
    history = read(log((1, 6, "A", 30)))
    store.add(history)
    manifest = store.path / "manifest.json"
    content = json.loads(manifest.read_text())
    for text, sentence in (
        (json.dumps(content | {"schema_version": 99}), "written under schema 99"),
        ("{", "is damaged"),
        ("[]", "is damaged"),
        (
            json.dumps({"schema_version": 1, "tables": {"contacts": {"2024-05-06": ["gone.parquet"]}}}),
            "lacks a file",
        ),
    ):
        manifest.write_text(text)
        with pytest.raises(StoreError, match=sentence):
            store.read("contacts")
    manifest.write_text(json.dumps(content))
    file = next((store.path / "contacts").glob("*.parquet"))
    file.write_bytes(b"nonsense")
    with pytest.raises(StoreError, match="damaged file"):
        store.read("contacts")
    with pytest.raises(InvalidInput, match="no table is called 'calls'"):
        store.read("calls")
    doubled = pd.concat([history.frame, history.frame])
    with pytest.raises(InvalidInput, match="the same source_key"):
        store.add(replace(history, frame=doubled, read=2))
    with pytest.raises(StoreError, match="cannot be made a folder"):
        Store(file).add(history)


# One interpreter pays for its imports once and forks the writers, so that they start together.
WRITERS = """
import os, sys
from floorwalker.contacts import Store, read_history
store, *paths = sys.argv[1:]
histories = [read_history(path) for path in paths]
for history in histories:
    if os.fork() == 0:
        Store(store).add(history)
        os._exit(0)
sys.exit(any(os.wait()[1] for _ in histories))
"""

KILLED = """
import os, signal, sys, time
from pathlib import Path
from floorwalker.contacts import Store, read_history
store, path = sys.argv[1:]
history = read_history(path)
for delay in (0, 0.003, 0.01, 0.03, 0.1):
    child = os.fork()
    if child == 0:
        Store(store).add(history)
        os._exit(0)
    begun = time.monotonic()
    while not list(Path(store).glob("contacts/unfinished.*")) and time.monotonic() - begun < 5:
        time.sleep(0.0005)
    time.sleep(delay)
    os.kill(child, signal.SIGKILL)
    os.wait()
    print(len(Store(store).read("contacts")))
"""


def run(script, *arguments):
    environment = os.environ | {"OMP_NUM_THREADS": "1"}
    command = [sys.executable, "-c", script, *map(str, arguments)]
    return subprocess.run(command, env=environment, capture_output=True, check=True, timeout=120, text=True).stdout


def test_two_writers_at_once_lose_nothing(write, store):
    """Two processes that load different rows of the same day both find their rows there."""
    paths = [write(log(*((n, 6, "A", 30) for n in range(low, low + 200))), f"{low}.csv") for low in (0, 200)]
    run(WRITERS, store.path, *paths)
    assert len(store.read("contacts")) == 400


def test_a_killed_load_leaves_the_former_state_and_the_next_one_completes_it(write, store):
    """kill -9 at whatever moment: the store holds all of a load or none, and loading again makes it whole."""
    days = [(key, 1 + key % 28, "A", 30) for key in range(2000)]
    first, second = write(log(*days[:100]), "first.csv"), write(log(*days), "second.csv")
    store.add(read_history(first))
    held = [int(line) for line in run(KILLED, store.path, second).split()]
    assert len(held) == 5 and set(held) <= {100, 2000}  # all or nothing, whenever the kill came
    added = store.add(read_history(second))
    assert added.replaced == 0
    assert added.stored + added.unchanged == len(store.read("contacts")) == 2000
    store.add(read_history(second))
    manifest = json.loads((store.path / "manifest.json").read_text())
    named = {file for files in manifest["tables"]["contacts"].values() for file in files}
    assert {file.name for file in (store.path / "contacts").iterdir()} == named


def test_rows_that_cannot_be_written_leave_nothing(tmp_path):
    """Where the disk refuses them an error of the system says so (here a file is where a folder must be)."""
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(OSError, match="cannot be written"):
        write_days(
            connect(), pd.DataFrame(columns=INTERVALS.names, dtype="float64"), INTERVALS, tmp_path / "file" / "x"
        )
