"""The entry for servers that hold live connections open."""

import os

from django.core.asgi import get_asgi_application

from floorwalker.project.warm import warm

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "floorwalker.project.settings")
application = get_asgi_application()
warm()
