"""Loops compiled by numba, kept on disk between runs, and never stale.

numba keeps one file of compiled code for each function and compares the time of *its* source only: a loop that calls
a changed function in another file would go on using the old one. So the folder of kept code is named after
the content of every file of this engine: any change begins a new folder.

Arithmetic is strict IEEE 754 (``fastmath`` off, no contraction), so the order written is the order computed; loops
release the interpreter's lock, so threads run side by side.
"""

from collections.abc import Callable
from functools import cache
from hashlib import sha256
from pathlib import Path
from threading import Lock
from typing import Any

import numba
from numba.core import config

Loop = Callable[..., Any]
_DECORATING = Lock()
_CONFIG: Any = config  # its settings are made when it is loaded


@cache
def _folder() -> str:
    here = Path(__file__).parent
    digest = sha256(numba.__version__.encode())
    for file in sorted(here.rglob("*.py")):
        digest.update(file.read_bytes())
    return str(here / "__pycache__" / f"compiled-{digest.hexdigest()[:16]}")


def kernel(function: Loop) -> Loop:
    """``function`` compiled on its first call for each kind of argument."""
    with _DECORATING:
        usual, _CONFIG.CACHE_DIR = _CONFIG.CACHE_DIR, _folder()
        try:
            made: Loop = numba.njit(cache=True, nogil=True, error_model="numpy")(function)
        finally:
            _CONFIG.CACHE_DIR = usual
    return made


def inlined(function: Loop) -> Loop:
    """A small function that becomes part of the loops that call it, so that the compiler can vectorise them."""
    made: Loop = numba.njit(inline="always", error_model="numpy")(function)
    return made
