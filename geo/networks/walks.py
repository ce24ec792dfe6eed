"""Shortest walks up to a limit, from many places to many (Dijkstra 1959), without Python.

Each walk ends where its limit does, so that thousands of them in a city cost what lies round them
alone; threads share them.
"""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np
from numba import njit

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

SHARES: Final = 4
"""Parts of the work for each thread."""


class Links(NamedTuple):
    """A graph, each edge once in either direction.

    Attributes
    ----------
    first
        Of each node: where its links begin; and where the last ends.
    to, cost
        Of each link.
    """

    first: Ints
    to: Ints
    cost: Floats


class Ends(NamedTuple):
    """Places on edges.

    Attributes
    ----------
    edge
        Of each.
    tail, head
        The nodes at the edge's ends.
    along, back
        What the way to either costs.
    aside
        What the way from the place to the edge costs.
    """

    edge: Ints
    tail: Ints
    head: Ints
    along: Floats
    back: Floats
    aside: Floats


class Walks(NamedTuple):
    """The walks within a limit: from which group, to which place, what each costs."""

    group: Ints
    place: Ints
    cost: Floats


def links(tail: Ints, head: Ints, cost: Floats, n: int) -> Links:
    """Return a graph of n nodes, its edges walked both ways."""
    start = np.concatenate([tail, head])
    order = np.argsort(start, kind="stable")
    first = np.zeros(n + 1, dtype=np.int64)
    np.cumsum(np.bincount(start, minlength=n), out=first[1:])
    to = np.concatenate([head, tail])[order]
    return Links(first, to, np.concatenate([cost, cost])[order])


def shortest(graph: Links, starts: Ends, groups: Ints, places: Ends, limit: float) -> Walks:
    """Return the shortest walk from each group of starts to each place, up to a limit.

    Parameters
    ----------
    graph : Links
        What is walked.
    starts : Ends
        On its edges.
    groups : ndarray of int64
        Where each group begins among the starts, and where the last ends.
    places : Ends
        On its edges.
    limit : float
        The most that a walk costs, its ends included.
    """
    n_edges = 1 + max(starts.edge.max(initial=-1), places.edge.max(initial=-1))
    index = _places(places, len(graph.first) - 1, int(n_edges))
    n = len(groups) - 1
    threads = os.cpu_count() or 1
    cuts = np.unique(np.linspace(0, n, min(n, threads * SHARES) + 1).astype(np.int64))

    def walk(first: int, last: int) -> Walks:
        return Walks(*_walk(graph, starts, groups, first, last, index, limit))

    with ThreadPoolExecutor(threads) as pool:
        parts = list(pool.map(walk, cuts[:-1].tolist(), cuts[1:].tolist()))
    if not parts:
        return Walks(np.empty(0, np.int64), np.empty(0, np.int64), np.empty(0))
    return Walks(*map(np.concatenate, zip(*parts, strict=True)))


class _Places(NamedTuple):
    """Places by edge and by node: where those of each begin, and which they are.

    ``beyond`` is what they cost from the node on, ``along`` and ``aside`` as in `Ends`.
    """

    edge_first: Ints
    of_edge: Ints
    along: Floats
    aside: Floats
    node_first: Ints
    of_node: Ints
    beyond: Floats


class _Known(NamedTuple):
    """The least cost of each key, infinite for most; and the keys that have one."""

    best: Floats
    order: Ints


class _Heap(NamedTuple):
    """Nodes by cost, the least first."""

    cost: Floats
    node: Ints


def _places(places: Ends, n_nodes: int, n_edges: int) -> _Places:
    edge_first, of_edge = _by(places.edge, n_edges)
    node_first, order = _by(np.concatenate([places.tail, places.head]), n_nodes)
    beyond = np.concatenate([places.along, places.back]) + np.tile(places.aside, 2)
    of_node = order % max(len(places.edge), 1)
    return _Places(
        edge_first, of_edge, places.along, places.aside, node_first, of_node, beyond[order]
    )


def _by(owner: Ints, n: int) -> tuple[Ints, Ints]:
    """Return where the members of each owner begin, and the members."""
    first = np.zeros(n + 1, dtype=np.int64)
    np.cumsum(np.bincount(owner, minlength=n), out=first[1:])
    return first, np.argsort(owner, kind="stable")


@njit(cache=True, nogil=True)
def _walk(graph, starts, groups, begin, end, places, limit):  # noqa: ANN001, ANN202
    """Return the walks of some groups."""
    n_nodes, n_places = len(graph.first) - 1, len(places.aside)
    nodes = _Known(np.full(n_nodes, np.inf), np.empty(n_nodes, np.int64))
    met = _Known(np.full(n_places, np.inf), np.empty(n_places, np.int64))
    # Each start and each link is waiting twice at most.
    most = 2 * len(starts.edge) + len(graph.to) + 1
    heap = _Heap(np.empty(most), np.empty(most, np.int64))
    group_of, place_of, cost_of = np.empty(1024, np.int64), np.empty(1024, np.int64), np.empty(1024)
    n = 0
    for group in range(begin, end):
        first, last = groups[group], groups[group + 1]
        n_met = _on_same_edge(starts, first, last, places, met, limit)
        n_met = _along(graph, starts, first, last, places, nodes, met, n_met, heap, limit)
        while n + n_met > len(group_of):
            group_of, place_of, cost_of = _longer(group_of), _longer(place_of), _longer(cost_of)
        for row in range(n_met):
            place = met.order[row]
            group_of[n], place_of[n], cost_of[n] = group, place, met.best[place]
            met.best[place] = np.inf
            n += 1
    return group_of[:n], place_of[:n], cost_of[:n]


@njit(cache=True, nogil=True)
def _on_same_edge(starts, first, last, places, met, limit):  # noqa: ANN001, ANN202
    """Note the places that are reached without an end of their edge; return how many."""
    n_met = 0
    for start in range(first, last):
        edge = starts.edge[start]
        for row in range(places.edge_first[edge], places.edge_first[edge + 1]):
            place = places.of_edge[row]
            way = abs(starts.along[start] - places.along[place])
            cost = starts.aside[start] + way + places.aside[place]
            n_met = _lower(met, n_met, place, cost, limit)
    return n_met


@njit(cache=True, nogil=True)
def _along(graph, starts, first, last, places, nodes, met, n_met, heap, limit):  # noqa: ANN001, ANN202, PLR0913, PLR0917
    """Note the places that are reached by an end of their edge; return how many are noted."""
    size = n_nodes = 0
    for start in range(first, last):
        aside = starts.aside[start]
        for node, way in (
            (starts.tail[start], starts.along[start]),
            (starts.head[start], starts.back[start]),
        ):
            if aside + way < nodes.best[node]:
                n_nodes = _lower(nodes, n_nodes, node, aside + way, limit)
                size = _push(heap, size, nodes.best[node], node)
    while size > 0:
        cost, node = heap.cost[0], heap.node[0]
        size = _pop(heap, size)
        if cost > nodes.best[node]:
            continue
        for row in range(places.node_first[node], places.node_first[node + 1]):
            n_met = _lower(met, n_met, places.of_node[row], cost + places.beyond[row], limit)
        for row in range(graph.first[node], graph.first[node + 1]):
            other, beyond = graph.to[row], cost + graph.cost[row]
            if beyond <= limit and beyond < nodes.best[other]:
                n_nodes = _lower(nodes, n_nodes, other, beyond, limit)
                size = _push(heap, size, beyond, other)
    for row in range(n_nodes):
        nodes.best[nodes.order[row]] = np.inf
    return n_met


@njit(cache=True, nogil=True)
def _lower(known, n, key, cost, limit):  # noqa: ANN001, ANN202
    """Note a cost, where it is the least of its key; return how many keys have one."""
    if cost <= limit and cost < known.best[key]:
        if known.best[key] == np.inf:
            known.order[n] = key
            n += 1
        known.best[key] = cost
    return n


@njit(cache=True, nogil=True)
def _push(heap, size, cost, node):  # noqa: ANN001, ANN202
    """Add to a heap of a size; return its size."""
    at = size
    while at > 0:
        above = (at - 1) >> 1
        if heap.cost[above] <= cost:
            break
        heap.cost[at], heap.node[at] = heap.cost[above], heap.node[above]
        at = above
    heap.cost[at], heap.node[at] = cost, node
    return size + 1


@njit(cache=True, nogil=True)
def _pop(heap, size):  # noqa: ANN001, ANN202
    """Take the first of a heap out; return its size."""
    size -= 1
    cost, node = heap.cost[size], heap.node[size]
    at = 0
    below = 1
    while below < size:
        if below + 1 < size and heap.cost[below + 1] < heap.cost[below]:
            below += 1
        if heap.cost[below] >= cost:
            break
        heap.cost[at], heap.node[at] = heap.cost[below], heap.node[below]
        at, below = below, 2 * below + 1
    heap.cost[at], heap.node[at] = cost, node
    return size


@njit(cache=True, nogil=True)
def _longer(values):  # noqa: ANN001, ANN202
    return np.concatenate((values, np.empty_like(values)))
