"""Builds files that are made to take a reader's time or memory, each small on disk."""

from __future__ import annotations

import zlib
from collections.abc import Sequence

Objects = dict[int, bytes]


def stream(data: bytes, *, entries: str = "", deflate: bool = True) -> bytes:
    """A stream object."""
    packed = zlib.compress(data, 9) if deflate else data
    filters = "/Filter /FlateDecode" if deflate else ""
    return b"<< %s %s /Length %d >>\nstream\n%s\nendstream" % (entries.encode(), filters.encode(), len(packed), packed)


def pdf_of(objects: Objects) -> bytes:
    """A PDF file of numbered objects; 1 is the catalogue."""
    out, places = bytearray(b"%PDF-1.7\n"), {}
    for number, body in objects.items():
        places[number] = len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start, size = len(out), max(objects) + 1
    out += b"xref\n0 %d\n0000000000 65535 f \n" % size
    for number in range(1, size):
        out += b"%010d 00000 n \n" % places[number] if number in places else b"0000000000 65535 f \n"
    out += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (size, start)
    return bytes(out)


FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"


def one_page(
    content: bytes, *, box: str = "0 0 595 842", resources: str = "", more: Objects | None = None, deflate: bool = True
) -> bytes:
    """A PDF of one page with this content; its font is F1, further objects begin at 10."""
    return pdf_of(
        {
            1: b"<< /Type /Catalog /Pages 2 0 R >>",
            2: b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            3: (
                f"<< /Type /Page /Parent 2 0 R /MediaBox [{box}] /Contents 4 0 R "
                f"/Resources << /Font << /F1 5 0 R >> {resources} >> >>"
            ).encode(),
            4: stream(content, deflate=deflate),
            5: FONT,
            **(more or {}),
        }
    )


def words(text: str = "Clause 1. The Seller shall deliver.", *, x: int = 72, y: int = 720) -> bytes:
    """A line of text as page content."""
    return f"BT /F1 12 Tf {x} {y} Td ({text}) Tj ET\n".encode()


def many_pages(count: int) -> bytes:
    """A PDF of so many empty pages, which all are one object."""
    kids = b"3 0 R " * count
    return pdf_of(
        {
            1: b"<< /Type /Catalog /Pages 2 0 R >>",
            2: b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, count),
            3: b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>",
        }
    )


def page_tree(kids: Sequence[str], count: int, more: Objects) -> bytes:
    """A PDF whose root of pages has these kids."""
    root = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {count} >>".encode()
    return pdf_of({1: b"<< /Type /Catalog /Pages 2 0 R >>", 2: root, **more})


PAGE = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>"


def plain_page() -> Objects:
    """The objects of an ordinary page, number 3."""
    return {3: PAGE, 4: stream(words()), 5: FONT}


def hostile_pdfs() -> dict[str, bytes]:
    """Files by what is wrong with them."""
    nested = b"[" * 100_000 + b"]" * 100_000
    dictionaries = b"<< /A " * 50_000 + b"1" + b" >>" * 50_000
    deep = {n: b"<< /Type /Pages /Parent 2 0 R /Kids [%d 0 R] /Count 1 >>" % (n + 1) for n in range(10, 20_010)}
    image = "/Type /XObject /Subtype /Image /Width {0} /Height {0} /ColorSpace /DeviceGray /BitsPerComponent 8"
    form = "/Type /XObject /Subtype /Form /BBox [0 0 595 842] /Resources << /XObject << /X {0} 0 R >> /Font << /F1 5 0 R >> >>"
    return {
        "a loop in the page tree": page_tree(["3 0 R", "2 0 R"], 2, plain_page()),
        "a page tree that is its own kid": page_tree(["2 0 R"], 1, {}),
        "a count of pages that lies": page_tree(["3 0 R"], 2_000_000_000, plain_page()),
        "a count of pages below zero": page_tree(["3 0 R"], -5, plain_page()),
        "a page tree 20,000 deep": page_tree(["10 0 R"], 1, {**deep, 20_010: PAGE, 4: stream(words()), 5: FONT}),
        "100,000 pages": many_pages(100_000),
        "a page of ten metres": one_page(words(), box="0 0 28346 28346"),
        "a page of a thousand kilometres": one_page(words(), box="0 0 2834645669 2834645669"),
        "a page without size": one_page(words(), box="0 0 0 0"),
        "a page upside down": one_page(words(), box="595 842 0 0"),
        "a page of no number": one_page(words(), box="0 0 nan 1e400"),
        "a page box far away": one_page(words(), box="-1e30 -1e30 1e30 1e30"),
        "arrays 100,000 deep": one_page(words(), resources="", more={10: nested}),
        "an operand 100,000 deep": one_page(b"/A " + nested + b" DP\n" + words()),
        "dictionaries 50,000 deep": one_page(words(), more={10: dictionaries, 11: b"10 0 R"}),
        "graphics states 1,000,000 deep": one_page(b"q " * 1_000_000 + words()),
        "an image of 30,000 × 30,000": one_page(
            words() + b"q 500 0 0 500 0 0 cm /I Do Q",
            resources="/XObject << /I 10 0 R >>",
            more={10: stream(zlib.compress(bytes(30_000 * 30_000 // 100)), entries=image.format(30_000))},
        ),
        "a form that draws itself": one_page(
            words() + b"/X Do",
            resources="/XObject << /X 10 0 R >>",
            more={10: stream(words(y=600) + b"/X Do", entries=form.format(10))},
        ),
        "forms that draw each other twice, 30 deep": one_page(
            words() + b"/X Do",
            resources="/XObject << /X 10 0 R >>",
            more={n: stream(words(y=600) + b"/X Do /X Do", entries=form.format(n + 1)) for n in range(10, 40)},
        ),
        "a broken font": one_page(
            words(),
            more={
                5: b"<< /Type /Font /Subtype /TrueType /BaseFont /Broken /FontDescriptor 10 0 R >>",
                10: b"<< /Type /FontDescriptor /FontName /Broken /FontFile2 11 0 R /Flags 4 >>",
                11: stream(b"\x00\x01\x00\x00\xff\xff" + bytes(range(256)) * 40),
            },
        ),
        "a font map that points at itself": one_page(
            words(),
            more={
                5: b"<< /Type /Font /Subtype /Type0 /BaseFont /X /Encoding /Identity-H /DescendantFonts [5 0 R] /ToUnicode 5 0 R >>"
            },
        ),
        "100 MB of content": one_page(words() + b" " * 100_000_000),
        "100 MB of numbers": one_page(words() + b"1 " * 50_000_000),
        "300,000 strokes": one_page(words() + b"10 10 m 20 20 l S\n" * 300_000),
        "a path of a million points": one_page(words() + b"10 10 m " + b"20 20 l " * 1_000_000 + b"S"),
        "a million glyphs": one_page(b"BT /F1 1 Tf 72 720 Td " + b"(aaaaaaaaaa) Tj " * 100_000 + b"ET"),
        "100,000 words apart": one_page(b"BT /F1 1 Tf 72 720 Td " + b"(a) Tj 7 0 Td (b) Tj -7 -1 Td " * 50_000 + b"ET"),
        "filters twenty deep": one_page(words()).replace(b"/FlateDecode", b"[" + b"/FlateDecode " * 20 + b"]"),
        "a stream that is longer than the file": one_page(words()).replace(b"/Length ", b"/Length 99999999"),
    }
