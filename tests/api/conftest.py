"""The API alone, served on a loopback port for the session, and a small collection."""

from __future__ import annotations

import json
import socket
import threading
from typing import TYPE_CHECKING

import numpy as np
import pytest
import shapely
import uvicorn
from starlette.applications import Starlette

from api import mount
from api.collection import Collection, Written
from tests.api.client import Client

if TYPE_CHECKING:
    from collections.abc import Iterator

    from shapely.geometry.base import BaseGeometry

TRIANGLE = shapely.Polygon([(0, 0), (10, 0), (0, 10)])
SHAPES = {
    "shanghai": shapely.Point(121.5, 31.2),
    "fiji": shapely.Point(178.0, -18.0),
    "samoa": shapely.Point(-172.0, -13.6),
    "triangle": TRIANGLE,
    "nowhere": shapely.Point(),
}


def feature(name: str, shape: BaseGeometry) -> bytes:
    geometry = None if shape.is_empty else json.loads(shapely.to_geojson(shape))
    properties = {"name": name, "n": len(name), "half": 0.5, "kept": True, "note": None}
    told = {"type": "Feature", "id": name, "properties": properties, "geometry": geometry}
    return json.dumps(told).encode()


@pytest.fixture
def places() -> Collection:
    return Collection(
        name="places",
        features=Written(tuple(feature(name, shape) for name, shape in SHAPES.items())),
        ids=tuple(SHAPES),
        bounds=np.asarray(shapely.bounds(list(SHAPES.values()))),
        filters={},
        choose=lambda asked: np.array([name in asked for name in SHAPES]),
    )


@pytest.fixture(scope="session")
def client() -> Iterator[Client]:
    mount.prepare()
    # Without a configuration of its own its log is pytest's, and tests can read it.
    options = uvicorn.Config(
        Starlette(routes=mount.routes()),
        ws="none",
        lifespan="off",
        log_config=None,
        log_level="error",
    )
    server = uvicorn.Server(options)
    # A socket that listens already lets the first request wait until the server takes it.
    with socket.create_server(("127.0.0.1", 0), backlog=128) as listening:
        thread = threading.Thread(target=server.run, args=([listening],), daemon=True)
        thread.start()
        yield Client(*listening.getsockname())
        server.should_exit = True
        thread.join(timeout=10)
