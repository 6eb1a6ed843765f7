"""`hetong check one.pdf` starts fast: heavy libraries are not imported on its path."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

DRAFTS = Path(__file__).parents[1] / "corpora" / "drafts"
HEAVY = {
    "sklearn",
    "scipy",
    "pandas",
    "spacy",
    "jieba",
    "pdfplumber",
    "pdfminer",
    "jinja2",
    "docx",
    "lxml",
    "PIL",
    "matplotlib",
    "cv2",
    "onnxruntime",
    "rapidocr",
}
PROBE = """
import json, sys
from hetong.cli import app
try:
    app(["check", sys.argv[1]])
except SystemExit:
    pass
print("\\n" + json.dumps(sorted({name.split(".")[0] for name in sys.modules})))
"""


def modules_after_checking(path: Path) -> set[str]:
    done = subprocess.run([sys.executable, "-c", PROBE, str(path)], capture_output=True, text=True, check=True)
    return set(json.loads(done.stdout.strip().splitlines()[-1]))


@pytest.mark.parametrize("name", ["物业服务合同.pdf", "“邻小厨”App 开发外包协议.pdf"])
def test_checking_a_pdf_with_or_without_tables_imports_nothing_heavy(name: str) -> None:
    assert not (modules_after_checking(DRAFTS / name) & HEAVY)


def test_evaluating_needs_none_of_the_libraries_of_training(tmp_path: Path) -> None:
    rows = tmp_path / "rows.jsonl"
    rows.write_text('{"text": "租金每月五千元。", "element": "pricing"}\n', encoding="utf-8")
    probe = PROBE.replace('["check", ', '["evaluate", ')
    done = subprocess.run([sys.executable, "-c", probe, str(rows)], capture_output=True, text=True, check=True)
    assert not (set(json.loads(done.stdout.strip().splitlines()[-1])) & {"sklearn", "scipy", "pandas", "jieba"})


def test_importing_hetong_imports_nothing_heavy() -> None:
    code = "import sys, hetong; print(*{n.split('.')[0] for n in sys.modules})"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not (set(done.stdout.split()) & (HEAVY | {"pypdfium2", "numpy"}))
