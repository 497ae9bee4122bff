"""Django's settings: good for a laptop, refusing to start unsafe in production (`floorwalker doctor` says why)."""

from __future__ import annotations

from pathlib import Path

from django.utils.translation import gettext_lazy as _

from floorwalker.project import environment as env
from floorwalker.project.sign_in import *  # noqa: F403  (everything about signing in)
from floorwalker.project.sign_in import OIDC_ORIGINS

PACKAGE = Path(__file__).resolve().parents[1]

MODE, PRODUCTION = env.mode()
DEBUG = False

# On a laptop `floorwalker web` keeps a secret of its own in the data folder and hands it over here.
SECRET_KEY = env.text("FLOORWALKER_SECRET_KEY") or "only-for-tests-and-tools"
SITE_URL = env.text("FLOORWALKER_SITE_URL", "http://localhost:8000")
ALLOWED_HOSTS = env.words("FLOORWALKER_HOSTS") or ["localhost", "127.0.0.1", "[::1]"]
CSRF_TRUSTED_ORIGINS = [SITE_URL] if SITE_URL.startswith("https://") else []

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "django_htmx",
    "ninja",
    "procrastinate.contrib.django",
    "floorwalker.project.apps.ProjectConfig",
    "floorwalker.kernel",
    "floorwalker.apps.accounts",
    "floorwalker.apps.people",
    "floorwalker.apps.promises",
    "floorwalker.apps.offphone",
    "floorwalker.apps.hub",
    "floorwalker.apps.learning",
    "floorwalker.apps.performance",
    "floorwalker.apps.quality",
    "floorwalker.apps.coaching",
    "floorwalker.apps.demand",
    "floorwalker.apps.capacity",
    "floorwalker.apps.schedules",
    "floorwalker.apps.recognition",
    # After our own, whose templates stand in for theirs.
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "floorwalker.project.headers.HeadersMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    # Files are answered here, so whatever stands above is on them too.
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "floorwalker.apps.accounts.middleware.ActorMiddleware",
    "floorwalker.kernel.errors.RefusalMiddleware",
]

# The one page that lists what follows in one domain from what happened in another.
WIRING = "floorwalker.project.wiring"

ROOT_URLCONF = "floorwalker.project.urls"
ASGI_APPLICATION = "floorwalker.project.asgi.application"
WSGI_APPLICATION = "floorwalker.project.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "floorwalker.project.menu.context",
            ],
            "builtins": ["django.templatetags.i18n"],
        },
    },
]

# The servers of pages keep connections, see commands/web.py; commands, workers and tests open and close their own.
DATABASES = {
    "default": env.database(
        "FLOORWALKER_DATABASE",
        "postgresql://floorwalker_app@/floorwalker",
        keep=env.whole_number("FLOORWALKER_CONNECTIONS", 0, least=0),
    )
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# One cache for all processes: limits of tries and used codes must be counted together. There is no Redis.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "accounts_cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    },
    # Of this process alone, for what may come a little late.
    "here": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "floorwalker",
        "OPTIONS": {"MAX_ENTRIES": 200_000},
    },
}

USE_TZ = True
TIME_ZONE = "UTC"
LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English"))]
LOCALE_PATHS = [PACKAGE / "locale"]
# How words are read by the search of the hub: a configuration of PostgreSQL; `simple` takes them as they are.
SEARCH_LANGUAGE = env.one_of("FLOORWALKER_SEARCH_LANGUAGE", env.SEARCH_LANGUAGES, "simple")

# Of what contacts are said to be worth, all over the centre: three letters, such as EUR.
CURRENCY = env.currency("FLOORWALKER_CURRENCY", "EUR")

# Where uploads, the contact store and e-mails of a laptop lie.
HOME = Path(env.text("FLOORWALKER_HOME") or (PACKAGE.parent.parent / ".cache" / "home"))

STATIC_URL = "/static/"
STATIC_ROOT = env.text("FLOORWALKER_STATIC", str(HOME / "static"))

SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if PRODUCTION:
    SECURE_HSTS_SECONDS = 365 * 24 * 3600
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SECURE_SSL_REDIRECT = True
    SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]  # asked by the machine next door, without a proxy

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'", *OIDC_ORIGINS],  # the sign-in form goes on to the company's sign-on
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
        "object-src": ["'none'"],
        "manifest-src": ["'self'"],
    }
}

# E-mails of a laptop are written to a folder; elsewhere FLOORWALKER_MAIL=smtp://user:password@host:587?tls=yes.
globals().update(env.mail("FLOORWALKER_MAIL", HOME / "mail"))
DEFAULT_FROM_EMAIL = env.text("FLOORWALKER_MAIL_FROM", "Floorwalker <floorwalker@localhost>")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"lines": {"()": "floorwalker.project.logs.OneEntryOneLine"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "lines", "filters": ["secrets"]}},
    "filters": {"secrets": {"()": "floorwalker.project.logs.WithoutSecrets"}},
    "loggers": {"django.request": {"filters": ["secrets"]}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
