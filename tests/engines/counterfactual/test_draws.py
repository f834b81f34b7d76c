"""The generator against Random123's published vectors; its arithmetic against scipy's and numpy's."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.special import ndtri
from scipy.stats import chisquare, kstest

from fairgate.engines.counterfactual import BadSeed, draws, elementary

# Random123 1.14, tests/kat_vectors: philox 4x32 10 (counter, key, words)
PUBLISHED = [
    ([0] * 4, [0] * 2, [0x6627E8D5, 0xE169C58D, 0xBC57AC4C, 0x9B00DBD8]),
    ([0xFFFFFFFF] * 4, [0xFFFFFFFF] * 2, [0x408F276D, 0x41C83B0E, 0xA20BC7C6, 0x6D5451FD]),
    (
        [0x243F6A88, 0x85A308D3, 0x13198A2E, 0x03707344],
        [0xA4093822, 0x299F31D0],
        [0xD16CFE09, 0x94FDCCEB, 0x5001E420, 0x24126EA1],
    ),
]


@pytest.mark.parametrize(("counter", "key", "words"), PUBLISHED)
def test_words_are_those_published(counter, key, words):
    place, replicate, purpose, tier = (np.uint64(word) for word in counter)
    k0, k1 = (np.uint64(word) for word in key)
    assert [int(word) for word in draws.block(place, replicate, purpose, tier, k0, k1)] == words
    many = np.empty((4, 1), np.uint32)
    draws.fill(place, replicate, purpose, tier, k0, k1, many)
    assert many[:, 0].tolist() == words


@settings(deadline=None)  # the first call compiles
@given(st.integers(0, 2**64 - 1), st.integers(0, 2**32 - 1), st.integers(0, 900))
def test_a_block_is_the_same_alone_and_among_others(seed, replicate, purpose):
    alone = draws.block(57, replicate, purpose << 16, draws.LOTS, *draws.key_of(seed))
    assert draws.words(100, replicate, purpose << 16, draws.LOTS, seed)[:, 57].tolist() == [
        int(w) for w in alone
    ]


def test_shares_are_uniform_and_neighbouring_addresses_unrelated():
    shares = draws.shares(draws.words(250_000, 3, 1 << 16, draws.MONTHS, 11))
    assert 0 < shares.min() < shares.max() < 1
    for row in shares:
        assert kstest(row, "uniform").pvalue > 1e-4
    assert np.abs(np.corrcoef(shares) - np.eye(4)).max() < 5 / np.sqrt(250_000)
    other = draws.shares(draws.words(250_000, 4, 1 << 16, draws.MONTHS, 11))
    assert abs(np.corrcoef(shares[0], other[0])[0, 1]) < 5 / np.sqrt(250_000)
    counts = np.bincount((shares[0] * 1000).astype(int), minlength=1000)
    assert chisquare(counts).pvalue > 1e-4


@pytest.mark.parametrize("seed", [-1, 2**64])
def test_a_seed_outside_64_bits_is_refused_with_its_range(seed):
    with pytest.raises(BadSeed, match=r"expected a whole number from 0 to 2\*\*64 - 1"):
        draws.words(1, 0, 0, draws.LOTS, seed)


def test_normal_numbers_are_quantiles_to_the_last_digits():
    words = draws.words(50_000, 0, 0, draws.LOTS, 5)[0]
    words[:4] = 0, 1, 2**32 - 1, 2**31
    out = np.empty(len(words))
    elementary.normals(words, out)
    assert np.allclose(out, ndtri(draws.shares(words)), rtol=2e-15, atol=2e-15)
    assert elementary.normal(0.975) == pytest.approx(1.959963984540054, rel=1e-15)


def test_logarithms_and_exponentials_agree_with_the_library_to_one_unit_in_the_last_place():
    x = np.concatenate(
        [np.geomspace(1e-300, 1e300, 20_001), [0.5, 1.0, 2.0, np.nextafter(1, 0), np.nextafter(1, 2)]]
    )
    logs = x.copy()
    elementary.logarithms(logs, np.empty_like(logs))
    assert np.allclose(logs, np.log(x), rtol=3e-16, atol=0)
    y = np.linspace(-690, 690, 20_001)
    powers = y.copy()
    elementary.exponentials(powers, np.empty_like(powers))
    assert np.allclose(powers, np.exp(y), rtol=3e-16, atol=0)
