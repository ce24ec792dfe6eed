"""Pages of 100 features from the app's API, against pygeoapi's own GeoJSON provider.

Run from the root of the repository: ``python -m benchmarks.api``. Needs wrk (Debian: apt-get
install wrk). Exits with 1 when the app answers less than 2.5 times as many requests a second, when
its 99th percentile is above the peer's median, or when any request failed.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import urllib.parse
import urllib.request
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geo.facts import catalog
from geo.files import geojson
from scripts import app_server

if TYPE_CHECKING:
    from collections.abc import Iterator

LEAST_RATIO = 2.5
CONNECTIONS = 20
PAGE = "/collections/sites/items?f=json&limit=100"
MORE_PAGES = 400
"""Pages that begin with another row each, so that hardly one is remembered from before."""
UNIT_MS = {"us": 1e-3, "ms": 1.0, "s": 1e3, "m": 6e4}


@dataclass(frozen=True)
class Load:
    """What wrk measured in one run.

    Parameters
    ----------
    per_second : float
        Requests answered a second.
    median_ms, p99_ms : float
        Latency in milliseconds.
    failed : int
        Requests without an answer, or with another status than 2xx or 3xx.
    """

    per_second: float
    median_ms: float
    p99_ms: float
    failed: int


def measure(address: str, *, seconds: int, script: Path | None = None) -> Load:
    """Ask for one address again and again over 20 connections, or for those of a script."""
    command = ["wrk", "-t2", f"-c{CONNECTIONS}", f"-d{seconds}s", "--latency", address]
    command += ["-s", str(script)] if script else []
    told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    failed = sum(int(n) for n in re.findall(r"(?:connect|read|write|timeout) (\d+)", told))
    refused = re.search(r"Non-2xx or 3xx responses: (\d+)", told)
    rate = re.search(r"Requests/sec:\s+([\d.]+)", told)
    return Load(
        per_second=float(rate[1]) if rate else 0.0,
        median_ms=percentile(told, 50),
        p99_ms=percentile(told, 99),
        failed=failed + (int(refused[1]) if refused else 0),
    )


def percentile(told: str, share: int) -> float:
    """Return a percentile of the latency, in milliseconds, from what wrk printed."""
    found = re.search(rf"^\s+{share}%\s+([\d.]+)(us|ms|s|m)\s*$", told, re.MULTILINE)
    if found is None:
        raise RuntimeError(f"wrk printed no {share}th percentile:\n{told}")
    return float(found[1]) * UNIT_MS[found[2]]


@contextmanager
def stock(folder: Path) -> Iterator[str]:
    """Serve the same rows with pygeoapi as it ships; yield the address of its API."""
    rows = folder / "sites.geojson"
    rows.write_bytes(geojson.feature_collection(catalog.sites(scope=catalog.WIDE)))
    port = app_server.free_port()
    address = f"http://127.0.0.1:{port}"
    # JSON is YAML.
    (folder / "config.yml").write_text(json.dumps(configuration(address, rows)), "utf-8")
    (folder / "openapi.yml").write_text('{"openapi": "3.0.2", "paths": {}}', "utf-8")
    paths = {"PYGEOAPI_CONFIG": "config.yml", "PYGEOAPI_OPENAPI": "openapi.yml"}
    server = ["-m", "uvicorn", "pygeoapi.starlette_app:APP", "--port", str(port)]
    with (
        (folder / "stock.log").open("wb") as log,
        subprocess.Popen(
            [sys.executable, *server, "--log-level", "warning", "--no-access-log"],
            env=os.environ | {name: str(folder / path) for name, path in paths.items()},
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
        ) as process,
    ):
        try:
            app_server.wait_until_healthy(process, port, folder / "stock.log", path=PAGE)
            yield address
        finally:
            process.terminate()


@contextmanager
def served(log: Path) -> Iterator[str]:
    """Serve the app; yield its address."""
    with app_server.running(log) as server:
        yield server.address


def configuration(address: str, rows: Path) -> dict[str, Any]:
    """Return the configuration of pygeoapi's own GeoJSON provider."""
    provider = {"type": "feature", "name": "GeoJSON", "data": str(rows), "id_field": "id"}
    about = {"title": "Sites", "description": "Sites", "keywords": ["sites"]}
    extents = {"spatial": {"bbox": [-180, -90, 180, 90]}}
    collection = about | {"type": "collection", "extents": extents, "providers": [provider]}
    return {
        "server": {
            "bind": {"host": "127.0.0.1", "port": 80},
            "url": address,
            "languages": ["en-US"],
            "limits": {"default_items": 100, "max_items": 1000},
        },
        "logging": {"level": "ERROR"},
        "metadata": {
            "identification": about | {"terms_of_service": "none", "url": address},
            "license": {"name": "none", "url": address},
            "provider": {"name": "none", "url": address},
            "contact": {"name": "none"},
        },
        "resources": {"sites": collection},
    }


def asked(address: str) -> dict[str, Any]:
    """Return what an address answers."""
    with urllib.request.urlopen(address, timeout=30) as answer:  # noqa: S310 - http
        found: dict[str, Any] = json.load(answer)
        return found


def anywhere(folder: Path, address: str) -> Path:
    """Write a script for wrk that asks for another page each time."""
    path = urllib.parse.urlsplit(address + PAGE)
    script = folder / "anywhere.lua"
    script.write_text(
        "request = function()\n"
        f'  return wrk.format("GET", "{path.path}?{path.query}&offset=" '
        f".. math.random(0, {MORE_PAGES}))\n"
        "end\n",
        "ascii",
    )
    return script


def compare(ours: str, theirs: str, folder: Path, *, rounds: int, seconds: int) -> bool:
    """Measure both in turns, print a table; whether every target is kept."""
    pages = [asked(each + PAGE) for each in (ours, theirs)]
    ids = [[feature["id"] for feature in page["features"]] for page in pages]
    if ids[0] != ids[1] or len(ids[0]) != 100:
        raise RuntimeError("the two do not answer with the same 100 features")
    own, peer, spread = [], [], []
    for _ in range(rounds):
        peer.append(measure(theirs + PAGE, seconds=seconds))
        own.append(measure(ours + PAGE, seconds=seconds))
        script = anywhere(folder, ours)
        spread.append(measure(ours + PAGE, seconds=seconds, script=script))
    print("| what | requests a second | median ms | p99 ms | failed |\n|---|---|---|---|---|")
    runs = {"this project": own, "this project, any page": spread, "pygeoapi, GeoJSON": peer}
    for name, loads in runs.items():
        rate, median, p99 = (
            statistics.median(getattr(each, field) for each in loads)
            for field in ("per_second", "median_ms", "p99_ms")
        )
        failed = sum(each.failed for each in loads)
        print(f"| {name} | {rate:.0f} | {median:.1f} | {p99:.1f} | {failed} |")
    ratio = min(times(each, peer, "per_second", "per_second") for each in (own, spread))
    calm = max(times(each, peer, "p99_ms", "median_ms") for each in (own, spread))
    failed = sum(each.failed for each in own + spread)
    kept = ratio >= LEAST_RATIO and calm < 1 and failed == 0
    print(
        f"\n{ratio:.1f} times as many (asked: {LEAST_RATIO}), our p99 {calm:.2f} of the peer's "
        f"median (allowed: 1), {failed} failed: {'kept' if kept else 'MISSED'}"
    )
    return kept


def times(own: list[Load], peer: list[Load], ours: str, theirs: str) -> float:
    """Return one figure of ours over one of the peer's: the median of the rounds."""
    pairs = zip(own, peer, strict=True)
    return float(statistics.median(getattr(a, ours) / getattr(b, theirs) for a, b in pairs))


def main() -> int:
    """Print a table of loads; return the exit code."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument("--seconds", type=int, default=5)
    options.add_argument("--ours", help="address of an app that is already running")
    given = options.parse_args()
    if shutil.which("wrk") is None:
        print("wrk is not installed; on Debian and Ubuntu: apt-get install wrk", file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory() as name, stock(Path(name)) as theirs:
        app = nullcontext(given.ours.rstrip("/")) if given.ours else served(Path(name, "app.log"))
        with app as address:
            ours = f"{address}/api"
            kept = compare(ours, theirs, Path(name), rounds=given.rounds, seconds=given.seconds)
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
