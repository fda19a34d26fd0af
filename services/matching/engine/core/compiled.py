"""numba, in one place.

Compiled kernels are kept under NUMBA_CACHE_DIR, in a folder named after the sources of all of them: numba itself does
not notice that a function changed which another file calls.
"""

import hashlib
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar, cast

import numba
from numba.core import types
from numba.extending import intrinsic

F = TypeVar("F", bound=Callable[..., Any])
T = TypeVar("T")


def _folder() -> str:
    sources = sorted(Path(__file__).parent.glob("*.py"))
    digest = hashlib.sha256(b"".join(source.read_bytes() for source in sources)).hexdigest()[:16]
    return str(Path(os.environ.get("NUMBA_CACHE_DIR", ".local/numba")) / digest)


numba.config.CACHE_DIR = _folder()  # type: ignore[attr-defined]


def kernel(function: F) -> F:
    """Compile a function on its first call; it lets other threads run meanwhile."""
    return cast("F", numba.njit(cache=True, nogil=True)(function))


def bare(value: T) -> T:
    """Return an array, or a tuple of arrays, whose references a kernel does not count; whoever calls it keeps them.

    Without, each call counts up and down for each array that it takes or passes on, in the midst of its loops.
    """
    return value


def _stripped(context: Any, builder: Any, kind: Any, value: Any) -> Any:
    """Return the value with nothing in its arrays that says who counts them."""
    if isinstance(kind, types.Array):
        array = context.make_array(kind)(context, builder, value)
        array.meminfo = array.meminfo.type(None)
        return array._getvalue()  # noqa: SLF001 (numba's own way)
    if isinstance(kind, types.BaseTuple):
        kinds: list[Any] = list(kind)  # type: ignore[call-overload]
        for at, each in enumerate(kinds):
            part = _stripped(context, builder, each, builder.extract_value(value, at))
            value = builder.insert_value(value, part, at)
    return value


@intrinsic
def _bare(_: Any, kind: Any) -> Any:
    return kind(kind), lambda context, builder, _, args: _stripped(context, builder, kind, args[0])


if not numba.config.DISABLE_JIT:  # type: ignore[attr-defined]
    bare = _bare  # type: ignore[assignment]
