"""How the detectors grow with what is written for them: F1 on the writers set aside, for more sentences and writers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations
from typing import TYPE_CHECKING, Final, NamedTuple

from hetong.predictor import OFF
from hetong.rulebook import Rule
from hetong.sentences import Sentence, chosen
from hetong.sentencescore import By, Scored, Tally, score, together
from hetong.train.detectors import fit_detectors, hash_of
from hetong.train.stretches import Example, of_sentences

if TYPE_CHECKING:
    import pandas as pd

SHARES: Final = (0.25, 0.5, 0.75)
MEASURED: Final[tuple[By, ...]] = ("detector", "all")


class Point(NamedTuple):
    """What was learned from, and the tallies on the writers set aside: detectors alone, and with the rules."""

    writers: int
    sentences: int
    alone: Tally
    together: Tally


def growth(
    sentences: Sequence[Sentence],
    clauses: Sequence[Example],
    rules: tuple[Rule, ...],
    shares: Iterable[float] = SHARES,
) -> Iterator[Point]:
    """A point for each number of writers, then for each share of the sentences of all of them.

    Args:
        sentences: all of them; those set aside are measured on.
        clauses: examples of contracts, always learned from.
        rules: what the detectors work beside.
        shares: of the sentences, below 1.
    """
    learned, aside = chosen(sentences, "train"), chosen(sentences, "aside")
    yield Point(0, 0, Tally(), _sum(score(aside, rules, OFF, MEASURED)))
    writers = sorted({s.writer for s in learned})
    for count in range(2, len(writers) + 1):
        some = next(combinations(writers, count))
        yield _point([s for s in learned if s.writer in some], aside, clauses, rules)
    for share in shares:
        yield _point([s for s in learned if hash_of(s.text) < share * 2**32], aside, clauses, rules)


def table(points: Iterable[Point]) -> Iterator[str]:
    """One line a point."""
    yield f"{'writers':>8}{'sentences':>11}{'detectors P':>13}{'R':>6}{'F1':>6}{'all P':>8}{'R':>6}{'F1':>6}"
    for point in points:
        figures = [(t.precision, t.recall, t.f1) for t in (point.alone, point.together)]
        (p, r, f), (q, s, g) = figures
        yield f"{point.writers:8}{point.sentences:11}{p:13.2f}{r:6.2f}{f:6.2f}{q:8.2f}{s:6.2f}{g:6.2f}"


def to_frame(points: Iterable[Point]) -> pd.DataFrame:
    """A row a point: `writers`, `sentences`, and precision, recall and F1 of detectors alone and of all together.

    Raises:
        ImportError: pandas is not installed.
    """
    import pandas as pd

    names = ("precision", "recall", "f1")
    return pd.DataFrame(
        [
            [one.writers, one.sentences, *(getattr(t, name) for t in (one.alone, one.together) for name in names)]
            for one in points
        ],
        columns=["writers", "sentences", *(f"{name}_alone" for name in names), *names],
    )


def _point(
    learned: Sequence[Sentence], aside: Sequence[Sentence], clauses: Sequence[Example], rules: tuple[Rule, ...]
) -> Point:
    detectors = fit_detectors([*of_sentences(learned), *clauses], rules)
    found = score(aside, rules, detectors, MEASURED)
    alone = together(tallies["detector"] for tallies in found.rules.values())
    return Point(len({s.writer for s in learned}), len(learned), alone, _sum(found))


def _sum(found: Scored) -> Tally:
    return together(tallies["all"] for tallies in found.rules.values())
