"""The company's sign-on: an OpenID Connect client that lets in only whom we invited.

Somebody is known by issuer and subject, never by their e-mail. The first time, they come with an invitation of
ours and the two are tied together; whoever comes without one is turned away.
"""

from __future__ import annotations

import base64
import hashlib
from typing import Any, NoReturn

import jwt
import requests
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.core.internal.httpkit import headed_redirect_response
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from floorwalker.apps.accounts import services
from floorwalker.apps.accounts.models import User
from floorwalker.apps.accounts.refusals import LinkSpent

ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"]
SECONDS_TO_ANSWER = 10
CLOCK_SKEW_SECONDS = 30
LARGEST_ANSWER = 256 * 1024
LONGEST_KEY = 191
INVITATION_KEY = "invitation"


def nonce_of(code_verifier: str) -> str:
    """A nonce bound to the one sign-in that its PKCE secret belongs to, so that it needs no place of its own."""
    digest = hashlib.sha256(b"nonce:" + code_verifier.encode()).digest()
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")


class _Session(requests.Session):
    """Asks the provider: in good time, without following it elsewhere, and not for more than fits a page."""

    def request(self, *arguments: Any, **more: Any) -> requests.Response:
        more["timeout"] = SECONDS_TO_ANSWER
        more["allow_redirects"] = False
        more["stream"] = True
        response = super().request(*arguments, **more)
        with response:
            content = response.raw.read(LARGEST_ANSWER + 1, decode_content=True)
        if len(content) > LARGEST_ANSWER:
            raise requests.RequestException("the provider's answer is too long")
        if response.is_redirect:
            raise requests.RequestException("the provider sends us elsewhere")
        response._content = content
        return response


class CompanyOAuth2Adapter(OpenIDConnectOAuth2Adapter):
    """Checks what the provider says about somebody."""

    code_verifier = ""

    @property
    def openid_config(self) -> dict[str, Any]:
        found: dict[str, Any] = super().openid_config
        if str(found.get("issuer", "")).rstrip("/") != settings.OIDC_ISSUER:
            raise OAuth2Error("the provider calls itself something else")
        return found

    def get_callback_url(self, request: HttpRequest, app: Any) -> str:
        """The address the provider knows; of the settings, never the host a request claims."""
        return str(settings.SITE_URL).rstrip("/") + reverse("company_callback")

    def get_access_token_data(self, request: Any, app: Any, client: Any, pkce_code_verifier: Any = None) -> Any:
        self.code_verifier = pkce_code_verifier or ""
        return super().get_access_token_data(request, app, client, pkce_code_verifier=pkce_code_verifier)

    def complete_login(self, request: HttpRequest, app: Any, token: Any, **more: Any) -> Any:
        claims = self._claims(app, more["response"].get("id_token") or "")
        person = {**self._fetch_user_info(token.token)} if "userinfo_endpoint" in self.openid_config else {}
        if person and person.get("sub") != claims["sub"]:
            raise OAuth2Error("the provider tells of two people")
        data = {"id_token": {**person, **claims}}
        return self.get_provider().sociallogin_from_response(request, data)

    def _claims(self, app: Any, id_token: str) -> dict[str, Any]:
        """The token's claims, signature and all, though it came to us directly."""
        try:
            key = self._key(jwt.get_unverified_header(id_token).get("kid"))
            claims: dict[str, Any] = jwt.decode(
                id_token,
                key=key,
                algorithms=ALGORITHMS,
                audience=app.client_id,
                issuer=self.openid_config["issuer"],
                leeway=CLOCK_SKEW_SECONDS,
                options={"require": ["exp", "iat", "iss", "aud", "sub"]},
            )
        except (jwt.PyJWTError, ValueError, KeyError) as error:
            raise OAuth2Error("the provider's token does not hold") from error
        several = isinstance(claims["aud"], list) and len(claims["aud"]) > 1
        if several and claims.get("azp") != app.client_id:
            raise OAuth2Error("the token is meant for another")
        if not self.code_verifier or claims.get("nonce") != nonce_of(self.code_verifier):
            raise OAuth2Error("the token belongs to another sign-in")
        return claims

    def _key(self, key_id: str | None) -> Any:
        with CompanyAdapter().get_requests_session() as session:
            answer = session.get(self.openid_config["jwks_uri"])
            answer.raise_for_status()
        keys = [key for key in jwt.PyJWKSet.from_dict(answer.json()).keys if key.public_key_use in (None, "sig")]
        fitting = [key for key in keys if key_id is None or key.key_id == key_id]
        if len(fitting) != 1:
            raise OAuth2Error("the token is signed with a key the provider does not show")
        return fitting[0].key


class CompanyProvider(OpenIDConnectProvider):
    id = "company"
    oauth2_adapter_class = CompanyOAuth2Adapter

    def get_pkce_params(self) -> dict[str, str]:
        found: dict[str, str] = super().get_pkce_params()
        found["nonce"] = nonce_of(found["code_verifier"])
        return found

    def get_redirect_from_request_kwargs(self, request: HttpRequest) -> dict[str, Any]:
        """Nothing of the asked address is passed on: no scopes, no parameters, no tying to the open session."""
        next_url = CompanyAdapter().safe_next(request)
        return {"process": "login", "next_url": next_url, "scope": self.get_scope(), "auth_params": {}}

    def extract_uid(self, data: dict[str, Any]) -> str:
        claims = data["id_token"]
        key = f"{claims['iss']}|{claims['sub']}"
        return key if len(key) <= LONGEST_KEY else hashlib.sha256(key.encode()).hexdigest()


class CompanyAdapter(DefaultSocialAccountAdapter):
    """Lets in whom we know, ties whom we invited, and turns everybody else away."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        return False

    def get_requests_session(self) -> requests.Session:
        return _Session()

    def safe_next(self, request: HttpRequest) -> str | None:
        from allauth.account.utils import get_next_redirect_url

        found: str | None = get_next_redirect_url(request)
        return found

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        if sociallogin.state.get("process") != "login":
            self._turn_away()
        if sociallogin.is_existing:
            self._check_standing(sociallogin.user)
            return
        claims = sociallogin.account.extra_data["id_token"]
        secret = request.session.pop(INVITATION_KEY, "")
        if not secret or claims.get("email_verified") is not True:
            self._turn_away()
        try:
            user = services.accept_invitation_by_company(
                secret=secret, email=str(claims.get("email", "")), at=timezone.now()
            )
        except LinkSpent:
            self._turn_away()
        sociallogin.connect(request, user)

    def _check_standing(self, user: User) -> None:
        if user.service_account:
            self._turn_away()

    def _turn_away(self) -> NoReturn:
        raise ImmediateHttpResponse(headed_redirect_response("accounts:not_invited"))
