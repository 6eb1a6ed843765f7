"""Scans and photos: what stands on them is text at its place, and what could not be read is told."""

import json
import math
import struct
import subprocess
import sys
import zlib
from pathlib import Path

import pdf_samples  # noqa: F401 - makes the Chinese font known to reportlab
import pytest
from picture_samples import FONT, file_of, page, rule, scan_pdf, scribble, seal, write
from PIL import Image

from hetong.document import Contract, Line
from hetong.errors import FileError
from hetong.extract import read
from hetong.extract.ocr_engine import is_installed
from hetong.extract.ocr_signs import put_right, sized
from hetong.geometry import Box, cut
from hetong.report.as_json import to_dict
from hetong.report.html import render_draft
from hetong.report.lines import check_lines
from hetong.report.summary import is_unread
from hetong.run import analyse

ROOT = Path(__file__).parents[1]
needs_ocr = pytest.mark.skipif(not is_installed() or FONT is None, reason="the extra ocr or the font is missing")
WIDTH, HEIGHT = 420, 500
TILT = 1.3
SEALED = "甲方（盖章）：东山电子有限公司"
AMOUNT = "合同总价为人民币128,600元，于2026年3月15日前付清。"


def sealed_page() -> Image.Image:
    picture = page(
        WIDTH, HEIGHT,
        (64, 70, "第一条 乙方按照本合同约定的时间和地点交付设备并负责安"),
        (40, 91, "装调试，运输、装卸和保险的费用由乙方承担，设备在交付甲方以"),
        (40, 112, "前毁损的风险由乙方承担。"),
        (64, 133, "第二条 " + AMOUNT),
        (40, 154, "第三条 验收人："), (200, 154, "电话："),
        (64, 300, SEALED),
    )  # fmt: skip
    write(picture, (150, 36, "设备买卖合同"), size=17)
    write(picture, (64, 175, "此处为蓝色签字笔补写"), colour="#1030c0")
    rule(picture, (126, 166, 190, 166))
    rule(picture, *[(40, y, 340, y) for y in (195, 220, 245)], *[(x, 195, x, 245) for x in (40, 140, 240, 340)])
    write(picture, (50, 201, "名称"), (150, 201, "数量"), (250, 201, "单价"))
    write(picture, (50, 226, "水泵"), (150, 226, "12台"), (250, 226, "3,500元"))
    seal(picture, 100, 255)
    scribble(picture, 60, 440)
    return picture.rotate(-TILT, Image.Resampling.BICUBIC, fillcolor="white")  # clockwise


def lying_page() -> Image.Image:
    lines = [(40, 40 + 22 * i, f"{i + 1}.乙方应在收到通知后{i + 3}日内派员到场维修。") for i in range(8)]
    return page(WIDTH, 260, *lines).transpose(Image.Transpose.ROTATE_90)  # counter-clockwise


@pytest.fixture(scope="module")
def mixed(tmp_path_factory: pytest.TempPathFactory) -> Contract:
    """A digital page, a scan with a seal, and a scan that lies on its side."""
    path = tmp_path_factory.mktemp("scans") / "合同.pdf"
    path.write_bytes(scan_pdf([(80, 100, "这一页是电子版的正文。")], sealed_page(), lying_page()))
    return read(path)


def line_of(contract: Contract, words: str) -> Line:
    start = contract.text.index(words)
    return next(line for block in contract.blocks for line in block.lines if line.start <= start < line.end)


def displayed(x: float, y: float) -> tuple[float, float]:
    """Where a place of the sealed page lies once the page is turned clockwise about its middle."""
    a = math.radians(TILT)
    dx, dy = x - WIDTH / 2, y - HEIGHT / 2
    return WIDTH / 2 + dx * math.cos(a) - dy * math.sin(a), HEIGHT / 2 + dx * math.sin(a) + dy * math.cos(a)


@needs_ocr
def test_digital_and_scanned_pages_of_one_file_are_read_in_order(mixed: Contract) -> None:
    assert mixed.text.startswith("这一页是电子版的正文。\n设备买卖合同\n")
    assert mixed.source.pages == 3
    assert "page-without-text" not in {p.code for p in mixed.problems}


@needs_ocr
def test_lines_of_a_scan_make_paragraphs_and_numbers_keep_their_space(mixed: Contract) -> None:
    assert (
        "\n第一条 乙方按照本合同约定的时间和地点交付设备并负责安装调试，运输、装卸和保险的费用由乙方承担，设备在交付甲方以前"
        "毁损的风险由乙方承担。\n" in mixed.text
    )
    assert f"\n第二条 {AMOUNT}\n" in mixed.text


@needs_ocr
def test_words_under_a_red_seal_and_in_blue_ink_are_read_and_the_seal_is_told(mixed: Contract) -> None:
    assert SEALED in mixed.text
    assert "此处为蓝色签字笔补写" in mixed.text
    assert "合同专用章" not in mixed.text
    [told] = [p for p in mixed.problems if p.code == "ocr-seal"]
    assert told.page == 2
    assert told.box is not None
    x, y = displayed(155, 310)
    assert told.box.x0 < x < told.box.x1
    assert told.box.top < y < told.box.bottom


@needs_ocr
def test_a_line_to_be_filled_in_is_a_blank(mixed: Contract) -> None:
    assert any(b.startswith("第三条 验收人：____") for b in mixed.text.split("\n"))


@needs_ocr
def test_a_ruled_table_on_a_scan_has_cells(mixed: Contract) -> None:
    cells = [(b.cell.row, b.cell.column, mixed.text_of(b)) for b in mixed.blocks if b.cell]
    assert cells == [(0, 0, "名称"), (0, 1, "数量"), (0, 2, "单价"), (1, 0, "水泵"), (1, 1, "12台"), (1, 2, "3,500元")]


@needs_ocr
def test_ink_that_nobody_can_read_is_told_with_its_place(mixed: Contract) -> None:
    told = [p for p in mixed.problems if p.code in ("ocr-unread-ink", "ocr-picture", "ocr-doubtful")]
    x, y = displayed(84, 446)
    assert any(p.page == 2 and p.box and p.box.x0 < x < p.box.x1 and p.box.top - 3 < y < p.box.bottom + 3 for p in told)


@needs_ocr
@pytest.mark.parametrize(
    ("words", "x", "y"), [("128,600元", 205, 139), ("2026年3月15日", 300, 139), ("东山电子有限公司", 200, 306)]
)
def test_boxes_lie_at_the_words_of_a_turned_page(mixed: Contract, words: str, x: float, y: float) -> None:
    start = mixed.text.index(words)
    [box] = mixed.boxes(start, start + len(words))
    cx, cy = displayed(x, y)
    assert box.page == 2
    assert abs((box.top + box.bottom) / 2 - cy) < 4
    assert box.bottom - box.top < 18
    assert box.x0 < cx < box.x1


@needs_ocr
def test_a_page_that_lies_on_its_side_is_turned_and_its_boxes_are_on_the_page_as_displayed(mixed: Contract) -> None:
    assert "\n1.乙方应在收到通知后3日内派员到场维修。\n2." in mixed.text
    line = line_of(mixed, "1.乙方应在")
    assert line.box.page == 3
    assert 88 < abs(line.angle - 180) < 92
    assert line.box.bottom - line.box.top > 5 * (line.box.x1 - line.box.x0)
    start = mixed.text.index("维修。\n2.")
    [box] = mixed.boxes(start, start + 2)
    assert box.bottom - box.top < 40
    assert box.top < WIDTH / 2  # the end of the line is up, since the page reads upwards


@needs_ocr
def test_lines_that_were_recognised_have_a_score_and_others_none(mixed: Contract) -> None:
    assert line_of(mixed, "这一页是电子版").score is None
    score = line_of(mixed, "装调试，运输").score
    assert score is not None
    assert 0.8 < score <= 1


@needs_ocr
def test_amounts_and_dates_of_a_scan_are_to_be_checked(mixed: Contract) -> None:
    [told] = [p for p in mixed.problems if p.code == "ocr-to-check"]
    assert told.page == 2
    assert "128,600元" in told.message()
    assert "2026年3月15日" in told.message()
    contract = analyse(mixed)
    marked = {contract.text_of(mention).strip() for mention in contract.to_check}
    assert {"2026年3月15日", "3,500元"} <= marked
    page_of_report = render_draft(contract, "zh")
    assert 'class="check"' in page_of_report
    assert "毫米" in page_of_report
    values = json.loads(json.dumps(to_dict(contract)))
    assert {entry["quote"].strip() for entry in values["to_check"]} == marked
    assert all(entry["boxes"] and entry["page"] == 2 for entry in values["to_check"])
    quoted = [f for f in values["findings"] if f["page"] == 2]
    assert all(finding["recognised"] for finding in quoted)
    assert len([line for line in check_lines(contract) if "（文字识别）" in line]) >= len(quoted) > 0


def test_the_page_without_a_scan_marks_nothing(tmp_path: Path) -> None:
    path = tmp_path / "合同.txt"
    path.write_text("第一条 总价为人民币100元。\n", encoding="utf-8")
    assert analyse(read(path)).to_check == ()


@needs_ocr
def test_without_wanting_recognition_pages_stay_unread(tmp_path: Path) -> None:
    path = tmp_path / "合同.pdf"
    path.write_bytes(scan_pdf([(80, 100, "这一页是电子版的正文。")], sealed_page()))
    contract = read(path, ocr="never")
    assert contract.text == "这一页是电子版的正文。\n"
    assert [(p.code, p.page) for p in contract.problems] == [("page-without-text", 2)]
    assert "hetong[ocr]" in contract.problems[0].message()
    assert is_unread(contract)


@needs_ocr
def test_always_recognises_digital_pages_too(tmp_path: Path) -> None:
    path = tmp_path / "合同.pdf"
    path.write_bytes(scan_pdf([(80, 100, "这一页是电子版的正文。")]))
    contract = read(path, ocr="always")
    assert contract.text == "这一页是电子版的正文。\n"
    assert contract.blocks[0].lines[0].score is not None


@needs_ocr
def test_pages_of_a_tiff_are_read_whatever_their_colours_are(tmp_path: Path) -> None:
    def one(words: str) -> Image.Image:
        return page(250, 90, (30, 30, words))

    grey = one("灰度十六位").convert("L")
    deep = Image.frombytes("I;16", grey.size, b"".join(struct.pack("<H", v * 257) for v in grey.tobytes()))
    clear = Image.new("RGBA", grey.size, (0, 0, 0, 0))  # black where nothing is seen
    clear.paste((0, 0, 0, 255), mask=one("透明底色").convert("L").point(lambda v: 255 - v))
    pages = [deep, one("印刷四色").convert("CMYK"), one("调色板页").convert("P"), one("黑白传真").convert("1"), clear]
    path = tmp_path / "扫描.TIF"
    path.write_bytes(file_of(pages[0], "TIFF", save_all=True, append_images=pages[1:], dpi=(200, 200)))
    contract = read(path)
    assert contract.source.pages == 5
    assert "".join(contract.text.split()) == "灰度十六位印刷四色调色板页黑白传真透明底色"


@needs_ocr
def test_columns_are_read_one_after_the_other_and_a_table_without_cells_is_told(tmp_path: Path) -> None:
    rows = ["甲方应按约定支付价款。", "乙方应按约定交付货物。", "逾期的应付违约金给对。", "方并赔偿全部实际损失。"] * 3
    left = [(40, 40 + 18 * i, row) for i, row in enumerate(rows)]
    right = [(220, 40 + 18 * i, row.replace("约定", "合同")) for i, row in enumerate(rows)]
    picture = page(400, 380, *left, *right)
    write(picture, (50, 290, "水泵"), (120, 290, "三台"), (230, 290, "两千元"))
    rule(picture, *[(x, 280, x, 340) for x in (40, 110, 215, 300)])
    path = tmp_path / "两栏.png"
    path.write_bytes(file_of(picture, "PNG", dpi=(200, 200)))
    contract = read(path)
    assert contract.text.index("甲方应按合同") > contract.text.rindex("乙方应按约定")
    assert [p.code for p in contract.problems if p.code == "ocr-table-as-lines"] == ["ocr-table-as-lines"]


@needs_ocr
def test_a_white_page_says_that_nothing_is_on_it_and_needs_no_recognition(tmp_path: Path) -> None:
    path = tmp_path / "空白.png"
    path.write_bytes(file_of(page(200, 200), "PNG"))
    with pytest.raises(FileError) as error:
        read(path)
    assert error.value.code == "no-text"


@needs_ocr
def test_a_photo_is_held_as_its_camera_says(tmp_path: Path) -> None:
    lines = [(30, 30 + 21 * i, "租金按季支付，先付后用。") for i in range(3)]
    upright = page(260, 120, *lines)
    exif = Image.Exif()
    exif[0x0112] = 6  # to be turned clockwise by 90 degrees
    path = tmp_path / "照片.jpg"
    path.write_bytes(file_of(upright.transpose(Image.Transpose.ROTATE_90), "JPEG", exif=exif, dpi=(200, 200)))
    contract = read(path)
    assert contract.text.count("租金按季支付，先付后用。") == 3
    assert contract.blocks[0].lines[0].box.x1 - contract.blocks[0].lines[0].box.x0 > 100


def test_a_picture_that_is_not_to_be_recognised_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "照片.png"
    path.write_bytes(file_of(page(50, 50), "PNG"))
    with pytest.raises(FileError, match="never"):
        read(path, ocr="never")


@needs_ocr
@pytest.mark.parametrize(
    ("name", "data"),
    [("假.png", b"<html>no picture</html>"), ("断.png", file_of(Image.effect_noise((90, 90), 50), "PNG")[:900]),
     ("乱.jpg", bytes(range(256)) * 4), ("假.tif", b"II*\0" + b"\xff" * 40)],
)  # fmt: skip
def test_a_broken_picture_says_so(name: str, data: bytes, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(FileError) as error:
        read(tmp_path / name)
    assert error.value.code == "picture-damaged"


@needs_ocr
@pytest.mark.parametrize("side", [11_000, 30_000])
def test_a_picture_too_large_is_refused_before_it_is_decoded(side: int, tmp_path: Path) -> None:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    data = (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 9999)) + chunk(b"IEND", b"")
    )
    (tmp_path / "炸弹.png").write_bytes(data)
    with pytest.raises(FileError) as error:
        read(tmp_path / "炸弹.png")
    assert error.value.code == "picture-too-large"


BLOCKED = """
import sys
from importlib.machinery import PathFinder
found = PathFinder.find_spec.__func__
def without(cls, name, path=None, target=None):
    return None if name in ("rapidocr", "onnxruntime") else found(cls, name, path, target)
PathFinder.find_spec = classmethod(without)
from hetong.cli import app
app(["check", *sys.argv[1:]])
"""


@pytest.mark.skipif(FONT is None, reason="the font is missing")
def test_without_the_extra_each_page_and_each_picture_says_how_to_install_it(tmp_path: Path) -> None:
    (tmp_path / "合同.pdf").write_bytes(scan_pdf([(80, 100, "这一页是电子版的正文。")], sealed_page()))
    (tmp_path / "照片.png").write_bytes(file_of(page(50, 50), "PNG"))
    command = [sys.executable, "-c", BLOCKED, str(tmp_path / "合同.pdf"), str(tmp_path / "照片.png")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "合同.pdf:2: problem page-without-text" in done.stdout
    assert "pip install 'hetong[ocr]'" in done.stdout
    assert "照片.png: " in done.stderr
    assert "pip install 'hetong[ocr]'" in done.stderr


@pytest.mark.parametrize(
    ("read_as", "written"),
    [("甲方:张三", "甲方：张三"), ("总价108，600元", "总价108,600元"), ("1#一4#楼", "1#—4#楼"), ("第一、二条", "第一、二条"),
     ("GB/T 7588.1,", "GB/T 7588.1,"), ("往来邮箱cb@example.com,", "往来邮箱cb@example.com，"), ("8:30至9:00", "8:30至9:00"),
     ("(二）电梯", "（二）电梯"), ("人民币(大写", "人民币(大写"), ("甲方收到后支付.", "甲方收到后支付。")],
)  # fmt: skip
def test_signs_are_put_right_where_their_neighbours_leave_no_doubt(read_as: str, written: str) -> None:
    assert put_right(read_as) == written


def test_a_sign_is_as_wide_as_the_white_beside_it_says() -> None:
    def widths(words: str, **white: float) -> str:
        return "".join(sized(list(words), lambda index, _: white.get(f"at{index}", 0.1)))

    assert widths("积(亩)共", at1=0.6, at4=0.5) == "积（亩）共"
    assert widths("率(%)共", at1=0.1, at4=0.1) == "率(%)共"
    assert widths("积(亩)共", at1=0.25, at4=0.25) == "积（亩）共"  # Chinese on both sides: a little white is enough
    assert widths("9：30至19：30") == "9:30至19:30"


@pytest.mark.parametrize("angle", [0.5, 2.0, 90.0, 180.0, 271.0])
def test_a_turned_line_is_cut_along_its_direction(angle: float) -> None:
    length, thickness = 120.0, 12.0
    a = math.radians(angle)
    wide = abs(length * math.cos(a)) + abs(thickness * math.sin(a))
    high = abs(length * math.sin(a)) + abs(thickness * math.cos(a))
    whole = Box(1, 100 - wide / 2, 200 - high / 2, 100 + wide / 2, 200 + high / 2)
    part = cut("一二三四五六七八九十", Line(0, 10, whole, angle=angle), 9, 10)
    middle = ((part.x0 + part.x1) / 2, (part.top + part.bottom) / 2)
    along = 0.45 * length
    assert middle == pytest.approx((100 + along * math.cos(a), 200 + along * math.sin(a)), abs=0.1)
    assert cut("一二三四五六七八九十", Line(0, 10, whole, angle=angle), 0, 10) == pytest.approx(whole)
