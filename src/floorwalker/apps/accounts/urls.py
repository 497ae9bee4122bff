"""Addresses of accounts that are our own; those of the sign-in library stand in `entrance_urls`."""

from __future__ import annotations

from django.urls import path

from floorwalker.apps.accounts.views import entrance

app_name = "accounts"
urlpatterns = [
    path("sign-in/link/<str:secret>/", entrance.link, name="link"),
    path("sign-in/forgotten/", entrance.forgotten, name="forgotten"),
    path("sign-in/forgotten/sent/", entrance.forgotten_sent, name="forgotten_sent"),
    path("sign-in/company/", entrance.company, name="company"),
    path("sign-in/not-invited/", entrance.not_invited, name="not_invited"),
    path("sign-in/second-factor/", entrance.second_factor, name="second_factor"),
    path("sign-in/longer-password/", entrance.longer_password, name="longer_password"),
]
