"""What the process holds of the machine's memory."""

from __future__ import annotations

import ctypes
import ctypes.util
import gc


def trim() -> None:
    """Return freed memory to the system.

    The C library keeps what was in many small blocks unless it is told to return it: 34 MB after
    the outlines of China were joined.
    """
    gc.collect()
    library = ctypes.util.find_library("c")
    if library is not None and hasattr(ctypes.CDLL(library), "malloc_trim"):  # glibc alone has it
        ctypes.CDLL(library).malloc_trim(0)
