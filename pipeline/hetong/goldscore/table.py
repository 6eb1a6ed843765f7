"""The scores of whole contracts as a small table for people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

from hetong.corpus import KINDS
from hetong.goldscore.tallies import share_of

if TYPE_CHECKING:
    from hetong.goldscore import ContractScore

WORST: Final = 10  # contracts that are named
SAID: Final = 4  # mistakes that are named of each
WIDTH: Final = 30


def table(scores: Sequence[ContractScore]) -> Iterator[str]:
    """The shares with their intervals, the confusion of types, and the contracts with most mistakes."""
    yield f"{len(scores)} contracts{'':{WIDTH - 13}}right     of   share  95 % interval over contracts"
    for measure in scores[0].tallies if scores else ():
        share = share_of([score.tallies[measure] for score in scores])
        figures = f"{share.right:6d} {share.of:6d}   {share.value:.3f}  {share.low:.3f} to {share.high:.3f}"
        yield f"{_padded(measure)}{figures}"
    yield from _confusion(scores)
    yield from _worst(scores)


def _padded(measure: str) -> str:
    """A name as wide as the first column; a Chinese character is two wide."""
    wide = sum(character > "\u2e80" for character in measure)
    return measure + " " * max(1, WIDTH - len(measure) - wide)


def _confusion(scores: Sequence[ContractScore]) -> Iterator[str]:
    counts = Counter((score.kind, score.told_kind) for score in scores)
    yield ""
    yield f"{'type':16}{'told ':>5}" + " ".join(f"{kind[:7]:>7}" for kind in KINDS)
    for gold in KINDS:
        if any(kind == gold for kind, _ in counts):
            yield f"{gold:21}" + " ".join(f"{counts[gold, kind]:7d}" for kind in KINDS)


def _worst(scores: Sequence[ContractScore]) -> Iterator[str]:
    """The contracts with the largest share of things wrong, all measures counting the same."""
    ranked = sorted(scores, key=lambda score: (-_wrongness(score), score.id))
    yield ""
    yield "worst contracts"
    for score in ranked[:WORST]:
        if _wrongness(score) == 0:
            break
        wrong = "; ".join(f"{name} {t.wrong}/{t.of}" for name, t in score.tallies.items() if t.wrong)
        yield f"{score.id}: wrong {wrong}"
        kind = [f"type {score.told_kind}, not {score.kind}"] if score.kind != score.told_kind else []
        more = (*kind, *score.mistakes)
        if more:
            yield f"    {'; '.join(more[:SAID])}{' …' if len(more) > SAID else ''}"


def _wrongness(score: ContractScore) -> float:
    return sum(tally.wrong / tally.of for tally in score.tallies.values() if tally.of)
