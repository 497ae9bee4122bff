"""Secrets we hand out: made of 256 random bits, kept as a hash, compared by looking the hash up."""

from __future__ import annotations

import hashlib
import secrets

TOKEN_PREFIX = "fw_"
BYTES = 32


def new_secret() -> str:
    return secrets.token_urlsafe(BYTES)


def new_token() -> str:
    """A token people recognise in a log or a repository by its first letters."""
    return TOKEN_PREFIX + new_secret()


def hash_of(secret: str) -> str:
    """What is kept. A fast hash is right: nobody guesses 256 bits."""
    return hashlib.sha256(secret.encode()).hexdigest()
