"""Photos people upload: taken in like every file of a stranger, drawn anew in the limited child."""

from __future__ import annotations

import base64
import tempfile
from dataclasses import dataclass
from pathlib import Path

from django.http import HttpResponse

from floorwalker.kernel.files import readers
from floorwalker.kernel.files.limited import run_limited
from floorwalker.kernel.files.uploads import Uploaded, accept

readers.register("picture", "floorwalker.kernel.files.pictures:read_picture")


@dataclass(frozen=True)
class Photo:
    """What is kept of a photo; where it was taken and with what is not among it."""

    jpeg: bytes
    width: int
    height: int


def take_photo(file: Uploaded) -> Photo:
    """The photo in an upload, or why it cannot be taken; nothing of the file stays behind."""
    with tempfile.TemporaryDirectory() as folder:
        taken = accept(file, Path(folder), pictures=True)
        found = run_limited("picture", str(taken.path), output_mb=8)
    return Photo(base64.b64decode(found["jpeg"]), int(found["width"]), int(found["height"]))


def photo_response(jpeg: bytes) -> HttpResponse:
    """The answer a page shows as a picture: of one kind whatever it holds, and kept by nobody on the way."""
    headers = {
        "Content-Disposition": "inline",
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "sandbox; default-src 'none'",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Cache-Control": "no-store",
    }
    return HttpResponse(jpeg, content_type="image/jpeg", headers=headers)
