"""A photo of a stranger, drawn anew in the limited child: of the file nothing comes along but what one sees.

Where it was taken, with which camera, a preview of what was cut away, a page hidden behind the picture: all of
that stands beside the points of colour, and only these are copied.
"""

from __future__ import annotations

import base64
import io
from pathlib import Path
from typing import Any

from PIL import Image, ImageOps

from floorwalker.kernel.files.faults import FileFault

FORMATS = ("JPEG", "PNG", "WEBP")
SIDE = 1600  # of what is kept: a phone turned sideways shows no more
POINTS = 24_000_000  # a point of colour takes four bytes and is held twice
POINTS_JPEG = 60_000_000  # read at a fraction of its size
KEPT_BYTES = 800_000
QUALITIES = (82, 68, 50)


def read_picture(path: str) -> dict[str, Any]:
    """The picture as a JPEG of at most 1600 points a side, upright, in base64."""
    try:
        drawn = _drawn_anew(Path(path))
    except FileFault:
        raise
    except MemoryError:
        raise FileFault("picture_too_large", most=POINTS // 1_000_000) from None
    except Exception as error:  # of a damaged file the library may say anything
        raise FileFault("picture_not_understood") from error
    content = b""
    for quality in QUALITIES:
        target = io.BytesIO()
        drawn.save(target, "JPEG", quality=quality, optimize=True)
        content = target.getvalue()
        if len(content) <= KEPT_BYTES:
            break
    return {"jpeg": base64.b64encode(content).decode(), "width": drawn.width, "height": drawn.height}


def _drawn_anew(path: Path) -> Image.Image:
    with Image.open(path, formats=FORMATS) as found:
        most = POINTS_JPEG if found.format == "JPEG" else POINTS
        if found.width * found.height > most:
            raise FileFault("picture_too_large", most=most // 1_000_000)
        found.draft("RGB", (SIDE, SIDE))
        seen: Image.Image = found if found.mode in ("RGB", "RGBA", "L") else found.convert("RGBA")
        seen.thumbnail((SIDE, SIDE))
        upright = ImageOps.exif_transpose(seen)
        fresh = Image.new("RGB", upright.size, "white")
        fresh.paste(upright, mask=upright.getchannel("A") if upright.mode == "RGBA" else None)
        return fresh
