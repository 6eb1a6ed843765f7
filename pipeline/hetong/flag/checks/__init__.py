"""Consistency checks that need code: each compares places of one contract and quotes both.

A rule of kind `check` names one of them in its field `check`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Final

from hetong.flag.checks.amounts import amounts_in_words_and_figures
from hetong.flag.checks.annex_order import annex_order
from hetong.flag.checks.annexes import annexes_named
from hetong.flag.checks.blanks import blanks
from hetong.flag.checks.conflicts import two_values_for_one_thing
from hetong.flag.checks.copies import copies
from hetong.flag.checks.dates import dates_that_clash
from hetong.flag.checks.deposit import deposit_amount
from hetong.flag.checks.disputes import no_dispute_clause
from hetong.flag.checks.home_court import buyers_court, suppliers_court
from hetong.flag.checks.identity import credit_codes, id_numbers
from hetong.flag.checks.instalments import instalments_to_the_whole
from hetong.flag.checks.invoice_order import invoice_before_or_after
from hetong.flag.checks.jurisdiction import jurisdiction
from hetong.flag.checks.leftovers import template_notes
from hetong.flag.checks.liability import liability
from hetong.flag.checks.numbering import numbering
from hetong.flag.checks.party_details import party_details
from hetong.flag.checks.party_names import party_names
from hetong.flag.checks.probation import probation_for_the_term
from hetong.flag.checks.references import clauses_named
from hetong.flag.checks.roles import roles
from hetong.flag.checks.sums import sums_that_differ
from hetong.flag.checks.terms import terms
from hetong.flag.checks.topics import topics
from hetong.flag.checks.units import amounts_in_other_units
from hetong.flag.kinds import Hit
from hetong.flag.matching import Match
from hetong.flag.view import View
from hetong.rulebook import Rule

CHECKS: Final[dict[str, Callable[[View, Rule, Sequence[Match]], Iterator[Hit]]]] = {
    "amounts-in-other-units": amounts_in_other_units,
    "amounts-in-words-and-figures": amounts_in_words_and_figures,
    "annex-order": annex_order,
    "annexes-named": annexes_named,
    "blanks": blanks,
    "buyers-court": buyers_court,
    "clauses-named": clauses_named,
    "copies": copies,
    "credit-codes": credit_codes,
    "dates-that-clash": dates_that_clash,
    "deposit-amount": deposit_amount,
    "id-numbers": id_numbers,
    "instalments-to-the-whole": instalments_to_the_whole,
    "invoice-before-or-after": invoice_before_or_after,
    "jurisdiction": jurisdiction,
    "liability": liability,
    "no-dispute-clause": no_dispute_clause,
    "numbering": numbering,
    "party-details": party_details,
    "party-names": party_names,
    "probation-for-the-term": probation_for_the_term,
    "roles": roles,
    "sums-that-differ": sums_that_differ,
    "suppliers-court": suppliers_court,
    "template-notes": template_notes,
    "terms": terms,
    "topics": topics,
    "two-values-for-one-thing": two_values_for_one_thing,
}
