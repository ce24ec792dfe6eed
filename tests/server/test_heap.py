"""What breaks: a server that keeps the memory of a large list after the list is gone."""

from __future__ import annotations

import subprocess
import sys

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
