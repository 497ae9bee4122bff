"""A PostgreSQL of our own: found, made, started, joined, recovered and stopped by itself.

::

    server = Private(default_folder()).start()   # starts it, or joins the one that runs
    server.app.django                            # for DATABASES: the role that serves and may not change tables
    server.owner.url                             # the role that migrates
    Private(default_folder()).stop()

Only the binaries are borrowed. Folder, roles, passwords, socket and life are ours, because a database that holds
people's working hours must not be open to everyone with an account on the machine. No Django in here.
"""

from floorwalker.kernel.postgres.connection import Login, Server
from floorwalker.kernel.postgres.errors import NoPostgres
from floorwalker.kernel.postgres.folders import default_folder
from floorwalker.kernel.postgres.private import Private

__all__ = ["Login", "NoPostgres", "Private", "Server", "default_folder"]
