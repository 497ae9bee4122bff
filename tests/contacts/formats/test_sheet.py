"""Cells, stripped where they need it."""

import pytest

from floorwalker.contacts.formats.sheet import read_sheet, shorten
from floorwalker.contacts.formats.source import read_source


@pytest.mark.parametrize(
    "text",
    [
        "a,b\n x,y\n",
        "a,b\nx ,y\n",
        "a,b\nx,y \n",
        "a,b\nx,\ty\n",
        "a,b\nx\t,y",
        "a,b\nx,y ",
        'a,b\n" x","y"\n',
        'a,b\n"x ","y"\n',
        "a,b\nx,\u00a0y\n",
        "a;b\nx;y\t\n",
        "a\tb\nx \ty\n",
    ],
)
def test_spaces_around_cells_do_not_count(write, text):
    """Wherever a space hides, the cells are x and y."""
    sheet = read_sheet(read_source(write(text)))
    sheet.load([0, 1])
    assert (sheet.column(0).tolist(), sheet.column(1).tolist()) == (["x"], ["y"])


def test_long_lines_are_shortened_for_people():
    """160 characters are shown, the last one an ellipsis."""
    assert shorten("x" * 160) == "x" * 160
    assert shorten("x" * 161) == "x" * 159 + "…"
