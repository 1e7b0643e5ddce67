"""Files that cannot be read get one sentence in Chinese and English, and a parser never sees them
when their structure alone is hostile."""

import io
import struct
import zipfile

import msoffcrypto
import pytest
from msoffcrypto.format.ooxml import OOXMLFile

from tests.exchange.workbooks import (
    ROSTER,
    WORKBOOK,
    csv_bytes,
    number_cell,
    openpyxl_workbook,
    parts,
    raw_workbook,
    roster_xml,
    saved,
    sheet_xml,
    text_cell,
    xlwt_workbook,
    zipped,
)
from tongxing.exchange.spreadsheets import Limits, Unreadable, precheck
from tongxing.exchange.spreadsheets.sentences import SENTENCES

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def ole_with(*names: str) -> bytes:
    directory = b"".join(name.encode("utf-16-le").ljust(64, b"\0") for name in names)
    return OLE + bytes(1016) + directory


def encrypted(content: bytes) -> bytes:
    target = io.BytesIO()
    OOXMLFile(io.BytesIO(content)).encrypt("secret", target)
    assert msoffcrypto.OfficeFile(io.BytesIO(target.getvalue())).is_encrypted()
    return target.getvalue()


def encrypted_xls(method: int) -> bytes:
    """An old workbook whose stream says, right after its beginning, that it is encrypted."""
    content = saved(xlwt_workbook())
    beginning = content.index(b"\x09\x08\x10\x00\x00\x06\x05\x00")
    after = beginning + 20
    password = struct.pack("<HHHHH", 0x002F, 6, method, 0x1234, 0x5678)
    return content[:after] + password + content[after + len(password) :]


def test_every_sentence_is_there_in_both_languages():
    for words in SENTENCES.values():
        assert words.zh.endswith("。")
        assert words.en.isascii() or "(" in words.en
        assert words.en.endswith(".")


def test_a_refusal_names_sheet_row_and_column():
    refusal = Unreadable("csv_unclosed_quote", sheet="名单", row=7, column=2)
    assert refusal.zh.startswith("工作表“名单”第 7 行C 列：")
    assert refusal.en.startswith("Sheet “名单”, row 7, column C: ")
    assert refusal.as_dict()["row"] == 7


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty_file"),
        (b"%PDF-1.7\n...", "not_a_spreadsheet"),
        (b"\x89PNG\r\n\x1a\n", "not_a_spreadsheet"),
        (b"{\\rtf1\\ansi}", "not_a_spreadsheet"),
        (b"<html><table><tr><td>x</td></tr></table></html>", "html_file"),
        (b"\n <!DOCTYPE html><table>", "html_file"),
        (b"MIME-Version: 1.0\r\nContent-Type: multipart/related", "html_file"),
        (b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook/>', "xml_file"),
        (zipped({"mimetype": "opendocument", "content.xml": "<a/>"}), "ods_file"),
        (zipped({"xl/workbook.bin": "x"}), "xlsb_file"),
        (zipped({"word/document.xml": "<a/>"}), "word_file"),
        (zipped({"a.txt": "x"}), "not_a_spreadsheet"),
        (ole_with("WordDocument"), "word_file"),
        (ole_with("ETExtData"), "et_file"),
        (ole_with("SomethingElse"), "not_a_spreadsheet"),
        (ole_with("Workbook", "_VBA_PROJECT_CUR"), "macro"),
        (ole_with("EncryptedPackage", "EncryptionInfo"), "password"),
        (b"PK\x03\x04 and no more", "zip_damaged"),
        (b"a,b\n1,\x00\n", "csv_nul"),
    ],
)  # fmt: skip
def test_other_kinds_of_file_are_told_what_to_do(refuse, content, code):
    assert refuse(content).code == code


def test_a_file_that_is_not_there(tmp_path):
    with pytest.raises(Unreadable) as caught:
        precheck(tmp_path / "absent.xlsx")
    assert caught.value.code == "not_found"


def test_password_protected_workbooks_ask_for_a_copy_without_password(refuse):
    refusal = refuse(encrypted(saved(openpyxl_workbook())))
    assert refusal.code == "password"
    assert "取消密码" in refusal.zh
    assert "password" in refusal.en


@pytest.mark.parametrize("method", [0, 1])
def test_old_workbooks_with_a_password_are_recognised(refuse, method):
    assert refuse(encrypted_xls(method), "roster.xls").code == "password"


def test_macros_are_refused(refuse):
    assert refuse(raw_workbook(roster_xml(), **{"xl/vbaProject.bin": b"x"})).code == "macro"


@pytest.mark.parametrize(
    "references",
    [("A1", "XFD1048576"), ("A1", "A1048576"), ("A1", "B200001")],
)
def test_a_sparse_sheet_is_refused_before_the_parser_allocates_it(refuse, references):
    rows = {
        int("".join(filter(str.isdigit, reference))): number_cell(reference, 1)
        for reference in references
    }
    content = raw_workbook(sheet_xml(rows))
    assert len(content) < 2_000
    assert refuse(content).code == "row_too_far"


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ({1: number_cell("A1", 1) + number_cell("XFD1", 1)}, "too_many_columns"),
        ({1: number_cell("A1", 1) + number_cell("AAA1", 1)}, None),
        ({1: number_cell("AMK1", 1)}, "too_many_columns"),
        ({1: number_cell("A1", 1), 150_000: number_cell("AZ150000", 1)}, "too_many_cells"),
    ],
)
def test_the_area_of_the_cells_is_bounded(read, refuse, cells, code):
    content = raw_workbook(sheet_xml(cells))
    if code is None:
        assert len(read(content)[1]) == 1
    else:
        assert refuse(content).code == code


def test_attributes_in_another_order_do_not_hide_a_far_cell(refuse):
    far = "<c t=\"n\" r='XFD1048576'><v>1</v></c>"
    rows = {1: number_cell("A1", 1), 1048576: far}
    assert refuse(raw_workbook(sheet_xml(rows))).code == "row_too_far"


def test_more_rows_than_the_limit_are_refused_with_the_number(refuse):
    limits = Limits(rows=20, row_slack=5)
    rows = [["姓名"]] * 26
    refusal = refuse(saved(openpyxl_workbook(rows)), limits=limits)
    assert refusal.code == "too_many_rows"
    assert "25" in refusal.zh


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (zipped({f"xl/{number}.xml": "<a/>" for number in range(2_001)}), "zip_too_many_entries"),
        (zipped(parts(roster_xml(), **{"../evil.xml": "<a/>"})), "zip_path"),
        (zipped(parts(roster_xml(), **{"C:/evil.xml": "<a/>"})), "zip_path"),
        (zipped(parts(roster_xml(), **{"xl/embeddings/a.xlsx": b"PK"})), "zip_nested"),
        (zipped(parts(roster_xml(), **{"xl/media/inner.zip": b"PK"})), "zip_nested"),
        (zipped(parts(roster_xml(), **{"XL/WORKBOOK.XML": WORKBOOK})), "zip_duplicate"),
        (raw_workbook(b" " * (201 << 20)), "zip_too_big"),
        (raw_workbook(roster_xml().encode() + b" " * (9 << 20)), "zip_ratio"),
        (zipped(parts(roster_xml()), method=zipfile.ZIP_BZIP2), "zip_damaged"),
    ],
    ids=[
        *("many", "up", "drive", "embedded", "nested", "twice", "big", "ratio", "method"),
    ],
)
def test_containers_that_no_office_program_writes_are_refused(refuse, content, code):
    assert refuse(content).code == code


def test_a_size_that_lies_is_found_while_inflating(refuse):
    honest = raw_workbook(roster_xml())
    size = len(roster_xml().encode())
    entry = honest.rindex(b"xl/worksheets/sheet1.xml") - 46
    lying = bytearray(honest)
    lying[entry + 24 : entry + 28] = struct.pack("<L", size - 40)
    assert refuse(bytes(lying)).code == "zip_damaged"


def test_encrypted_members_are_a_password(refuse):
    flagged = bytearray(raw_workbook(roster_xml()))
    entry = flagged.index(b"PK\x01\x02")
    flagged[entry + 8] |= 1
    assert refuse(bytes(flagged)).code == "password"


@pytest.mark.parametrize(
    "part",
    [
        "xl/workbook.xml",
        "xl/worksheets/sheet1.xml",
        "xl/sharedStrings.xml",
        "xl/styles.xml",
        "_rels/.rels",
    ],
)
@pytest.mark.parametrize(
    "definition",
    [
        '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>',
        '<!DOCTYPE x SYSTEM "http://127.0.0.1:9/evil.dtd">',
        '<!DOCTYPE x [<!ENTITY file SYSTEM "file:///etc/passwd">]>',
    ],
)
def test_definitions_are_refused_in_every_part(refuse, part, definition):
    members = parts(roster_xml())
    body = str(members.get(part, "<sst/>"))
    head, _, rest = body.rpartition("?>")
    members[part] = f"{head}?>{definition}{rest}" if head else f"{definition}{body}"
    assert refuse(zipped(members)).code == "xml_dtd"


def test_a_definition_far_from_the_beginning_is_found_too(refuse):
    late = roster_xml().replace("<sheetData>", f"<!--{'x' * 9_000}--><!DOCTYPE x><sheetData>")
    assert refuse(raw_workbook(late)).code == "xml_dtd"


def test_a_cell_of_two_megabytes_is_refused(refuse):
    sheet = sheet_xml({1: text_cell("A1", "好" * 700_000)})
    content = raw_workbook(sheet.encode() + b"\n" * 10, **{"xl/x.bin": b""})
    assert refuse(content, limits=Limits(ratio=10_000)).code == "cell_too_long"


def test_a_few_long_texts_used_by_many_cells_do_not_get_far(refuse):
    shared = f'<sst xmlns="x"><si><t>{"好" * 30_000}</t></si></sst>'
    row = '<row r="{0}">' + "".join(
        f'<c r="{letter}{{0}}" t="s"><v>0</v></c>' for letter in "ABCDEFGH"
    )
    rows = "".join(row.format(number) + "</row>" for number in range(1, 3_000))
    sheet = sheet_xml({1: ""}).replace('<row r="1"></row>', rows)
    refusal = refuse(
        raw_workbook(sheet, **{"xl/sharedStrings.xml": shared}),
        limits=Limits(ratio=10_000, memory_bytes=300 << 20),
    )
    assert refusal.code in {"out_of_memory", "damaged"}


def test_too_many_merged_areas_are_refused(refuse):
    merges = "".join(f'<mergeCell ref="A{row}:B{row}"/>' for row in range(1, 20_100))
    after = f"<mergeCells>{merges}</mergeCells>"
    content = raw_workbook(sheet_xml({1: text_cell("A1", "x")}, after=after))
    assert refuse(content).code == "too_many_merges"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ('姓名,住址\n"王小明,幸福路\n'.encode(), "csv_unclosed_quote"),
        ('姓名,住址\n"王"x,幸福路\n'.encode(), "csv_unclosed_quote"),
        (b"a,b\n\xff\xfe\x81\n", "encoding_unknown"),
        ("姓名\n王小明\n".encode() + "李雷\n".encode("gb18030") + b"\xff\n", "encoding_unknown"),
        (b"a,b\n1,\x07\n", "encoding_unknown"),
        (b"x" * (1 << 21), "csv_line_too_long"),
        ((",".join("x" * 2_000) + "\n").encode(), "too_many_columns"),
    ],
    ids=["open", "broken", "bytes", "mixed", "bell", "long", "wide"],
)  # fmt: skip
def test_csv_that_is_none_is_refused(refuse, content, code):
    assert refuse(content, "roster.csv").code == code


def test_the_row_of_a_csv_defect_is_named(refuse):
    content = csv_bytes() + b'"open'
    refusal = refuse(content, "roster.csv")
    assert refusal.row == len(ROSTER) + 1
    assert "第 5 行" in refusal.zh


def test_a_sheet_that_is_not_there(refuse):
    refusal = refuse(saved(openpyxl_workbook()), sheet="不存在")
    assert refusal.code == "sheet_not_found"
    assert "不存在" in refusal.zh


def test_damaged_utf8_is_not_taken_for_another_encoding(refuse):
    content = csv_bytes(ROSTER * 3)
    at = content.index("王".encode()) + 1
    refusal = refuse(content[:at] + content[at + 1 :], "roster.csv")
    assert refusal.code == "encoding_unknown"


@pytest.mark.parametrize("cut", [0.1, 0.5, 0.9, 0.999])
@pytest.mark.parametrize("name", ["roster.xlsx", "roster.xls"])
def test_a_truncated_file_is_damaged(refuse, name, cut):
    book = openpyxl_workbook() if name.endswith("x") else xlwt_workbook()
    content = saved(book)
    refusal = refuse(content[: int(len(content) * cut)], name)
    assert refusal.zh
    assert refusal.en
