"""What breaks: a server that keeps the memory of a large list after the list is gone."""

from __future__ import annotations

import gc
import subprocess
import sys

from server import heap

KEPT_MB = 60

LARGE = """
import pyarrow as pa
import pyarrow.compute as pc
from server import heap

def resident():
    with open("/proc/self/statm") as file:
        return int(file.read().split()[1]) * 4096 / 1e6

heap.take_system_memory()
before = resident()
columns = [pc.binary_repeat(pa.array(["x" * 40]), 400_000) for _ in range(10)]
filled = resident()
del columns
print(filled - before, resident() - before)
"""


def test_what_tables_took_is_given_back() -> None:
    run = subprocess.run([sys.executable, "-c", LARGE], capture_output=True, text=True, check=True)
    filled, kept = map(float, run.stdout.split())
    assert filled > 2 * KEPT_MB
    assert kept < KEPT_MB


def test_what_stays_is_no_longer_looked_through_for_what_can_go() -> None:
    stays: list[list[int]] = [[]]
    try:
        heap.keep()
        later: list[list[int]] = [[]]
        looked_through = {*map(id, gc.get_objects())}
    finally:
        gc.unfreeze()
    assert id(stays) not in looked_through
    assert id(later) in looked_through
