"""Files that no honest person sends, in fifteen families; the same for the same dice."""

import io
import random
import re
import zipfile
from collections.abc import Callable, Iterator

from msoffcrypto.format.ooxml import OOXMLFile

from tests.exchange import workbooks
from tests.exchange.workbooks import number_cell, parts, raw_workbook, roster_xml, sheet_xml, zipped

YEARS = "yy" * 5_000
Dice = random.Random
Family = Callable[[Dice, int], Iterator[bytes]]


def xlsx() -> bytes:
    book = workbooks.openpyxl_workbook()
    book.active.merge_cells("A6:C6")
    book.active["F2"] = "=1+1"
    book.create_sheet("隐藏").sheet_state = "hidden"
    return workbooks.saved(book)


def xls() -> bytes:
    return workbooks.saved(workbooks.xlwt_workbook())


def flipped(dice: Dice, content: bytes, most: int = 12) -> bytes:
    damaged = bytearray(content)
    for _ in range(dice.randint(1, most)):
        damaged[dice.randrange(len(damaged))] = dice.randrange(256)
    return bytes(damaged)


def shuffled(dice: Dice, content: bytes) -> bytes:
    """A piece cut out, doubled, moved or overwritten."""
    start = dice.randrange(len(content))
    piece = content[start : start + dice.randint(1, 200)]
    rest = content[:start] + content[start + len(piece) :]
    at = dice.randrange(len(rest) + 1)
    return dice.choice(
        [
            rest,
            content[:start] + piece + content[start:],
            rest[:at] + piece + rest[at:],
            content[:start] + dice.randbytes(len(piece)) + content[start + len(piece) :],
        ]
    )


def flipped_containers(dice: Dice, count: int) -> Iterator[bytes]:
    honest = xlsx()
    for _ in range(count):
        yield dice.choice([flipped, shuffled])(dice, honest)


def flipped_parts(dice: Dice, count: int) -> Iterator[bytes]:
    """A sound container around damaged contents: this reaches the parser."""
    with zipfile.ZipFile(io.BytesIO(xlsx())) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    inner = [name for name in members if name.startswith("xl/") and "theme" not in name]
    for _ in range(count):
        name = dice.choice(inner)
        yield zipped({**members, name: dice.choice([flipped, shuffled])(dice, members[name])})


def truncated(dice: Dice, count: int) -> Iterator[bytes]:
    whole = [xlsx(), xls(), workbooks.csv_bytes(encoding="gb18030")]
    for _ in range(count):
        content = dice.choice(whole)
        yield content[: dice.randrange(len(content))]


def zip_structures(dice: Dice, count: int) -> Iterator[bytes]:
    sheet = roster_xml()
    yield zipped({f"xl/{number}.xml": "x" for number in range(10_000)})
    yield raw_workbook(b"<worksheet>" + bytes(60 << 20))
    yield zipped(parts(sheet, **{"xl/embeddings/inner.xlsx": raw_workbook(sheet)}))
    yield zipped(parts(sheet, **{"../../etc/cron.d/evil": "x", "/etc/passwd": "x"}))
    yield b"".join([raw_workbook(sheet)] * 3)
    yield with_symlink(sheet)
    for _ in range(count - 6):
        yield lying_directory(dice, raw_workbook(sheet))


def with_symlink(sheet: str) -> bytes:
    buffer = io.BytesIO(raw_workbook(sheet))
    with zipfile.ZipFile(buffer, "a") as archive:
        link = zipfile.ZipInfo("xl/link.xml")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
    return buffer.getvalue()


def lying_directory(dice: Dice, content: bytes) -> bytes:
    """One of the numbers in the directory is a lie: sizes, offsets, counts, methods, flags."""
    damaged = bytearray(content)
    entries = [found.start() for found in re.finditer(b"PK\x01\x02", content)]
    field, width = dice.choice([(8, 2), (10, 2), (20, 4), (24, 4), (28, 2), (30, 2), (42, 4)])
    lie = dice.choice([0, 1, 8, 12, 99, 0xFFFF, 0x7FFFFFFF, 0xFFFFFFFF, dice.randrange(1 << 32)])
    at = dice.choice(entries) + field
    if dice.random() < 0.3:
        at, width = content.rindex(b"PK\x05\x06") + dice.choice([8, 10, 12, 16]), 2
    damaged[at : at + width] = (lie % (1 << (8 * width))).to_bytes(width, "little")
    return bytes(damaged)


def dimensions(dice: Dice, count: int) -> Iterator[bytes]:
    corners = ["XFD1048576", "A1048576", "XFD1", "ZZZ999999999", "A0", "A-1", "A4294967297"]
    corners += ["Z99999", "AMJ190000"]
    for _ in range(count):
        far = dice.choice(corners)
        row = dice.choice(["1", "7", "1048576", "0", "-5", "99999999999", "x"])
        dimension = f'<dimension ref="A1:{dice.choice(corners)}"/>'
        sheet = sheet_xml({1: number_cell("A1", 1)}, before=dimension)
        reordered = f"<c t='n' r='{far}'><v>1</v></c>"
        cell = dice.choice([number_cell(far, 1), reordered, f'<c r="{far}"/>'])
        yield raw_workbook(
            sheet.replace("</sheetData>", f'<row r="{row}">{cell}</row></sheetData>')
        )


def merges(dice: Dice, count: int) -> Iterator[bytes]:
    ends = ["XFD1048576", "B2", "A1:A1", "zz", ""]
    for number in range(count):
        many = 200_000 if number == 0 else dice.randint(1, 300)
        areas = "".join(f'<mergeCell ref="A{row}:{dice.choice(ends)}"/>' for row in range(1, many))
        after = f"<mergeCells>{areas}</mergeCells>"
        yield raw_workbook(sheet_xml({1: number_cell("A1", 1)}, after=after))


def shared_texts(dice: Dice, count: int) -> Iterator[bytes]:
    for number in range(count):
        texts = "".join(f"<si><t>{'好' * dice.choice([1, 9, 30_000])}</t></si>" for _ in range(3))
        index = dice.choice(["0", "2", "3", "-1", "99999999999", "x", ""])
        cells = f'<c r="A1" t="s"><v>{index}</v></c>' * (20_000 if number < 2 else 1)
        shared = dice.choice([f'<sst count="4294967295">{texts}</sst>', texts, "<sst>", ""])
        yield raw_workbook(sheet_xml({1: cells}), **{"xl/sharedStrings.xml": shared})


def definitions(dice: Dice, count: int) -> Iterator[bytes]:
    bombs = [
        '<!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">]>',
        '<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd">',
        '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE x [<!ENTITY % p SYSTEM "file:///dev/zero">%p;]>',
    ]
    for _ in range(count):
        members = parts(roster_xml())
        name = dice.choice(list(members))
        text = str(members[name])
        at = dice.choice([text.index("?>") + 2, dice.randrange(len(text))])
        yield zipped({**members, name: text[:at] + dice.choice(bombs) + text[at:]})


def active_contents(dice: Dice, count: int) -> Iterator[bytes]:
    """Links, dynamic data, macros, objects: nothing of it is ever followed."""
    extras = ["externalLinks/externalLink1.xml", "connections.xml", "queryTables/queryTable1.xml"]
    extras += ["vbaProject.bin", "embeddings/o.bin", "macrosheets/sheet1.xml", "media/i.svg"]
    address = "&quot;http://127.0.0.1:9&quot;"
    formulas = ["cmd|'/c calc'!A1", f"HYPERLINK({address})", f"WEBSERVICE({address})"]
    for _ in range(count):
        cell = f'<c r="A1" t="str"><f>{dice.choice(formulas)}</f><v>x</v></c>'
        extra = {f"xl/{dice.choice(extras)}": dice.randbytes(50)}
        yield raw_workbook(sheet_xml({1: cell}), **extra)


def passwords(dice: Dice, count: int) -> Iterator[bytes]:
    target = io.BytesIO()
    OOXMLFile(io.BytesIO(xlsx())).encrypt("secret", target)
    for number in range(count):
        yield target.getvalue() if number == 0 else flipped(dice, target.getvalue())


def styles(dice: Dice, count: int) -> Iterator[bytes]:
    cell_formats = '<cellXfs><xf numFmtId="164"/><xf numFmtId="-1"/></cellXfs>'
    for _ in range(count):
        formats = "".join(
            f'<numFmt numFmtId="{dice.choice([164, 0, -1, 10**12])}" '
            f'formatCode="{YEARS[: dice.randint(0, 10_000)]}"/>'
            for _ in range(dice.choice([1, 10, 500]))
        )
        styled = f"<styleSheet><numFmts>{formats}</numFmts>{cell_formats}</styleSheet>"
        cell = '<c r="A1" s="99999"><v>1</v></c>'
        yield raw_workbook(sheet_xml({1: cell}), **{"xl/styles.xml": styled})


def cell_types(dice: Dice, count: int) -> Iterator[bytes]:
    values = ["NaN", "1e999", "-1e999", "2958466", "-1", "0x10", "1" * 400, "é", "", "2015-13-45"]
    kinds = ["s", "n", "b", "e", "d", "str", "inlineStr", "zz", ""]
    for _ in range(count):
        kind = dice.choice(kinds)
        cells = "".join(
            f'<c r="{column}1" t="{kind}" s="{dice.choice([0, 1, -7])}">'
            f"<v>{dice.choice(values)}</v></c>"
            for column in "ABCDEF"
        )
        properties = dice.choice(["", '<workbookPr date1904="1"/>'])
        book = workbooks.WORKBOOK.replace("<sheets>", f"{properties}<sheets>")
        yield raw_workbook(sheet_xml({1: cells}), **{"xl/workbook.xml": book})


def comma_separated(dice: Dice, count: int) -> Iterator[bytes]:
    encodings = ("utf-8", "utf-8-sig", "gb18030", "utf-16")
    honest = [workbooks.csv_bytes(encoding=encoding) for encoding in encodings]
    nasty = [b'"', b"\0", b"\r", b"\xff\xfe", b"\x81", b'"\n"', b"=cmd|'/c calc'!A1", b"\x1a"]
    yield b"x," * (3 << 19)
    yield ('"' + "长" * (1 << 20)).encode()
    yield (",".join(["列"] * 16_384) + "\n").encode()
    yield "\ufeff\ufeff姓名,性别\n".encode() + workbooks.csv_bytes(encoding="gb18030")
    for _ in range(count - 4):
        content = dice.choice(honest)
        at = dice.randrange(len(content))
        pierced = content[:at] + dice.choice(nasty) + content[at:]
        yield dice.choice([flipped(dice, content, 4), pierced, shuffled(dice, content)])


def old_workbooks(dice: Dice, count: int) -> Iterator[bytes]:
    honest = xls()
    stream = honest.index(b"\x09\x08\x10\x00")
    for _ in range(count):
        if dice.random() < 0.3:
            yield dice.choice([flipped, shuffled])(dice, honest)
        else:
            head, body = honest[:stream], honest[stream : stream + 3_000]
            yield head + flipped(dice, body, 6) + honest[stream + 3_000 :]


def other_files(dice: Dice, count: int) -> Iterator[bytes]:
    heads = [b"%PDF-1.4", b"<html><table>", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"PK\x03\x04"]
    heads += [
        b"PK\x05\x06",
        b"",
        b"\x7fELF",
        b"<?xml version='1.0'?><Workbook>",
        b"\x09\x08\x10\x00",
    ]
    heads += ["Content-Type: text/html".encode("utf-16")]
    for _ in range(count):
        size = dice.choice([0, 10, 600, 5_000])
        yield dice.choice(heads) + dice.randbytes(size)


FAMILIES: dict[Family, int] = {
    flipped_containers: 150,
    flipped_parts: 170,
    truncated: 70,
    zip_structures: 80,
    dimensions: 80,
    merges: 15,
    shared_texts: 30,
    definitions: 50,
    active_contents: 25,
    passwords: 15,
    styles: 20,
    cell_types: 60,
    comma_separated: 110,
    old_workbooks: 100,
    other_files: 40,
}
