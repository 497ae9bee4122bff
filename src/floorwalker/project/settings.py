"""Django's settings: good for a laptop, refusing to start unsafe in production (`floorwalker doctor` says why)."""

from __future__ import annotations

from pathlib import Path

from django.utils.translation import gettext_lazy as _

from floorwalker.project import environment as env

PACKAGE = Path(__file__).resolve().parents[1]

# "laptop" serves the loopback address only; "production" needs everything `floorwalker doctor` asks for.
MODE = env.text("FLOORWALKER_MODE", "laptop")
PRODUCTION = MODE == "production"
DEBUG = False

# On a laptop `floorwalker web` keeps a secret of its own in the data folder and hands it over here.
SECRET_KEY = env.text("FLOORWALKER_SECRET_KEY", "only-for-tests-and-tools")
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
    "floorwalker.kernel",
    "floorwalker.apps.accounts",
    "floorwalker.apps.people",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "floorwalker.apps.accounts.middleware.ActorMiddleware",
    "floorwalker.kernel.errors.RefusalMiddleware",
]

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

DATABASES = {"default": env.database("FLOORWALKER_DATABASE", "postgresql://floorwalker_app@/floorwalker")}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.User"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]

USE_TZ = True
TIME_ZONE = "UTC"
LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English"))]
LOCALE_PATHS = [PACKAGE / "locale"]

STATIC_URL = "/static/"
STATIC_ROOT = env.text("FLOORWALKER_STATIC", str(PACKAGE.parent.parent / ".cache" / "static"))

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
        "object-src": ["'none'"],
        "manifest-src": ["'self'"],
    }
}

# Where uploads, the contact store and e-mails of a laptop lie.
HOME = Path(env.text("FLOORWALKER_HOME") or (PACKAGE.parent.parent / ".cache" / "home"))

# E-mails of a laptop are written to a folder; elsewhere FLOORWALKER_MAIL=smtp://user:password@host:587?tls=yes.
globals().update(env.mail("FLOORWALKER_MAIL", HOME / "mail"))
DEFAULT_FROM_EMAIL = env.text("FLOORWALKER_MAIL_FROM", "Floorwalker <floorwalker@localhost>")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
