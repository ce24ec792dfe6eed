"""What both homes of workspaces hold: the same tests on a folder and on PostGIS."""

from __future__ import annotations

import logging
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings

from geo.errors import InputError, NewerVersionError, ReadOnlyKeyError, UnknownKeyError
from geo.workspaces import keys
from geo.workspaces.difference import difference
from geo.workspaces.folder import Folder
from tests.geo.workspaces import toy

if TYPE_CHECKING:
    from geo.workspaces.content import Workspace
    from geo.workspaces.store import Store

ROOT = Path(__file__).resolve().parents[3]
SESSIONS = 20


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=20)
@given(content=toy.WORKSPACES)
def test_what_is_saved_comes_back(store: Store, content: Workspace) -> None:
    opened = store.open(store.create(content).read)
    assert difference(content, opened.content).empty
    assert opened.content == content


def test_the_read_link_reads_and_the_write_link_writes(store: Store) -> None:
    made = store.create(toy.workspace())
    reading, writing = store.open(made.read), store.open(made.write)
    assert (reading.writable, writing.writable) == (False, True)
    assert reading.content == writing.content == toy.workspace()
    for write in (
        lambda: store.save(made.read, toy.workspace("b"), based_on=1),
        lambda: store.delete(made.read),
        lambda: store.renew(made.read),
    ):
        with pytest.raises(ReadOnlyKeyError):
            write()
    assert store.open(made.read) == reading


def test_a_read_link_says_nothing_of_the_write_link(store: Store) -> None:
    made = store.create(toy.workspace())
    assert keys.read_key(made.write) == made.read
    guessed = made.read + keys.new().read
    assert not store.open(guessed).writable
    with pytest.raises(ReadOnlyKeyError):
        store.save(guessed, toy.workspace(), based_on=1)


def test_a_write_link_that_is_renewed_only_reads(store: Store) -> None:
    made = store.create(toy.workspace())
    renewed = store.renew(made.write)
    assert renewed.read == made.read
    assert not store.open(made.write).writable
    with pytest.raises(ReadOnlyKeyError):
        store.save(made.write, toy.workspace("b"), based_on=1)
    assert store.save(renewed.write, toy.workspace("b"), based_on=1).number == 2


@pytest.mark.parametrize("key", ["", "a", "../../etc/passwd", "é" * 32, "x" * 32, "x" * 64])
def test_a_link_of_no_workspace_opens_none(store: Store, key: str) -> None:
    for use in (
        store.open,
        store.versions,
        store.delete,
        store.renew,
        lambda key: store.save(key, toy.workspace(), based_on=1),
    ):
        with pytest.raises(UnknownKeyError) as refused:
            use(key)
        assert len(key) < keys.LENGTH or key not in str(refused.value)


def test_every_save_is_a_version_that_opens(store: Store) -> None:
    made = store.create(toy.workspace("1"))
    for number in (2, 3):
        saved = store.save(made.write, toy.workspace(str(number)), based_on=number - 1)
        assert (saved.number, saved.base, saved.beside) == (number, number - 1, None)
    versions = store.versions(made.read)
    assert [each.number for each in versions] == [1, 2, 3]
    assert [store.open(made.read, version=each).content.name for each in (1, 2, 3)] == [*"123"]
    now = store.open(made.read)
    assert (now.content.name, now.version) == ("3", versions[2])
    assert now.created == versions[0].saved <= versions[2].saved
    with pytest.raises(InputError, match="expected 1 to 3"):
        store.open(made.read, version=4)


def test_a_save_over_a_newer_one_is_refused_and_both_are_kept(store: Store) -> None:
    made = store.create(toy.workspace())
    theirs = toy.renamed(toy.workspace(), "theirs")
    mine = toy.renamed(toy.workspace(), "mine")
    store.save(made.write, theirs, based_on=1)
    with pytest.raises(NewerVersionError) as refused:
        store.save(made.write, mine, based_on=1)
    told = refused.value
    assert (told.base, told.theirs, told.yours) == (1, 2, 3)
    assert store.open(made.read).content == theirs
    assert store.open(made.read, version=told.yours).content == mine
    assert [each.beside for each in store.versions(made.read)] == [None, None, 2]
    between = difference(
        store.open(made.read, version=told.yours).content,
        store.open(made.read, version=told.theirs).content,
    )
    assert between[["table", "key", "column", "before", "after"]].to_numpy().tolist() == [
        ["sites", ("w0",), "name", "mine", "theirs"]
    ]
    merged = store.save(made.write, mine, based_on=told.theirs)
    assert (merged.number, merged.beside) == (4, None)


def test_a_save_of_what_never_was_is_refused(store: Store) -> None:
    made = store.create(toy.workspace())
    for number in (0, 2, -1):
        with pytest.raises(InputError, match="based_on"):
            store.save(made.write, toy.workspace("b"), based_on=number)
    assert len(store.versions(made.read)) == 1


def test_twenty_sessions_save_at_once_and_nothing_is_lost(store: Store) -> None:
    """One stands, the others are kept beside it, each told which is which."""
    made = store.create(toy.workspace("0"))

    def save(name: str) -> tuple[bool, int]:
        try:
            return True, store.save(made.write, toy.workspace(name), based_on=1).number
        except NewerVersionError as refused:
            return False, refused.yours

    names = [f"session {each}" for each in range(SESSIONS)]
    with ThreadPoolExecutor(SESSIONS) as sessions:
        saved = dict(zip(names, sessions.map(save, names), strict=True))
    (stands,) = [number for stood, number in saved.values() if stood]
    assert {
        name: store.open(made.read, version=number).content.name
        for name, (_, number) in saved.items()
    } == dict(zip(names, names, strict=True))
    beside = {each.number: each.beside for each in store.versions(made.read)[1:]}
    assert beside == {number: None if stood else stands for stood, number in saved.values()}


@pytest.mark.parametrize("home", ["folder", "database"])
def test_a_process_killed_in_a_save_leaves_what_was_or_what_is(
    home: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    where = tmp_path if home == "folder" else request.getfixturevalue("database_url")
    done = subprocess.run(
        [sys.executable, "-m", "tests.geo.workspaces.killed_saves", str(where)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    before, after, between = map(int, done.stdout.split())
    assert (before + after, between) == (100, 0)
    assert before > 0


def test_deleting_deletes(store: Store, tmp_path: Path) -> None:
    made, other = store.create(toy.workspace()), store.create(toy.workspace("other"))
    store.save(made.write, toy.workspace("b"), based_on=1)
    store.delete(made.write)
    for key in (made.read, made.write):
        with pytest.raises(UnknownKeyError):
            store.open(key)
    assert store.open(other.read).content.name == "other"
    store.delete(other.write)
    assert [*tmp_path.rglob("*.*")] == []


def test_no_key_is_kept_or_logged(
    store: Store, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    made = store.create(toy.workspace())
    store.save(made.write, toy.workspace("b"), based_on=1)
    renewed = store.renew(made.write)
    with pytest.raises(ReadOnlyKeyError) as refused:
        store.delete(made.write)
    secrets = [made.read, made.write[keys.LENGTH :], renewed.write[keys.LENGTH :]]
    said = caplog.text + repr(refused.value) + repr(made)
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    for secret in secrets:
        assert secret not in said
        assert [path for path in files if secret in path.name] == []
        assert [path for path in files if secret.encode() in path.read_bytes()] == []
    assert isinstance(store, Folder) == bool(files)


def test_a_workspace_of_5000_sites_opens_within_a_second(store: Store) -> None:
    columns = {f"column {each}": [f"text {row}" for row in range(5000)] for each in range(20)}
    made = store.create(toy.workspace(sites=toy.sites(5000, **columns)))
    started = time.process_time()  # whatever else the machine does
    opened = store.open(made.read)
    assert time.process_time() - started < 1
    assert len(opened.content.sites) == 5000
