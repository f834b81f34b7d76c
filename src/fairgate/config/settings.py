"""Settings. Everything an installation may want to change comes from the environment, all of it documented
in docs/reference/settings.md; nothing here is edited to deploy."""

import os
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from fairgate.config import environment

DATA = environment.data_directory()
ANCHORS = Path(os.environ.get("FAIRGATE_ANCHORS", DATA / "anchors"))
FILES = DATA / "files"
DEMONSTRATION = os.environ.get("FAIRGATE_DEMONSTRATION", "") == "1"

DEBUG = False
SECRET_KEY = environment.secret_key(DATA)
# gate: people in imported records are pseudonyms under this key, unless the installation keeps their names.
PEOPLE_KEY = environment.people_key(DATA)
# voice: personal links come from this key; a period's private key passes through KEYS while a job needs it.
LINK_KEY = environment.link_key(DATA)
KEYS = Path(os.environ.get("FAIRGATE_KEYS", DATA / "keys"))
# mail: where letters go (`mail.rules.routes`), from whom, and under which address this site is reached.
MAIL = os.environ.get("FAIRGATE_MAIL", "console:" if DEMONSTRATION else "off")
MAIL_FROM = os.environ.get("FAIRGATE_MAIL_FROM", "fairgate@localhost")
SITE = os.environ.get("FAIRGATE_SITE", "http://localhost:8000").rstrip("/")
PEOPLE_NAMED = os.environ.get("FAIRGATE_PERSONS", "") == "named"
ALLOWED_HOSTS = environment.words("FAIRGATE_HOSTS", "localhost,127.0.0.1,[::1]")
CSRF_TRUSTED_ORIGINS = environment.words("FAIRGATE_ORIGINS", "")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "csp",
    "django_htmx",
    "django_tables2",
    "fairgate.ledger",
    "fairgate.files",
    "fairgate.mail",
    "fairgate.web",
    "fairgate.work",
    "fairgate.people",
    "fairgate.organisation",
    "fairgate.gate",
    "fairgate.protection",
    "fairgate.voice",
    "fairgate.fairness",
    "fairgate.improvement",
    "fairgate.whatif",
    "fairgate.overview",
    "fairgate.demo",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "fairgate.config.middleware.NotThere",
]

ROOT_URLCONF = "fairgate.config.urls"
ASGI_APPLICATION = "fairgate.config.asgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]

DATABASES = {"default": environment.database(DATA)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "people.Person"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("CommonPasswordValidator", "NumericPasswordValidator")
] + [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("username", "name", "email")},
    },
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
]

LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
# How many proxies stand in front and add to X-Forwarded-For: sign-in is limited by address, and without this
# everybody behind a proxy has the same one.
ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("FAIRGATE_PROXIES", "0"))
ACCOUNT_ADAPTER = "fairgate.config.sign_in.Adapter"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = True
SESSION_COOKIE_AGE = 12 * 60 * 60

FORM_RENDERER = "fairgate.web.forms.Renderer"
DJANGO_TABLES2_TEMPLATE = "web/table.html"

LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English"))]
USE_I18N = True
USE_TZ = True
TIME_ZONE = os.environ.get("FAIRGATE_ZONE", "UTC")

STATIC_URL = "static/"
STATIC_ROOT = None  # served from where they lie in the package
WHITENOISE_USE_FINDERS = True
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'"],
        "form-action": ["'self'"],
        "connect-src": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
    }
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
_SECURE = os.environ.get("FAIRGATE_HTTPS", "") == "1"
SESSION_COOKIE_SECURE = _SECURE
CSRF_COOKIE_SECURE = _SECURE
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _SECURE else None
SECURE_HSTS_SECONDS = 31_536_000 if _SECURE else 0

DATA_UPLOAD_MAX_MEMORY_SIZE = 4 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
LARGEST_FILE = 2 * 1024**3  # bytes a kept file may have

# Faults go to standard error; a page says only that something went wrong.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "filters": {"without links": {"()": "fairgate.config.redaction.WithoutLinks"}},
    "handlers": {
        "stderr": {
            "class": "logging.StreamHandler",
            "formatter": "line",
            "level": "ERROR",
            "filters": ["without links"],
        }
    },
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {"django": {"handlers": ["stderr"], "level": "WARNING", "propagate": False}},
}
