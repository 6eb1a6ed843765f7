"""Scores rules on sentences written for them: what is found of the risky ones, and raised of the near misses.

A sentence stands in a contract of one article whose parties are known. It counts as found when a finding of its rule,
or of one that its rule yields to, speaks of it or names it as a neighbour; a near miss counts as raised when a finding
of its own rule does. For a topic any rule of the topic counts.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, Literal, NamedTuple, get_args

from hetong.document import Finding
from hetong.flag import flag
from hetong.predictor import OFF, Detectors
from hetong.rulebook import Rule
from hetong.ruletest import contract_with, side_of
from hetong.sentences import TOPICS, Sentence

if TYPE_CHECKING:
    import pandas as pd

By = Literal["pattern", "meaning", "detector", "all"]
SOURCES: Final[tuple[By, ...]] = get_args(By)


@dataclass(slots=True)
class Tally:
    """Sentences that carry a risk, found and missed; near misses raised and left alone."""

    found: int = 0
    missed: int = 0
    raised: int = 0
    left: int = 0

    def count(self, *, risk: bool, spoken: bool) -> None:
        """Counts one sentence."""
        self.found += risk and spoken
        self.missed += risk and not spoken
        self.raised += spoken and not risk
        self.left += not risk and not spoken

    @property
    def precision(self) -> float:
        """Found ones among found and raised; 0 when there is neither."""
        return self.found / (self.found + self.raised) if self.found else 0.0

    @property
    def recall(self) -> float:
        """Found ones among those that carry the risk; 0 when none does."""
        return self.found / (self.found + self.missed) if self.found else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of the two."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


class Scored(NamedTuple):
    """The tallies by rule and by topic (a rule without one counts in none), for each source and for all together."""

    rules: Mapping[str, Mapping[By, Tally]]
    topics: Mapping[str, Mapping[By, Tally]]


def score(
    sentences: Iterable[Sentence], rules: tuple[Rule, ...], detectors: Detectors, sources: Collection[By] = SOURCES
) -> Scored:
    """What each source finds by itself, and all together.

    Args:
        sentences: written for some of the rules.
        rules: the rules to run.
        detectors: what runs beside them.
        sources: which to try; fewer are quicker.
    """
    ways = {by: way for by, way in _ways(rules, detectors).items() if by in sources}
    by_rule: dict[str, dict[By, Tally]] = {}
    by_topic: dict[str, dict[By, Tally]] = {}
    book = {rule.id: rule for rule in rules}
    for sentence in sentences:
        topic = TOPICS.get(sentence.rule)
        for by, (way, learned) in ways.items():
            spoken = spoken_of(sentence, way, learned)
            heard = {sentence.rule, *(book[sentence.rule].yields_to if sentence.risk else ())}
            tally = by_rule.setdefault(sentence.rule, {b: Tally() for b in ways})[by]
            tally.count(risk=sentence.risk, spoken=bool(spoken & heard))
            if topic:
                akin = {rule for rule in spoken if TOPICS.get(rule) == topic}
                whole = by_topic.setdefault(topic, {b: Tally() for b in ways})[by]
                whole.count(risk=sentence.risk, spoken=bool(akin))
    return Scored(dict(sorted(by_rule.items())), dict(sorted(by_topic.items())))


def _ways(rules: tuple[Rule, ...], detectors: Detectors) -> dict[By, tuple[tuple[Rule, ...], Detectors]]:
    """The rules and detectors of each source alone, and of all."""
    return {
        "pattern": (tuple(replace(rule, meaning=()) for rule in rules), OFF),
        "meaning": (tuple(replace(rule, match=()) for rule in rules), OFF),
        "detector": (tuple(replace(rule, match=(), meaning=()) for rule in rules), detectors),
        "all": (rules, detectors),
    }


def spoken_of(sentence: Sentence, rules: tuple[Rule, ...], detectors: Detectors) -> set[str]:
    """The rules that speak of a sentence, or are named as neighbours, for the first side that its rule speaks to."""
    stance = side_of(next(rule for rule in rules if rule.id == sentence.rule))
    contract = contract_with(sentence.text, sentence.buyer, sentence.supplier)
    found = flag(contract, rules, stance, detectors=detectors).findings
    return {rule for finding in found if finding.span for rule in _told_by(finding)}


def _told_by(finding: Finding) -> Collection[str]:
    return (finding.rule, *finding.also)


def table(scored: Scored) -> Iterator[str]:
    """A line a rule and a topic, then all rules together: precision, recall and F1 of each source."""
    sources = sources_of(scored)
    yield f"{'':20}{'risky':>7}{'near':>6}" + "".join(f"{by:>22}" for by in sources)
    yield f"{'':33}" + "".join(f"{'P':>10}{'R':>6}{'F1':>6}" for _ in sources)
    for name, tallies in _rows(scored):
        yield _line(name, tallies)


def to_frame(scored: Scored) -> pd.DataFrame:
    """A row for each rule, topic and `all rules`, and source: counts, `precision`, `recall`, `f1`.

    The precision of what finds nothing is missing.

    Raises:
        ImportError: pandas is not installed.
    """
    import pandas as pd

    rows = [(name, by, tally) for name, tallies in _rows(scored) for by, tally in tallies.items()]
    frame = pd.DataFrame(
        [[t.found + t.missed, t.raised + t.left, t.found, t.raised, t.precision, t.recall, t.f1] for *_, t in rows],
        index=pd.MultiIndex.from_tuples([(name, by) for name, by, _ in rows], names=["rule", "source"]),
        columns=["risky", "near", "found", "raised", "precision", "recall", "f1"],
    )
    frame["precision"] = frame["precision"].where(frame["found"] + frame["raised"] > 0)
    return frame


def sources_of(scored: Scored) -> tuple[By, ...]:
    """The sources that were tried."""
    return tuple(next(iter(scored.rules.values()), ()))


def _rows(scored: Scored) -> Iterator[tuple[str, Mapping[By, Tally]]]:
    """The tallies of each rule and topic, then of all rules together."""
    yield from scored.rules.items()
    yield from scored.topics.items()
    whole = {by: together(tallies[by] for tallies in scored.rules.values()) for by in sources_of(scored)}
    yield "all rules", whole


def _line(name: str, tallies: Mapping[By, Tally]) -> str:
    one = next(iter(tallies.values()), Tally())
    sizes = f"{name:20}{one.found + one.missed:7}{one.raised + one.left:6}"
    return sizes + "".join(f"{t.precision:10.2f}{t.recall:6.2f}{t.f1:6.2f}" for t in tallies.values())


def together(tallies: Iterable[Tally]) -> Tally:
    """The sum of some tallies."""
    whole = Counter[str]()
    for tally in tallies:
        whole.update({"found": tally.found, "missed": tally.missed, "raised": tally.raised, "left": tally.left})
    return Tally(**whole)


def as_dict(scored: Scored) -> dict[str, Sequence[float]]:
    """Precision, recall and F1 of all sources together, by rule and topic, rounded."""
    rows = (*scored.rules.items(), *scored.topics.items())
    return {name: [round(v, 3) for v in (t["all"].precision, t["all"].recall, t["all"].f1)] for name, t in rows}
