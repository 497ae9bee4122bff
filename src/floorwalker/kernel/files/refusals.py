"""Why a file was refused: one class a reason, each with a code for programs and a sentence for people."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from django.utils.translation import gettext_lazy as _

from floorwalker.kernel.errors import Refused, refusals
from floorwalker.kernel.files.faults import FileFault


class FileRefused(Refused):
    """A file was not taken. Subclasses say why."""

    code = "file_refused"
    text = _("This file cannot be taken.")


class FileTooLarge(FileRefused):
    code = "file_too_large"
    status = 413
    text = _("The file is larger than {megabytes} MB. Split it, by month for example, and upload the parts.")


class FileEmpty(FileRefused):
    code = "file_empty"
    text = _("The file holds nothing. Export it again.")


KINDS = {
    "archive": _("a packed archive"),
    "binary": _("a file of bytes that are no text"),
    "document": _("a document of another program"),
    "html": _("a web page"),
    "json": _("JSON"),
    "pdf": _("a PDF document"),
    "picture": _("a picture"),
    "program": _("a program"),
    "svg": _("a drawing (SVG)"),
    "xlsb": _("a workbook of the XLSB kind"),
    "xml": _("XML"),
}


class FileOfOtherKind(FileRefused):
    code = "file_other_kind"
    status = 415
    text = _("This is not a table but {kind}. Save the table as CSV or XLSX and upload that.")

    def __init__(self, kind: str) -> None:
        super().__init__(kind=KINDS[kind])


class FileNoPicture(FileRefused):
    code = "file_no_picture"
    status = 415
    text = _("This is no photo. Choose a picture of the kind JPEG, PNG or WebP.")


class PictureTooLarge(FileRefused):
    code = "picture_too_large"
    text = _("The picture has more than {most} million points. Make it smaller, or take it with a phone.")


class PictureNotUnderstood(FileRefused):
    code = "picture_not_understood"
    text = _("The picture cannot be read. Open it, save it again as JPEG, and upload that.")


class FileOldWorkbook(FileRefused):
    code = "file_old_workbook"
    status = 415
    text = _(
        "This is a workbook of the old XLS kind, or one with a password. Open it, save it as XLSX without a "
        "password, and upload that."
    )


class FileWithMacros(FileRefused):
    code = "file_with_macros"
    status = 415
    text = _("This workbook holds macros. Save it as XLSX, which has none, and upload that.")


class FilePolyglot(FileRefused):
    code = "file_polyglot"
    status = 415
    text = _("This file claims to be two kinds at once ({kind}). Save the table anew and upload that.")


class FileDamaged(FileRefused):
    code = "file_damaged"
    text = _("The workbook is damaged ({part}). Open it, save it again, and upload that.")


class ArchiveTooManyParts(FileRefused):
    code = "archive_too_many_parts"
    text = _("The workbook has more than {most} parts inside. Copy the table into a new workbook and upload that.")


class ArchiveTooLarge(FileRefused):
    code = "archive_too_large"
    text = _("The workbook unpacks to more than {megabytes} MB. Split the table and upload the parts.")


class ArchiveTooDense(FileRefused):
    code = "archive_too_dense"
    text = _(
        "{part} in the workbook unpacks to more than {ratio} times its size, as no table does. Copy the table "
        "into a new workbook, or save it as CSV."
    )


class ArchiveNested(FileRefused):
    code = "archive_nested"
    text = _("The workbook holds another file ({part}). Remove embedded files and upload it again.")


class ArchiveUnsafeName(FileRefused):
    code = "archive_unsafe_name"
    text = _(
        "A part of the workbook has a name that is not allowed ({part}). Save the table anew and upload that."
    )


class WorkbookWithEntities(FileRefused):
    code = "workbook_with_entities"
    text = _("{part} in the workbook defines its own XML entities, as no spreadsheet does. Save the table anew.")


class WorkbookNotUnderstood(FileRefused):
    code = "workbook_not_understood"
    text = _("{part} in the workbook cannot be read. Open it in a spreadsheet, save it as XLSX, and upload that.")


class TableTooManyRows(FileRefused):
    code = "table_too_many_rows"
    text = _("The table has more than {most:,} rows. Split it and upload the parts.")


class TableTooManyColumns(FileRefused):
    code = "table_too_many_columns"
    text = _("The table has more than {most} columns. Keep the columns that are needed.")


class TableTooManyCells(FileRefused):
    code = "table_too_many_cells"
    text = _("The table has more than {most:,} cells. Split it and upload the parts.")


class TableTooMuchText(FileRefused):
    code = "table_too_much_text"
    text = _("The cells hold more than {megabytes} MB of text together. Split the table and upload the parts.")


class TableCellTooLong(FileRefused):
    code = "table_cell_too_long"
    text = _(
        "Line {line} has a cell of more than {most:,} characters, or a quotation mark that is never closed. "
        "Shorten or close it."
    )


class TableLineTooLong(FileRefused):
    code = "table_line_too_long"
    text = _("Line {line} is longer than {most:,} characters. Check that the file has line ends.")


class TableQuotation(FileRefused):
    code = "table_quotation"
    text = _("Line {line} has a quotation mark that cannot be followed. Export the table again as CSV.")


class TableEncoding(FileRefused):
    code = "table_encoding"
    text = _("The file is not the {encoding} text it says it is. Save it as UTF-8.")


class TableWithoutRows(FileRefused):
    code = "table_without_rows"
    text = _("The table has column names and no row below them. Export it again.")


class TableWithoutHeader(FileRefused):
    code = "table_without_header"
    text = _("No row with column names was found. Put the names of the columns in the first row.")


class TableSameName(FileRefused):
    code = "table_same_name"
    text = _("Two columns are called {name} (columns {first} and {second}). Rename one of them.")


class TableNoSuchSheet(FileRefused):
    code = "table_no_such_sheet"
    text = _("The workbook has no sheet {sheet}; it has {sheets}. Choose one of these.")


class ReadingTooLong(FileRefused):
    code = "reading_too_long"
    text = _("Reading the file took longer than {seconds} seconds and was ended. Split it and upload the parts.")


class ReadingTooMuchMemory(FileRefused):
    code = "reading_too_much_memory"
    text = _(
        "Reading the file took more than {megabytes} MB of memory and was ended. Split it and upload the parts."
    )


class ReadingTooMuchOutput(FileRefused):
    code = "reading_too_much_output"
    text = _("The file holds more than {megabytes} MB of content. Split it and upload the parts.")


class ReadingFailed(FileRefused):
    code = "reading_failed"
    text = _("The file could not be read. Open it, save it again as CSV or XLSX, and upload that.")


class ReadingBusy(FileRefused):
    code = "reading_busy"
    status = 503
    text = _(
        "Other files are being read; yours had no turn within {seconds} seconds. Upload it again in a minute."
    )


class ReadingStopped(FileRefused):
    code = "reading_stopped"
    status = 409
    text = _("Reading the file was stopped. Nothing was changed.")


class ContentNotUnderstood(FileRefused):
    """For readers of a domain, which say in their own words what is wrong."""

    code = "content_not_understood"
    text = _("{reason}")


def refusal(code: str, facts: Mapping[str, Any]) -> FileRefused:
    """The refusal of that code; a code nobody knows, or facts that do not fit, come from a reader gone astray."""
    known = {each.code: cast(type[FileRefused], each) for each in refusals(FileRefused)}
    try:
        return known[code](**facts)
    except (KeyError, IndexError, TypeError, ValueError, AttributeError):
        return ReadingFailed()


def refused(fault: FileFault) -> FileRefused:
    """What people are told about a fault found in this process."""
    return refusal(fault.code, fault.facts)
