"""Columns: mapped, known, guessed or asked for."""

import pytest

from floorwalker.contacts import HistoryError, HistoryQuestion


def test_a_mapping_overrules_names(read):
    """The column named is the column used, matched without case and marks."""
    text = "DateTime,Calls,Orders\n2024-05-06T09:00,3,30\n2024-05-06T09:30,4,40\n"
    assert read(text).frame["offered"].tolist() == [3, 4]
    assert read(text, {"offered": "orders"}).frame["offered"].tolist() == [30, 40]
    assert read(text, {"calls": "Orders"}).frame["offered"].tolist() == [30, 40]


def test_unknown_columns_fields_and_settings_are_named(read):
    """What does not exist is quoted, with what does."""
    text = "DateTime,Calls\n2024-05-06T09:00,3\n"
    with pytest.raises(HistoryQuestion, match=r"no column 'Visits'; the columns are 'DateTime', 'Calls'"):
        read(text, {"offered": "Visits"})
    with pytest.raises(HistoryError, match="names no field"):
        read(text, {"visits": "Calls"})
    for setting in ({"dates": "american"}, {"step": "0"}, {"step": "x"}, {"decimal": ","}, {"separator": ","}):
        with pytest.raises(HistoryError, match=next(iter(setting))):
            read(text, setting)


def test_positions_name_columns_where_there_is_no_header(read):
    """A first line of values is data; columns are then 1, 2, …"""
    text = "2024-05-06T09:00,A,3\n2024-05-06T09:30,A,4\n"
    history = read(text, {"queue": "2"})
    assert history.read == 2
    assert history.queues == ("A",)
    assert "none" in {guess.value for guess in history.guesses}


def test_two_candidates_are_one_question_with_examples(read):
    """Neither 'Opened' nor 'Closed' is taken by chance."""
    text = "Opened,Closed,Calls\n2024-05-06T09:00,2024-05-06T09:10,3\n2024-05-06T09:30,2024-05-06T09:40,4\n"
    with pytest.raises(HistoryQuestion, match=r"'Opened' \(2024-05-06T09:00\), 'Closed'") as caught:
        read(text)
    assert caught.value.option == "--map start=COLUMN"
    assert read(text, {"start": "Opened"}).stored == 2


def test_no_candidate_is_one_question(read):
    """Nothing is guessed where nothing can be."""
    with pytest.raises(HistoryQuestion, match="No column says when: 'Incoming Calls' "):
        read("Incoming Calls,Answered\n217,204\n200,182\n")
    with pytest.raises(HistoryQuestion, match="No column says when"):
        read("5.36E+00\n2.48E+00\n")


def test_counts_that_nothing_names(read):
    """One column of numbers is taken and said; several are asked about; none under bare dates is asked about."""
    history = read("When,Gesamt\n2024-05-06T09:00,3\n2024-05-06T09:30,4\n")
    assert history.frame["offered"].tolist() == [3, 4]
    assert "column 'Gesamt'" in {guess.value for guess in history.guesses}
    with pytest.raises(HistoryQuestion, match=r"counts the contacts\? Columns of numbers: 'a' \(1\), 'b' \(2\)"):
        read("date;a;b\n2024-05-06;1;2\n2024-05-07;1;2\n")
    with pytest.raises(HistoryQuestion, match="no time of day and no count"):
        read("date;name\n2024-05-06;x\n2024-05-07;y\n")


def test_separators(read):
    """Comma, semicolon, tab and bar are found; a wrong one can be overruled."""
    for name, mark in (("comma", ","), ("semicolon", ";"), ("tab", "\t"), ("bar", "|")):
        text = f"DateTime{mark}Queue{mark}Calls\n2024-05-06T09:00{mark}A{mark}3\n2024-05-06T09:30{mark}A{mark}4\n"
        assert read(text).queues == ("A",)
        assert read(text, {"separator": name}).queues == ("A",)
    with pytest.raises(HistoryQuestion):
        read("DateTime;Calls\n2024-05-06T09:00;3\n", {"separator": "tab"})


def test_quoted_cells_and_trailing_separators(read):
    """A quoted header, separators inside quotes, and a comma at the end of every line change nothing."""
    history = read(
        '"DateTime","Queue","Calls",\n"2024-05-06T09:00","A, B","3",\n"2024-05-06T09:30", "A, B", "4",\n'
    )
    assert history.queues == ("A, B",)
    assert history.frame["offered"].tolist() == [3, 4]


def test_a_stray_quotation_mark_is_set_aside(read):
    """The line with the mark is named, those after it are read."""
    history = read('DateTime,Queue,Calls\n2024-05-06T09:00,"A,3\n2024-05-06T09:30,A,4\n2024-05-06T10:00,A,5\n')
    assert [(reject.line, reject.reason) for reject in history.rejects] == [(2, "a quotation mark is not closed")]
    assert history.frame["offered"].tolist() == [4, 5]


def test_event_logs_are_refused_by_name(read):
    """Several lines a call must not be counted as several calls."""
    lines = [
        f"15961919{n}|call{n}|sales|A|{event}|"
        for n, event in ((26, "ENTERQUEUE"), (30, "CONNECT"), (99, "ABANDON"))
    ]
    with pytest.raises(HistoryError, match="logs events, several lines a contact"):
        read("\n".join(lines), name="queue_log")


def test_an_unknown_zone_is_refused(read):
    """Before anything is read."""
    with pytest.raises(ValueError, match="not an IANA time zone"):
        read("DateTime,Calls\n2024-05-06T09:00,3\n", zone="Mars/Olympus")
