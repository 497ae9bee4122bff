"""Tables of the people who sign in, one module per noun."""

from floorwalker.apps.accounts.models.email_wish import EmailWish
from floorwalker.apps.accounts.models.letter import Letter
from floorwalker.apps.accounts.models.link import OneTimeLink
from floorwalker.apps.accounts.models.session import OpenSession
from floorwalker.apps.accounts.models.token import ApiToken
from floorwalker.apps.accounts.models.user import RoleHeld, User, Users

__all__ = ["ApiToken", "EmailWish", "Letter", "OneTimeLink", "OpenSession", "RoleHeld", "User", "Users"]
