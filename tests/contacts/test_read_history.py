"""Reading a file of history from one end to the other."""

import pytest

from floorwalker.contacts import HistoryQuestion, read_history, to_demand


@pytest.fixture
def write(tmp_path):
    """Writes text or bytes to a file and gives its path."""

    def write(content, name="history.csv"):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write


def test_interval_counts_need_no_option(write):
    """A column of moments and a column of counts load as they are, and every guess is listed."""
    path = write("DateTime,Calls\n2003-03-03T07:00:00,111\n2003-03-03T07:05:00,113\n2003-03-03T07:10:00,76\n")
    history = read_history(path)
    assert history.table == "intervals"
    assert history.frame["start"].tolist() == [1046674800, 1046675100, 1046675400]
    assert history.frame["offered"].tolist() == [111, 113, 76]
    assert history.step_seconds == 300
    assert {guess.name for guess in history.guesses} == {"start", "zone", "step"}
    assert to_demand(history, step_seconds=900)["all"].offered[28] == 300


def test_a_file_without_times_is_refused_with_one_question(write):
    """Nothing is guessed where nothing can be: one question, naming the option that answers it."""
    with pytest.raises(HistoryQuestion, match="No column says when"):
        read_history(write("Incoming Calls,Answered\n217,204\n200,182\n"))
