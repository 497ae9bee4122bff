"""The entry for servers that answer pages."""

import os

from django.core.wsgi import get_wsgi_application

from floorwalker.project.warm import warm

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "floorwalker.project.settings")
application = get_wsgi_application()
warm()
