"""Tables of the people who sign in, one module per noun."""

from floorwalker.apps.accounts.models.letter import Letter
from floorwalker.apps.accounts.models.link import OneTimeLink
from floorwalker.apps.accounts.models.session import OpenSession
from floorwalker.apps.accounts.models.token import ApiToken
from floorwalker.apps.accounts.models.user import RoleHeld, User, Users

__all__ = ["ApiToken", "Letter", "OneTimeLink", "OpenSession", "RoleHeld", "User", "Users"]
