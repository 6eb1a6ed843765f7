"""Each contract has one fixed split, and no family is cut."""

import shutil
import sys
from pathlib import Path

import pytest

from hetong.corpus import load_contracts
from hetong.errors import CorpusError
from hetong.splits import SplitRow, assigned, load_splits, split_mistakes

CORPORA = Path(__file__).parents[1] / "corpora"
sys.path.insert(0, str(CORPORA))


def written(tmp_path: Path, *lines: str) -> Path:
    path = tmp_path / "splits.csv"
    path.write_text("\n".join(["contract,family,split", *lines]) + "\n", encoding="utf-8")
    return path


def test_every_contract_of_ours_is_listed_with_its_family() -> None:
    families = {c.id: c.family for c in load_contracts(CORPORA / "contracts")}
    assert list(split_mistakes(families, load_splits(CORPORA / "splits.csv"))) == []


def test_the_contracts_that_were_held_out_from_the_beginning_stay_held_out() -> None:
    splits = load_splits(CORPORA / "splits.csv")
    first = list(splits)[:83]
    assert [c for c in first if splits[c].split == "test"] == first[::3]


def test_of_new_families_a_third_is_test_and_a_fifth_of_the_rest_dev() -> None:
    rows = assigned({f"c{i:02}": f"family-{i}" for i in range(30)}, {})
    assert [sum(row.split == name for row in rows) for name in ("test", "dev", "train")] == [10, 4, 16]
    assert rows == assigned({f"c{i:02}": f"family-{i}" for i in reversed(range(30))}, {})


def test_a_new_contract_of_a_known_family_joins_it() -> None:
    known = {"a": SplitRow("a", "lease-flat", "dev")}
    assert assigned({"a": "lease-flat", "b": "lease-flat"}, known) == [SplitRow("b", "lease-flat", "dev")]


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (("a,f,train", "b,f,test"), "line 3: family f is cut: train and test"),
        (("a,f,train", "a,g,train"), "line 3: a is listed twice"),
        (("a,f,validation",), "line 2: give a contract, its family and one of train, dev, test"),
    ],
)
def test_a_file_that_cuts_repeats_or_invents_is_refused(tmp_path: Path, lines: tuple[str, ...], said: str) -> None:
    with pytest.raises(CorpusError, match=said):
        load_splits(written(tmp_path, *lines))


def test_the_script_appends_and_changes_no_row_that_exists(tmp_path: Path) -> None:
    import split

    (tmp_path / "contracts" / "lease").mkdir(parents=True)
    for name in ("lease-01", "lease-02"):
        shutil.copy(CORPORA / "contracts" / "lease" / f"{name}.yaml", tmp_path / "contracts" / "lease")
    family = {c.id: c.family for c in load_contracts(tmp_path)}
    written(tmp_path, f"lease-02,{family['lease-02']},dev")
    assert split.main(tmp_path) == 0
    lines = (tmp_path / "splits.csv").read_text(encoding="utf-8").splitlines()
    assert lines[1] == f"lease-02,{family['lease-02']},dev"
    assert lines[2].startswith("lease-01,")


def test_the_script_refuses_a_contract_whose_family_has_changed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    import split

    (tmp_path / "contracts" / "lease").mkdir(parents=True)
    shutil.copy(CORPORA / "contracts" / "lease" / "lease-01.yaml", tmp_path / "contracts" / "lease")
    before = written(tmp_path, "lease-01,another-family,dev").read_text(encoding="utf-8")
    assert split.main(tmp_path) == 1
    assert "another-family" in capsys.readouterr().err
    assert (tmp_path / "splits.csv").read_text(encoding="utf-8") == before
