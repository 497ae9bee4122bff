"""How somebody finds again what they said without their name, while no row says who they are.

A row holds a salt and an HMAC of the author's user id under a key derived from the secret of the installation.
Whoever has the database alone cannot try the users out, and two rows of one author have nothing in common. Whoever
has both the database and the secret can; `docs/adr/0015-said-without-a-name.md` says so, and what follows.
"""

from __future__ import annotations

import hmac
from secrets import token_hex

from django.conf import settings
from django.utils.crypto import salted_hmac

PURPOSE = "floorwalker.hub.authorship"


def fresh_salt() -> str:
    return token_hex(16)


def key_of(user_id: int, salt: str) -> str:
    """What the row keeps in place of its author."""
    return _key(user_id, salt, settings.SECRET_KEY)


def is_theirs(user_id: int, salt: str, key: str) -> bool:
    """Whether this user said it; also after the secret was changed, while the earlier one is a fallback."""
    secrets = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    return bool(key) and any(hmac.compare_digest(key, _key(user_id, salt, secret)) for secret in secrets)


def _key(user_id: int, salt: str, secret: str) -> str:
    return salted_hmac(PURPOSE, f"{user_id}:{salt}", secret=secret, algorithm="sha256").hexdigest()
