"""Pictures as strangers send them: with where they were taken, with pages hidden in them, and bombs."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Callable

from PIL import Image, PngImagePlugin

SECRET = b"here-lives-zoe"


def photo(kind: str = "JPEG", size: tuple[int, int] = (64, 48), mode: str = "RGB") -> bytes:
    target = io.BytesIO()
    Image.new(mode, size, 120 if mode in ("L", "P", "I;16") else "teal").save(target, kind)
    return target.getvalue()


def with_place() -> bytes:
    """Taken by a phone that says where it was, held sideways, with a comment and words of a program."""
    target = io.BytesIO()
    exif = Image.Exif()
    exif[0x0112] = 6  # to be turned by a quarter
    exif[0x010E] = SECRET.decode()
    exif.get_ifd(0x8825).update(
        {1: "N", 2: (52.0, 31.0, 12.0), 3: "E", 4: (13.0, 24.0, 18.0), 0x1D: SECRET.decode()}
    )
    Image.new("RGB", (64, 48), "teal").save(target, "JPEG", exif=exif, comment=SECRET, xmp=SECRET)
    return target.getvalue()


def png_with_words() -> bytes:
    target, words = io.BytesIO(), PngImagePlugin.PngInfo()
    words.add_text("Comment", SECRET.decode())
    words.add_itxt("XML:com.adobe.xmp", SECRET.decode(), zip=True)
    Image.new("RGBA", (64, 48), (0, 128, 128, 90)).save(target, "PNG", pnginfo=words)
    return target.getvalue()


def page_behind() -> bytes:
    """A picture that is a page too, for a browser that guesses."""
    return photo() + b"<script>" + SECRET + b"</script>"


def archive_behind() -> bytes:
    return photo("PNG") + b"PK\x03\x04" + SECRET


CLEANED: tuple[Callable[[], bytes], ...] = (with_place, png_with_words, page_behind, archive_behind)


def _chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


def png_of(width: int, height: int, rows: bytes) -> bytes:
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", head) + _chunk(b"IDAT", rows) + _chunk(b"IEND", b"")


def huge_claim() -> bytes:
    """Four thousand million points, in a hundred bytes."""
    return png_of(65_000, 65_000, zlib.compress(b"\0" * 100))


def large_png() -> bytes:
    return png_of(12_000, 12_000, zlib.compress(b"\0" * (12_000 * 3 + 1) * 100))


def zipped_words() -> bytes:
    """Words that unpack to 200 MB."""
    words = _chunk(b"zTXt", b"Comment\0\0" + zlib.compress(b"a" * 200_000_000))
    plain = png_of(4, 4, zlib.compress(b"\0" * 13 * 4))
    return plain[:33] + words + plain[33:]


def cut_off() -> bytes:
    return photo()[:300]


def only_a_head() -> bytes:
    return b"\xff\xd8\xff\xe0" + b"\0" * 40


def other_kind_in_disguise() -> bytes:
    """Begins like WebP and goes on like nothing."""
    return b"RIFF\x10\0\0\0WEBP" + b"<svg onload=alert(1)>"


BOMBS: tuple[Callable[[], bytes], ...] = (
    huge_claim,
    large_png,
    zipped_words,
    cut_off,
    only_a_head,
    other_kind_in_disguise,
)

DISGUISED = {
    "svg": b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
    "html": b"<!doctype html><script>alert(1)</script>",
    "gif": b"GIF89a\x01\0\x01\0\0\0\0;",
    "pdf": b"%PDF-1.7",
    "script": b"push graphic-context\nviewbox 0 0 640 480\nimage over 0,0 0,0 'ephemeral:/etc/passwd'",
    "postscript": b"%!PS-Adobe-3.0 EPSF-3.0\n",
    "tiff": b"II*\0\x08\0\0\0",
    "table": b"name,hours\nZo,8\n",
    "nothing": b"",
}
