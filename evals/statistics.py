"""What chance may have done: intervals, paired tests, and the difference a set could show."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import optimize, stats

LEVEL = 0.95
POWER = 0.8
RESAMPLES = 2000
SEED = 20240601
SMALL_SET = 30


@dataclass(frozen=True, slots=True)
class Figure:
    """A mean with its 95 % interval over ``count`` questions.

    ``value`` is None without any question, the interval without enough to tell one.
    """

    value: float | None
    low: float | None
    high: float | None
    count: int

    def __str__(self) -> str:
        if self.value is None:
            return "–"
        if self.low is None or self.high is None:
            return f"{self.value:.1%}"
        return f"{self.value:.1%} ({self.low:.0%}–{self.high:.0%})"

    def counted(self, unit: str = "", times: float = 1, digits: int = 0) -> str:
        """The figure as a number with a unit instead of a share, multiplied for it."""
        if self.value is None:
            return "–"
        edges = [e for e in (self.low, self.high) if e is not None]
        told = [f"{times * edge:,.{digits}f}" for edge in edges]
        interval = f" ({'–'.join(told)})" if told else ""
        return f"{times * self.value:,.{digits}f}{interval}{f' {unit}' if unit else ''}"


def share(successes: int, count: int) -> Figure:
    """A proportion with Wilson's score interval (Wilson 1927), sound for small counts too."""
    if not count:
        return Figure(None, None, None, 0)
    interval = stats.binomtest(successes, count).proportion_ci(LEVEL, method="wilson")
    return Figure(successes / count, float(interval.low), float(interval.high), count)


def mean(values: Sequence[float]) -> Figure:
    """A mean with its bootstrap interval (percentile, Efron 1979; 2,000 resamples, fixed seed)."""
    if not values:
        return Figure(None, None, None, 0)
    data = np.asarray(values, float)
    if set(np.unique(data)) <= {0.0, 1.0}:
        return share(int(data.sum()), len(data))
    if len(data) == 1:
        return Figure(values[0], None, None, 1)
    return Figure(float(data.mean()), *_bootstrap(data), len(data))


def _bootstrap(values: NDArray[np.float64]) -> tuple[float, float]:
    """The percentile interval of a mean."""
    interval = stats.bootstrap(
        (values,),
        np.mean,
        n_resamples=RESAMPLES,
        confidence_level=LEVEL,
        method="percentile",
        rng=np.random.default_rng(SEED),
    ).confidence_interval
    return float(interval.low), float(interval.high)


def resampled(
    count: int, statistic: Callable[[NDArray[np.int64]], float | None], resamples: int = 500
) -> Figure:
    """A figure of whole questions, such as an area or a precision, with its bootstrap interval.

    ``statistic`` takes the places of the questions drawn, and gives None where it is not defined
    for a draw; such draws are left out of the interval.
    """
    value = statistic(np.arange(count)) if count else None
    if value is None:
        return Figure(None, None, None, count)
    draws = np.random.default_rng(SEED)
    found = [statistic(draws.integers(0, count, count)) for _ in range(resamples)]
    kept = [one for one in found if one is not None]
    if len(kept) < 2 or count < 2:
        return Figure(value, None, None, count)
    low, high = np.quantile(kept, ((1 - LEVEL) / 2, (1 + LEVEL) / 2))
    return Figure(value, float(low), float(high), count)


@dataclass(frozen=True, slots=True)
class Paired:
    """The difference of two runs on the same questions: second minus first, from -1 to 1.

    ``low`` and ``high`` are its 95 % interval, ``p_value`` the chance of one so large were the
    runs alike, ``gained`` and ``lost`` the questions that score more and less, of ``count``.
    """

    difference: float
    low: float
    high: float
    p_value: float
    gained: int
    lost: int
    count: int

    def __str__(self) -> str:
        return f"{self.difference:+.1%} ({self.low:+.0%} to {self.high:+.0%})"

    @property
    def significant(self) -> bool:
        """Whether chance alone would do this in fewer than one of twenty cases."""
        return self.p_value < 1 - LEVEL

    @property
    def chance(self) -> str:
        """The p-value for a table."""
        return "<0.001" if self.p_value < 0.001 else f"{self.p_value:.3f}"


def paired(first: Sequence[float], second: Sequence[float]) -> Paired:
    """Compare two runs question by question.

    The interval of the difference is a bootstrap over questions; where no question changed, the
    share that may have changed unseen (Wilson's upper limit). For right or wrong: McNemar's exact
    test (McNemar 1947), a binomial test on the questions that flipped. For other scores: a permutation test that swaps the two runs' scores within
    questions (10,000 permutations or all, fixed seed). Raises ValueError where the sequences
    differ in length or are empty.
    """
    if len(first) != len(second) or not first:
        raise ValueError("paired needs two runs over the same questions, at least one")
    one, other = np.asarray(first, float), np.asarray(second, float)
    gained, lost = int((other > one).sum()), int((other < one).sum())
    difference = float((other - one).mean())
    low, high = _difference_interval(other - one)
    if not gained + lost or len(one) < 2:
        return Paired(difference, low, high, 1.0, gained, lost, len(one))
    if set(np.unique(np.concatenate([one, other]))) <= {0.0, 1.0}:
        p_value = float(stats.binomtest(gained, gained + lost).pvalue)
    else:
        p_value = float(
            stats.permutation_test(
                (one, other),
                lambda a, b, axis=-1: np.mean(b - a, axis=axis),
                permutation_type="samples",
                n_resamples=10_000,
                rng=np.random.default_rng(SEED),
            ).pvalue
        )
    return Paired(difference, low, high, p_value, gained, lost, len(one))


def _difference_interval(changes: NDArray[np.float64]) -> tuple[float, float]:
    if not changes.any():
        unseen = share(0, len(changes)).high or 0.0
        return -unseen, unseen
    if len(changes) == 1:
        return -1.0, 1.0
    return _bootstrap(changes)


def smallest_difference(count: int, flipped: float | None = None) -> float | None:
    """The smallest difference of two shares that a paired set of ``count`` questions could show.

    Without ``flipped``: the least that McNemar's exact test can find significant at all, every
    flip in one direction (six flips at the 5 % level). With ``flipped``, the share of questions
    expected to change: the difference found with a power of 80 % (Connor 1987's normal
    approximation). None where no difference could be shown.
    """
    if flipped is None:
        flips = 1 + math.floor(math.log(1 - LEVEL, 0.5)) + 1
        return flips / count if flips <= count else None
    if count < 1 or not 0 < flipped <= 1:
        return None
    edge, power = stats.norm.ppf((1 + LEVEL) / 2), stats.norm.ppf(POWER)

    def surplus(difference: float) -> float:
        spread = math.sqrt(max(0.0, flipped - difference**2))
        return float(difference * math.sqrt(count) - edge * math.sqrt(flipped) - power * spread)

    if surplus(flipped) < 0:
        return None
    return float(optimize.brentq(surplus, 0.0, flipped))


def reach(count: int) -> str:
    """A sentence on the smallest difference between two runs that ``count`` questions show."""
    least = smallest_difference(count)
    if least is None:
        return "No difference between two runs could be significant on so few questions."
    likely = smallest_difference(count, flipped=0.2)
    return (
        f"Between two runs on these {count} questions, a difference under {least:.1%} cannot be "
        "told from chance"
        + (
            f"; where a fifth of the answers change, one of {likely:.1%} is found four times in five."
            if likely
            else "."
        )
    )


def warning(count: int, what: str = "this set") -> str:
    """A sentence of caution where ``count`` questions are too few for a claim; else empty."""
    if count >= SMALL_SET:
        return ""
    noun = "question" if count == 1 else "questions"
    widest = share(count // 2, count)
    if widest.low is None or widest.high is None:
        return f"{what} has no question: nothing can be said of it."
    return (
        f"{what} has only {count} {noun}: a share may be off by up to "
        f"{(widest.high - widest.low) / 2:.0%} by chance alone."
    )
