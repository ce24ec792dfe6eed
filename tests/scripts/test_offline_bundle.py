"""The archive for a server without a network installs and serves where there is no route at all."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tarfile
from typing import TYPE_CHECKING

from scripts import offline_bundle

if TYPE_CHECKING:
    from pathlib import Path

ANSWER = """
import sys, time, urllib.request
address, seconds = sys.argv[1], float(sys.argv[2])
until = time.monotonic() + seconds
while True:
    try:
        with urllib.request.urlopen(address + "/_stcore/health", timeout=5):
            break
    except OSError:
        if time.monotonic() > until:
            raise
        time.sleep(0.2)
for path in ("/", "/assets/built/atlas.js", "/api/collections/sites/items/sh-m50?f=json"):
    with urllib.request.urlopen(address + path, timeout=60) as answer:
        body = answer.read().decode()
print(body)
"""

SERVE = """
ip link set lo up
make --silent run PORT=8977 >served.log 2>&1 &
{python} -c "$ANSWER" http://127.0.0.1:8977 400 || {{ cat served.log >&2; exit 1; }}
"""


def test_bundle_needs_no_registry(tmp_path: Path) -> None:
    archive = tmp_path / "bundle.tar"
    offline_bundle.pack(archive)
    with tarfile.open(archive) as packed:
        packed.extractall(tmp_path, filter="tar")
    unshare = shutil.which("unshare")
    assert unshare is not None
    own = [unshare, "--net", *([] if os.geteuid() == 0 else ["--map-root-user"])]
    # A namespace of its own has no network but itself; with it ends all that was started there.
    served = subprocess.run(
        [*own, "--pid", "--fork", "--kill-child", "sh", "-c", SERVE.format(python=sys.executable)],
        cwd=tmp_path / offline_bundle.NAME,
        env={**os.environ, "ANSWER": ANSWER},
        capture_output=True,
        text=True,
        check=False,
    )
    assert served.returncode == 0, served.stderr
    assert json.loads(served.stdout)["id"] == "sh-m50"
