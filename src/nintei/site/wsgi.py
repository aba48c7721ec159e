"""The door for a web server: `gunicorn nintei.site.wsgi`."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "nintei.site.settings")
application = get_wsgi_application()
