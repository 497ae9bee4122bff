"""Any bytes at all: our own errors, or a history whose lines add up."""

import gzip

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from floorwalker.contacts import History, read_history, to_demand
from floorwalker.science.errors import InvalidInput

SLOW = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])

CELL = st.one_of(
    st.sampled_from(
        [
            "",
            "3",
            "-1",
            "2,5",
            "1e9",
            "nan",
            "=1+1",
            "09:00",
            "9:30 PM",
            "25:00",
            "2024-03-31",
            "31/12/2024",
            "3/4/24",
        ]
    ),
    st.sampled_from(
        ["2024-03-31 02:30", "2024-10-27T02:30", "2024-05-06T09:00Z", "1714986000", "AGENT", "HANG", "A"]
    ),
    st.text(st.characters(codec="utf-8"), max_size=5),
    st.sampled_from(['"', '""', '"a', 'a"b', '"a,b"', '"a\nb"', "\ufeff", "\x1c", "\x85", "\u2028", "٣"]),
)
HEADERS = st.sampled_from(
    [
        "DateTime,Calls",
        "date;time;queue;calls;aht",
        "start,queue,agent,wait,duration,outcome,id,customer",
        "Call Date\tCall Time\tTime Answered\tended at\tAgent",
        "Date|Offered|Answered|Abandoned",
        "a,b,c",
        "",
    ]
)
ENDS = st.sampled_from(["\n", "\r\n", "\r"])


def check(path, zone):
    try:
        history = read_history(path, zone=zone, customer_salt=b"salt")
        assert isinstance(history, History)
        assert history.read == history.stored + history.duplicates + history.rejected + history.left_out
        assert not history.frame.duplicated(list(history.schema.key)).any()
        assert not history.frame[["start", "length", "queue"]].isna().any().any()
        step = max(history.step_seconds or 0, 3600)
        if history.frame["start"].max() - history.frame["start"].min() < 40 * 86400:
            demand = to_demand(history, step_seconds=step)
            assert set(demand) == set(history.queues)
    except InvalidInput as error:
        assert str(error)


@SLOW
@given(
    header=HEADERS,
    rows=st.lists(st.lists(CELL, max_size=8), max_size=12),
    end=ENDS,
    zone=st.sampled_from([None, "Europe/Berlin"]),
)
def test_dirty_tables(tmp_path, header, rows, end, zone):
    """Tables with every kind of dirt in every place."""
    mark = next((m for m in ";\t|" if m in header), ",")
    text = end.join([header, *(mark.join(row) for row in rows)])
    path = tmp_path / "dirty.csv"
    path.write_bytes(text.encode("utf-8", errors="surrogatepass"))
    check(path, zone)


@SLOW
@given(content=st.binary(max_size=300), packed=st.booleans())
def test_any_bytes(tmp_path, content, packed):
    """Bytes that mean nothing, plain and packed."""
    path = tmp_path / "bytes.bin"
    path.write_bytes(gzip.compress(content) if packed else content)
    check(path, None)


@SLOW
@given(content=st.text(st.sampled_from("0123456789-:,;\n\r\"' .T|\tAPMZ+"), max_size=200))
def test_text_of_the_letters_that_matter(tmp_path, content):
    """Digits, marks and line ends in any order."""
    path = tmp_path / "marks.csv"
    path.write_bytes(content.encode())
    check(path, "America/New_York")
