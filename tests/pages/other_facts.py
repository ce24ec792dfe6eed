"""Pages run on another folder of facts: a process of its own, as every process has one folder.

It is a fork of one that has imported all that pages need, and read nothing: to import takes longer
than most pages do.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import re
import warnings
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, ParamSpec, TypeVar

from tests import page_run
from ui.cached import base_documents

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

P = ParamSpec("P")
R = TypeVar("R")

_IMPORTED = multiprocessing.get_context("forkserver")
_IMPORTED.set_forkserver_preload(["tests.pages.changed_facts"])  # which imports this one

MAP = re.compile(r"assets/map/([\w.-]+\.json)")


@dataclass(frozen=True)
class Shown:
    """What a page shows: its words, what went wrong, and the units of each of its maps."""

    words: str
    exceptions: list[str]
    warnings: list[str]
    maps: list[list[str]]
    files: list[str]


def elsewhere(data: Path, work: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
    """Return what work comes to on a folder of facts; a warning there is an error."""
    with ProcessPoolExecutor(
        1, mp_context=_IMPORTED, initializer=_begin, initargs=(str(data),)
    ) as process:
        return process.submit(work, *args, **kwargs).result()


def _begin(data: str) -> None:
    warnings.simplefilter("error")
    os.environ["CHUANGTU_DATA"] = data


def pages(data: Path, *wanted: tuple[str, dict[str, str]]) -> list[Shown]:
    """Run pages, given by name and parameters, on a folder of facts."""
    return elsewhere(data, _run_all, wanted)


def _run_all(wanted: tuple[tuple[str, dict[str, str]], ...]) -> list[Shown]:
    return [run(*each) for each in wanted]


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
