"""To the company's sign-on and back."""

from __future__ import annotations

from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView, OAuth2LoginView
from django.http import HttpResponse

from floorwalker.apps.accounts.entrance.company import CompanyOAuth2Adapter
from floorwalker.kernel.errors import NotFound
from floorwalker.kernel.pages import Request, public_page


@public_page("Signing in comes before being signed in.", methods=("GET", "POST"))
def start(request: Request) -> HttpResponse:
    return _answer(OAuth2LoginView, request)


@public_page("The company's sign-on sends people back here.")
def back(request: Request) -> HttpResponse:
    return _answer(OAuth2CallbackView, request)


def _answer(view: type[OAuth2LoginView] | type[OAuth2CallbackView], request: Request) -> HttpResponse:
    try:
        answer: HttpResponse = view.adapter_view(CompanyOAuth2Adapter(request, "company"))(request)
    except SocialApp.DoesNotExist:
        raise NotFound from None
    return answer
