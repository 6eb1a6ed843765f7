import subprocess
import sys

import pytest

spacy = pytest.importorskip("spacy", reason="needs the extra hetong[spacy]")

TEXT = """软件开发合同
甲方：青禾科技有限公司
乙方：远山软件有限公司
第一条 开发内容
乙方为甲方开发仓储管理系统。
第二条 售后服务
乙方对本系统提供终身免费维护服务。
"""


def test_risks_are_spans_labelled_with_their_rule() -> None:
    nlp = spacy.blank("zh")
    nlp.add_pipe("hetong_risks")
    doc = nlp(TEXT)
    marked = [span.text for span in doc.spans["hetong_risks"] if span.label_ == "SRV001"]
    assert len(marked) == 1
    assert "终身免费维护" in marked[0]
    assert doc._.hetong.findings


def test_clauses_and_elements_are_spans_too() -> None:
    nlp = spacy.blank("zh")
    nlp.add_pipe("hetong_clauses")
    nlp.add_pipe("hetong_elements")
    doc = nlp(TEXT.replace("乙方对本系统提供终身免费维护服务。", "质保期为十二个月，质保期内乙方免费维修。"))
    assert {"第一条", "第二条"} <= {s.label_ for s in doc.spans["hetong_clauses"]}
    labels = {s.text.split()[0]: s.label_ for s in doc.spans["hetong_elements"]}
    assert labels["第二条"] == "service"


def test_the_side_of_the_reader_is_a_setting() -> None:
    nlp = spacy.blank("zh")
    nlp.add_pipe("hetong_risks", config={"stance": "buyer"})
    doc = nlp(TEXT)
    assert not [s for s in doc.spans["hetong_risks"] if s.label_ == "SRV001"]


@pytest.mark.parametrize("stance", ["supplier", "乙方"])
def test_the_side_stays_whatever_component_comes_after(stance: str) -> None:
    nlp = spacy.blank("zh")
    nlp.add_pipe("hetong_risks", config={"stance": stance})
    nlp.add_pipe("hetong_clauses")
    assert nlp(TEXT)._.hetong.stance == "supplier"


def test_a_doc_goes_to_bytes_and_back_with_its_risks() -> None:
    nlp = spacy.blank("zh")
    nlp.add_pipe("hetong_risks", config={"stance": "buyer"})
    doc = nlp(TEXT)
    back = spacy.tokens.Doc(nlp.vocab).from_bytes(doc.to_bytes())
    assert [span.text for span in back.spans["hetong_risks"]] == [span.text for span in doc.spans["hetong_risks"]]
    assert back._.hetong == doc._.hetong
    assert back._.hetong.stance == "buyer"


def test_a_doc_that_no_component_has_seen_has_no_contract() -> None:
    assert spacy.blank("zh")(TEXT)._.hetong is None


def test_components_are_found_through_entry_points_in_a_fresh_interpreter() -> None:
    code = "import spacy; n = spacy.blank('zh'); n.add_pipe('hetong_risks'); print(n.pipe_names)"
    done = subprocess.run([sys.executable, "-W", "ignore", "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "['hetong_risks']"
