"""Files that are no text, and text in every disguise."""

import gzip
import os

import pytest

from floorwalker.contacts import HistoryError
from floorwalker.contacts.formats.source import read_source

ROWS = "DateTime,Calls\n2024-05-06T09:00,3\n2024-05-06T09:30,4\n"


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "is empty"),
        (b"  \n\n", "is empty"),
        (b"a\x00b", "not text"),
        (b"PK\x03\x04rest", "is a workbook.*CSV"),
        (b"\xd0\xcf\x11\xe0rest", "is a workbook.*CSV"),
        (b"\x1f\x8bnot gzip", "damaged gzip"),
        (gzip.compress(b"a,b\n1,2\n" * 99, mtime=0)[:-9], "damaged gzip"),
        (b'{"calls": 3}', "is JSON"),
        (b"<html>", "is XML or HTML"),
        (b"\xff\xfeo", "is not the utf-16 it says it is"),
    ],
)
def test_what_is_no_table_is_refused_in_one_sentence(write, content, sentence):
    """Every file that is no table of text has its own sentence."""
    with pytest.raises(HistoryError, match=sentence):
        read_source(write(content))


def test_missing_files_and_folders_are_named(tmp_path):
    """The path is in the sentence."""
    with pytest.raises(HistoryError, match=r"no file .*nowhere\.csv"):
        read_source(tmp_path / "nowhere.csv")
    with pytest.raises(HistoryError, match="is a folder"):
        read_source(tmp_path)
    with pytest.raises(HistoryError, match="cannot be opened"):
        read_source(tmp_path / ("n" * 300))


def test_the_limit_holds_packed_and_unpacked(write):
    """A small gzip that unpacks beyond the limit is refused as a large file is."""
    with pytest.raises(HistoryError, match="more than"):
        read_source(write("x" * 2000), max_bytes=1000)
    bomb = gzip.compress(b"1" * 100_000)
    assert len(bomb) < 1000
    with pytest.raises(HistoryError, match="more than"):
        read_source(write(bomb), max_bytes=1000)


@pytest.mark.parametrize(
    "content",
    [
        ROWS.encode(),
        ROWS.replace("\n", "\r\n").encode(),
        ROWS.replace("\n", "\r").encode(),
        b"\xef\xbb\xbf" + ROWS.encode(),
        ROWS.encode("utf-16"),
        gzip.compress(ROWS.encode()),
    ],
    ids=["lf", "crlf", "cr", "bom", "utf-16", "gzip"],
)
def test_every_disguise_is_the_same_text(write, read, content):
    """Line ends, byte order marks, UTF-16 and gzip make no difference to what is read."""
    assert read_source(write(content)).data == ROWS.encode()
    assert read(content).frame["offered"].tolist() == [3, 4]


def test_windows_text_is_read_and_said(read):
    """A queue named in Windows-1252 keeps its letters, and the guess is listed."""
    history = read(
        "DateTime;Queue;Calls\n2024-05-06 09:00;Qualität;3\n2024-05-06 09:30;Qualität;4\n".encode("cp1252")
    )
    assert history.queues == ("Qualität",)
    assert "windows-1252" in {guess.value for guess in history.guesses}


def test_the_hash_is_that_of_the_file_as_it_lies(write):
    """sha256sum of the file gives the same figure."""
    import hashlib

    path = write(gzip.compress(ROWS.encode()))
    assert read_source(path).sha256 == hashlib.sha256(path.read_bytes()).hexdigest()


def test_a_bomb_is_refused_before_it_fills_the_memory(write, monkeypatch):
    """What unpacks to a thousand times its size is no history, whatever the limit in bytes."""
    monkeypatch.setattr("floorwalker.contacts.formats.source.INNOCENT_BYTES", 1 << 20)
    with pytest.raises(HistoryError, match="times its size"):
        read_source(write(gzip.compress(b"0" * (1 << 24))))
    assert read_source(write(gzip.compress(b"0,1\n" * 1000))).data.startswith(b"0,1")


def test_a_pipe_is_not_waited_for(tmp_path):
    """A pipe that nobody writes to would block for ever."""
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(HistoryError, match="pipe or a device"):
        read_source(tmp_path / "pipe")
