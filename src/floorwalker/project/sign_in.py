"""Settings of signing in: factors, the company's sign-on, limits of tries, cookies. Read by `settings.py`."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import urlsplit

from floorwalker.project import environment as env

_PRODUCTION = env.mode()[1]

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "floorwalker.apps.accounts.passwords.LengthForRoles"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("name", "email")},
    },
]

LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/"

# Cookies. The __Host- prefix ties them to this very host, and needs https.
SESSION_COOKIE_NAME = "__Host-session" if _PRODUCTION else "floorwalker_session"
SESSION_COOKIE_SECURE = _PRODUCTION
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_NAME = "__Host-csrf" if _PRODUCTION else "floorwalker_csrf"
CSRF_COOKIE_SECURE = _PRODUCTION
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
DEVICE_COOKIE_NAME = "__Host-device" if _PRODUCTION else "floorwalker_device"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# How long a session lasts: for who sees others' data, and for agents. The cookie outlives neither.
SESSION_PRIVILEGED_IDLE = timedelta(minutes=env.whole_number("FLOORWALKER_SESSION_IDLE_MINUTES", 30))
SESSION_PRIVILEGED_OPEN = timedelta(hours=env.whole_number("FLOORWALKER_SESSION_HOURS", 8))
SESSION_AGENT_IDLE = timedelta(minutes=env.whole_number("FLOORWALKER_AGENT_IDLE_MINUTES", 60))
SESSION_AGENT_OPEN = timedelta(hours=env.whole_number("FLOORWALKER_AGENT_SESSION_HOURS", 14))
SESSION_COOKIE_AGE = int(max(SESSION_PRIVILEGED_OPEN, SESSION_AGENT_OPEN).total_seconds())

# Agents may be asked for a second factor too; everybody who sees other people's data always is.
AGENTS_SECOND_FACTOR = env.switch("FLOORWALKER_AGENTS_SECOND_FACTOR", False)

# Proxies in front of us that name the caller; without one nobody's word for it is taken.
PROXIES = env.whole_number("FLOORWALKER_PROXIES", 0)
ALLAUTH_TRUSTED_PROXY_COUNT = PROXIES
if PROXIES:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

ACCOUNT_ADAPTER = "floorwalker.apps.accounts.entrance.adapter.EntranceAdapter"
ACCOUNT_FORMS = {
    "login": "floorwalker.apps.accounts.entrance.forms.SignInForm",
    "reauthenticate": "floorwalker.apps.accounts.entrance.forms.PasswordAgainForm",
}
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"  # people are invited by e-mail
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
# A whole shift signs in from one address, so only failures are counted narrowly there.
ACCOUNT_RATE_LIMITS = {
    "login": "600/m/ip",
    "login_failed": "60/m/ip,5/300s/key",  # codes of second factors, counted per user
    "sign_in": "60/m/ip,10/m/key",  # passwords, counted per account; known devices apart
    "link": "30/m/ip",
    "reset": "20/m/ip,3/h/key",
    "email": "10/h/user,3/h/key",  # letters to an address somebody wishes for
    "token": "30/m/ip",
    "reauthenticate": "10/m/user",
    "change_password": "5/m/user",
}

MFA_ADAPTER = "floorwalker.apps.accounts.entrance.factors.FactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ALLOW_UNVERIFIED_EMAIL = True  # every address was invited
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = (
    not _PRODUCTION
)  # http://localhost; browsers allow no other name without https
MFA_TOTP_ISSUER = "Floorwalker"
MFA_TOTP_TOLERANCE = 1
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_RATE_LIMITS = {"webauthn_login": "600/m/ip"}
MFA_FORMS = {
    "authenticate": "floorwalker.apps.accounts.entrance.forms.CodeForm",
    "reauthenticate": "floorwalker.apps.accounts.entrance.forms.CodeAgainForm",
    "login_webauthn": "floorwalker.apps.accounts.entrance.forms.PasskeyForm",
    "authenticate_webauthn": "floorwalker.apps.accounts.entrance.forms.PasskeySecondForm",
    "reauthenticate_webauthn": "floorwalker.apps.accounts.entrance.forms.PasskeyAgainForm",
    "add_webauthn": "floorwalker.apps.accounts.entrance.forms.AddPasskeyForm",
}

# The company's sign-on, by OpenID Connect.
OIDC_ISSUER = env.text("FLOORWALKER_OIDC_ISSUER").rstrip("/")
OIDC_CLIENT_ID = env.text("FLOORWALKER_OIDC_CLIENT_ID")
OIDC_CLIENT_SECRET = env.text("FLOORWALKER_OIDC_CLIENT_SECRET")
OIDC_NAME = env.text("FLOORWALKER_OIDC_NAME", "the company’s sign-on")
OIDC_ORIGINS = ["{0.scheme}://{0.netloc}".format(urlsplit(OIDC_ISSUER))] if OIDC_ISSUER else []
SOCIALACCOUNT_ADAPTER = "floorwalker.apps.accounts.entrance.company.CompanyAdapter"
SOCIALACCOUNT_EMAIL_VERIFICATION = "none"
SOCIALACCOUNT_LOGIN_ON_GET = False
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_PROVIDERS = {
    "company": {
        "APPS": [
            {
                "provider_id": "company",
                "name": OIDC_NAME,
                "client_id": OIDC_CLIENT_ID,
                "secret": OIDC_CLIENT_SECRET,
                "settings": {"server_url": OIDC_ISSUER, "oauth_pkce_enabled": True},
            }
        ]
        if OIDC_ISSUER
        else []
    }
}
