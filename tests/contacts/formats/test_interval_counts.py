"""Files of counts per interval: dirt, notation, zones, and the questions they raise."""

import pytest

from floorwalker.contacts import HistoryError, HistoryQuestion

HALF_HOURS = "DateTime,Calls\n2024-05-06T09:00,3\n2024-05-06T09:30,4\n2024-05-06T10:00,5\n"
NINE = 1714986000  # 2024-05-06 09:00 UTC


def guesses(history):
    return {guess.name: guess.value for guess in history.guesses}


def accounted(history):
    return history.stored + history.duplicates + history.rejected + history.left_out


def test_the_plainest_file_needs_no_option(read):
    """Moments and counts load as they are, and every guess is listed."""
    history = read(HALF_HOURS)
    assert history.table == "intervals"
    assert history.frame["start"].tolist() == [NINE, NINE + 1800, NINE + 3600]
    assert history.frame["length"].tolist() == [1800] * 3
    assert history.frame["offered"].tolist() == [3, 4, 5]
    assert history.queues == ("all",)
    assert guesses(history) == {
        "start": "column 'DateTime'",
        "columns": "offered from 'Calls'",
        "zone": "UTC",
        "step": "30 minutes",
    }


def test_bad_lines_are_named_and_the_rest_goes_on(read):
    """Each bad line keeps its number, its text and its reason, blank and quoted lines before it included."""
    history = read(
        'DateTime,Calls,Note\n2024-05-06T09:00,3,"two\nlines"\n\n2024-05-06T09:30,many,\n2024-05-06,4,\n'
        "2024-05-06T10:00,-1,\n2024-05-06T10:30\n2024-05-06T11:00,5,,extra\n2024-05-06T11:30,=1+1,\n"
        "2024-05-06T12:00,nan,\n,6,\n2024-05-06T12:30,,\nTotal,99,\n2024-05-06T13:00,7,\n2024-05-06T13:30,7,\n"
    )
    assert [(reject.line, reject.reason) for reject in history.rejects] == [
        (5, "'many' is no number of contacts (offered)"),
        (7, "'-1' is no number of contacts (offered)"),
        (8, "1 cells where the header has 3"),
        (9, "4 cells where the header has 3"),
        (10, "'=1+1' is no number of contacts (offered)"),
        (11, "'nan' is no number of contacts (offered)"),
        (12, "'' is no date"),
        (13, "'' is no number of contacts (offered)"),
        (14, "'Total' is no date"),
    ]
    assert history.rejects[0].text == "2024-05-06T09:30,many,"
    assert history.read == 13 == accounted(history)
    assert history.rejected == 9


def test_equal_rows_count_once_and_contradictions_are_set_aside(read):
    """A line twice is a duplicate; another count for the same interval is named."""
    history = read(HALF_HOURS + "2024-05-06T09:00,3\n2024-05-06T09:30,44\n")
    assert history.duplicates == 1
    assert history.reasons() == {"another line gives this interval other numbers": 1}
    assert history.frame["offered"].tolist() == [3, 4, 5]


def test_rows_that_repeat_every_interval_raise_the_question_of_the_queue(read):
    """Many contradictions mean that a column tells rows apart; naming it loads the file."""
    rows = [
        f"2024-05-{day:02}T{hour:02}:00,{desk},{day}{hour}"
        for day in (6, 7)
        for hour in range(9, 17)
        for desk in "AB"
    ]
    text = "Moment,Desk,Calls\n" + "".join(f"{row}{index}\n" for index, row in enumerate(rows))
    with pytest.raises(HistoryQuestion, match="tells them apart") as caught:
        read(text)
    assert caught.value.option == "--map queue=COLUMN"
    assert read(text, {"queue": "Desk"}).queues == ("A", "B")


def test_daily_dates_day_month_settled_by_the_data(read):
    """13-1 can only be the thirteenth of January, so 1-2 is the first of February."""
    history = read("\ufeffdate;calls;weekday\r\n13-1-2013;7;2\r\n1-2-2013;8;3\r\n")
    assert history.frame["start"].tolist() == [1358035200, 1359676800]
    assert history.step_seconds == 86400
    assert guesses(history)["dates"] == "day-month-year"
    assert guesses(history)["separator"] == "semicolon"


def test_daily_dates_month_day_settled_by_the_data(read):
    """1/13 can only be the thirteenth of January the American way; a line against it is set aside."""
    history = read("Date,Calls\n1/13/2013,7\n1/14/2013,8\n2/1/2013,8\n15/1/2013,9\n")
    assert history.frame["start"].tolist() == [1358035200, 1358121600, 1359676800]
    assert history.rejects[0].reason == "'15/1/2013' is no date"


def test_dates_that_stay_ambiguous_are_asked_for(read):
    """Nothing settles 1/2 and 2/3: one question, and each answer gives its own days."""
    text = "Date,Calls\n1/2/2013,7\n2/3/2013,8\n"
    with pytest.raises(HistoryQuestion, match="day-month or month-day") as caught:
        read(text)
    assert "dates=dmy" in caught.value.option
    assert read(text, {"dates": "dmy"}).frame["start"].tolist() == [1359676800, 1362182400]
    assert read(text, {"dates": "mdy"}).frame["start"].tolist() == [1357084800, 1359849600]


def test_date_and_clock_in_two_columns_twelve_hours(read):
    """Noon is 12 PM, midnight 12 AM."""
    history = read(
        "Date,Time,Calls\n2024-05-06,12:00 AM,1\n2024-05-06,12:00 PM,2\n2024-05-06,1:00 PM,3\n", {"step": "60"}
    )
    assert [(start - 1714953600) / 3600 for start in history.frame["start"]] == [0, 12, 13]


def test_dates_that_a_spreadsheet_gave_midnight(read):
    """A column of moments that are all 00:00, beside a column of times, holds dates."""
    history = read("Day,Time,Calls\n2024-05-06 00:00:00,09:00,3\n2024-05-06 00:00:00,09:30,4\n")
    assert history.frame["start"].tolist() == [NINE, NINE + 1800]


def test_hours_of_the_day_and_ranges(read):
    """Hour 9 and 09:00 - 10:00 begin at nine."""
    for first, second in (("9", "10"), ("09:00 - 10:00", "10:00 - 11:00")):
        history = read(f"Date,Hour,Calls\n2024-05-06,{first},3\n2024-05-06,{second},4\n")
        assert history.frame["start"].tolist() == [NINE, NINE + 3600]
        assert history.step_seconds == 3600


def test_offsets_are_taken_at_their_word(read):
    """A time with an offset needs no zone; the zone only cuts the days."""
    text = "DateTime,Calls\n2024-05-06T11:00+02:00,3\n2024-05-06T09:30Z,4\n"
    for zone in (None, "America/New_York"):
        history = read(text, zone=zone)
        assert history.frame["start"].tolist() == [NINE, NINE + 1800]
        assert history.zone == (zone or "UTC")
    assert "zone" in guesses(read(text))
    assert "zone" not in guesses(read(text, zone="UTC"))


def test_the_hour_that_does_not_exist_is_rejected_by_name(read):
    """02:30 on 31 March 2024 never was in Berlin; the hour after it begins 3600 seconds after 01:30 began."""
    text = "DateTime,Calls\n" + "".join(f"2024-03-31T0{h}:{m}0,{h}\n" for h in (1, 2, 3) for m in (0, 3))
    history = read(text, zone="Europe/Berlin")
    assert history.reasons() == {"this time did not exist in Europe/Berlin: the clocks went forward": 2}
    assert [reject.line for reject in history.rejects] == [4, 5]
    assert history.frame["start"].diff().dropna().tolist() == [1800] * 3


def test_the_hour_that_comes_twice_is_read_in_order_of_lines(read):
    """Both passes of 02:00-03:00 on 27 October 2024 in Berlin get their own instants, and it is said."""
    hours = ["01:30", "02:00", "02:30", "02:00", "02:30", "03:00"]
    text = "DateTime,Calls\n" + "".join(f"2024-10-27T{hour},{n}\n" for n, hour in enumerate(hours))
    history = read(text, zone="Europe/Berlin")
    assert history.frame["offered"].tolist() == [0, 1, 2, 3, 4, 5]
    assert history.frame["start"].diff().dropna().tolist() == [1800] * 5
    assert guesses(history)["repeated hour"] == "4 lines, 2 of them read as the second pass"


def test_days_have_the_hours_of_their_zone(read):
    """Daily rows around the clock change are 24, 25 and 24 hours long in London."""
    history = read("Date,Calls\n2024-10-26,1\n2024-10-27,2\n2024-10-28,3\n", zone="Europe/London")
    assert history.frame["length"].tolist() == [86400, 90000, 86400]
    assert history.frame["start"].iloc[0] == 1729897200


def test_decimal_commas(read):
    """Half values written 2,5 are read as such, and the guess can be overruled."""
    text = "DateTime;Calls\n2024-05-06T09:00;2,5\n2024-05-06T09:30;1.200\n"
    history = read(text)
    assert history.frame["offered"].tolist() == [2.5, 1200]
    assert guesses(history)["decimal"] == "comma"
    assert read(text, {"decimal": "point", "step": "30"}).frame["offered"].tolist() == [1.2]


def test_handling_time_mean_or_total(read):
    """A mean handling time becomes the total of the answered; a total stays; an idle interval is zero seconds."""
    text = "DateTime,Offered,Answered,{}\n2024-05-06T09:00,10,8,{}\n2024-05-06T09:30,0,0,\n"
    assert read(text.format("AHT", 200)).frame["handling_seconds"].tolist() == [1600, 0]
    assert read(text.format("Average Handle Time", "0:03:20")).frame["handling_seconds"].iloc[0] == 1600
    assert read(text.format("Handle Time", 1600)).frame["handling_seconds"].iloc[0] == 1600
    assert read(text.format("AHT (min)", "3.5")).frame["handling_seconds"].iloc[0] == 8 * 210
    minutes = read(text.format("AHT", "3.5"), {"durations": "minutes"})
    assert minutes.frame["handling_seconds"].iloc[0] == 8 * 210


def test_answered_within_carries_its_threshold(read):
    """The column says which threshold; without one it is unknown."""
    text = "DateTime,Calls,{}\n2024-05-06T09:00,10,8\n2024-05-06T09:30,3,2\n"
    history = read(text.format("In SL 20s"), {"answered_within": "In SL 20s"})
    assert history.frame["answered_within"].tolist() == [8, 2]
    assert history.frame["threshold_seconds"].tolist() == [20, 20]
    assert read(text.format("Answered within")).frame["threshold_seconds"].isna().all()


def test_a_forecast_import_file_of_a_telephony_vendor(read):
    """Queue, channel, moment with Z, volume and mean handling time are known by name."""
    history = read(
        "QueueName,QueueId,ChannelType,TimeStamp,IntervalDuration,IncomingContactVolume,AverageHandleTime,ContactsHandled\n"
        "Sales,7,VOICE,2024-05-06T09:00:00Z,15mins,10,120,9\nSales,7,VOICE,2024-05-06T09:15:00Z,15mins,12,100,10\n"
    )
    assert history.queues == ("Sales",)
    assert history.frame["answered"].tolist() == [9, 10]
    assert history.frame["handling_seconds"].tolist() == [1080, 1000]
    assert history.step_seconds == 900


def test_the_step_is_the_smallest_usual_distance(read):
    """Missing rows do not lengthen the step; a distance that is no step is asked about."""
    rows = [0, 30, 90, 120, 240, 270, 360]
    text = "DateTime,Calls\n" + "".join(f"2024-05-06T{m // 60:02}:{m % 60:02},1\n" for m in rows)
    assert read(text).step_seconds == 1800
    with pytest.raises(HistoryQuestion, match="7 minutes apart"):
        read("DateTime,Calls\n2024-05-06T09:00,1\n2024-05-06T09:07,1\n")
    with pytest.raises(HistoryQuestion, match="One interval alone"):
        read("DateTime,Calls\n2024-05-06T09:00,1\n")
    assert read("DateTime,Calls\n2024-05-06T09:00,1\n", {"step": "15"}).step_seconds == 900
    with pytest.raises(HistoryError, match="cannot be right"):
        read(HALF_HOURS, {"step": "60"})


def test_months_and_weeks_are_too_coarse(read):
    """Nothing longer than a day is an interval: the sentence says to export finer."""
    with pytest.raises(HistoryError, match="holds months"):
        read("Period,Calls\nApr-15,100\nMay-15,120\n")
    with pytest.raises(HistoryError, match="7 days apart"):
        read("Week,Calls\n2024-05-06 00:00,100\n2024-05-13 00:00,120\n")


def test_no_line_to_use_is_an_error_with_its_first_trouble(read):
    """An empty table is not handed on as if it were a history."""
    with pytest.raises(HistoryError, match=r"no line of history\.csv can be used.*line 2"):
        read("DateTime,Calls\n2024-05-06T09:00,x\n2024-05-06T09:30,y\n", {"offered": "Calls"})
    with pytest.raises(HistoryError, match="no line below it"):
        read("DateTime,Calls\n")


def test_rows_without_a_queue_are_set_aside(read):
    """Where queues have names, a row without one belongs nowhere."""
    history = read("DateTime,Queue,Calls\n2024-05-06T09:00,A,1\n2024-05-06T09:30,,1\n2024-05-06T09:30,A,1\n")
    assert history.reasons() == {"no queue is named": 1}
