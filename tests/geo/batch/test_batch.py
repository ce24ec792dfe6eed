"""What breaks: a point lost between parts, a figure that hangs on who computes, a silent fault."""

from __future__ import annotations

import logging
import os
import re
import signal
import socket
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import fsspec
import geopandas as gpd
import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from geo import counting, coverage
from geo.batch import cluster as clusters
from geo.batch import inputs, run, tasks
from geo.batch.__main__ import main
from geo.batch.inputs import Part
from geo.batch.kept_parts import KeptParts
from geo.measures import nearest
from tests.geo import toy

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from geo.measures.point_files import Columns
    from tests.geo.batch.conftest import Cluster

FILES, POINTS = 4, 300


def positions(seed: int) -> pd.DataFrame:
    draws = np.random.default_rng(seed)
    return pd.DataFrame(
        {
            "lon": draws.uniform(121.35, 121.65, POINTS),
            "lat": draws.uniform(31.05, 31.35, POINTS),
            "kind": draws.choice(["film", "games"], POINTS),
        }
    )


@pytest.fixture
def points(tmp_path: Path) -> Path:
    """A folder of files with two row groups each."""
    folder = tmp_path / "points"
    folder.mkdir()
    for seed in range(FILES):
        positions(seed).to_parquet(folder / f"{seed}.parquet", row_group_size=POINTS // 2)
    return folder


@pytest.fixture
def quarters(tmp_path: Path) -> Path:
    file = tmp_path / "quarters.geojson"
    toy.quarters().rename_axis("adcode").reset_index().to_file(file)
    return file


@pytest.fixture
def small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """A task for each row group, added in pairs."""
    monkeypatch.setattr(inputs, "ROWS", 1)
    monkeypatch.setattr(run, "BRANCHES", 2)


def all_points() -> pd.DataFrame:
    return pd.concat([positions(seed) for seed in range(FILES)])


def last_line(capsys: pytest.CaptureFixture[str]) -> str:
    return capsys.readouterr().out.splitlines()[-1]


def test_files_are_counted_as_their_points_are(
    points: Path, quarters: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "counts.csv"
    words = [str(points), "--districts", str(quarters), "--out", str(out)]
    assert main([*words, "--category", "kind", "--measure", "counts,density"]) == 0
    every = all_points()
    expected = counting.tally(every["lon"], every["lat"], toy.quarters(), category=every["kind"])
    table = pd.read_csv(out, dtype={"adcode": str}, index_col="adcode")
    assert list(table)[:3] == ["n", "n_film", "n_games"]
    assert table["n"].to_dict() == expected.counts.sum(axis=1).to_dict()
    assert table["n_games"].to_dict() == expected.counts["games"].to_dict()
    np.testing.assert_allclose(table["per_100_km2"], 100 * table["n"] / table["area_km2"])
    assert last_line(capsys) == (
        f"points {FILES * POINTS}, inside {expected.inside}, outside {expected.outside}, rejected 0"
    )
    assert [each.name for each in tmp_path.glob("*.parts")] == []


def test_points_without_a_category_have_a_column_that_says_so(
    quarters: Path, tmp_path: Path
) -> None:
    points, out = tmp_path / "points.parquet", tmp_path / "counts.csv"
    frame = positions(0)
    frame.assign(kind=frame["kind"].where(frame["kind"] != "film")).to_parquet(points)
    words = [str(points), "--districts", str(quarters), "--out", str(out)]
    assert main([*words, "--category", "kind"]) == 0
    table = pd.read_csv(out, index_col="adcode")
    assert list(table) == ["n", "n_games", "n_without_kind"]
    assert (table["n_games"] + table["n_without_kind"]).equals(table["n"])


def test_a_radius_that_nothing_is_measured_by_is_refused(
    points: Path, quarters: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = [str(points), "--districts", str(quarters), "--out", str(tmp_path / "counts.csv")]
    assert main([*words, "--radius", "1000"]) == 2
    assert "--radius: expected --measure coverage or nearest with it" in capsys.readouterr().err


def test_folders_patterns_and_stores_lead_to_the_same_files(points: Path) -> None:
    names = sorted(str(each) for each in points.iterdir())
    assert inputs.files([str(points)]) == names
    assert inputs.files([f"{points}/*.parquet", names[0]]) == names
    store = fsspec.filesystem("memory")
    store.pipe("/far/a.parquet", (points / "0.parquet").read_bytes())
    (file,) = inputs.files(["memory://far/"])
    far, near = (counting.count_parquet(each, toy.quarters()) for each in (file, names[0]))
    assert far.to_dict() == near.to_dict()


@pytest.mark.usefixtures("small_parts")
def test_coverage_in_parts_is_that_of_all_points(
    points: Path, quarters: Path, tmp_path: Path
) -> None:
    out = tmp_path / "figures.csv"
    words = [str(points), "--districts", str(quarters), "--out", str(out)]
    assert main([*words, "--measure", "coverage", "--radius", "200,900"]) == 0
    every = all_points()
    sites = toy.sites(list(zip(every["lon"], every["lat"], strict=True)))
    table = pd.read_csv(out)
    for radius in (200, 900):
        whole = coverage.coverage(sites, toy.quarters(), radius_m=radius)
        # Points out of reach are passed by: sums are the same, their roundings are not.
        np.testing.assert_allclose(table[f"share_{radius}m"], whole["share"], rtol=0, atol=1e-11)
        assert table[f"n_reaching_{radius}m"].to_list() == whole["n_reaching"].to_list()


@pytest.fixture
def parks(tmp_path: Path) -> Path:
    """A file of points, one of them not located."""
    file = tmp_path / "parks.geojson"
    toy.sites([(121.42, 31.13), None, (121.58, 31.21), (121.8, 31.2)]).to_file(file)
    return file


def test_distances_do_not_hang_on_how_files_are_cut_nor_on_the_kind_of_the_sites_file(
    points: Path, quarters: Path, parks: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole, cut, columns = (tmp_path / name for name in ("whole.csv", "cut.csv", "parks.parquet"))
    words = [str(points), "--districts", str(quarters), "--measure", "nearest"]
    words += ["--radius", "2000,9000"]
    assert main([*words, "--sites", str(parks), "--out", str(whole)]) == 0
    sites = gpd.read_file(parks)
    sites.get_coordinates().set_axis(["lon", "lat"], axis=1).to_parquet(columns)
    monkeypatch.setattr(inputs, "ROWS", 1)
    monkeypatch.setattr(run, "BRANCHES", 2)
    assert main([*words, "--sites", str(columns), "--out", str(cut)]) == 0
    assert cut.read_bytes() == whole.read_bytes()

    every = all_points()
    places = toy.sites(list(zip(every["lon"], every["lat"], strict=True)))
    held = places.sjoin(toy.quarters())["index_right"]
    metres = nearest.nearest(places, sites).loc[held.index, "metres"]
    table = pd.read_csv(whole, dtype={"adcode": str}, index_col="adcode")
    # Distances are added in whole centimetres.
    mean = metres.groupby(held.to_numpy()).mean().reindex(table.index)
    np.testing.assert_allclose(table["nearest_mean_m"], mean, atol=0.005)
    assert table["nearest_mean_m"].notna().any()
    for radius in (2000, 9000):
        near = (metres <= radius).groupby(held.to_numpy()).sum().reindex(table.index, fill_value=0)
        assert table[f"nearest_within_{radius}m"].to_list() == near.to_list()


def test_distances_need_sites_with_a_position(
    points: Path, quarters: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    nowhere, areas = tmp_path / "nowhere.parquet", str(quarters)
    pd.DataFrame({"lon": [np.nan, 200.0], "lat": [31.0, 31.0]}).to_parquet(nowhere)
    words = [str(points), "--districts", areas, "--out", str(tmp_path / "figures.csv")]
    asked = ["--measure", "nearest"]
    for wrong, said in [
        (asked, "expected both or none"),
        (["--sites", areas], "expected both or none"),
        ([*asked, "--sites", str(nowhere)], f"--sites {nowhere}: found no position"),
        ([*asked, "--sites", areas], f"--sites {areas}: sites, geometry: no point at row"),
        ([*asked, "--sites", "absent.parquet"], "absent.parquet: found no file"),
    ]:
        assert main([*words, *wrong]) == 2
        assert said in capsys.readouterr().err


@pytest.mark.usefixtures("small_parts")
def test_a_run_that_was_stopped_goes_on_from_what_it_finished(
    points: Path,
    quarters: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    once, again = tmp_path / "once.csv", tmp_path / "again.csv"
    words = [str(points), "--districts", str(quarters), "--out"]
    assert main([*words, str(once)]) == 0
    count, counted, most = tasks.count, list[Part](), 3
    write, kept = KeptParts.write, threading.Event()

    def keep(self: KeptParts, key: str, frame: pd.DataFrame) -> None:
        write(self, key, frame)
        kept.set()

    def noted(part: Part, districts: gpd.GeoDataFrame, columns: Columns) -> pd.DataFrame:
        counted.append(part)
        if len(counted) > most:
            assert kept.wait(60)
            raise KeyboardInterrupt
        return count(part, districts, columns)

    monkeypatch.setattr(tasks, "count", noted)
    monkeypatch.setattr(KeptParts, "write", keep)
    assert main([*words, str(again)]) == 130
    assert "the same command goes on from there" in capsys.readouterr().err
    finished = {each.name for each in (tmp_path / "again.csv.parts").iterdir()}
    assert 0 < len(finished) <= 3
    # A file that changed meanwhile is read anew.
    changed = points / "3.parquet"
    positions(3).to_parquet(changed)
    most = 2 * FILES
    counted.clear()
    assert main([*words, str(again)]) == 0
    of_changed = sum(each.path == str(changed) for each in counted)
    assert of_changed == 1
    assert len(counted) - of_changed == 2 * (FILES - 1) - len(finished)
    assert again.read_bytes() == once.read_bytes()
    assert not (tmp_path / "again.csv.parts").exists()


def _cut_off(points: Path) -> None:
    whole = (points / "1.parquet").read_bytes()
    (points / "1.parquet").write_bytes(whole[:-30])


def _damaged_inside(points: Path) -> None:
    content = bytearray((points / "1.parquet").read_bytes())
    content[4:400] = bytes(396)
    (points / "1.parquet").write_bytes(content)


def _without_a_column(points: Path) -> None:
    positions(1).drop(columns="lat").to_parquet(points / "1.parquet")


def _in_metres(points: Path) -> None:
    sites = toy.sites([(121.5, 31.2)]).to_crs("EPSG:4547").assign(lon=1.0, lat=1.0)
    sites.to_parquet(points / "1.parquet")


@pytest.mark.usefixtures("small_parts")
@pytest.mark.parametrize("spoil", [_cut_off, _damaged_inside, _without_a_column, _in_metres])
def test_a_file_that_cannot_be_read_is_named_and_left_out_on_request(
    spoil: object,
    points: Path,
    quarters: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert callable(spoil)
    spoil(points)
    out = tmp_path / "counts.csv"
    words = [str(points), "--districts", str(quarters), "--out", str(out)]
    assert main(words) == 2
    (said,) = re.findall("nothing was written: .*", capsys.readouterr().err)
    assert str(points / "1.parquet") in said
    assert not out.exists()
    assert main([*words, "--keep-going"]) == 0
    printed = capsys.readouterr()
    assert f"{points / '1.parquet'}: left out" in printed.err
    assert printed.out.startswith(f"points {(FILES - 1) * POINTS}, ")


def test_what_is_no_position_is_rejected_with_examples(
    quarters: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "points.parquet"
    lon, lat = [121.45, 31.15, np.nan, np.inf, 0], [31.15, 121.45, 31.15, 31.15, 0]
    pq.write_table(pa.table({"x": lon, "y": lat}), file)
    out = str(tmp_path / "counts.csv")
    named = ["--lon", "x", "--lat", "y"]
    assert main([str(file), "--districts", str(quarters), "--out", out, *named]) == 0
    printed = capsys.readouterr()
    assert printed.out == "points 5, inside 1, outside 1, rejected 3\n"
    assert "(31.15, 121.45)" in printed.err


def test_districts_are_those_of_a_region_or_of_a_file(
    tmp_path: Path, points: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out, file = tmp_path / "counts.csv", tmp_path / "areas.parquet"
    gpd.GeoDataFrame(geometry=toy.quarters().geometry.to_numpy(), crs=toy.CRS).to_parquet(file)
    one = str(points / "0.parquet")
    assert main([one, "--districts", str(file), "--out", str(out)]) == 0
    assert pd.read_csv(out)["adcode"].to_list() == [1, 2, 3, 4]
    assert main([one, "--districts", "shanghai", "--out", str(out)]) == 0
    assert len(pd.read_csv(out)) == 16
    (tmp_path / "text.geojson").write_text("no polygons")
    for wrong, said in {
        "nowhere": "no such file, and unknown region 'nowhere'",
        str(tmp_path / "text.geojson"): "no file of shapes that can be read",
    }.items():
        capsys.readouterr()
        assert main([one, "--districts", wrong, "--out", str(out)]) == 2
        assert said in capsys.readouterr().err


@pytest.fixture
def other_server() -> Iterator[str]:
    """Address of a server that is no scheduler."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def answer() -> None:
            while True:
                try:
                    taken, _ = server.accept()
                except OSError:
                    return
                with taken:
                    taken.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")

        thread = threading.Thread(target=answer)
        thread.start()
        host, port = server.getsockname()
        yield f"tcp://{host}:{port}"
        server.shutdown(socket.SHUT_RDWR)
        thread.join()


def test_a_scheduler_that_does_not_answer_is_said_to_be_absent_in_time(
    points: Path,
    tmp_path: Path,
    other_server: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert clusters.ANSWER_S < 10
    monkeypatch.setattr(clusters, "ANSWER_S", 0.5)
    words = [str(points), "--districts", "shanghai", "--out", str(tmp_path / "counts.csv")]
    for address in ("tcp://127.0.0.1:1", "no address", other_server):
        assert main([*words, "--scheduler", address]) == 2
        (line,) = capsys.readouterr().err.splitlines()
        assert f"{address}: no scheduler of dask.distributed answers there" in line


@pytest.mark.usefixtures("small_parts")
def test_a_cluster_that_loses_a_worker_gives_what_one_process_gives(
    points: Path, quarters: Path, parks: Path, tmp_path: Path, cluster: Cluster
) -> None:
    figures = ["--measure", "density,coverage,nearest", "--radius", "800", "--category", "kind"]
    figures += ["--sites", str(parks)]
    words = [str(points), "--districts", str(quarters), *figures, "--out"]
    assert main([*words, str(tmp_path / "alone.csv")]) == 0
    # A worker that stands still takes tasks and finishes none: they are lost with it.
    os.kill(cluster.workers["other"], signal.SIGSTOP)
    with ThreadPoolExecutor(1) as beside:
        lost = beside.submit(_killed_once_it_has_tasks, cluster, "other")
        shared = [*words, str(tmp_path / "shared.csv"), "--scheduler", cluster.address]
        assert main(shared) == 0
        assert lost.result()
    assert (tmp_path / "shared.csv").read_bytes() == (tmp_path / "alone.csv").read_bytes()
    # A lost scheduler is said in one line, without the traceback of the client's own log.
    assert not logging.getLogger("distributed.client").isEnabledFor(logging.ERROR)


def _killed_once_it_has_tasks(cluster: Cluster, name: str) -> tuple[str, ...]:
    """Kill a worker that has tasks; return them."""
    known = cluster.client.scheduler_info(n_workers=-1)["workers"]
    (address,) = (each for each, worker in known.items() if worker["name"] == name)
    deadline, pause = time.monotonic() + 60, threading.Event()
    while not (tasks_ := cluster.client.processing()[address]) and time.monotonic() < deadline:
        pause.wait(0.1)
    os.kill(cluster.workers[name], signal.SIGKILL)
    return tuple(tasks_)
