"""The entry for servers that hold live connections open."""

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "floorwalker.project.settings")
application = get_asgi_application()
