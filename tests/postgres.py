"""A PostgreSQL with PostGIS of the tests' own, in a folder that is gone afterwards."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pytest

from scripts import system_tools

if TYPE_CHECKING:
    from collections.abc import Iterator

USER = "chuangtu"
# Nothing outlives the tests; nobody else reaches the server: no port, a socket in a closed folder.
SETTINGS = ("fsync=off", "full_page_writes=off", "listen_addresses=", "max_connections=60")


@contextmanager
def running() -> Iterator[str]:
    """Yield the address of an empty database; the server stops behind it."""
    programs = system_tools.postgres()
    if programs is None:
        pytest.fail("No PostgreSQL with PostGIS: scripts/system_tools.py --install", pytrace=False)
    folder = Path(tempfile.mkdtemp(prefix="chuangtu-pg-", dir="/tmp"))
    data, log = folder / "data", folder / "log"

    def call(program: str, *arguments: str | Path) -> None:
        # To a file: the server keeps what pg_ctl writes to, so a pipe would never end.
        with (folder / "said").open("wb") as said:
            done = subprocess.run(
                [programs / program, "-D", data, *arguments],
                cwd=folder,
                stdin=subprocess.DEVNULL,
                stdout=said,
                stderr=said,
                check=False,
                **_owner(folder),
            )
        if done.returncode:
            told = [each.read_text("utf-8", "replace") for each in folder.glob("[ls]*")]
            pytest.fail("\n".join(told), pytrace=False)

    try:
        call("initdb", "-U", USER, "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync")
        options = " ".join(
            f"-c {each}" for each in (*SETTINGS, f"unix_socket_directories={folder}")
        )
        call("pg_ctl", "-w", "-l", log, "-o", options, "start")
        try:
            yield f"postgresql://{USER}@/postgres?host={quote(str(folder))}"
        finally:
            call("pg_ctl", "-w", "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder)


def _owner(folder: Path) -> dict[str, Any]:
    """Return whom the server runs as: PostgreSQL refuses to be root."""
    if os.geteuid() != 0:
        return {}
    user = pwd.getpwnam("postgres")
    os.chown(folder, user.pw_uid, user.pw_gid)
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
