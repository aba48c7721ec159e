"""The tree's proofs and tiles: against the definition in RFC 6962, and against every small change."""

import random

import pytest

from nintei.journal import proofs, tiles, tree
from nintei.journal.proofs import ProofError
from nintei.journal.tiles import TileError


def leaves_of(size):
    return [tree.leaf_hash(n.to_bytes(4, "big")) for n in range(size)]


def by_definition(leaves):
    """MTH of RFC 6962 §2.1, by recursion."""
    if len(leaves) == 1:
        return leaves[0]
    k = 1 << (len(leaves) - 1).bit_length() - 1
    return tree.node_hash(by_definition(leaves[:k]), by_definition(leaves[k:]))


def path_by_definition(m, leaves):
    """PATH of RFC 6962 §2.1.1."""
    if len(leaves) == 1:
        return []
    k = 1 << (len(leaves) - 1).bit_length() - 1
    if m < k:
        return [*path_by_definition(m, leaves[:k]), by_definition(leaves[k:])]
    return [*path_by_definition(m - k, leaves[k:]), by_definition(leaves[:k])]


def growth_by_definition(m, leaves, whole=True):
    """SUBPROOF of RFC 6962 §2.1.2."""
    if m == len(leaves):
        return [] if whole else [by_definition(leaves)]
    k = 1 << (len(leaves) - 1).bit_length() - 1
    if m <= k:
        return [*growth_by_definition(m, leaves[:k], whole), by_definition(leaves[k:])]
    return [*growth_by_definition(m - k, leaves[k:], False), by_definition(leaves[:k])]


def nodes(leaves):
    return lambda level, index: by_definition(leaves[index << level : (index + 1) << level])


@pytest.mark.parametrize("size", [1, 2, 3, 4, 7, 8, 13, 33])
def test_every_leaf_has_the_proof_of_the_definition_and_it_leads_to_the_root(size):
    leaves = leaves_of(size)
    root = by_definition(leaves)
    assert proofs.root(0, size, nodes(leaves)) == root
    for index, leaf in enumerate(leaves):
        way = proofs.inclusion(index, size, nodes(leaves))
        assert way == path_by_definition(index, leaves)
        assert proofs.climb(index, size, leaf, way) == root


@pytest.mark.parametrize("new", [1, 2, 3, 6, 8, 13, 33])
def test_every_earlier_tree_has_the_proof_of_the_definition_and_it_is_accepted(new):
    leaves = leaves_of(new)
    for old in range(1, new + 1):
        way = proofs.consistency(old, new, nodes(leaves))
        assert way == growth_by_definition(old, leaves)
        proofs.check_growth(old, by_definition(leaves[:old]), new, by_definition(leaves), way)
    assert proofs.consistency(0, new, nodes(leaves)) == []


def mutants(way):
    """A proof with one bit changed, one hash more, one less, two exchanged."""
    yield [*way, b"\x00" * 32]
    if way:
        yield way[:-1]
        yield way[1:]
        yield [bytes([way[0][0] ^ 1]) + way[0][1:], *way[1:]]
    if len(way) > 1:
        yield [way[1], way[0], *way[2:]]


def test_no_changed_proof_of_a_leaf_is_accepted():
    for size in (1, 2, 5, 8, 21):
        leaves = leaves_of(size)
        for index, leaf in enumerate(leaves):
            for way in mutants(proofs.inclusion(index, size, nodes(leaves))):
                with pytest.raises(ProofError, match=r".*"):
                    assert_leads(index, size, leaf, way, by_definition(leaves))


def assert_leads(index, size, leaf, way, root):
    if proofs.climb(index, size, leaf, way) != root:
        raise ProofError("another root")


def test_a_proof_holds_for_its_own_place_only():
    leaves = leaves_of(21)
    way = proofs.inclusion(4, 21, nodes(leaves))
    for index in set(range(21)) - {4}:
        with pytest.raises(ProofError):
            assert_leads(index, 21, leaves[4], way, by_definition(leaves))


def test_no_changed_proof_of_growth_and_no_rewritten_past_is_accepted():
    for new in (2, 5, 8, 21):
        leaves = leaves_of(new)
        root = by_definition(leaves)
        for old in range(1, new):
            way = proofs.consistency(old, new, nodes(leaves))
            before = by_definition(leaves[:old])
            for wrong in mutants(way):
                with pytest.raises(ProofError):
                    proofs.check_growth(old, before, new, root, wrong)
            rewritten = by_definition([b"\x01" * 32, *leaves[1:]])
            with pytest.raises(ProofError):
                proofs.check_growth(old, before, new, rewritten, way)


def test_two_roots_of_one_size_and_a_shrunk_tree_are_no_growth():
    with pytest.raises(ProofError, match="two roots"):
        proofs.check_growth(3, b"\x01" * 32, 3, b"\x02" * 32, [])
    with pytest.raises(ProofError, match="no beginning"):
        proofs.check_growth(4, b"\x01" * 32, 3, b"\x02" * 32, [])
    with pytest.raises(ProofError, match="no beginning"):
        proofs.consistency(4, 3, nodes(leaves_of(3)))
    with pytest.raises(ProofError, match="is not in a tree"):
        proofs.inclusion(3, 3, nodes(leaves_of(3)))


SIZES = (1, 2, 255, 256, 257, 511, 512, 700, 66_000)


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    """One tree, written in steps, as the hours go by."""
    store, size = tiles.Tiles(tmp_path_factory.mktemp("journal")), 0
    for wanted in SIZES:
        size = store.extend(size, (n.to_bytes(4, "big") * 8 for n in range(size, wanted)))
    return store


def commitments(size):
    return [n.to_bytes(4, "big") * 8 for n in range(size)]


def test_the_files_give_the_root_of_every_size_that_was_written(kept):
    for size in SIZES:
        assert kept.root(size) == tree.root_of(map(tree.leaf_hash, commitments(size)))[1]


def test_tiles_written_in_steps_are_those_written_at_once(kept, tmp_path):
    once = tiles.Tiles(tmp_path)
    once.extend(0, commitments(SIZES[-1]))
    assert {path.relative_to(tmp_path) for path in tmp_path.rglob("*") if path.is_file()} <= {
        path.relative_to(kept.folder) for path in kept.folder.rglob("*") if path.is_file()
    }
    for path in tmp_path.rglob("*"):
        if path.is_file():
            assert path.read_bytes() == (kept.folder / path.relative_to(tmp_path)).read_bytes()


def test_the_files_have_the_names_and_sizes_of_the_format(kept):
    tile = kept.folder / "tile"
    assert (tile / "0/000").stat().st_size == 256 * 32
    assert (tile / "0/257.p/208").stat().st_size == 208 * 32
    assert (tile / "1/000").stat().st_size == 256 * 32
    assert (tile / "1/001.p/1").stat().st_size == 32
    assert (tile / "2/000.p/1").stat().st_size == 32
    assert (tile / "entries/000").stat().st_size == 256 * 34
    assert (tile / "entries/000").read_bytes()[:34] == b"\x00\x20" + commitments(1)[0]


def test_a_proof_from_the_files_is_the_proof_of_the_definition(kept):
    leaves = [tree.leaf_hash(each) for each in commitments(700)]
    node = lambda level, index: kept.node(level, index, 700)  # noqa: E731  (a door to the files)
    for index in random.Random(1).sample(range(700), 20):
        assert proofs.inclusion(index, 700, node) == path_by_definition(index, leaves)
    for old in (1, 255, 256, 257, 512, 699):
        assert proofs.consistency(old, 700, node) == growth_by_definition(old, leaves)


@pytest.mark.parametrize("place", ["0/001", "1/000.p/2", "entries/000", "0/002.p/188", "entries/002.p/188"])
def test_a_changed_a_cut_and_a_missing_file_is_found_and_named(place, tmp_path):
    store = tiles.Tiles(tmp_path)
    store.extend(0, commitments(700))
    assert store.check(700) == store.root(700)
    file = tmp_path / "tile" / place
    whole = file.read_bytes()
    for wrong in (bytes([*whole[:40], whole[40] ^ 1, *whole[41:]]), whole[:-1], None):
        file.unlink() if wrong is None else file.write_bytes(wrong)
        with pytest.raises(TileError, match=r"tile/"):
            store.check(700)
        file.write_bytes(whole)
    assert store.check(700) == store.root(700)
