"""Who has returned a sheet, while no row says who: the way of `docs/adr/0015-said-without-a-name.md`.

A sheet holds an HMAC of group and user under a key derived from the secret of the installation, so that nobody
returns two. When the sheets are in, it is deleted, and nobody can lead back from a sheet to its author.
"""

from __future__ import annotations

from django.conf import settings
from django.utils.crypto import salted_hmac

PURPOSE = "floorwalker.coaching.sheets"


def key_of(group_id: int, user_id: int) -> str:
    """What the row keeps in place of its author."""
    return _key(group_id, user_id, settings.SECRET_KEY)


def keys_of(group_id: int, user_id: int) -> list[str]:
    """Under today's secret and under earlier ones that are fallbacks."""
    return [_key(group_id, user_id, secret) for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)]


def _key(group_id: int, user_id: int, secret: str) -> str:
    return salted_hmac(PURPOSE, f"{group_id}:{user_id}", secret=secret, algorithm="sha256").hexdigest()
