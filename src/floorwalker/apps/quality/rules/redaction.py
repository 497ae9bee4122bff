"""What must not be kept of what customers say: taken out before anything is stored."""

from __future__ import annotations

import re
from collections.abc import Iterable

CARD, IBAN, EMAIL, PHONE, NAME, NUMBER = "card", "iban", "e-mail", "phone", "name", "number"

_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_IBAN = re.compile(r"\b[A-Z]{2}\d{2}(?:[ ]?[A-Z0-9]{4}){2,7}(?:[ ]?[A-Z0-9]{1,3})?\b", re.IGNORECASE)
_DIGITS = re.compile(r"\(?\+?\d(?:[\s().-]{0,2}\d){5,22}")
_LEAST_PHONE_DIGITS = 7


def redacted(text: str, *, names: Iterable[str] = ()) -> str:
    """The text with card and account numbers, addresses of e-mail, telephone numbers and ``names`` taken out.

    What was taken out is named in its place, as in “[card]”. Long numbers that are neither are taken out too:
    they name an order, a contract or a person as well as a card does.
    """
    text = _EMAIL.sub(f"[{EMAIL}]", text)
    text = _IBAN.sub(lambda found: f"[{IBAN}]" if _is_iban(found.group()) else found.group(), text)
    text = _DIGITS.sub(lambda found: f"[{_kind_of(found.group())}]", text)
    for name in sorted({each.strip() for each in names if len(each.strip()) > 1}, key=len, reverse=True):
        text = re.sub(rf"\b{re.escape(name)}\b", f"[{NAME}]", text, flags=re.IGNORECASE)
    return text


def _kind_of(found: str) -> str:
    digits = re.sub(r"\D", "", found)
    if 13 <= len(digits) <= 19 and luhn(digits):
        return CARD
    spoken = found.startswith(("+", "(")) or re.search(r"[\s().-]", found)
    return PHONE if spoken and len(digits) >= _LEAST_PHONE_DIGITS else NUMBER


def luhn(digits: str) -> bool:
    """Whether the last digit is the check digit of a card number (ISO/IEC 7812-1)."""
    doubled = [int(each) * (2 if place % 2 else 1) for place, each in enumerate(reversed(digits))]
    return sum(each - 9 if each > 9 else each for each in doubled) % 10 == 0


def _is_iban(found: str) -> bool:
    """The remainder by 97 is 1 (ISO 13616)."""
    plain = re.sub(r"\s", "", found).upper()
    turned = plain[4:] + plain[:4]
    return int("".join(str(int(each, 36)) for each in turned)) % 97 == 1
