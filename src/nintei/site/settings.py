"""Django's settings. Everything that differs between two installations is an environment variable
named `NINTEI_…` (and `DATABASE_URL`); `docs/manual/*/operator.md` lists them."""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from csp.constants import NONE, SELF
from django.contrib.messages import constants as messages

from nintei.site.places import VAR

PACKAGE = Path(__file__).resolve().parent.parent

DEMO = os.environ.get("NINTEI_DEMO", "") == "1"
DEBUG = False
SECRET_KEY = os.environ.get("NINTEI_SECRET_KEY", "")
ALLOWED_HOSTS = os.environ.get("NINTEI_HOSTS", "localhost,127.0.0.1,[::1]").split(",")
BASE_URL = os.environ.get("NINTEI_BASE_URL", "http://localhost:8000")
JOURNAL_ORIGIN = os.environ.get("NINTEI_JOURNAL_ORIGIN", "nintei.example.jp/journal")
# The journal's files for anybody (tiles, checkpoint), its key, and what was signed last: that one belongs on
# another disk, so that a restored database is noticed.
JOURNAL_FOLDER = os.environ.get("NINTEI_JOURNAL_FOLDER", "")
JOURNAL_KEY = os.environ.get("NINTEI_JOURNAL_KEY", "")
JOURNAL_ANCHOR = os.environ.get("NINTEI_JOURNAL_ANCHOR", "")
# Who cosigns, as `<verifier key> <address>`, comma between two.
JOURNAL_WITNESSES = os.environ.get("NINTEI_JOURNAL_WITNESSES", "")
# Who issues credentials: a DID; empty: did:web of an https address, else the key itself. Their keys, and the
# public lists, lie under `var/` unless named; so does nothing of a time-stamp server (PAdES B-T) until one is.
ISSUER = os.environ.get("NINTEI_ISSUER", "")
ISSUING_KEYS = os.environ.get("NINTEI_ISSUING_KEYS", "")
CREDENTIALS_FOLDER = os.environ.get("NINTEI_CREDENTIALS_FOLDER", "")
KNOWN_ISSUERS = os.environ.get("NINTEI_KNOWN_ISSUERS", "")
TIME_STAMPS = os.environ.get("NINTEI_TIME_STAMPS", "")
# The association's own Typst templates (certificate-1.typ …); one that is not there is ours.
TEMPLATES_FOLDER = os.environ.get("NINTEI_TEMPLATES", "")
# Where the window of the envelopes is (left, top, width, height) and how the sheets of labels are (across, down,
# width, height, left, top, gaps), in millimetres: makers differ.
WINDOW = os.environ.get("NINTEI_WINDOW", "22 12 90 45")
LABELS = os.environ.get("NINTEI_LABELS", "2 6 86.4 42.3 18.6 21.6 0 0")
RULEBOOK = os.environ.get("NINTEI_RULEBOOK", "conken")
# How long an attestor's link can be answered: the association's choice, no rule of the documents.
ATTESTATION_DAYS = int(os.environ.get("NINTEI_ATTESTATION_DAYS", "42"))
# The association's number as an issuer of qualified invoices (適格請求書発行事業者: T and 13 digits). Without it,
# receipts say that they are none.
INVOICE_NUMBER = os.environ.get("NINTEI_INVOICE_NUMBER", "").strip()
# Days until a fee is due, the association's choice (AMB-F4); 0: no day is named. A late payment is still taken.
PAYMENT_DAYS = int(os.environ.get("NINTEI_PAYMENT_DAYS", "0"))
# Where the books put yen of a fee that the tolerance of the rulebook waives (AMB-F6): charges (支払手数料) or
# losses (雑損失).
SHORTFALL_ACCOUNT = os.environ.get("NINTEI_SHORTFALL_ACCOUNT", "charges")
# After how many days the worker reminds an attestor; empty: never.
ATTESTATION_REMIND_DAYS = [
    int(day) for day in os.environ.get("NINTEI_ATTESTATION_REMIND_DAYS", "14,28").split(",") if day.strip()
]
# How long the mailed list of an attestor's requests can be opened.
ATTESTATION_BOX_DAYS = 2
# How long salted hashes of device and network are kept, for one hint to reviewers; how many applicants at one
# attestor make another.
TRACE_DAYS = int(os.environ.get("NINTEI_TRACE_DAYS", "180"))
HINT_APPLICANTS = int(os.environ.get("NINTEI_HINT_APPLICANTS", "5"))
# How long an incomplete application waits for what is missing (AMB-A3), in days.
SUPPLEMENT_DAYS = int(os.environ.get("NINTEI_SUPPLEMENT_DAYS", "30"))
# Within how many days a refusal can be appealed (AMB-A4). The association has set none: until it does, none can.
APPEAL_DAYS = int(os.environ["NINTEI_APPEAL_DAYS"]) if os.environ.get("NINTEI_APPEAL_DAYS") else None
# Public figures hide counts below this, and as many others as it takes (P14).
SMALL_CELL = int(os.environ.get("NINTEI_SMALL_CELL", "5"))

# The mailbox whose mails become drafts in a holder's log (log@example.jp, with + addresses); empty: none are taken.
MAIL_IN = os.environ.get("NINTEI_MAIL_IN", "")

INSTALLED_APPS = [
    "nintei.site",
    "nintei.shared",
    "nintei.journal",
    "nintei.people",
    "nintei.notices",
    "nintei.courses",
    "nintei.experience",
    "nintei.ledger",
    "nintei.payments",
    "nintei.registry",
    "nintei.applications",
    "nintei.certificates",
    "nintei.audits",
    "nintei.insight",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "pgtrigger",
    "procrastinate.contrib.django",
    "allauth",
    "allauth.account",
    "csp",
    # Only for its copy of Swagger UI: without it /api/docs would ask a CDN.
    "ninja",
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
    "allauth.account.middleware.AccountMiddleware",
    "nintei.site.api.problems",
]

ROOT_URLCONF = "nintei.site.urls"
WSGI_APPLICATION = "nintei.site.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "nintei.site.frame.page",
            ],
        },
    }
]


def database(url: str) -> dict[str, object]:
    """A Django database entry from a `postgresql://` URL (a socket directory as `?host=`)."""
    parts = urlsplit(url)
    query = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/") or "nintei",
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": query.get("host", parts.hostname or ""),
        "PORT": query.get("port", str(parts.port or "")),
        "CONN_MAX_AGE": 600,
        "ATOMIC_REQUESTS": False,
    }


DATABASES = {"default": database(os.environ.get("DATABASE_URL", "postgresql:///nintei"))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "people.Person"
# An address is unique where there is one: whoever applies on paper has none (people.Person).
SILENCED_SYSTEM_CHECKS = ["auth.W004"]
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
FORM_RENDERER = "nintei.shared.forms.Renderer"

# Letters leave by `NINTEI_SMTP` (smtp://user:password@host:587, smtps:// for TLS from the start). In a demo
# nothing leaves: the letters are read in its mailbox.
MAIL = urlsplit(os.environ.get("NINTEI_SMTP", "smtp://localhost:25"))
EMAIL_BACKEND = f"django.core.mail.backends.{'dummy' if DEMO else 'smtp'}.EmailBackend"
EMAIL_HOST, EMAIL_PORT = MAIL.hostname or "localhost", MAIL.port or (465 if MAIL.scheme == "smtps" else 25)
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = unquote(MAIL.username or ""), unquote(MAIL.password or "")
EMAIL_USE_SSL, EMAIL_USE_TLS = MAIL.scheme == "smtps", MAIL.scheme == "smtp" and EMAIL_PORT == 587
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = SERVER_EMAIL = os.environ.get("NINTEI_MAIL_FROM", "nintei@localhost")

# Sign-in by mailed code, no passwords. The code is 6 letters and digits, good for 15 minutes and 3 tries.
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "site:my"
ACCOUNT_LOGOUT_REDIRECT_URL = "site:home"
ACCOUNT_ADAPTER = "nintei.site.entrance.Entrance"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = ACCOUNT_EMAIL_VERIFICATION_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_NOTIFICATIONS = False
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = 2
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_FORMS = {
    "request_login_code": "nintei.people.forms.SignInForm",
    "confirm_login_code": "nintei.people.forms.CodeForm",
    "signup": "nintei.people.forms.SignUpForm",
    "confirm_email_verification_code": "nintei.people.forms.NewAddressCodeForm",
}
# How often one place may ask the register about somebody (shared/asking.py); the rest are allauth's own.
ACCOUNT_RATE_LIMITS = {"verify": "30/m/ip,300/h/ip"}
# Behind proxies the address to count by is theirs to say; without one nobody is believed.
ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("NINTEI_PROXIES", "0"))
# allauth counts attempts in the cache: every server process must see the same counts.
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "people_cache"},
}

# The office lives in Japan: the fiscal year turns at midnight there, wherever the server stands.
TIME_ZONE = "Asia/Tokyo"
USE_TZ = True
LANGUAGE_CODE = "ja"
LANGUAGES = [("ja", "日本語"), ("en", "English")]
USE_I18N = True

STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
# Packed already; and maps are asked for by nobody but a developer's browser.
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = ("map", "png", "jpg", "woff2", "pdf", "gz")
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "manifest-src": [SELF],
    }
}
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = BASE_URL.startswith("https://")
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "nintei.site.public.csrf_failed"
MESSAGE_TAGS = {messages.SUCCESS: "ok", messages.INFO: "ok", messages.WARNING: "wait", messages.ERROR: "bad"}
