"""Pages run on another folder of facts: a process of its own, as every process has one folder.

Reads pages from standard input as JSON, a list of names and parameters, and writes what each
shows to a file; Streamlit itself prints an error of a page to standard output.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path

from tests import page_run
from ui.cached import base_documents

MAP = re.compile(r"assets/map/([\w.-]+\.json)")


@dataclass(frozen=True)
class Shown:
    """What a page shows: its words, what went wrong, and the units of each of its maps."""

    words: str
    exceptions: list[str]
    warnings: list[str]
    maps: list[list[str]]
    files: list[str]


def pages(data: Path, *wanted: tuple[str, dict[str, str]]) -> list[Shown]:
    """Run pages, given by name and parameters, on a folder of facts."""
    with tempfile.NamedTemporaryFile("r", suffix=".json", encoding="utf-8") as told:
        done = subprocess.run(
            [sys.executable, "-W", "error", "-m", "tests.pages.other_facts", told.name],
            cwd=page_run.ROOT,
            env=os.environ | {"CHUANGTU_DATA": str(data)},
            input=json.dumps(wanted),
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return [Shown(**each) for each in json.load(told)]


def run(name: str, params: dict[str, str]) -> Shown:
    app = page_run.run(f"pages/{name}.py", params)
    maps = []
    for component in app.get("bidi_component"):
        for document in MAP.findall(str(component.proto.json)):
            content = base_documents.by_name(document)
            assert content is not None, document
            units = json.loads(content)["districts"]["features"]
            maps.append([unit["properties"]["id"] for unit in units])
    return Shown(
        words=" ".join(str(element.proto.body) for element in app.get("html")),
        exceptions=[str(each.value) for each in app.exception],
        warnings=[str(each.value) for each in app.warning],
        maps=maps,
        files=[str(each.proto.label) for each in app.get("download_button")],
    )


if __name__ == "__main__":
    shown = [asdict(run(*each)) for each in json.load(sys.stdin)]
    Path(sys.argv[1]).write_text(json.dumps(shown), "utf-8")
