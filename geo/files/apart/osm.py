"""Job: the ways of an OpenStreetMap file that have one of some tags, as Arrow."""

from __future__ import annotations

import sys
from array import array
from typing import Any

import osmium
import pyarrow as pa


def run(form: str, tags: str, wanted: str, most_lines: str) -> tuple[dict[str, Any], bytes]:
    """Return that positions are WGS84; and of each way the tags, vertices and their places.

    A way whose nodes the file does not have in part comes without them, in as many pieces.

    Parameters
    ----------
    form
        As libosmium names it: ``pbf`` or ``osm`` (XML).
    tags
        That are handed over, with commas between.
    wanted
        Tags of which a way has at least one.
    most_lines
        Of a file with more, none are handed over.
    """
    names, most = tags.split(","), int(most_lines)
    cells: list[list[str]] = [[] for _ in names]
    first, vertex = array("i", [0]), array("q")
    x, y = array("d"), array("d")
    try:
        ways = (
            osmium.FileProcessor(osmium.io.FileBuffer(sys.stdin.buffer.read(), form))
            .with_locations("flex_mem")
            .with_filter(osmium.filter.EntityFilter(osmium.osm.WAY))
            .with_filter(osmium.filter.KeyFilter(*wanted.split(",")))
        )
        for way in ways:
            assert isinstance(way, osmium.osm.Way)  # noqa: S101 - the filter lets no other pass
            said = [way.tags.get(name) or "" for name in names]
            for node in (*way.nodes, None):
                if node is not None and node.location.valid():
                    vertex.append(node.ref)
                    x.append(node.lon)
                    y.append(node.lat)
                elif len(vertex) > first[-1]:
                    first.append(len(vertex))
                    for column, value in zip(cells, said, strict=True):
                        column.append(value)
            if len(first) > most:
                return {"refused": "network_too_large", "most": f"{most:,}"}, b""
    except RuntimeError:  # whatever libosmium finds wrong
        return {"refused": "unreadable"}, b""
    ends = pa.array(first, pa.int32())
    table = pa.table(
        {
            **dict(zip(names, (pa.array(each, pa.string()) for each in cells), strict=True)),
            "vertex": pa.ListArray.from_arrays(ends, pa.array(vertex, pa.int64())),
            "x": pa.ListArray.from_arrays(ends, pa.array(x, pa.float64())),
            "y": pa.ListArray.from_arrays(ends, pa.array(y, pa.float64())),
        }
    )
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema) as writer:
        writer.write_table(table)
    return {"crs": "EPSG:4326"}, bytes(sink.getvalue())
