"""Job: the edges of a GraphML whose nodes have x and y, as osmnx writes it, as Arrow.

A document type, with which entities come, is refused.
"""

from __future__ import annotations

import sys
from array import array
from typing import Any
from xml.parsers import expat

import pyarrow as pa

LINE = "LINESTRING"


class _Refused(Exception):  # noqa: N818 - it is no error of the job
    """What is wrong with the file."""


class _Graph:
    """What the elements say, as they come."""

    def __init__(self, tags: list[str], most: int) -> None:
        self.tags, self.most = tags, most
        self.keys: dict[str, str] = {}
        self.crs: str | None = None
        self.places: dict[str, tuple[float, float]] = {}
        self.cells: list[list[str]] = [[] for _ in tags]
        self.ends: list[tuple[str, str]] = []
        self.courses: list[str] = []
        self.own: dict[str, str] = {}
        self.owner = ""
        self.node = ""
        self.name = ""
        self.text: list[str] = []

    def start(self, name: str, about: dict[str, str]) -> None:
        """Begin an element."""
        if name == "key":
            self.keys[about["id"]] = about.get("attr.name", "")
        elif name in {"graph", "node", "edge"}:
            self.owner, self.own = name, {}
            if name == "node":
                self.node = about["id"]
            if name == "edge":
                self.ends.append((about["source"], about["target"]))
                if len(self.ends) > self.most:
                    raise _Refused("network_too_large")
        elif name == "data":
            self.name = self.keys.get(about.get("key", ""), "")
            self.text = []

    def said(self, text: str) -> None:
        """Take what stands in an element."""
        self.text.append(text)

    def end(self, name: str) -> None:
        """Take what an element said."""
        if name == "data":
            self.own[self.name] = "".join(self.text).strip()
            if self.owner == "graph" and self.name == "crs":
                self.crs = self.own["crs"]
        elif name == "node" and "x" in self.own and "y" in self.own:
            self.places[self.node] = float(self.own["x"]), float(self.own["y"])
        elif name == "edge":
            for column, tag in zip(self.cells, self.tags, strict=True):
                column.append(self.own.get(tag, ""))
            self.courses.append(self.own.get("geometry", ""))
        if name in {"node", "edge"}:
            # What the graph says of itself may stand behind them: so networkx writes it.
            self.owner, self.own = "graph", {}


def doctype(*_: object) -> None:
    """Refuse a document type."""
    raise _Refused("network_doctype")


def run(tags: str, most_lines: str) -> tuple[dict[str, Any], bytes]:
    """Return the CRS that the graph states; and of each edge the tags and places.

    Parameters
    ----------
    tags
        That are handed over, with commas between.
    most_lines
        Of a file with more edges, none are handed over.
    """
    graph = _Graph(tags.split(","), int(most_lines))
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = doctype
    parser.StartElementHandler = graph.start
    parser.CharacterDataHandler = graph.said
    parser.EndElementHandler = graph.end
    try:
        parser.Parse(sys.stdin.buffer.read(), True)  # noqa: FBT003 - all of it
        first, x, y = _courses(graph)
    except _Refused as refused:
        most = {"most": f"{graph.most:,}"} if "large" in str(refused) else {}
        return {"refused": str(refused), **most}, b""
    except (expat.ExpatError, KeyError, ValueError):
        return {"refused": "unreadable"}, b""
    ends = pa.array(first, pa.int32())
    table = pa.table(
        {
            **dict(
                zip(graph.tags, (pa.array(each, pa.string()) for each in graph.cells), strict=True)
            ),
            "x": pa.ListArray.from_arrays(ends, pa.array(x, pa.float64())),
            "y": pa.ListArray.from_arrays(ends, pa.array(y, pa.float64())),
        }
    )
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema) as writer:
        writer.write_table(table)
    return {"crs": graph.crs}, bytes(sink.getvalue())


def _courses(graph: _Graph) -> tuple[array[int], array[float], array[float]]:
    """Return where each edge begins, and its places; one without a course runs straight."""
    first, x, y = array("i", [0]), array("d"), array("d")
    for ends, written in zip(graph.ends, graph.courses, strict=True):
        if written.upper().startswith(LINE):
            pairs = [each.split()[:2] for each in written[len(LINE) :].strip(" ()").split(",")]
            course = [(float(a), float(b)) for a, b in pairs]
        else:
            course = [graph.places[end] for end in ends]
        for a, b in course:
            x.append(a)
            y.append(b)
        first.append(len(x))
    return first, x, y
