"""Files of the pages in a smaller form."""

from __future__ import annotations

import os
from pathlib import Path

import brotli

from floorwalker.project.compressing import compress


def test_a_file_is_compressed_once_and_again_when_it_changes(tmp_path: Path) -> None:
    """What is not text stays alone, and a second start writes nothing."""
    style, picture = tmp_path / "css" / "base.css", tmp_path / "mark.png"
    style.parent.mkdir()
    style.write_text("a { color: red }" * 100)
    picture.write_bytes(b"x" * 1000)
    assert (compress(tmp_path), compress(tmp_path)) == (1, 0)
    small = tmp_path / "css" / "base.css.br"
    assert brotli.decompress(small.read_bytes()) == style.read_bytes()
    style.write_text("b { color: blue }" * 100)
    os.utime(style, (style.stat().st_mtime + 10,) * 2)
    assert compress(tmp_path) == 1
    assert brotli.decompress(small.read_bytes()) == style.read_bytes()
    assert sorted(each.name for each in tmp_path.iterdir()) == ["css", "mark.png"]
