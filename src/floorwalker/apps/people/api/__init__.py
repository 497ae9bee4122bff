"""The workforce for programs."""

from floorwalker.apps.people.api import agents, holdings, importing
from floorwalker.apps.people.api.router import router

__all__ = ["agents", "holdings", "importing", "router"]
