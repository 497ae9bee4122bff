"""The base of the REST API: operations with a declared permission, problems, pages by cursor.

::

    router = Router(tags=["Agents"])

    @operation(router, "get", "/agents", P.SEE_AGENTS, response=Page[AgentOut], summary=_("Agents in sight"))
    def list_agents(request: Request, paging: Query[Paging], q: str = "") -> Rows[Agent]:
        return paging.of(queries.agents_in(request.actor, q=q), "name")
"""

from floorwalker.kernel.api.description import Described, described
from floorwalker.kernel.api.operations import OPERATIONS, Operation, operation
from floorwalker.kernel.api.pages import Page, Paging
from floorwalker.kernel.api.problems import Malformed, Problem
from floorwalker.kernel.api.schemas import In, Out
from floorwalker.kernel.api.service import Api
from floorwalker.kernel.api.verbs import verb

__all__ = [
    "OPERATIONS",
    "Api",
    "Described",
    "In",
    "Malformed",
    "Operation",
    "Out",
    "Page",
    "Paging",
    "Problem",
    "described",
    "operation",
    "verb",
]
