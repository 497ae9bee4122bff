"""Facts of an entry: plain values that survive the database unchanged, and never a secret."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from enum import Enum
from typing import Any

SECRET_WORDS = {
    "password", "passwd", "passphrase", "secret", "token", "cookie", "otp", "totp", "credential", "credentials",
    "authorization", "bearer", "pan", "cvv", "cvc",
}  # fmt: skip
SECRET_KEYS = {
    "api_key",
    "private_key",
    "secret_key",
    "session_key",
    "card_number",
    "recovery_code",
    "recovery_codes",
}


class SecretInAudit(ValueError):
    """An entry was to hold something nobody may read back."""


def plain(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Facts as the database keeps them."""
    return {checked(key): value(each) for key, each in facts.items()}


def checked(key: str) -> str:
    """A key whose last word names a secret is refused; `token_id` or `password_changed` say nothing secret."""
    words = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", str(key)).lower().replace("-", "_")
    last = words.rsplit("_", 1)[-1]
    if last in SECRET_WORDS or any(words == name or words.endswith(f"_{name}") for name in SECRET_KEYS):
        raise SecretInAudit(
            f"the audit is read by people and never forgets: leave out {key!r}, or name its id only"
        )
    return str(key)


def value(given: Any) -> Any:
    """One value, so that reading it back gives the same."""
    if given is None or isinstance(given, bool):
        return given
    if isinstance(given, Enum):
        return value(given.value)
    if isinstance(given, int | float):
        return number(given)
    if isinstance(given, Mapping):
        return plain(given)
    if isinstance(given, list | tuple | set | frozenset):
        return [value(each) for each in (sorted(given) if isinstance(given, set | frozenset) else given)]
    if isinstance(given, datetime | date | time):
        return given.isoformat()
    if isinstance(given, timedelta):
        return number(given.total_seconds())
    # NUL and halves of surrogate pairs cannot be stored.
    return re.sub("[\x00\ud800-\udfff]", "\N{REPLACEMENT CHARACTER}", str(given))


def number(given: float) -> float | int | str:
    """Whole numbers stay whole in the database whatever they were here, and there is no infinity there."""
    if isinstance(given, int):
        return int(given)
    if not math.isfinite(given):
        return str(given)
    return int(given) if given.is_integer() else given
