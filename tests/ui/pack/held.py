"""What packs made one after another take on top of an idle server, as a program of its own.

``python -m tests.ui.pack.held`` does to itself what the app does at its start, then makes packs in
threads as sessions do, and prints the most that the process held meanwhile, in MB: everything,
code that is loaded for packs and the programs that they start too, less what it held when it was
ready.
"""

from __future__ import annotations

import os
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Final

import app
from benchmarks.packs import Children
from ui.pack import making
from ui.pack.asked import asked

PARTS: Final = "cover,findings,maps,ranking,comparison,scorecard,districts,methods,sources"
GUANGDONG: Final = f"/districts?region=guangdong&unit=city&parts={PARTS}"
PACKS: Final[tuple[tuple[str, making.FileFormat], ...]] = (
    (GUANGDONG, "docx"),
    (GUANGDONG, "pptx"),
    (GUANGDONG, "pdf"),
    (f"{GUANGDONG}&lang=en", "docx"),
    ("/layouts?region=chongqing", "pptx"),
    ("/clusters?region=shanghai", "pdf"),
)


def held(key: str) -> float:
    """Return a figure of this process in MB (Linux: /proc)."""
    lines = Path("/proc/self/status").read_text("ascii").splitlines()
    return next(int(each.split()[1]) / 1024 for each in lines if each.startswith(key))


def make(address: str, file_format: making.FileFormat) -> None:
    """Make a pack and drop it."""
    making.make(making.Order(asked=asked(address), file_format=file_format))


def main() -> None:
    """Measure."""
    app.prepare()
    idle = held("VmRSS:")
    most = 0.0
    for each in PACKS:
        Path("/proc/self/clear_refs").write_text("5", "ascii")  # counts the most anew
        children = Children(os.getpid())
        children.start()
        with ThreadPoolExecutor(1) as pool:
            pool.submit(make, *each).result()
        children.done.set()
        own = held("VmHWM:") - idle
        sys.stderr.write(f"{each[1]}: {own:.0f} and {children.most:.0f} MB\n")
        # As if a program that is started held most when this one did.
        most = max(most, own + children.most)
    sys.stdout.write(f"{round(most)}\n")


if __name__ == "__main__":
    main()
