"""What is done to users: one module per noun, all of it called from here."""

from floorwalker.apps.accounts.services.emails import confirm_email, wish_email, write_of_emails
from floorwalker.apps.accounts.services.letters import address_of_link, ask_for_reset, send_letters
from floorwalker.apps.accounts.services.links import make_link, use_link
from floorwalker.apps.accounts.services.passwords import (
    accept_invitation_by_company,
    choose_password,
    set_password,
)
from floorwalker.apps.accounts.services.roles import drop_roles_for, give_role, hold, take_role
from floorwalker.apps.accounts.services.sessions import (
    close_all_sessions,
    close_session,
    factor_changed,
    open_session,
    prove,
    refuse_sign_in,
    see_session,
    sign_out,
)
from floorwalker.apps.accounts.services.tokens import make_token, revoke_token, token_reads, token_used
from floorwalker.apps.accounts.services.users import (
    change_own_account,
    choose_theme,
    console_link,
    create_first_user,
    create_service_account,
    disable,
    enable,
    first_user_link,
    help_back_in,
    invite,
    invite_again,
)

__all__ = [
    "accept_invitation_by_company",
    "address_of_link",
    "ask_for_reset",
    "change_own_account",
    "choose_password",
    "choose_theme",
    "close_all_sessions",
    "close_session",
    "confirm_email",
    "console_link",
    "create_first_user",
    "create_service_account",
    "disable",
    "drop_roles_for",
    "enable",
    "factor_changed",
    "first_user_link",
    "give_role",
    "help_back_in",
    "hold",
    "invite",
    "invite_again",
    "make_link",
    "make_token",
    "open_session",
    "prove",
    "refuse_sign_in",
    "revoke_token",
    "see_session",
    "send_letters",
    "set_password",
    "sign_out",
    "take_role",
    "token_reads",
    "token_used",
    "use_link",
    "wish_email",
    "write_of_emails",
]
