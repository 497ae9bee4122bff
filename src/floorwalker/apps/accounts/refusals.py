"""What cannot be done with users, links, roles and tokens, each with its sentence."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from floorwalker.kernel.errors import Refused


class LinkSpent(Refused):
    code = "link_spent"
    status = 410
    text = _("This link is used up or expired. Ask for a new one; nothing has happened.")


class LinkRefused(Refused):
    code = "link_refused"
    status = 422
    text = _("In production, links to sign in are made for one person: floorwalker users link {email}.")


class EmailTaken(Refused):
    code = "email_taken"
    status = 409
    text = _("There is a user with the e-mail {email} already.")


class NotToOneself(Refused):
    code = "role_to_oneself"
    status = 422
    text = _("You cannot give a role to yourself while there is another administrator. Ask them.")


class LastAdministrator(Refused):
    code = "last_administrator"
    status = 422
    text = _("{name} is the last administrator. Make somebody else administrator first.")


class NoSuchScope(Refused):
    code = "no_such_scope"
    status = 422
    text = _("The role {role} cannot be held there. Choose where it holds from the list.")


class RoleHeldAlready(Refused):
    code = "role_held_already"
    status = 409
    text = _("{name} holds this role there already.")


class TokenAsksTooMuch(Refused):
    code = "token_asks_too_much"
    status = 422
    text = _("A token can do no more than its owner: {keys} is not yours to give.")


class TokenLivesTooLong(Refused):
    code = "token_lives_too_long"
    status = 422
    text = _("A token expires between tomorrow and {days} days from now.")


class NotANetwork(Refused):
    code = "not_a_network"
    status = 422
    text = _("{network} is not a network. Write an address such as 192.0.2.7 or a network such as 192.0.2.0/24.")


class SuiteHasUsers(Refused):
    code = "suite_has_users"
    status = 409
    text = _("There is a user already. Sign in, or ask an administrator for an invitation.")


class TooMany(Refused):
    code = "too_many_tries"
    status = 429
    text = _("Too many tries in a short time. Wait a minute, then try again.")


class SecondFactorFirst(Refused):
    """A session without the second factor its roles ask for, at a door that is no page."""

    code = "second_factor_first"
    status = 403
    text = _(
        "Your roles ask for a second factor. Show or set it up in the browser first, or use a token of your own."
    )


class LongerPasswordFirst(Refused):
    """A session with a password too short for its roles, at a door that is no page."""

    code = "longer_password_first"
    status = 403
    text = _("Your roles ask for a longer password. Choose one in the browser first, or use a token of your own.")


class SignInAgain(Refused):
    code = "sign_in_again"
    status = 422
    text = _("This needs a fresh proof that it is you. Sign out, sign in again, and repeat it.")
