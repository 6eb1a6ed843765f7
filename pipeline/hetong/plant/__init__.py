"""Plants defects into sound contracts and measures what the rules find of them, and what else they say.

A defect is found when a rule that it is meant for newly speaks of the line that was changed (or of the whole contract,
when the defect is that something is gone). Whatever else speaks newly is a side effect.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from hetong.corpus import AnnotatedContract
from hetong.document import Contract, Finding
from hetong.flag import flag
from hetong.plant.defects import DEFECTS
from hetong.plant.draft import draft_of
from hetong.predictor import OFF
from hetong.rulebook import Rule
from hetong.ruletest import contract_of, prepared


@dataclass(slots=True)
class Tally:
    """What became of the plants of one kind: the contracts where it was missed, and the rules that spoke besides."""

    planted: int = 0
    missed: list[str] = field(default_factory=list)
    besides: Counter[str] = field(default_factory=Counter)

    @property
    def recall(self) -> float:
        """The share that was found; 0 when nothing was planted."""
        return 1 - len(self.missed) / self.planted if self.planted else 0.0

    @property
    def side_effects(self) -> float:
        """Findings besides, a plant."""
        return self.besides.total() / self.planted if self.planted else 0.0


def plant(
    contracts: Iterable[AnnotatedContract], rules: tuple[Rule, ...], kinds: Sequence[str] = tuple(DEFECTS)
) -> dict[str, Tally]:
    """Plants some kinds of defects once into every contract that has a place for them; kind → what became of it."""
    tallies = {kind: Tally() for kind in kinds}
    for source in contracts:
        draft = draft_of(source)
        before = _analysed(draft.lines, rules)
        for kind, tally in tallies.items():
            planted = DEFECTS[kind].plant(draft)
            if planted is not None and not _speak_of(before, planted.line, DEFECTS[kind].rules):
                after = _analysed(planted.lines, rules)
                tally.planted += 1
                tally.besides.update(_besides(before, after, DEFECTS[kind].rules))
                if not _speak_of(after, planted.line, DEFECTS[kind].rules):
                    tally.missed.append(source.id)
    return tallies


def _analysed(lines: Sequence[str], rules: tuple[Rule, ...]) -> Contract:
    return flag(prepared(contract_of("\n".join(lines))), rules, "neutral", detectors=OFF)


def _speak_of(contract: Contract, line: int | None, rules: Sequence[str]) -> bool:
    """Whether one of some rules speaks of a line, or anywhere when the line is None."""
    return any(f.rule in rules and (line is None or _is_on(contract, f, line)) for f in contract.findings)


def _besides(before: Contract, after: Contract, meant: Sequence[str]) -> list[str]:
    """The rule of each finding that was not there before the plant and is not meant for it."""
    news = Counter((f.rule, f.quote) for f in after.findings) - Counter((f.rule, f.quote) for f in before.findings)
    return [rule for rule, _ in news.elements() if rule not in meant]


def _is_on(contract: Contract, finding: Finding, line: int) -> bool:
    """Whether a finding or a place that it names touches a line; one without a place is about the whole contract."""
    block = contract.blocks[line]
    places = [place for place in (finding.span, *finding.related) if place]
    return not places or any(place.start < block.end and place.end > block.start for place in places)


def table(tallies: dict[str, Tally]) -> Iterator[str]:
    """One line a kind of defect, then all together."""
    yield f"{'defect':24}{'planted':>8}{'found':>7}{'recall':>8}{'besides':>9}  missed in; rules besides"
    for kind, tally in tallies.items():
        besides = ", ".join(f"{rule} {n}" for rule, n in tally.besides.most_common(6))
        missed = ", ".join(tally.missed[:8]) + (" …" if len(tally.missed) > 8 else "")
        yield f"{kind:24}{_figures(tally)}  {missed or '-'}; {besides or '-'}"
    whole = Tally(sum(t.planted for t in tallies.values()), [m for t in tallies.values() for m in t.missed])
    whole.besides = sum((t.besides for t in tallies.values()), Counter())
    yield f"{'all':24}{_figures(whole)}"


def _figures(tally: Tally) -> str:
    found = tally.planted - len(tally.missed)
    return f"{tally.planted:8}{found:7}{tally.recall:8.3f}{tally.side_effects:9.3f}"
