"""The workforce for programs."""

from floorwalker.apps.people.api import agents, importing
from floorwalker.apps.people.api.router import router

__all__ = ["agents", "importing", "router"]
