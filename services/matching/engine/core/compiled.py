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

F = TypeVar("F", bound=Callable[..., Any])


def _folder() -> str:
    sources = sorted(Path(__file__).parent.glob("*.py"))
    digest = hashlib.sha256(b"".join(source.read_bytes() for source in sources)).hexdigest()[:16]
    return str(Path(os.environ.get("NUMBA_CACHE_DIR", ".local/numba")) / digest)


numba.config.CACHE_DIR = _folder()  # type: ignore[attr-defined]


def kernel(function: F) -> F:
    """Compile a function on its first call; it lets other threads run meanwhile."""
    return cast("F", numba.njit(cache=True, nogil=True)(function))
