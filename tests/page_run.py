"""A page of the app run without a browser."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from streamlit.components.v2 import manifest_scanner
from streamlit.testing.v1 import AppTest

ROOT = Path(__file__).resolve().parents[1]

# Every AppTest reads what is known of every installed package, hundreds of them, to find those
# that bring components: a quarter of a second, more than most pages take. Here they stay the same.
manifest_scanner.scan_component_manifests = cache(manifest_scanner.scan_component_manifests)


def run(script: str, params: dict[str, str]) -> AppTest:
    """Run a script at an address of these parameters."""
    app = AppTest.from_file(str(ROOT / script), default_timeout=60)
    for key, value in params.items():
        app.query_params[key] = value
    return app.run()
