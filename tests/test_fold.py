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


@pytest.mark.parametrize(
    ("printed", "folded"),
    [
        ("二O二六年三月", "二〇二六年三月"),
        ("一九九0年", "一九九〇年"),
        ("1OO万元", "100万元"),
        ("1,OOO.5O元", "1,000.50元"),
        ("H2O含量5%、P2O5", "H2O含量5%、P2O5"),
        ("第—条、第ー款", "第一条、第一款"),
        ("10—20日", "10—20日"),
        ("Раymеnt", "Payment"),
        ("ΑΒC", "ABC"),
    ],
)
def test_characters_of_one_shape_meet(printed: str, folded: str) -> None:
    assert fold(printed) == folded
