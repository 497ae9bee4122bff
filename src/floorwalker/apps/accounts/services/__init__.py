"""What is done to users: one module per noun, all of it to be called from here."""

from floorwalker.apps.accounts.services.invitations import accept_invitation_by_company, choose_password
from floorwalker.apps.accounts.services.links import make_link, use_link
from floorwalker.apps.accounts.services.passwords import set_password
from floorwalker.apps.accounts.services.resets import ask_for_reset
from floorwalker.apps.accounts.services.sessions import (
    close_all_sessions,
    close_session,
    open_session,
    prove,
    see_session,
    strengthen,
)

__all__ = [
    "accept_invitation_by_company",
    "ask_for_reset",
    "choose_password",
    "close_all_sessions",
    "close_session",
    "make_link",
    "open_session",
    "prove",
    "see_session",
    "set_password",
    "strengthen",
    "use_link",
]
