"""Records, their line numbers and their cells, whatever the quoting."""

import csv
import io

from hypothesis import given
from hypothesis import strategies as st

from floorwalker.contacts.formats.records import find_records

CELLS = st.text(st.sampled_from('ab,;" \n1'), max_size=6)


@given(st.lists(st.lists(CELLS, min_size=2, max_size=4), min_size=1, max_size=8), st.sampled_from(",;"))
def test_well_formed_text_is_cut_as_the_csv_module_cuts_it(rows, separator):
    """Records, cells and line numbers agree with Python's reader on anything its writer writes."""
    stream = io.StringIO()
    csv.writer(stream, delimiter=separator, lineterminator="\n", quoting=csv.QUOTE_ALL).writerows(rows)
    text = stream.getvalue()
    records = find_records(text.encode(), separator)
    assert records.cells.tolist() == [len(row) for row in rows]
    assert not records.torn.any()
    line = 1
    for found, row in zip(records.lines.tolist(), rows, strict=True):
        assert found == line
        line += 1 + sum(cell.count("\n") for cell in row)


def test_blank_lines_are_no_records_but_count_as_lines():
    """Line numbers are those an editor shows."""
    records = find_records(b"a,b\n\n1,2\n   \n3,4\n", ",")
    assert records.lines.tolist() == [1, 3, 5]
    assert records.text(2) == "3,4"


def test_a_stray_mark_costs_its_own_line_only():
    """A quotation mark that opens and never closes does not swallow the rest of the file."""
    records = find_records(b'a,b\n"1,2\n3,4\n5,6\n', ",")
    assert records.torn.tolist() == [False, True, False, False]
    assert records.cells.tolist()[2:] == [2, 2]


def test_a_mark_inside_a_word_is_a_letter():
    """5" pipe is text, also beside a properly quoted cell with a separator in it."""
    records = find_records(b'a,b\n5" pipe,2\n"x,y",4\n', ",")
    assert not records.torn.any()
    assert records.cells.tolist() == [2, 2, 2]
