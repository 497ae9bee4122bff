"""Who has answered a pulse, while no row says who: the way of `docs/adr/0015-said-without-a-name.md`.

A sheet holds an HMAC of pulse and user under a key derived from the secret of the installation, so that nobody
answers twice and everybody may change their mind. When the pulse closes, no sheet is left.
"""

from __future__ import annotations

from django.conf import settings
from django.utils.crypto import salted_hmac

PURPOSE = "floorwalker.hub.pulse"


def key_of(pulse_id: int, user_id: int) -> str:
    """What a sheet keeps in place of its author."""
    return _key(pulse_id, user_id, settings.SECRET_KEY)


def keys_of(pulse_id: int, user_id: int) -> list[str]:
    """Under today's secret and under earlier ones that are fallbacks."""
    return [_key(pulse_id, user_id, secret) for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)]


def _key(pulse_id: int, user_id: int, secret: str) -> str:
    return salted_hmac(PURPOSE, f"{pulse_id}:{user_id}", secret=secret, algorithm="sha256").hexdigest()
