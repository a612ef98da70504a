"""Merkle trees as in RFC 6962, section 2.1 (SHA-256), with inclusion and consistency proofs.

Everything works on leaf *hashes* (32 bytes): `leaf_hash` makes one from an entry. Proof checking
follows RFC 9162, sections 2.1.3.2 and 2.1.4.2, which describe the same trees step by step.
"""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256

EMPTY_ROOT = sha256(b"").digest()


def leaf_hash(entry: bytes) -> bytes:
    """Hash of one entry; the prefix keeps leaves and inner nodes apart."""
    return sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    return sha256(b"\x01" + left + right).digest()


def tree_root(leaves: Sequence[bytes]) -> bytes:
    """Merkle tree head over leaf hashes, in their order."""
    builder = RootBuilder()
    for leaf in leaves:
        builder.append(leaf)
    return builder.root()


class RootBuilder:
    """A root from a stream of leaf hashes; keeps one hash per level only."""

    def __init__(self) -> None:
        self.size = 0
        self._peaks: list[bytes] = []

    def append(self, leaf: bytes) -> None:
        self._peaks.append(leaf)
        self.size += 1
        merges = (self.size & -self.size).bit_length() - 1
        for _ in range(merges):
            self._merge(self._peaks)

    def root(self) -> bytes:
        peaks = list(self._peaks)
        while len(peaks) > 1:
            self._merge(peaks)
        return peaks[0] if peaks else EMPTY_ROOT

    @staticmethod
    def _merge(peaks: list[bytes]) -> None:
        right = peaks.pop()
        peaks[-1] = node_hash(peaks[-1], right)


def inclusion_proof(leaves: Sequence[bytes], index: int) -> list[bytes]:
    """Audit path of the leaf at `index`, lowest sibling first. Raises IndexError outside."""
    if not 0 <= index < len(leaves):
        raise IndexError(f"leaf {index} of {len(leaves)}")
    if len(leaves) == 1:
        return []
    split = _split(len(leaves))
    if index < split:
        return [*inclusion_proof(leaves[:split], index), tree_root(leaves[split:])]
    return [*inclusion_proof(leaves[split:], index - split), tree_root(leaves[:split])]


def consistency_proof(leaves: Sequence[bytes], old_size: int) -> list[bytes]:
    """Proof that the tree over the first `old_size` leaves is a beginning of this one."""
    if not 0 < old_size <= len(leaves):
        raise IndexError(f"size {old_size} of {len(leaves)}")
    return _subproof(leaves, old_size, whole=True)


def _subproof(leaves: Sequence[bytes], old_size: int, *, whole: bool) -> list[bytes]:
    if old_size == len(leaves):
        return [] if whole else [tree_root(leaves)]
    split = _split(len(leaves))
    if old_size <= split:
        left = _subproof(leaves[:split], old_size, whole=whole)
        return [*left, tree_root(leaves[split:])]
    right = _subproof(leaves[split:], old_size - split, whole=False)
    return [*right, tree_root(leaves[:split])]


def verify_inclusion(
    leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes
) -> bool:
    """Whether `leaf` stands at `index` in the tree of `size` leaves with this root."""
    if not 0 <= index < size:
        return False
    node, last, computed = index, size - 1, leaf
    for sibling in proof:
        if last == 0:
            return False
        if node & 1 or node == last:
            computed = node_hash(sibling, computed)
            node, last = _climb_right_edge(node, last)
        else:
            computed = node_hash(computed, sibling)
        node, last = node >> 1, last >> 1
    return last == 0 and computed == root


def verify_consistency(
    old_size: int, size: int, proof: Sequence[bytes], old_root: bytes, root: bytes
) -> bool:
    """Whether the tree (size, root) only appended to the tree (old_size, old_root)."""
    if not 0 < old_size <= size:
        return False
    if old_size == size:
        return not proof and old_root == root
    path = [old_root, *proof] if old_size & (old_size - 1) == 0 else list(proof)
    if not path:
        return False
    return _replay(old_size - 1, size - 1, path) == (old_root, root)


def _replay(node: int, last: int, path: list[bytes]) -> tuple[bytes, bytes] | None:
    """Both roots that a consistency path leads to; None if its length does not fit."""
    while node & 1:
        node, last = node >> 1, last >> 1
    old = new = path[0]
    for sibling in path[1:]:
        if last == 0:
            return None
        if node & 1 or node == last:
            old, new = node_hash(sibling, old), node_hash(sibling, new)
            node, last = _climb_right_edge(node, last)
        else:
            new = node_hash(new, sibling)
        node, last = node >> 1, last >> 1
    return (old, new) if last == 0 else None


def _climb_right_edge(node: int, last: int) -> tuple[int, int]:
    """Skip the levels on which the right edge of the tree has no sibling."""
    while node and not node & 1:
        node, last = node >> 1, last >> 1
    return node, last


def _split(size: int) -> int:
    """The largest power of two below `size`."""
    return 1 << (size - 1).bit_length() - 1
