"""Text that is handed out, or laid down, and can be read and made by this installation alone.

Each purpose has a key of its own, derived from today's secret; what an earlier secret of `SECRET_KEY_FALLBACKS`
has sealed still opens.
"""

from __future__ import annotations

import base64
from functools import lru_cache

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings


class NotSealed(ValueError):
    """Not sealed here for this purpose, or changed since."""


def sealed(text: str, purpose: str) -> str:
    """The text as letters, digits, `-` and `_`, opaque to whoever holds it."""
    return _seal(purpose).encrypt(text.encode()).rstrip(b"=").decode()


def opened(text: str, purpose: str) -> str:
    """The text again; raises NotSealed for anything that this installation has not sealed for this purpose."""
    try:
        padded = text.encode("ascii") + b"=" * (-len(text) % 4)
        return _seal(purpose).decrypt(padded).decode()
    except (InvalidToken, UnicodeError) as error:
        raise NotSealed(purpose) from error


def _seal(purpose: str) -> MultiFernet:
    return MultiFernet([_key(secret, purpose) for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)])


@lru_cache(maxsize=64)
def _key(secret: str, purpose: str) -> Fernet:
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=f"floorwalker {purpose}".encode())
    return Fernet(base64.urlsafe_b64encode(derived.derive(secret.encode())))
