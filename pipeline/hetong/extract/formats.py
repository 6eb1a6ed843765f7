"""Which format a file really has: its first bytes say more than its name.

Exports rename freely: a web page or an RTF file called .doc, a .docx that is the old format, a .txt that is a zip.
"""

from __future__ import annotations

import re
from typing import Final

OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # compound file, [MS-CFB] 2.2
_ZIP: Final = b"PK\x03\x04"
_WORD: Final = frozenset(".doc .dot .docx .docm .dotx .dotm .wps .wpt .rtf .odt".split())
_OLD: Final = frozenset(".doc .dot .wps .wpt".split())
_HEAD: Final = 4096  # bytes at the start of a file that are looked at
_MARKUP: Final = re.compile(
    rb"\s*(?:<\?xml[^>]{0,200}\?>\s*)?(?:<!--.{0,1000}?-->\s*)*(?:<!doctype\s+html|<html[\s>]|<(?:head|body|meta|style|table|div|p|h[1-6]|center|font)[\s>])",
    re.IGNORECASE | re.DOTALL,
)
_WORD_2003: Final = re.compile(rb"\s*<\?xml.{0,1000}?<w:wordDocument\b", re.DOTALL)
FLAT_PACKAGE: Final = re.compile(rb"\s*<\?xml.{0,1000}?<pkg:package\b", re.DOTALL)  # a .docx as one file of XML
_WEB_ARCHIVE: Final = re.compile(rb"(?:[A-Za-z-]{2,40}:[^\n]*\r?\n(?:[ \t][^\n]*\r?\n)*)*?MIME-Version:", re.IGNORECASE)
_MARKS: Final = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")


def actual_suffix(data: bytes, suffix: str) -> str:
    """The suffix of the format that the bytes are in; the given one where they do not say.

    Args:
        data: the content of the file.
        suffix: the suffix of its name, lower case, with dot.
    """
    if data.startswith(_ZIP):
        return _zipped(data, suffix)
    if data.startswith(OLE):
        return suffix if suffix in _OLD else ".doc"
    if data.startswith(b"{\\rtf"):
        return ".rtf"
    if data.startswith(b"%PDF-"):
        return ".pdf"
    return _written(data, suffix) if suffix in _WORD | {".mht", ".mhtml", ".html", ".htm"} else suffix


def _zipped(data: bytes, suffix: str) -> str:
    if _is_open_document(data):
        return ".odt"
    return suffix if suffix in (".docx", ".docm", ".dotx", ".dotm", ".odt") else ".docx"


def _is_open_document(data: bytes) -> bool:
    """Whether the first entry of a zip is the file "mimetype", as in OpenDocument (ODF 1.2 Part 3, 3.3)."""
    return data[30:38] == b"mimetype"  # behind the 30 bytes of the entry's header


def _written(data: bytes, suffix: str) -> str:
    """The format of a file that is text inside and named as a Word or web document."""
    head = data[:_HEAD]
    for mark in _MARKS:
        head = head.removeprefix(mark)
    head = head.replace(b"\0", b"")  # of UTF-16
    if FLAT_PACKAGE.match(head):
        return ".docx"
    if _WORD_2003.match(head):
        return ".xml"
    if _MARKUP.match(head):
        return ".html"
    if _WEB_ARCHIVE.match(head):
        return ".mht"
    return ".txt" if suffix in _OLD | {".rtf"} and b"\0" not in data else suffix
