from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evals import statistics


@given(st.lists(st.floats(0, 1, allow_nan=False), min_size=1, max_size=20))
def test_interval_holds_the_mean(values: list[float]) -> None:
    figure = statistics.mean(values)
    assert figure.value is not None
    if figure.low is None or figure.high is None:
        # One value that is neither right nor wrong tells nothing of how far off it may be.
        assert len(values) == 1
        return
    assert figure.low - 1e-9 <= figure.value <= figure.high + 1e-9


def test_proportions_have_wilson_intervals() -> None:
    figure = statistics.mean([1.0] * 10)
    assert figure.value == 1
    assert figure.low == pytest.approx(0.7225, abs=1e-4)
    assert statistics.mean([]).value is None
    assert str(statistics.share(5, 10)) == "50.0% (24%–76%)"


def test_mcnemar_is_exact() -> None:
    five = statistics.paired([0.0] * 5 + [1.0] * 20, [1.0] * 25)
    six = statistics.paired([0.0] * 6 + [1.0] * 20, [1.0] * 26)
    assert five.p_value == pytest.approx(2 / 2**5)
    assert six.p_value == pytest.approx(2 / 2**6)
    assert (five.significant, six.significant) == (False, True)
    assert (six.gained, six.lost) == (6, 0)
    assert statistics.paired([1.0], [1.0]).p_value == 1


def test_permutation_for_scores_between() -> None:
    first = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8]
    found = statistics.paired(first, [value + 0.1 for value in first])
    assert found.significant
    assert found.difference == pytest.approx(0.1)
    with pytest.raises(ValueError, match="same questions"):
        statistics.paired([1.0], [])


def test_smallest_difference() -> None:
    assert statistics.smallest_difference(60) == pytest.approx(0.1)
    assert statistics.smallest_difference(5) is None
    found = statistics.smallest_difference(100, flipped=0.2)
    assert found is not None
    assert 0.1 < found < 0.2
    assert statistics.smallest_difference(10, flipped=0.05) is None


def test_small_sets_are_warned_of() -> None:
    assert statistics.warning(30) == ""
    assert "only 10 questions" in statistics.warning(10)
    assert "no question" in statistics.warning(0)


def test_resampled_figures_skip_undefined_draws() -> None:
    right = [True, False, True, True]
    figure = statistics.resampled(4, lambda places: sum(right[p] for p in places) / len(places))
    assert figure.value == 0.75
    assert statistics.resampled(3, lambda places: None).value is None
