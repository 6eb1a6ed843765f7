"""What Label Studio, doccano, spaCy and Excel do of their own with labels."""

import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from hetong.errors import CorpusError
from hetong.exchange import FORMATS, label_studio, write_rows
from hetong.exchange.doccano import read_lines
from hetong.exchange.rows import LabelledClause, LabelledRisk

TEXT = "乙方终身免费维护。"
ROW = LabelledClause(TEXT, "sale-90", "sale-x", element="service", risks=(LabelledRisk("SRV001", "fires", 2, 6),))


def label(start: int, end: int, text: str, rule: str = "SRV001") -> dict[str, Any]:
    value = {"start": start, "end": end, "text": text, "labels": [rule]}
    return {"from_name": "risk", "to_name": "text", "type": "labels", "value": value}


def choice(element: str) -> dict[str, Any]:
    return {"from_name": "element", "to_name": "text", "type": "choices", "value": {"choices": [element]}}


def tasks(tmp_path: Path, *found: dict[str, Any], text: str = TEXT) -> list[LabelledClause]:
    path = tmp_path / "export.json"
    path.write_text(json.dumps([{"id": i, "data": {"text": text}, **task} for i, task in enumerate(found, 1)]))
    return label_studio.read_tasks(path)


class TestLabelStudio:
    def test_of_several_annotations_the_last_counts(self, tmp_path: Path) -> None:
        first = {"result": [choice("legal")], "updated_at": "2026-03-01T08:00:00Z"}
        second = {"result": [choice("service")], "updated_at": "2026-03-02T08:00:00Z"}
        assert [row.element for row in tasks(tmp_path, {"annotations": [second, first]})] == ["service"]

    def test_ground_truth_counts_before_what_came_later(self, tmp_path: Path) -> None:
        truth = {"result": [choice("legal")], "updated_at": "2026-03-01T08:00:00Z", "ground_truth": True}
        later = {"result": [choice("service")], "updated_at": "2026-03-02T08:00:00Z"}
        assert [row.element for row in tasks(tmp_path, {"annotations": [truth, later]})] == ["legal"]

    def test_a_skipped_task_gives_no_row_even_when_a_model_had_a_guess(self, tmp_path: Path) -> None:
        skipped = {"result": [choice("legal")], "was_cancelled": True}
        assert tasks(tmp_path, {"annotations": [skipped], "predictions": [{"result": [choice("legal")]}]}) == []

    def test_a_prediction_says_that_it_is_one(self, tmp_path: Path) -> None:
        (row,) = tasks(tmp_path, {"annotations": [], "predictions": [{"result": [choice("service")], "score": 0.9}]})
        assert (row.element, row.source) == ("service", "label-studio-prediction")

    def test_a_task_that_nobody_looked_at_gives_no_row(self, tmp_path: Path) -> None:
        assert tasks(tmp_path, {"annotations": [], "predictions": []}) == []

    def test_nothing_marked_is_a_clause_without_risks(self, tmp_path: Path) -> None:
        (row,) = tasks(tmp_path, {"annotations": [{"result": []}]})
        assert (row.risks, row.source) == ((), "label-studio")

    def test_positions_behind_a_rare_character_are_found_in_either_way_of_counting(self, tmp_path: Path) -> None:
        text = "𠮷田公司终身免费维护。"
        in_characters = {"annotations": [{"result": [label(4, 8, "终身免费")]}]}
        in_units = {"annotations": [{"result": [label(5, 9, "终身免费")]}]}
        rows = tasks(tmp_path, in_characters, in_units, text=text)
        assert [row.fires for row in rows] == [((4, 8, "SRV001"),)] * 2

    def test_words_that_are_not_where_their_label_says_are_refused(self, tmp_path: Path) -> None:
        with pytest.raises(CorpusError, match="task 1: the words '免费' are not where"):
            tasks(tmp_path, {"annotations": [{"result": [label(0, 2, "免费")]}]})

    def test_a_file_of_another_shape_is_refused(self, tmp_path: Path) -> None:
        with pytest.raises(CorpusError, match="task 1: not as Label Studio writes it"):
            tasks(tmp_path, {"annotations": [{"result": [{"type": "labels"}]}]})
        path = tmp_path / "min.json"
        path.write_text('[{"text": "另议。", "element": "legal"}]')
        with pytest.raises(CorpusError, match="JSON-MIN"):
            label_studio.read_tasks(path)

    @pytest.mark.parametrize("name", ["label-studio-elements", "label-studio-risks"])
    def test_the_interface_written_beside_the_tasks_names_their_controls(self, name: Any, tmp_path: Path) -> None:
        tasks_file, config = write_rows(name, [ROW], tmp_path / "tasks.json")
        tree = etree.parse(config)
        (task,) = json.loads(tasks_file.read_text(encoding="utf-8"))
        (result,) = task["annotations"][0]["result"]
        (control,) = tree.xpath(f"//*[@name='{result['from_name']}']")
        offered = {child.get("value") for child in control}
        assert control.get("toName") == result["to_name"] == tree.xpath("//Text/@name")[0]
        assert control.tag.lower() == result["type"]
        assert set(result["value"][result["type"]]) <= offered
        assert tree.xpath("//Text/@value") == ["$text"]


class TestDoccano:
    def read(self, tmp_path: Path, line: str) -> list[LabelledClause]:
        path = tmp_path / "all.jsonl"
        path.write_text(line + "\n", encoding="utf-8")
        return read_lines(path)

    def test_lines_are_as_doccano_documents_them(self, tmp_path: Path) -> None:
        write_rows("doccano-elements", [ROW], tmp_path / "a.jsonl")
        write_rows("doccano-risks", [ROW], tmp_path / "b.jsonl")
        kinds, marks = (json.loads((tmp_path / name).read_text(encoding="utf-8")) for name in ("a.jsonl", "b.jsonl"))
        assert (kinds["text"], kinds["label"]) == (TEXT, ["service"])
        assert (marks["text"], marks["label"]) == (TEXT, [[2, 6, "SRV001"]])

    @pytest.mark.parametrize(
        "labels",
        [
            '"label": [[2, 6, "SRV001"]], "Comments": []',
            '"labels": [[2, 6, "SRV001"]]',
            '"entities": [{"id": 4, "label": "SRV001", "start_offset": 2, "end_offset": 6}], "relations": []',
        ],
    )
    def test_exports_of_every_version_are_read(self, labels: str, tmp_path: Path) -> None:
        (row,) = self.read(tmp_path, f'{{"id": 7, "text": "{TEXT}", {labels}}}')
        assert row.fires == ((2, 6, "SRV001"),)

    def test_a_text_that_nobody_labelled_gives_no_row(self, tmp_path: Path) -> None:
        assert self.read(tmp_path, f'{{"id": 7, "text": "{TEXT}", "label": []}}') == []

    def test_two_elements_for_a_clause_are_refused(self, tmp_path: Path) -> None:
        with pytest.raises(CorpusError, match="line 1: one element a clause, not legal, service"):
            self.read(tmp_path, f'{{"text": "{TEXT}", "label": ["legal", "service"]}}')

    def test_a_label_of_another_shape_is_refused(self, tmp_path: Path) -> None:
        with pytest.raises(CorpusError, match="line 1: a label is"):
            self.read(tmp_path, f'{{"text": "{TEXT}", "label": [["SRV001", 2, 6]]}}')


class TestSpacy:
    def test_docs_hold_categories_and_spans_as_spacy_trains_on_them(self, tmp_path: Path) -> None:
        spacy = pytest.importorskip("spacy", reason="needs the extra hetong[spacy]")
        write_rows("spacy", [ROW], tmp_path / "train.spacy")
        docs = spacy.tokens.DocBin().from_disk(tmp_path / "train.spacy").get_docs(spacy.blank("zh").vocab)
        (doc,) = docs
        assert doc.cats["service"] == 1.0
        assert sum(doc.cats.values()) == 1.0
        assert [(span.text, span.label_) for span in doc.spans["hetong"]] == [("终身免费", "SRV001")]


class TestExcel:
    HOSTILE = '=HYPERLINK("http://a.example","终身免费")'

    @pytest.fixture(autouse=True)
    def openpyxl(self) -> None:
        pytest.importorskip("openpyxl", reason="needs the extra hetong[exchange]")

    def book(self, tmp_path: Path, *rows: LabelledClause) -> Any:
        import openpyxl

        write_rows("xlsx", rows, tmp_path / "labels.xlsx")
        return openpyxl.load_workbook(tmp_path / "labels.xlsx")

    def read(self, book: Any, tmp_path: Path) -> list[LabelledClause]:
        book.save(tmp_path / "back.xlsx")
        return FORMATS["xlsx"].read(tmp_path / "back.xlsx")

    def test_a_clause_that_looks_like_a_formula_stays_text(self, tmp_path: Path) -> None:
        row = LabelledClause(self.HOSTILE, "+1", "@SUM(1)", heading="-1", element="legal")
        book = self.book(tmp_path, row)
        cells = [cell for sheet in book for line in sheet.iter_rows() for cell in line if cell.value is not None]
        assert {cell.data_type for cell in cells} == {"s"}
        assert all(cell.quotePrefix for cell in cells)
        with zipfile.ZipFile(io.BytesIO((tmp_path / "labels.xlsx").read_bytes())) as package:
            assert not any(b"<f>" in package.read(name) for name in package.namelist())
        assert self.read(book, tmp_path)[0].text == self.HOSTILE

    def test_control_characters_are_shown_and_do_not_break_the_file(self, tmp_path: Path) -> None:
        assert self.book(tmp_path, LabelledClause("乙方\x07维护", "a", "a"))["条款"]["D2"].value == "乙方␇维护"

    def test_elements_and_decisions_are_chosen_from_lists(self, tmp_path: Path) -> None:
        sheet = self.book(tmp_path, ROW)["条款"]
        lists = {str(one.sqref): one.formula1 for one in sheet.data_validations.dataValidation}
        assert lists["E2 F2 G2"] == '"标的,价款,交付与验收,服务,商业法务,其他"'
        assert lists["H2"] == '"采用,不用"'
        assert sheet["E2"].value == "服务"

    def test_a_corrected_element_is_the_label(self, tmp_path: Path) -> None:
        book = self.book(tmp_path, ROW)
        book["条款"]["E2"], book["条款"]["F2"], book["条款"]["H2"] = "商业法务", "服务", "采用"
        (row,) = self.read(book, tmp_path)
        assert (row.element, row.secondary, row.source) == ("legal", ("service",), "reviewer")

    def test_a_clause_marked_as_not_wanted_gives_no_row(self, tmp_path: Path) -> None:
        book = self.book(tmp_path, ROW)
        book["条款"]["H2"] = "不用"
        assert self.read(book, tmp_path) == []

    def test_a_rejected_risk_must_not_fire(self, tmp_path: Path) -> None:
        book = self.book(tmp_path, ROW)
        book["风险"]["F2"] = "不用"
        (row,) = self.read(book, tmp_path)
        assert row.risks == (LabelledRisk("SRV001", "must_not", 2, 6),)

    def test_what_no_label_can_be_is_named_with_its_row(self, tmp_path: Path) -> None:
        book = self.book(tmp_path, ROW)
        book["条款"]["E2"] = "价格"
        with pytest.raises(CorpusError, match=r"back\.xlsx: 条款 1: element '价格'"):
            self.read(book, tmp_path)

    def test_a_missing_column_is_named(self, tmp_path: Path) -> None:
        book = self.book(tmp_path, ROW)
        book["条款"]["E1"] = "类别"
        with pytest.raises(CorpusError, match="sheet 条款: columns are missing: 要素"):
            self.read(book, tmp_path)
