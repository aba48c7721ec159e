"""Django's settings for tests: the real ones, with a known key and static files straight from the rooms."""

from importlib.resources import files

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

# axe-core lies where a page fetches it, so that the browser compiles it once for a whole journey.
STATICFILES_DIRS = [("axe", str(files("axe_playwright_python")))]
