"""What people are told when a file cannot be read: one sentence, in both languages."""

from tongxing.exchange.spreadsheets.values import Words

_SAVE_AS_XLSX = Words(
    "请用 Excel 或 WPS 打开，另存为“Excel 工作簿（*.xlsx）”后再上传。",
    "Open it in Excel or WPS, save it as an Excel workbook (*.xlsx), and upload that.",
)
_ASK_AGAIN = Words(
    "请用 Excel 或 WPS 打开检查，重新另存为 xlsx 后再上传。",
    "Open it in Excel or WPS, save it again as xlsx, and upload that.",
)
_SPLIT = Words("请拆分成几个文件后再上传。", "Split it into several files and upload those.")


def _and(words: Words, advice: Words) -> Words:
    return Words(f"{words.zh}{advice.zh}", f"{words.en} {advice.en}")


SENTENCES: dict[str, Words] = {
    # The file as a whole
    "not_found": Words(
        "找不到这个文件，请重新上传。", "The file cannot be found. Upload it again."
    ),
    "empty_file": Words("文件是空的，没有任何内容。", "The file is empty."),
    "too_big": _and(Words("文件超过 {limit} MB。", "The file is larger than {limit} MB."), _SPLIT),
    "html_file": _and(
        Words(
            "这个文件其实是网页，只是用了表格的扩展名。",
            "This file is really a web page that carries the name of a spreadsheet.",
        ),
        _SAVE_AS_XLSX,
    ),
    "xml_file": _and(
        Words(
            "这个文件是 XML 格式的表格，不能直接读取。",
            "This file is a spreadsheet in XML form, which cannot be read directly.",
        ),
        _SAVE_AS_XLSX,
    ),
    "ods_file": _and(
        Words(
            "这个文件是 OpenDocument 格式（ods），不能直接读取。",
            "This file is an OpenDocument spreadsheet (ods), which cannot be read directly.",
        ),
        _SAVE_AS_XLSX,
    ),
    "et_file": _and(
        Words(
            "这个文件是 WPS 专有格式（et），不能直接读取。",
            "This file is in the private format of WPS (et), which cannot be read directly.",
        ),
        _SAVE_AS_XLSX,
    ),
    "xlsb_file": _and(
        Words(
            "这个文件是二进制工作簿（xlsb），不能直接读取。",
            "This file is a binary workbook (xlsb), which cannot be read directly.",
        ),
        _SAVE_AS_XLSX,
    ),
    "word_file": Words(
        "这个文件是文字文档，不是表格。请上传 xlsx、xls 或 csv 文件。",
        "This file is a text document, not a spreadsheet. Upload an xlsx, xls or csv file.",
    ),
    "not_a_spreadsheet": Words(
        "这个文件不是可以读取的表格。请上传 xlsx、xls 或 csv 文件。",
        "This file is not a spreadsheet that can be read. Upload an xlsx, xls or csv file.",
    ),
    "password": Words(
        "文件设有密码，无法读取。请在 Excel 或 WPS 中取消密码，另存一份后再上传。",
        "The file is protected by a password. Remove the password in Excel or WPS, "
        "save a copy, and upload that.",
    ),
    "macro": Words(
        "文件含有宏，为安全起见不予读取。请另存为不含宏的“Excel 工作簿（*.xlsx）”后再上传。",
        "The file contains macros and is refused for safety. "
        "Save it as an Excel workbook without macros (*.xlsx) and upload that.",
    ),
    # The zip container of an xlsx file
    "zip_damaged": _and(
        Words("文件已损坏或没有传完整。", "The file is damaged or incomplete."), _ASK_AGAIN
    ),
    "zip_too_many_entries": Words(
        "文件内部的部件超过 {limit} 个，不像是正常的名单，不予读取。",
        "The file is made of more than {limit} parts, which no ordinary roster is. It is refused.",
    ),
    "zip_too_big": _and(
        Words("文件解压后超过 {limit} MB。", "The file is larger than {limit} MB when unpacked."),
        _SPLIT,
    ),
    "zip_ratio": _and(
        Words(
            "文件的压缩比异常，不予读取。",
            "The file is compressed to an abnormal degree and is refused.",
        ),
        _ASK_AGAIN,
    ),
    "zip_nested": Words(
        "文件里嵌入了其他文件。请删除嵌入的对象，只保留名单后再上传。",
        "Other files are embedded in this file. Delete the embedded objects, "
        "keep only the roster, and upload it again.",
    ),
    "zip_path": Words(
        "文件内部含有不正常的路径，不予读取。",
        "The file contains abnormal internal paths and is refused.",
    ),
    "zip_duplicate": _and(
        Words(
            "文件内部有重名的部件，无法确定以哪一个为准。",
            "Two parts inside the file have the same name, so it is unclear which one counts.",
        ),
        _ASK_AGAIN,
    ),
    "xml_dtd": Words(
        "文件内部含有外部定义（DTD），为安全起见不予读取。",
        "The file carries document type definitions and is refused for safety.",
    ),
    "xml_damaged": _and(
        Words("文件内部内容已损坏。", "The contents of the file are damaged."), _ASK_AGAIN
    ),
    # Size
    "too_many_rows": _and(
        Words("数据超过 {limit} 行。", "There are more than {limit} rows of data."), _SPLIT
    ),
    "row_too_far": Words(
        "有内容写在第 {limit} 行以后。请删除名单以外的内容后再上传。",
        "Something is written below row {limit}. Delete what does not belong to the roster "
        "and upload it again.",
    ),
    "too_many_columns": Words(
        "内容超过 {limit} 列。请删除名单以外的列后再上传。",
        "There are more than {limit} columns. Delete the columns that do not belong to the "
        "roster and upload it again.",
    ),
    "too_many_cells": Words(
        "内容分布的范围太大（超过 {limit} 个单元格）。请删除名单以外零散的内容后再上传。",
        "The cells are spread over too large an area (more than {limit} cells). "
        "Delete what does not belong to the roster and upload it again.",
    ),
    "cell_too_long": Words(
        "有单元格的内容过长（超过 {limit} 字节）。请删除后再上传。",
        "A cell holds too much text (more than {limit} bytes). Delete it and upload again.",
    ),
    "too_many_merges": Words(
        "合并单元格超过 {limit} 处。请取消合并后再上传。",
        "There are more than {limit} merged areas. Unmerge the cells and upload again.",
    ),
    # csv
    "encoding_unknown": Words(
        "无法确定文本的编码。请用 Excel 或 WPS 打开，确认汉字显示正常，"
        "另存为“CSV UTF-8”或 xlsx 后再上传。",
        "The encoding of the text cannot be determined. Open it in Excel or WPS, make sure the "
        "characters look right, save it as CSV UTF-8 or xlsx, and upload that.",
    ),
    "csv_line_too_long": Words(
        "这一行的内容过长（超过 {limit} 字节），不像是名单。",
        "This line is too long (more than {limit} bytes) for a roster.",
    ),
    "csv_unclosed_quote": Words(
        "这一行有引号没有成对。请补上或删除多余的引号后再上传。",
        "A quotation mark in this line has no partner. Add or remove one and upload again.",
    ),
    "csv_nul": Words(
        "文件中含有空字节，不是正常的文本文件。请另存为 xlsx 后再上传。",
        "The file contains null bytes, so it is not an ordinary text file. "
        "Save it as xlsx and upload that.",
    ),
    "csv_damaged": _and(Words("这一行无法读取。", "This line cannot be read."), _ASK_AGAIN),
    # Sheets and the rest
    "sheet_not_found": Words(
        "文件里没有这张工作表，请重新选择。",
        "There is no such sheet in the file. Choose another one.",
    ),
    "no_sheet": Words(
        "文件里没有可以读取的工作表。", "There is no sheet in the file that can be read."
    ),
    "damaged": _and(
        Words("文件已损坏，无法读取。", "The file is damaged and cannot be read."), _ASK_AGAIN
    ),
    "out_of_memory": Words(
        "文件内容过大，读取时超出了内存限制。请删除名单以外的内容，或拆分成几个文件后再上传。",
        "The contents are too large to be read within the memory limit. Delete what does not "
        "belong to the roster, or split the file, and upload again.",
    ),
    "too_slow": Words(
        "文件内容过于复杂，读取超时。请删除名单以外的内容，或拆分成几个文件后再上传。",
        "The contents are too complex and reading took too long. Delete what does not belong to "
        "the roster, or split the file, and upload again.",
    ),
    "row_defeated": Words(
        "这一行的内容无法处理，请检查后再上传。",
        "The contents of this row cannot be handled. Check the row and upload again.",
    ),
    "reader_died": _and(
        Words("读取文件时意外中断。", "Reading the file ended unexpectedly."), _ASK_AGAIN
    ),
}
