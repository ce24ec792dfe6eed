"""What docstrings and guides refer to is there."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ("api", "geo", "layers", "pages", "server", "ui", "scripts", "benchmarks")
MODULES = sorted(path.relative_to(ROOT) for room in ROOMS for path in (ROOT / room).rglob("*.py"))
NAMED = re.compile(r"(?<!`)`((?:[a-z_0-9]+\.)+[A-Za-z_0-9]+)`(?!`)")
FILE = re.compile(r"`((?:[a-z_0-9]+/)+[A-Za-z_0-9./-]*)`(?:: ((?:`[A-Za-z_]+`(?:, )?)+))?")


@cache
def names(path: Path) -> set[str]:
    """What a module defines or imports, fields of its classes included."""
    found: set[str] = set()
    for node in ast.walk(ast.parse((ROOT / path).read_text("utf-8"))):
        match node:
            case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
                found.add(node.name)
            case ast.Name(ctx=ast.Store()):
                found.add(node.id)
            case ast.alias():
                found.add((node.asname or node.name).partition(".")[0])
    return found


def documentation(path: Path) -> str:
    """The docstrings of a module, also those below its constants."""
    tree = ast.parse((ROOT / path).read_text("utf-8"))
    texts = [node.value for node in ast.walk(tree) if isinstance(node, ast.Expr)]
    return "\n".join(
        text.value
        for text in texts
        if isinstance(text, ast.Constant) and isinstance(text.value, str)
    )


def is_there(reference: str) -> bool:
    """Whether `module.name`, with its packages or without, or a file's name is one of ours."""
    if any(next((ROOT / room).rglob(reference), None) for room in (*ROOMS, "data")):
        return True
    *parts, name = reference.split(".")
    holding = [path for path in MODULES if path.with_suffix("").parts[-len(parts) :] == (*parts,)]
    return Path(*parts, f"{name}.py") in MODULES or any(name in names(path) for path in holding)


def test_docstrings_name_what_is_there() -> None:
    dead = {
        f"{path}: {each}"
        for path in MODULES
        for each in NAMED.findall(documentation(path))
        if not each.startswith("st.") and not is_there(each)
    }
    assert sorted(dead) == []


@pytest.mark.parametrize("guide", ["README.md", "CONTRIBUTING.md"])
def test_guides_name_files_and_functions_that_are_there(guide: str) -> None:
    dead = []
    for path, functions in FILE.findall((ROOT / guide).read_text("utf-8")):
        if path.startswith(("build/", "data/layouts/", "web/")):  # made, an example, Streamlit's
            continue
        if not (ROOT / path).exists():
            dead.append(path)
        dead += [
            f"{path}: {each}"
            for each in re.findall(r"`(\w+)`", functions)
            if each not in names(Path(path))
        ]
    assert dead == []
