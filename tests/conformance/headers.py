"""What every answer carries in its headers, whoever asks and whatever comes of it."""

from __future__ import annotations

from django.http import HttpResponse

from floorwalker.project.headers import PERMISSIONS_POLICY

CONTENT_SECURITY = {
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "object-src 'none'",
    "manifest-src 'self'",
}
FILE_SECURITY = {"default-src 'none'", "sandbox"}  # a file or a picture runs nothing at all
EXPECTED = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": PERMISSIONS_POLICY,
    "Cache-Control": "no-store",
}
# An address that is a secret itself tells nobody where it was followed from.
STRICTER = {"Referrer-Policy": "no-referrer"}


def wrong_headers(answer: HttpResponse, address: str) -> list[str]:
    """What is missing or differs, in words."""
    found = [
        f"{address}: {name} is {answer.headers.get(name)!r}"
        for name, value in EXPECTED.items()
        if answer.headers.get(name) not in (value, STRICTER.get(name))
    ]
    policy = {part.strip() for part in answer.headers.get("Content-Security-Policy", "").split(";")} - {""}
    is_file = answer.headers.get("Content-Disposition", "").startswith("attachment")
    is_file = is_file or answer.headers.get("Content-Type") == "image/jpeg"  # a picture somebody shared
    if policy != CONTENT_SECURITY and not (is_file and policy == FILE_SECURITY):
        found.append(f"{address}: Content-Security-Policy differs by {policy ^ CONTENT_SECURITY}")
    return found
