"""PDF drafts through pypdfium2: text with page and box for every line, tables, headers and footers aside."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from itertools import chain
from threading import Lock
from typing import Final, Literal

import pypdfium2.raw as pdfium_c
from pypdfium2 import PdfDocument, PdfiumError

from hetong.document import Contract, Problem, Source
from hetong.errors import FileError
from hetong.extract.builder import TextBuilder
from hetong.extract.layout import PageLayout
from hetong.extract.margins import without_margins
from hetong.extract.ocr_pdf import read_scans
from hetong.extract.pdf_blocks import write_pages
from hetong.extract.pdf_forms import Filled, filled_in
from hetong.extract.pdf_page import page_layout
from hetong.extract.table_pages import with_whole_tables

MOST_PAGES: Final = 5_000
_HEADER_WITHIN: Final = 1024  # bytes in which a PDF must announce itself (PDF 32000-1, annex H)
_END_WITHIN: Final = 2048  # bytes from the end in which the marker %%EOF must stand
_PDFIUM: Final = Lock()  # pdfium is not thread-safe


def read_pdf(data: bytes, source: Source, ocr: Literal["auto", "never", "always"] = "never") -> Contract:
    """The contract in a PDF file.

    Pages that hold no usable text, or cannot be opened, are problems of the contract, one each.

    Args:
        data: the file's bytes.
        source: where they came from; the contract's source has the number of pages filled in.
        ocr: which pages are recognised as pictures: those without usable text, none, or all.

    Raises:
        FileError: not a PDF, damaged beyond reading, encrypted with a password, or longer than 5,000 pages.
    """
    _, end, behind = data[-_END_WITHIN:].rpartition(b"%%EOF")
    cut = not end or b" obj" in behind  # a file saved twice has an end in its middle too
    builder = TextBuilder(source.path)
    with _PDFIUM:
        document = _opened(data, source.path)
        try:
            if len(document) > MOST_PAGES:
                raise FileError(source.path, "too-many-pages", pages=len(document), limit=MOST_PAGES)
            builder.problems += _file_problems(document, cut)
            with suppress(PdfiumError):  # the fields of a damaged form are read as far as they are drawn
                document.init_forms()
            pages = [_page(document, number) for number in range(1, len(document) + 1)]
            scans = read_scans(document, pages, every=ocr == "always") if ocr != "never" else {}
        finally:
            document.close()
    pages = [scans[page.number].layout if page.number in scans else page for page in pages]
    pages = without_margins(_judged(pages, cut))
    builder.problems += [Problem("extract", code, page.number) for page in pages if (code := _unread(page))]
    builder.problems += chain.from_iterable(page.problems for page in pages)
    pages = with_whole_tables(pages)
    builder.asides += chain.from_iterable(page.asides for page in pages)
    write_pages(builder, pages)
    contract = builder.contract(replace(source, pages=len(pages)))
    if not scans:
        return contract
    from hetong.extract.ocr_contract import with_scans

    return with_scans(contract, scans)


def _opened(data: bytes, path: str) -> PdfDocument:
    """The open document."""
    if b"%PDF-" not in data[:_HEADER_WITHIN]:
        raise FileError(path, "not-a-pdf")
    try:
        document = PdfDocument(data)
    except PdfiumError as error:
        code = "pdf-password" if error.err_code == pdfium_c.FPDF_ERR_PASSWORD else "pdf-damaged"
        raise FileError(path, code) from error
    if not len(document):
        document.close()
        raise FileError(path, "pdf-damaged")
    return document


def _file_problems(document: PdfDocument, cut: bool) -> Iterator[Problem]:
    """What of the file as a whole is not read."""
    if cut:
        yield Problem("extract", "pdf-cut")
    if document.get_formtype() == pdfium_c.FORMTYPE_XFA_FULL:
        yield Problem("extract", "xfa-form")
    if count := pdfium_c.FPDFDoc_GetAttachmentCount(document.raw):
        yield Problem("extract", "attachments-not-read", values=(("count", str(count)),))


def _page(document: PdfDocument, number: int) -> PageLayout:
    """The layout of a page; the page is closed again."""
    filled = Filled()
    try:
        page = document[number - 1]
        if pdfium_c.FPDFPage_GetAnnotCount(page.raw):
            filled = filled_in(document, page, number)
        if filled.drawn:
            pdfium_c.FPDFPage_Flatten(page.raw, pdfium_c.FLAT_NORMALDISPLAY)
            page.close()
            page = document[number - 1]
    except PdfiumError:
        return PageLayout(number, 0.0, 0.0, unread="page-damaged")
    try:
        return page_layout(page, number, filled)
    finally:
        page.close()


def _judged(pages: Sequence[PageLayout], cut: bool) -> list[PageLayout]:
    """The pages, the empty ones held to be unread where the file shows damage or half of all pages are empty."""
    empty = [page for page in pages if page.blank]
    if not (cut or any(page.unread == "page-damaged" for page in pages) or 2 * len(empty) > len(pages)):
        return list(pages)
    return [replace(page, unread="page-empty") if page.blank else page for page in pages]


def _unread(page: PageLayout) -> str:
    """The code of what was not read on a page: a scan may carry a digital page number and nothing else."""
    return page.unread or ("page-without-text" if page.pictured and not page.body else "")
