"""Builds small Word files for tests from the XML of their parts."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
NAMESPACES = " ".join(
    f'xmlns:{prefix}="{name}"'
    for prefix, name in {
        "w": W,
        "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
        "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
        "v": "urn:schemas-microsoft-com:vml",
        "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
        "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
        "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
        "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
        "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
    }.items()
)
_TYPES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_CONTENT = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_ROOTS = {
    "styles": "styles", "numbering": "numbering", "comments": "comments", "footnotes": "footnotes",
    "endnotes": "endnotes", "header": "hdr", "footer": "ftr",
}  # fmt: skip


def docx(body: str, parts: Mapping[str, str] | None = None) -> bytes:
    """A Word file.

    Args:
        body: the XML inside w:body.
        parts: the XML inside the root of other parts: styles, numbering, comments, footnotes, header, footer.
            The relationship identifier of a part is its name.
    """
    parts = parts or {}
    links = "".join(f'<Relationship Id="{n}" Type="{_TYPES}/{n}" Target="{n}.xml"/>' for n in parts)
    overrides = "".join(f'<Override PartName="/word/{n}.xml" ContentType="{_CONTENT}.{n}+xml"/>' for n in parts)
    files = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{_CONTENT}.document.main+xml"/>{overrides}</Types>',
        "_rels/.rels": relationships(
            f'<Relationship Id="rId1" Type="{_TYPES}/officeDocument" Target="word/document.xml"/>'
        ),
        "word/document.xml": f"<w:document {NAMESPACES}><w:body>{body}</w:body></w:document>",
        "word/_rels/document.xml.rels": relationships(links),
    }
    for name, inner in parts.items():
        files[f"word/{name}.xml"] = f"<w:{_ROOTS[name]} {NAMESPACES}>{inner}</w:{_ROOTS[name]}>"
    return zipped(files)


def zipped(files: Mapping[str, str | bytes]) -> bytes:
    """A zip of files by name."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return target.getvalue()


def relationships(inner: str) -> str:
    """A part of relationships."""
    return (
        f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{inner}</Relationships>'
    )


def p(text: str = "", *, style: str = "", num: tuple[int, int] | None = None, inside: str = "") -> str:
    """A paragraph: its text as one run, or the XML `inside`; `num` is (list, level)."""
    properties = f'<w:pStyle w:val="{style}"/>' if style else ""
    if num:
        properties += f'<w:numPr><w:ilvl w:val="{num[1]}"/><w:numId w:val="{num[0]}"/></w:numPr>'
    return f"<w:p><w:pPr>{properties}</w:pPr>{r(text) if text else ''}{inside}</w:p>"


def r(text: str = "", *, properties: str = "", inside: str = "") -> str:
    """A run."""
    shown = f'<w:t xml:space="preserve">{text}</w:t>' if text else ""
    return f"<w:r><w:rPr>{properties}</w:rPr>{shown}{inside}</w:r>"


def level(index: int, text: str, number_format: str = "decimal", *, more: str = "", start: int = 1) -> str:
    """A level of an abstract list."""
    return (
        f'<w:lvl w:ilvl="{index}"><w:start w:val="{start}"/><w:numFmt w:val="{number_format}"/>{more}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def numbering(*levels: str, overrides: Mapping[int, str] | None = None) -> str:
    """One abstract list with list 1, and one further list of it per entry of `overrides`."""
    lists = {1: "", **(overrides or {})}
    numbers = "".join(f'<w:num w:numId="{i}"><w:abstractNumId w:val="0"/>{o}</w:num>' for i, o in lists.items())
    return f'<w:abstractNum w:abstractNumId="0">{"".join(levels)}</w:abstractNum>{numbers}'


def table(*rows: str) -> str:
    """A table of rows."""
    return f"<w:tbl><w:tblPr/>{''.join(rows)}</w:tbl>"


def row(*cells: str, properties: str = "") -> str:
    """A table row of cells."""
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


def cell(*inside: str, properties: str = "") -> str:
    """A table cell: paragraphs or tables as XML, or plain texts."""
    content = "".join(part if part.startswith("<") else p(part) for part in inside)
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{content}</w:tc>"
