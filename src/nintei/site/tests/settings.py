"""Django's settings for tests: the real ones, with a known key and static files straight from the rooms."""

from nintei.site.settings import *
from nintei.site.settings import PACKAGE
from nintei.site.settings import STORAGES as REAL_STORAGES

# No test reads what `make run` gathered here: WhiteNoise would look at every file for each test's browser.
STATIC_ROOT = PACKAGE / "nothing is gathered for tests"
SECRET_KEY = "the key of the tests, secret to nobody"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = REAL_STORAGES | {
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
