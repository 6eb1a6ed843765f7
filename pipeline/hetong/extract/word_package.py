"""Opens a Word file: a zip of XML parts tied by relationships (ECMA-376 Part 2, Open Packaging Conventions).

Only the parts that carry text are read, each within bounds, so that neither a zip bomb nor a dangling link to a
picture stops or swamps the program. (python-docx reads every part and fails on a link to a part that is not there,
which Word and WPS leave behind: python-docx issue 797.)
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
import zlib
from functools import cache
from typing import Final

from lxml import etree

from hetong.errors import FileError
from hetong.extract.formats import FLAT_PACKAGE

W: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_PKG: Final = "{http://schemas.microsoft.com/office/2006/xmlPackage}"
_HEAD: Final = 4096
_MAX_ENTRIES: Final = 20_000
_MAX_XML: Final = 200 * 2**20  # bytes of XML in all parts that are read
_MOST_TAGS: Final = 5_000_000  # in all parts that are read; a thousand pages have half as many
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENTRY: Final = b"PK\x01\x02"
_ENCODING: Final = re.compile(rb"""<\?xml[^>]{0,80}encoding\s*=\s*["']([A-Za-z0-9._-]+)""")
_STRICT: Final = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main", W.encode()),
    (
        b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    ),
    (b"http://purl.oclc.org/ooxml/drawingml/", b"http://schemas.openxmlformats.org/drawingml/2006/"),
    (
        b"http://purl.oclc.org/ooxml/officeDocument/math",
        b"http://schemas.openxmlformats.org/officeDocument/2006/math",
    ),
)


@cache
def w(name: str) -> str:
    """The full tag or attribute name of a WordprocessingML name."""
    return f"{{{W}}}{name}"


class Package:
    """The XML parts of one Word file. `has_macros` says whether it carries macros, which are never looked at.

    Args:
        data: the bytes of the file.
        path: the file's name, for errors.

    Raises:
        FileError: the bytes are no zip, an old or encrypted Word file, or beyond the bounds.
    """

    def __init__(self, data: bytes, path: str) -> None:
        self._path, self._left, self._tags = path, _MAX_XML, _MOST_TAGS
        if data.startswith(_OLE):
            raise FileError(path, "word-encrypted" if _utf16("EncryptedPackage") in data else "word-97")
        if data.count(_ENTRY) > _MAX_ENTRIES:
            raise FileError(path, "word-too-many-parts", limit=_MAX_ENTRIES)
        if FLAT_PACKAGE.match(data[:_HEAD].removeprefix(b"\xef\xbb\xbf")):
            data = self._zipped(data)
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, NotImplementedError, OverflowError) as error:
            raise FileError(path, "word-no-zip") from error
        self._names = {i.filename.replace("\\", "/").lower().lstrip("/"): i for i in self._zip.infolist()}
        self.main = self._main_name()
        self._links = self._relationships(self.main)
        self.has_macros = any(kind == "vbaProject" for kind, _ in self._links.values())

    def xml(self, name: str) -> etree._Element | None:
        """The root of a part, or None when the part is not there.

        Raises:
            FileError: the part is damaged, declares entities, or is beyond the bounds.
        """
        entry = self._names.get(name.lower())
        if entry is None:
            return None
        self._left -= entry.file_size
        if self._left < 0:
            raise FileError(self._path, "word-too-big", limit=_MAX_XML >> 20)
        try:
            data = self._zip.read(entry)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, RuntimeError) as e:
            raise FileError(self._path, "word-damaged", part=name) from e
        return self._parse(data, name)

    def related(self, kind: str) -> list[etree._Element]:
        """The roots of all parts that the main document is linked to by a kind of relationship (styles, header …)."""
        found = [self.xml(target) for link, target in self._links.values() if link == kind]
        return [root for root in found if root is not None]

    def linked(self, identifier: str) -> etree._Element | None:
        """The root of the part behind a relationship identifier (r:id) of the main document."""
        return self.xml(self._links[identifier][1]) if identifier in self._links else None

    def _zipped(self, data: bytes) -> bytes:
        """A package that is one file of XML (Flat OPC, ECMA-376 Part 2 is silent on it; Word writes it), as a zip."""
        root, target = self._parse(data, "package.xml"), io.BytesIO()
        with zipfile.ZipFile(target, "w") as package:
            for part in root.iterfind(f"{_PKG}part"):
                content = part.find(f"{_PKG}xmlData")
                if content is not None and len(content):
                    package.writestr(part.get(f"{_PKG}name", "").lstrip("/"), etree.tostring(content[0]))
        return target.getvalue()

    def _main_name(self) -> str:
        targets = [target for kind, target in self._relationships("").values() if kind == "officeDocument"]
        name = targets[0] if targets else "word/document.xml"
        if name.lower() not in self._names:
            raise FileError(self._path, "word-no-document")
        return name

    def _relationships(self, name: str) -> dict[str, tuple[str, str]]:
        """Identifier → (kind, part name) of the links of a part; "" asks for those of the package."""
        folder, base = posixpath.split(name)
        root = self.xml(posixpath.join(folder, "_rels", f"{base}.rels"))
        links = {}
        for link in root if root is not None else ():
            if link.get("TargetMode") != "External":
                target = posixpath.normpath(posixpath.join("/" + folder, link.get("Target", ""))).lstrip("/")
                links[link.get("Id", "")] = (link.get("Type", "").rpartition("/")[2], target)
        return links

    def _parse(self, data: bytes, name: str) -> etree._Element:
        declared = _ENCODING.match(data)
        hidden = declared is not None and declared[1].lower() not in (b"utf-8", b"utf-16", b"us-ascii")
        if hidden or b"<!DOCTYPE" in data.replace(b"\0", b""):  # without the zero bytes of UTF-16
            raise FileError(self._path, "word-foreign-xml", part=name)
        self._tags -= data.count(b"<")
        if self._tags < 0:
            raise FileError(self._path, "word-too-long", limit=_MOST_TAGS // 10_000)
        for strict, transitional in _STRICT:
            data = data.replace(strict, transitional)
        parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True)
        try:
            return etree.fromstring(data, parser)
        except etree.XMLSyntaxError as error:
            raise FileError(self._path, "word-damaged", part=name) from error


def _utf16(text: str) -> bytes:
    return text.encode("utf-16-le")
