"""Looks at sentences and ordinary texts as a whole: enough of each, by enough writers, a third set aside, no copies."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from hetong.corpuscheck import Passage, near_duplicates
from hetong.ordinary import FOLDER, OrdinaryText
from hetong.rulebook import Rule
from hetong.sentences import TOPICS, Sentence

ENOUGH: Final = 30  # that carry the risk of a rule, and as many near misses
ENOUGH_OF_TOPIC: Final = 250
WRITERS: Final = 3  # of each rule at least, so that some can be set aside
ASIDE: Final = (0.25, 0.45)  # share of the sentences that is set aside
# Rules of single words, laws and rates: there is nothing to say in other words
WORDS_ALONE: Final = frozenset({"DOC012", "LGL050", "PRC014"})


def sentence_mistakes(
    sentences: Sequence[Sentence], rules: Iterable[Rule], clauses: Sequence[Passage] = ()
) -> Iterator[str]:
    """What there is too little of, and sentences that are nearly the same as another or as a clause of a contract."""
    wanted = {rule.id for rule in rules if rule.kind in ("wording", "companion", "meaning")} - WORDS_ALONE
    counts: Counter[tuple[str, bool]] = Counter((s.rule, s.risk) for s in sentences)
    writers: defaultdict[str, set[str]] = defaultdict(set)
    for sentence in sentences:
        writers[sentence.rule].add(sentence.writer)
    yield from (f"{rule}: no such rule" for rule in sorted(writers.keys() - wanted))
    for rule in sorted(wanted):
        for risk in (True, False):
            if counts[rule, risk] < ENOUGH:
                yield f"{rule}: {counts[rule, risk]} {'risky ones' if risk else 'near misses'}, at least {ENOUGH}"
        if len(writers[rule]) < WRITERS:
            yield f"{rule}: {len(writers[rule])} writers, at least {WRITERS}"
    for topic in dict.fromkeys(TOPICS.values()):
        for risk in (True, False):
            found = sum(counts[rule, risk] for rule in TOPICS if TOPICS[rule] == topic)
            if found < ENOUGH_OF_TOPIC:
                yield f"{topic}: {found} {'risky ones' if risk else 'near misses'}, at least {ENOUGH_OF_TOPIC}"
    share = sum(s.part == "aside" for s in sentences) / max(1, len(sentences))
    if not ASIDE[0] <= share <= ASIDE[1]:
        yield f"{share:.0%} of the sentences are set aside, about a third should be"
    yield from _copies(sentences, clauses)


def ordinary_mistakes(texts: Sequence[OrdinaryText], clauses: Sequence[Passage] = ()) -> Iterator[str]:
    """Ordinary texts that are nearly the same as another or as a clause of a contract."""
    passages = [Passage(f"{FOLDER}/{text.source}/{number}", "", text.text) for number, text in enumerate(texts)]
    yield from _near(passages, clauses)


def _copies(sentences: Sequence[Sentence], clauses: Sequence[Passage]) -> Iterator[str]:
    passages = [Passage(f"{s.rule}/{s.writer}/{number}", "", s.text) for number, s in enumerate(sentences)]
    yield from _near(passages, clauses)


def _near(passages: Sequence[Passage], clauses: Sequence[Passage]) -> Iterator[str]:
    for first, second, likeness in near_duplicates(passages, clauses):
        yield f"{second.home} is near {first.home} {first.place} ({likeness:.2f}): {second.text[:60]}"
