import pytest

from hetong.fold import fold


@pytest.mark.parametrize(
    ("printed", "folded"),
    [
        ("１２％", "12%"),
        ("(甲方)", "（甲方）"),
        ("甲⽅", "甲方"),
        ("⾦额", "金额"),
        ("⺠法典", "民法典"),
        ("第3⻚", "第3页"),
        ("\uf90a额", "金额"),
        ("\U0002f8a1\U0002f82d", "\u393a卑"),
        ("\u3000第1条", " 第1条"),
        ("㈠㎡", "㈠㎡"),
    ],
)
def test_ways_of_writing_meet_in_one(printed: str, folded: str) -> None:
    assert fold(printed) == folded


def test_length_never_changes() -> None:
    text = "".join(chr(c) for c in range(0x20, 0x30000) if not 0xD800 <= c < 0xE000)
    assert len(fold(text)) == len(text)
