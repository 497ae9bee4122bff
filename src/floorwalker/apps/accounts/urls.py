"""Addresses of accounts that are our own; those of the sign-in library stand in `entrance_urls`."""

from __future__ import annotations

from django.urls import path

from floorwalker.apps.accounts.views import account, entrance, users

app_name = "accounts"
urlpatterns = [
    path("sign-in/link/<str:secret>/", entrance.link, name="link"),
    path("sign-in/first-user/", entrance.empty_suite, name="empty_suite"),
    path("sign-in/forgotten/", entrance.forgotten, name="forgotten"),
    path("sign-in/forgotten/sent/", entrance.forgotten_sent, name="forgotten_sent"),
    path("sign-in/company/", entrance.company, name="company"),
    path("sign-in/not-invited/", entrance.not_invited, name="not_invited"),
    path("sign-in/second-factor/", entrance.second_factor, name="second_factor"),
    path("sign-in/longer-password/", entrance.longer_password, name="longer_password"),
    path("my-account/", account.mine, name="mine"),
    path("my-account/email/", account.new_email, name="new_email"),
    path("my-account/theme/", account.theme, name="theme"),
    path("my-account/sessions/<int:session_id>/close/", account.close_session, name="close_session"),
    path("my-account/sign-out-everywhere/", account.log_out_everywhere, name="log_out_everywhere"),
    path("my-account/tokens/new/", account.new_token, name="new_token"),
    path("my-account/tokens/<int:token_id>/revoke/", account.revoke_token, name="revoke_token"),
    path("users/", users.users, name="users"),
    path("users/invite/", users.invite, name="invite"),
    path("users/programs/new/", users.new_service_account, name="new_service_account"),
    path("users/tokens/", users.tokens, name="tokens"),
    path("users/who-may-what/", users.who_may_what, name="who_may_what"),
    path("users/<int:user_id>/", users.user, name="user"),
    path("users/<int:user_id>/roles/", users.give_role, name="give_role"),
    path("users/<int:user_id>/roles/<int:role_held_id>/take/", users.take_role, name="take_role"),
    path("users/<int:user_id>/invite/", users.invite_again, name="invite_again"),
    path("users/<int:user_id>/help/", users.help_back_in, name="help_back_in"),
    path("users/<int:user_id>/shut-out/", users.disable, name="disable"),
    path("users/<int:user_id>/let-in/", users.enable, name="enable"),
    path("users/<int:user_id>/tokens/new/", users.token_for_program, name="token_for_program"),
]
