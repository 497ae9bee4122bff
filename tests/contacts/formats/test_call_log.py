"""Files of one line a contact: known layouts, clocks, durations, duplicates, customers."""

import pytest

from floorwalker.contacts import HistoryError, Reject
from floorwalker.contacts.history import LEFT_OUT

BANK_HEADER = (
    "vru+line call_id customer_id priority type date vru_entry vru_exit vru_time "
    "q_start q_exit q_time outcome ser_start ser_exit ser_time server"
)
BANK_ROWS = {
    "queued": "A1 1 77 2 PS 990201 6:55:20 6:55:26 6 6:55:26 6:55:43 17 AGENT 6:55:43 6:56:37 54 MICHAL",
    "direct": "A1 2 0 0 NW 990201 7:41:16 7:41:26 10 0:00:00 0:00:00 0 AGENT 7:41:25 7:44:53 208 BASCH",
    "menu": "A1 3 0 0 PS 990201 8:34:12 8:34:23 11 0:00:00 0:00:00 0 HANG 0:00:00 0:00:00 0 NO_SERVER",
    "left": "A1 3 0 0 PS 990201 9:00:31 9:00:36 5 9:00:36 9:03:09 153 HANG 0:00:00 0:00:00 0 NO_SERVER",
    "phantom": "A1 4 0 0 PS 990201 9:10:00 9:10:05 5 9:10:05 9:10:50 45 PHANTOM 9:11:00 9:11:09 9 NO_SERVER",
    "back": "A1 5 0 0 PS 990201 15:46:49 15:45:56 -53 15:45:56 15:46:59 63 AGENT 15:46:57 15:53:31 394 DORIT",
    "midnight": "A1 6 0 0 PS 990201 23:59:50 0:00:04 14 0:00:04 0:00:40 36 AGENT 0:00:40 0:01:40 60 NO_SERVER",
}
FIRST_DAY = 917827200  # 1999-02-01 00:00 UTC


def bank(*names):
    return "\r\n".join([BANK_HEADER, *(BANK_ROWS[name] for name in names), ""]).replace(" ", "\t")


def guesses(history):
    return {guess.name: guess.value for guess in history.guesses}


def test_the_bank_log_whose_meaning_no_name_gives_away(read):
    """Offered is who reached the queue or an agent; the menu and phantoms are left out and counted."""
    history = read(bank(*BANK_ROWS))
    frame = history.frame
    assert history.layout == "technion"
    assert frame["start"].sub(FIRST_DAY).tolist() == [24926, 27686, 32436, 56756, 86404]
    assert frame["outcome"].tolist() == ["answered", "answered", "abandoned", "answered", "answered"]
    assert frame["wait_seconds"].tolist() == [17, 0, 153, 63, 36]
    assert frame["handling_seconds"].fillna(-1).tolist() == [54, 208, -1, 394, 60]
    assert frame["agent"].tolist() == ["MICHAL", "BASCH", None, "DORIT", None]
    assert frame["reason"].tolist() == ["PS", "NW", "PS", "PS", "PS"]
    assert frame["length"].tolist() == [71, 208, 153, 457, 96]
    assert history.queues == ("all",)
    assert (history.read, history.left_out, history.rejected) == (7, 2, 0)
    assert history.rejects[0] == Reject(
        4, BANK_ROWS["menu"].replace(" ", "\t"), "left in the menu, never queued", LEFT_OUT
    )


def test_the_bank_log_by_type_of_caller(read):
    """Mapping the queue splits the log, everything else staying known."""
    assert read(bank("queued", "direct"), {"queue": "type"}).queues == ("NW", "PS")


def test_customers_are_keyed_hashes_or_nothing(read):
    """The number never appears; the same key gives the same hash, another key another; 0 is nobody."""
    text = bank("queued", "direct")
    assert read(text).frame["customer"].tolist() == [None, None]
    assert guesses(read(text))["customer"] == "not kept"
    one, two = (read(text, customer_salt=salt).frame["customer"] for salt in ("first", b"second"))
    assert one.iloc[0] != two.iloc[0]
    assert len(one.iloc[0]) == 64
    assert one.iloc[1] is None
    assert read(text, customer_salt=b"first").frame["customer"].iloc[0] == one.iloc[0]
    assert "77" not in read(text).frame["source_key"].str.cat()


def test_twelve_hour_clocks_and_moments_of_answer(read):
    """Waiting and handling come from the moments where there are no durations, over midnight too."""
    history = read(
        "call_id,date,call_started,call_answered,call_ended\r\n"
        "1,2021-01-01,8:00:00 AM,8:00:10 AM,8:14:22 AM\r\n"
        "2,2021-01-01,11:59:50 PM,12:00:20 AM,12:01:00 AM\r\n"
        "3,2021-01-02,12:02:42 PM,,12:03:00 PM\r\n"
    )
    assert history.frame["wait_seconds"].tolist() == [10, 30, 18]
    assert history.frame["handling_seconds"].fillna(-1).tolist() == [852, 40, -1]
    assert history.frame["outcome"].tolist() == ["answered", "answered", "abandoned"]
    assert history.frame["start"].iloc[1] == 1609545590


def test_outcomes_in_words(read):
    """Words decide; unknown words fall back on whether an answer is recorded, and are said."""
    history = read(
        "\ufeffCall ID,Call Date,Call Time,Time Answered,Agent ID,Call Outcome,\n"
        "1,2023-11-01,13:56:45,13:57:02,9,Booking completed,\n2,2023-11-01,14:56:45,,9,Call unanswered,\n"
        "3,2023-11-01,15:56:45,15:57:00,9,Transferred,\n4,2023-11-01,16:56:45,,9,Blocked,\n"
    )
    assert history.frame["outcome"].tolist() == ["answered", "abandoned", "answered", "blocked"]
    assert guesses(history)["outcome"] == "'transferred' on 1 lines"
    assert history.frame["agent"].tolist() == ["9"] * 4


def test_a_log_that_says_nothing_of_outcomes(read):
    """Moments alone are contacts, all taken as answered, and that is said."""
    history = read("Arrived\n2024-05-06 09:00:01\n2024-05-06 09:00:01\n2024-05-06 09:30:00\n")
    assert history.stored == 3
    assert history.frame["source_key"].is_unique
    assert guesses(history)["outcome"] == "every contact was answered"


def test_handling_time_is_the_sum_of_its_parts(read):
    """Talk, hold and after-contact work, where no total is given; the total wins where it is."""
    text = "Start,Agent,Talk Time,Hold Time,ACW{}\n2024-05-06 09:00,A,0:02:00,10,20{}\n2024-05-06 09:10,A,,,{}\n"
    assert read(text.format("", "", "")).frame["handling_seconds"].tolist()[0] == 150
    assert read(text.format(",Handle Time", ",200", ",1")).frame["handling_seconds"].tolist()[0] == 200


def test_durations_in_other_units(read):
    """A column named in milliseconds or minutes is converted and said; a setting overrules."""
    text = "Start,Agent,{}\n2024-05-06 09:00,A,{}\n2024-05-06 09:10,B,{}\n"
    assert read(text.format("handle_time_ms", 90000, 1)).frame["handling_seconds"].iloc[0] == 90
    history = read(text.format("Duration (min)", 1.5, 1))
    assert history.frame["handling_seconds"].tolist() == [90, 60]
    assert guesses(history)["unit of handling_seconds"] == "minutes"
    assert read(text.format("Duration", 1.5, 1), {"durations": "minutes"}).frame["handling_seconds"].iloc[0] == 90
    assert read(text.format("Duration (min)", 1.5, 1), {"durations": "seconds"}).frame["length"].tolist() == [2, 1]


def test_lines_that_contradict_themselves(read):
    """Answered before it arrived, ended before it was answered, a duration that is none."""
    history = read(
        "id,start,answered at,ended at,queue time\n"
        "1,2024-05-06 09:00:00,2024-05-06 08:59:00,2024-05-06 09:05:00,\n"
        "2,2024-05-06 09:00:00,2024-05-06 09:01:00,2024-05-06 09:00:30,\n"
        "3,2024-05-06 09:00:00,2024-05-06 09:01:00,2024-05-06 09:02:00,soon\n"
        "4,2024-05-06 09:00:00,2024-05-06 09:01:00,2024-05-06 09:02:00,60\n"
        "5,2024-05-06 09:00:00,2024-05-06 09:01:00,2024-05-06 09:02:00,60\n"
    )
    assert [(reject.line, reject.reason) for reject in history.rejects] == [
        (2, "it was answered before it arrived"),
        (3, "it ended before it was answered"),
        (4, "'soon' is no duration (wait seconds)"),
    ]
    assert history.stored == 2


def test_duplicates_and_keys(read):
    """A whole line again is a duplicate; an id that repeats with other content is no key, and that is said."""
    header = "call_id,start,agent\n"
    once = read(header + "7,2024-05-06 09:00,A\n8,2024-05-06 09:01,A\n7,2024-05-06 09:00,A\n")
    assert (once.stored, once.duplicates, once.read) == (2, 1, 3)
    assert once.frame["source_key"].str.endswith((":7", ":8")).all()
    twice = read(header + "7,2024-05-06 09:00,A\n7,2024-05-06 09:05,B\n")
    assert twice.frame["source_key"].is_unique
    assert "id" in guesses(twice)


def test_keys_do_not_depend_on_the_order_or_the_company_of_lines(read):
    """The same contact in a longer export has the same key."""
    header = "start,agent,duration\n"
    lines = ["2024-05-06 09:00,A,30\n", "2024-05-06 09:01,B,40\n", "2024-05-06 09:02,A,50\n"]
    short = set(read(header + lines[1]).frame["source_key"])
    assert short < set(read(header + "".join(reversed(lines))).frame["source_key"])


def test_the_repeated_hour_of_a_log(read):
    """In a log in order of time, lines after the clock went back belong to the second pass."""
    times = ["01:59:00", "02:10:00", "02:50:00", "02:05:00", "02:55:00", "03:01:00"]
    text = "start,agent\n" + "".join(f"2024-10-27 {time},A\n" for time in times)
    history = read(text, zone="Europe/Berlin")
    assert history.frame["start"].diff().dropna().tolist() == [660, 2400, 900, 3000, 360]
    assert guesses(history)["repeated hour"] == "4 lines, 2 of them read as the second pass"


def test_epoch_moments(read):
    """Ten digits are UTC seconds whatever the zone; what is none is set aside."""
    history = read("start,agent\n1714986000,A\n1714986060.5,B\nlater,C\n", zone="Asia/Tokyo")
    assert history.frame["start"].tolist() == [1714986000, 1714986060]
    assert history.rejects[0].reason == "'later' is no count of seconds since 1970"


def test_a_log_of_bad_lines_only(read):
    """Refused with its first line."""
    with pytest.raises(HistoryError, match="first trouble is line 2"):
        read("start,agent\nyesterday,A\n", {"start": "start"})


def test_channels_and_reasons(read):
    """Chat and email keep their names in small letters; voice is what nobody names."""
    history = read("start,agent,channel,topic\n2024-05-06 09:00,A,Chat,Refund\n2024-05-06 09:01,B,,\n")
    assert history.frame["channel"].tolist() == ["chat", "voice"]
    assert history.frame["reason"].tolist() == ["Refund", None]
