"""The pages of the sign-in library we use, each with its door; the others have no address here.

Their names are the library's, because it looks them up by name.
"""

from __future__ import annotations

from allauth.account import views as account
from allauth.mfa.base import views as factors
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as passkeys
from allauth.socialaccount import views as company
from django.urls import path

from floorwalker.apps.accounts.views import company as company_sign_on
from floorwalker.apps.accounts.views import entrance
from floorwalker.apps.accounts.views import factors as own
from floorwalker.kernel.pages import own_page, public_page

BOTH = ("GET", "POST")
entering = public_page("Signing in comes before being signed in.", methods=BOTH)
leaving = public_page("Signing out does no harm to strangers.", methods=BOTH)
proving = own_page("Proves again that it is the person themselves.", methods=BOTH)
own_factors = own_page("The person's own password, passkeys and codes.", methods=BOTH)

urlpatterns = [
    path("sign-in/", entrance.sign_in, name="account_login"),
    path("sign-out/", leaving(account.logout), name="account_logout"),
    path("sign-in/shut-out/", entering(account.account_inactive), name="account_inactive"),
    path("sign-in/code/", entering(factors.authenticate), name="mfa_authenticate"),
    path("sign-in/passkey/", entering(passkeys.login_webauthn), name="mfa_login_webauthn"),
    path("sign-in/company/refused/", entering(company.login_error), name="socialaccount_login_error"),
    path("sign-in/company/cancelled/", entering(company.login_cancelled), name="socialaccount_login_cancelled"),
    path("sign-in/company/start/", company_sign_on.start, name="company_login"),
    path("sign-in/company/back/", company_sign_on.back, name="company_callback"),
    path("sign-in/again/", proving(account.reauthenticate), name="account_reauthenticate"),
    path("sign-in/again/code/", proving(factors.reauthenticate), name="mfa_reauthenticate"),
    path("sign-in/again/passkey/", proving(passkeys.reauthenticate_webauthn), name="mfa_reauthenticate_webauthn"),
    path("my-account/password/", own_factors(account.password_change), name="account_change_password"),
    path("my-account/password/first/", own_factors(account.password_set), name="account_set_password"),
    path("my-account/factors/", own_factors(factors.index), name="mfa_index"),
    path("my-account/factors/app/", own_factors(totp.activate_totp), name="mfa_activate_totp"),
    path("my-account/factors/app/remove/", own_factors(totp.deactivate_totp), name="mfa_deactivate_totp"),
    path("my-account/factors/passkeys/", own_factors(passkeys.list_webauthn), name="mfa_list_webauthn"),
    path("my-account/factors/passkeys/add/", own_factors(own.add_passkey), name="mfa_add_webauthn"),
    path(
        "my-account/factors/passkeys/<int:pk>/remove/",
        own_factors(passkeys.remove_webauthn),
        name="mfa_remove_webauthn",
    ),
    path("my-account/factors/passkeys/<int:pk>/", own_factors(passkeys.edit_webauthn), name="mfa_edit_webauthn"),
    path(
        "my-account/factors/recovery/", own_factors(recovery.view_recovery_codes), name="mfa_view_recovery_codes"
    ),
    path(
        "my-account/factors/recovery/new/",
        own_factors(recovery.generate_recovery_codes),
        name="mfa_generate_recovery_codes",
    ),
    path(
        "my-account/factors/recovery/file/",
        own_factors(recovery.download_recovery_codes),
        name="mfa_download_recovery_codes",
    ),
]
