"""How long a password must be: longer for those who see other people's data. No rules about its characters."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from floorwalker.apps.accounts.queries import sees_others
from floorwalker.apps.accounts.rules import shortest_password


class LengthForRoles:
    """Django's password validator; any character counts, spaces too."""

    def validate(self, password: str, user: Any = None) -> None:
        shortest = shortest_password(sees_others=bool(user and user.pk) and sees_others(user))
        if len(password) < shortest:
            raise ValidationError(
                _("Use at least %(shortest)s characters; a few words with spaces are good."),
                code="password_too_short",
                params={"shortest": shortest},
            )

    def get_help_text(self) -> str:
        return _("At least 8 characters, 15 if you see other people's data. A few words with spaces are good.")
