from datetime import date

import pytest

from hetong import numerals


@pytest.mark.parametrize(
    ("text", "value"),
    [("12", 12), ("１２", 12), ("十二", 12), ("二十", 20), ("一百零五", 105), ("二〇二六", 2026), ("廿三", 23), ("①", 1),
     ("㈠", 1), ("（四）", 4), ("Ⅳ", 4), ("iv", 4), ("a", 1), ("B", 2), ("C", 3), ("壹佰贰拾", 120), ("", None), ("甲", None), ("条", None)],
)  # fmt: skip
def test_an_ordinal_is_read(text: str, value: int | None) -> None:
    assert numerals.integer(text) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [("人民币壹佰贰拾万元整", 1_200_000), ("贰拾万零叁佰伍拾元伍角整", 200_350.5), ("大写：壹万零伍元叁角贰分", 10_005.32),
     ("叁仟万元整", 30_000_000), ("壹亿贰仟万元", 120_000_000), ("伍圆正", 5), ("十二万八千元", 128_000)],
)  # fmt: skip
def test_an_amount_in_words_is_read_in_yuan(text: str, value: float) -> None:
    assert [f.value for f in numerals.amounts_in_words(text)] == [value]


@pytest.mark.parametrize(
    ("text", "values"),
    [("总价120万元", [1_200_000]), ("￥1,200,000.00", [1_200_000]), ("¥ 300元", [300]), ("人民币5000元/月", [5000]),
     ("RMB 12.5万元", [125_000]), ("共3台", []), ("税率13%", []), ("第12条", [])],
)  # fmt: skip
def test_an_amount_in_figures_is_read_in_yuan(text: str, values: list[float]) -> None:
    assert [f.value for f in numerals.amounts_in_figures(text)] == values


@pytest.mark.parametrize(
    ("text", "values"),
    [("每日千分之五", [0.005]), ("5‰", [0.005]), ("0.5%", [0.005]), ("30％", [0.3]), ("百分之三十", [0.3]),
     ("万分之三点五", [0.00035]), ("三十（30）%", [0.3]), ("第5条", [])],
)  # fmt: skip
def test_a_rate_is_read_as_a_fraction(text: str, values: list[float]) -> None:
    assert [f.value for f in numerals.rates(text)] == pytest.approx(values)


@pytest.mark.parametrize(
    ("text", "values"),
    [("三十日内", [30]), ("30个工作日", [42]), ("一个月内", [30]), ("二十四（24）个月", [720]), ("2小时", [2 / 24]),
     ("半年", [182.5]), ("2026年3月1日", []), ("年利率", [])],
)  # fmt: skip
def test_a_period_is_read_in_days(text: str, values: list[float]) -> None:
    assert [f.value for f in numerals.periods(text)] == pytest.approx(values)


@pytest.mark.parametrize(
    ("text", "value"),
    [("2026年3月1日", date(2026, 3, 1)), ("二〇二六年十二月三十一日", date(2026, 12, 31)), ("2026-03-01", date(2026, 3, 1)),
     ("2026.3.1起", date(2026, 3, 1)), ("2026年2月30日", None)],
)  # fmt: skip
def test_a_date_is_read_and_an_impossible_one_is_none(text: str, value: date | None) -> None:
    assert [d.value for d in numerals.days(text)] == [value]


def test_places_point_at_the_printed_number() -> None:
    text = "违约金为每日千分之五，30日内付清120万元。"
    assert [text[f.start : f.end] for f in numerals.rates(text)] == ["千分之五"]
    assert [text[f.start : f.end] for f in numerals.periods(text)] == ["30日"]
    assert [text[f.start : f.end] for f in numerals.amounts_in_figures(text)] == ["120万元"]


@pytest.mark.parametrize("text", ["1" * 50_000 + "元", "壹" * 50_000 + "元", "1" * 50_000 + "%", "一" * 50_000 + "天"])
def test_a_run_of_thousands_of_digits_is_no_number(text: str) -> None:
    finders = (numerals.amounts_in_figures, numerals.amounts_in_words, numerals.rates, numerals.periods)
    assert [figure for find in finders for figure in find(text)] == []
    assert numerals.integer(text[:-1]) is None


@pytest.mark.parametrize(
    ("text", "value"),
    [("一万零十五元", 10_015), ("伍万零仟零佰零拾零元整", 50_000), ("三点五万元", 35_000), ("贰佰伍拾元零伍角整", 250.5),
     ("贰佰伍拾元零角伍分", 250.05), ("十元", 10)],
)  # fmt: skip
def test_gaps_decimals_and_printed_forms_count(text: str, value: float) -> None:
    assert [f.value for f in numerals.amounts_in_words(text)] == [value]


@pytest.mark.parametrize(
    ("text", "value", "quote"),
    [("租金贰佰伍拾 万元整", 2_500_000, "贰佰伍拾 万元整"), ("柒佰捌拾 元", 780, "柒佰捌拾 元"), ("叁亿  元", 300_000_000, "叁亿  元"),
     ("人民币一百五十万，分两期付", 1_500_000, "一百五十万"), ("合同总价为壹仟贰佰万。", 12_000_000, "壹仟贰佰万"), ("共一百五十万元", 1_500_000, "一百五十万元")],
)  # fmt: skip
def test_a_blank_before_the_unit_is_printed_and_the_unit_is_left_out_where_money_is_named(
    text: str, value: float, quote: str
) -> None:
    assert [(f.value, text[f.start : f.end]) for f in numerals.amounts_in_words(text)] == [(value, quote)]


@pytest.mark.parametrize(
    "text", ["观众一百五十万，", "年产一百五十万只", "人民币一百五十万美元户", "合同总价三百万股", "壹佰  佰  万元"]
)
def test_what_is_not_said_to_be_money_is_no_amount_in_words(text: str) -> None:
    assert list(numerals.amounts_in_words(text)) == []


@pytest.mark.parametrize("text", ["（单位：万元）", "数百元", "上千元", "亿元", "三元件"])
def test_a_unit_without_a_number_is_no_amount_in_words(text: str) -> None:
    assert list(numerals.amounts_in_words(text)) == []


@pytest.mark.parametrize(
    ("text", "values"),
    [("10萬元", [100_000]), ("5仟元", [5000]), ("3百元", [300]), ("30十万元", [3_000_000]), ("rmb 100", [100]),
     ("人民币（小写）：120,000.00", [120_000]), ("人民币：500元", [500]), ("人民币30.5%", []), ("¥12.50 %", []),
     ("1.2.300元", []), ("3元件", [])],
)  # fmt: skip
def test_scales_and_signs_are_read_and_half_a_number_is_none(text: str, values: list[float]) -> None:
    assert [f.value for f in numerals.amounts_in_figures(text)] == values


@pytest.mark.parametrize(("text", "value"), [("百分之叁", 0.03), ("百分之贰拾伍", 0.25), ("伍%", 0.05)])
def test_a_rate_in_formal_characters_is_read(text: str, value: float) -> None:
    assert [f.value for f in numerals.rates(text)] == pytest.approx([value])


@pytest.mark.parametrize(
    ("text", "values"),
    [("叁拾日内", [30]), ("贰年", [730]), ("一个半月", [45]), ("三年半", [1277.5]), ("一个月零十五天", [30, 15]),
     ("两个星期", [14]), ("2026年", []), ("2026年3月底", []), ("二〇二六年三月", []), ("12月31日前", []), ("三年内", [1095])],
)  # fmt: skip
def test_lengths_of_time_are_periods_and_times_of_the_calendar_are_not(text: str, values: list[float]) -> None:
    assert [f.value for f in numerals.periods(text)] == pytest.approx(values)


@pytest.mark.parametrize(
    ("text", "value"),
    [("2026年3月1号", date(2026, 3, 1)), ("二〇二六年三月廿一日", date(2026, 3, 21)), ("２０２６年３月１日", date(2026, 3, 1)),
     ("2026－3－1", date(2026, 3, 1)), ("自2026.3.1.起", date(2026, 3, 1))],
)  # fmt: skip
def test_a_date_is_read_in_further_forms(text: str, value: date) -> None:
    assert [d.value for d in numerals.days(text)] == [value]


@pytest.mark.parametrize("text", ["12026年3月1日", "编号2026-03-01-05", "2026.3.1.2"])
def test_a_longer_number_holds_no_date(text: str) -> None:
    assert list(numerals.days(text)) == []
