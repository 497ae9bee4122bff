"""Photos: of the file nothing comes along but what one sees, and what does harm is refused in words."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from tests.kernel.files import pictures

from floorwalker.kernel.files.limited import Usage
from floorwalker.kernel.files.photos import Photo, photo_response, take_photo
from floorwalker.kernel.files.pictures import KEPT_BYTES, SIDE
from floorwalker.kernel.files.refusals import FileRefused

PEAK_MEGABYTES = 300


def taken(data: bytes, name: str = "hat.jpg") -> Photo:
    return take_photo(SimpleUploadedFile(name, data, content_type="image/jpeg"))


@pytest.mark.parametrize("made", pictures.CLEANED, ids=lambda made: made.__name__)
def test_of_a_picture_only_what_one_sees_is_kept(made: Callable[[], bytes]) -> None:
    """Neither where it was taken nor words nor what was hung behind it."""
    data = made()
    found = taken(data)
    assert b"Exif" not in found.jpeg and b"xmp" not in found.jpeg.lower()
    assert pictures.SECRET not in found.jpeg
    with Image.open(io.BytesIO(found.jpeg)) as seen:
        assert (seen.format, seen.mode, seen.size) == ("JPEG", "RGB", (found.width, found.height))
        assert not dict(seen.getexif()) and "comment" not in seen.info and "icc_profile" not in seen.info


def test_a_photo_held_sideways_stands_upright() -> None:
    """How it is to be turned is done, since the note of it goes with the rest."""
    found = taken(pictures.with_place())
    assert (found.width, found.height) == (48, 64)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_large_photo_is_kept_small(kind: str) -> None:
    """At most 1600 points a side, whatever it was."""
    found = taken(pictures.photo(kind, (4000, 3000)))
    assert (found.width, found.height) == (SIDE, SIDE * 3 // 4)
    assert len(found.jpeg) <= KEPT_BYTES


@pytest.mark.parametrize("mode", ["L", "P", "RGBA", "LA", "1", "I;16", "CMYK"])
def test_every_way_to_hold_colour_is_understood(mode: str) -> None:
    """Grey, of a palette, see-through, of a printer."""
    kind = "JPEG" if mode == "CMYK" else "PNG"
    target = io.BytesIO()
    Image.new(mode, (20, 10)).save(target, kind)
    assert (taken(target.getvalue()).width, taken(target.getvalue()).height) == (20, 10)


@pytest.mark.parametrize("bomb", pictures.BOMBS, ids=lambda bomb: bomb.__name__)
def test_what_does_harm_is_refused(bomb: Callable[[], bytes]) -> None:
    """In words about pictures, not about tables."""
    with pytest.raises(FileRefused) as caught:
        taken(bomb())
    assert caught.value.code in ("picture_too_large", "picture_not_understood")


@pytest.mark.parametrize("kind", sorted(pictures.DISGUISED))
def test_what_is_called_a_photo_and_is_none_is_refused(kind: str) -> None:
    """Drawings, pages, documents and tables under the name of a photo."""
    with pytest.raises(FileRefused) as caught:
        taken(pictures.DISGUISED[kind])
    assert caught.value.code in ("file_no_picture", "file_empty")


def test_the_largest_photo_of_a_phone_needs_little_memory(tmp_path: object) -> None:
    """48 million points are read at a fraction of their size."""
    from pathlib import Path

    from floorwalker.kernel.files.limited import run_limited

    path = Path(str(tmp_path)) / "photo"
    path.write_bytes(pictures.photo("JPEG", (8000, 6000)))
    used: list[Usage] = []
    found = run_limited("picture", str(path), on_usage=used.append)
    assert found["width"] == SIDE and used[0].peak_megabytes <= PEAK_MEGABYTES


def test_a_photo_is_answered_as_a_picture_and_nothing_else() -> None:
    """No browser guesses what it is, and nobody keeps it on the way."""
    answer = photo_response(taken(pictures.photo()).jpeg)
    assert answer["Content-Type"] == "image/jpeg" and answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"] and answer["Cache-Control"] == "no-store"
