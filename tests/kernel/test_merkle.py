"""The expected hashes are the published test vectors of the Certificate Transparency project
(eight entries, RFC 6962 trees), and the readable recursion of the RFC's own definition."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wesprint.kernel import merkle

ENTRIES = [
    bytes.fromhex(text)
    for text in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
LEAVES = [merkle.leaf_hash(entry) for entry in ENTRIES]
ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
INCLUSION = {
    (0, 1): [],
    (0, 8): [
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    ],
    (5, 8): [
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ],
    (2, 3): ["fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"],
    (1, 5): [
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
    ],
}
CONSISTENCY = {
    (1, 1): [],
    (1, 8): INCLUSION[(0, 8)],
    (6, 8): [
        "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ],
    (2, 5): [
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
    ],
}


def by_definition(entries: Sequence[bytes]) -> bytes:
    """RFC 6962, section 2.1, word by word."""
    if not entries:
        return sha256(b"").digest()
    if len(entries) == 1:
        return sha256(b"\x00" + entries[0]).digest()
    k = max(2**power for power in range(64) if 2**power < len(entries))
    return sha256(b"\x01" + by_definition(entries[:k]) + by_definition(entries[k:])).digest()


def test_roots_are_the_published_ones() -> None:
    assert [merkle.tree_root(LEAVES[:size]).hex() for size in range(9)] == ROOTS


@pytest.mark.parametrize("case", INCLUSION)
def test_inclusion_proofs_are_the_published_ones(case: tuple[int, int]) -> None:
    index, size = case
    proof = merkle.inclusion_proof(LEAVES[:size], index)
    assert [node.hex() for node in proof] == INCLUSION[case]


@pytest.mark.parametrize("case", CONSISTENCY)
def test_consistency_proofs_are_the_published_ones(case: tuple[int, int]) -> None:
    old, size = case
    proof = merkle.consistency_proof(LEAVES[:size], old)
    assert [node.hex() for node in proof] == CONSISTENCY[case]


@given(st.lists(st.binary(max_size=4), max_size=70))
def test_root_is_the_definition(entries: list[bytes]) -> None:
    leaves = [merkle.leaf_hash(entry) for entry in entries]
    assert merkle.tree_root(leaves) == by_definition(entries)


@given(st.integers(1, 70), st.data())
def test_every_inclusion_proof_holds_for_its_place_only(size: int, data: st.DataObject) -> None:
    index, other = data.draw(st.integers(0, size - 1)), data.draw(st.integers(0, size - 1))
    leaves = [merkle.leaf_hash(bytes([number])) for number in range(size)]
    proof, root = merkle.inclusion_proof(leaves, index), merkle.tree_root(leaves)
    assert merkle.verify_inclusion(leaves[index], index, size, proof, root)
    found = merkle.verify_inclusion(leaves[other], index, size, proof, root)
    assert found == (other == index)
    assert not merkle.verify_inclusion(leaves[index], index, size, [*proof, root], root)
    if proof:
        assert not merkle.verify_inclusion(leaves[index], index, size, proof[:-1], root)


@given(st.integers(1, 70), st.data())
def test_every_consistency_proof_holds_for_a_true_beginning_only(
    size: int, data: st.DataObject
) -> None:
    old = data.draw(st.integers(1, size))
    leaves = [merkle.leaf_hash(bytes([number])) for number in range(size)]
    proof = merkle.consistency_proof(leaves, old)
    old_root, root = merkle.tree_root(leaves[:old]), merkle.tree_root(leaves)
    assert merkle.verify_consistency(old, size, proof, old_root, root)
    assert not merkle.verify_consistency(old, size, proof, merkle.leaf_hash(b"x"), root)
    assert not merkle.verify_consistency(old, size, [*proof, root], old_root, root)
    if proof:
        assert not merkle.verify_consistency(old, size, proof[:-1], old_root, root)


@pytest.mark.parametrize(("index", "size"), [(-1, 3), (3, 3), (0, 0)])
def test_no_proof_outside_the_tree(index: int, size: int) -> None:
    with pytest.raises(IndexError):
        merkle.inclusion_proof(LEAVES[:size], index)
    assert not merkle.verify_inclusion(LEAVES[0], index, size, [], LEAVES[0])


@pytest.mark.parametrize(("old", "size"), [(0, 3), (4, 3)])
def test_no_consistency_with_nothing_or_with_the_future(old: int, size: int) -> None:
    with pytest.raises(IndexError):
        merkle.consistency_proof(LEAVES[:size], old)
    assert not merkle.verify_consistency(old, size, [], LEAVES[0], LEAVES[0])
