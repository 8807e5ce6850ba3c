"""Unions as people draw them: below each the ones that stand under it, in the order of divisions."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Node:
    """A union in the tree: its number in lists, who stands above, and what its siblings go by."""

    n: int
    id: bytes
    parent: bytes | None
    rank: tuple[str, ...]


def ordered(nodes: Sequence[Node]) -> list[tuple[int, int]]:
    """(number, depth) of each union once, those below right after the one above them.

    One whose union above is not among them begins at depth 0, and so does a ring of unions that two
    machines closed: nothing is left out of a list because of it.
    """
    known = {node.id for node in nodes}
    below: defaultdict[bytes | None, list[Node]] = defaultdict(list)
    for node in sorted(nodes, key=lambda one: one.rank):
        below[node.parent if node.parent in known else None].append(node)
    seen: set[bytes] = set()
    found = list(_walk(below, below[None], seen))
    for node in nodes:
        if node.id not in seen:
            found += _walk(below, [node], seen)
    return found


def _walk(
    below: dict[bytes | None, list[Node]], roots: Sequence[Node], seen: set[bytes]
) -> Iterator[tuple[int, int]]:
    waiting = [(node, 0) for node in reversed(roots)]
    while waiting:
        node, depth = waiting.pop()
        if node.id in seen:
            continue
        seen.add(node.id)
        yield node.n, depth
        waiting += [(one, depth + 1) for one in reversed(below[node.id])]
