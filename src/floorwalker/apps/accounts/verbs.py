"""What accounts writes into the audit, in words."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from floorwalker.kernel import audit


def say() -> None:
    audit.verbs(
        {
            "access.denied": _("asked for something not theirs"),
            "accounts.account_changed": _("changed their own account"),
            "accounts.company_tied": _("tied their account to the company's sign-on"),
            "accounts.console_link_made": _("made a sign-in link on the server's console"),
            "accounts.disabled": _("shut a user out"),
            "accounts.email_changed": _("confirmed their new e-mail"),
            "accounts.email_wished": _("asked for another e-mail"),
            "accounts.enabled": _("let a user in again"),
            "accounts.factor_added": _("set up a second factor"),
            "accounts.factor_made_anew": _("made recovery codes anew"),
            "accounts.factor_removed": _("removed a second factor"),
            "accounts.factors_removed": _("removed a user's lost second factors"),
            "accounts.first_user_created": _("created the first user"),
            "accounts.invited": _("invited a user"),
            "accounts.password_changed": _("changed their password"),
            "accounts.reset_sent": _("sent a user a link to choose a new password"),
            "accounts.role_given": _("gave a role"),
            "accounts.role_taken": _("took a role back"),
            "accounts.service_account_created": _("created an account for a program"),
            "accounts.session_closed": _("signed another device out"),
            "accounts.sessions_closed": _("ended a user's sessions"),
            "accounts.sign_in_refused": _("did not get in"),
            "accounts.signed_in": _("signed in"),
            "accounts.signed_out": _("signed out"),
            "accounts.token_made": _("made a token"),
            "accounts.token_reads": _("read by a token"),
            "accounts.token_revoked": _("revoked a token"),
        }
    )
