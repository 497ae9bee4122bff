"""How the parts of the kernel become machine code. Importing this loads Numba.

Numba makes machine code of every function it compiles, for Python might call it. The parts of the kernel are only
called by each other, so their code stays as it is until the door is compiled with all of it: half the waiting at
the first use. That reaches into how Numba compiles (ADR 0016); the tests of the simulator fail if it changes.
"""

# mypy: disable-error-code="misc,no-untyped-call"
# Numba is untyped.
from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast

from numba import njit
from numba._dynfunc import make_function
from numba.core.codegen import JITCodeLibrary
from numba.core.compiler import CompilerBase
from numba.core.compiler import DefaultPassBuilder as Stages
from numba.core.compiler_machinery import PassManager, register_pass
from numba.core.typed_passes import IRLegalization, NativeLowering, NoPythonBackend

F = TypeVar("F", bound=Callable[..., Any])
OPTIONS: dict[str, Any] = {"nogil": True, "error_model": "numpy", "boundscheck": False}


class _PartLibrary(JITCodeLibrary):
    """Code that is only ever linked into other code: neither optimised nor made machine code by itself."""

    def _optimize_final_module(self) -> None:
        """Left to the door."""

    def _finalize_final_module(self) -> None:
        self._finalize_dynamic_globals()
        self._finalized = True


@register_pass(mutates_CFG=True, analysis_only=False)
class _LowerPart(NativeLowering):
    """Lowering that ends with code to link; Numba's own ends with a function for Python to call."""

    _name = "lower_part"

    def run_pass(self, state: Any) -> bool:
        context, flags = state.targetctx, state.flags
        state.library = _PartLibrary(context.codegen(), state.func_id.func_qualname)
        flags.no_compile = True
        super().run_pass(state)
        lowered = state.cr
        described = lowered.fndesc
        name = make_function(described.lookup_module(), described.qualname, "", 0, lowered.env, (state.library,))
        context.insert_user_function(name, described, [state.library])
        state.cr = lowered._replace(cfunc=name)
        return True


class _PartCompiler(CompilerBase):
    def define_pipelines(self) -> list[Any]:
        steps = PassManager("part")
        for stage in (Stages.define_untyped_pipeline, Stages.define_typed_pipeline):
            steps.passes.extend(stage(self.state).passes)
        for step in (IRLegalization, _LowerPart, NoPythonBackend):
            steps.add_pass(step, step.__name__)
        steps.finalize()
        return [steps]


INSIDE: dict[str, Any] = {
    **OPTIONS,
    "no_cpython_wrapper": True,  # no door of its own
    "no_cfunc_wrapper": True,
    "pipeline_class": _PartCompiler,
}


def jitted(function: F) -> F:
    """A part that is called: off the main road, or from several places."""
    return cast(F, njit(**INSIDE)(function))


def inlined(function: F) -> F:
    """A part that stands in the loop itself: what every contact passes."""
    return cast(F, njit(forceinline=True, **INSIDE)(function))
