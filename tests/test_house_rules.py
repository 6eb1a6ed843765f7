"""The house rule of notebook 04 does what its own examples say, and is found in the drafts; drafts are analysed in one go."""

from pathlib import Path

import pytest

from hetong.batch.drafts import analyse_drafts
from hetong.rulebook.choice import Choice, chosen_rules
from hetong.ruletest import verdicts

ROOT = Path(__file__).parents[1]
(RULE,) = chosen_rules(Choice(folders=(ROOT / "notebooks" / "house-rules",), select=("LGL901",)))


@pytest.mark.parametrize("verdict", list(verdicts(RULE)), ids=lambda verdict: verdict.text)
def test_each_example_of_the_rule(verdict) -> None:
    assert verdict.wrong == ""


def test_it_finds_two_drafts_in_which_chat_counts() -> None:
    drafts, unread = analyse_drafts([ROOT / "corpora" / "drafts"], rules=(RULE,))
    assert unread == []
    assert len(drafts) == 12
    assert [finding.quote for draft in drafts for finding in draft.findings] == [
        "聊天记录可以当证据", "微信即构成作业规则的修改",
    ]  # fmt: skip


def test_a_draft_that_cannot_be_read_costs_only_itself(tmp_path: Path) -> None:
    (tmp_path / "好.txt").write_text("买卖合同\n第一条 价款\n总价十万元。", encoding="utf-8")
    (tmp_path / "坏.docx").write_bytes(b"no zip")
    drafts, unread = analyse_drafts([str(tmp_path)])
    assert [Path(draft.source.path).name for draft in drafts] == ["好.txt"]
    assert [Path(error.path).name for error in unread] == ["坏.docx"]
