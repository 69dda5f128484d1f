"""Makes the workbooks of fixtures/labor-contracts/tables that openpyxl and XlsxWriter write.

    /usr/bin/python3 scripts/test-workbooks.py [FOLDER]

TEST ONLY, of people who cannot exist. Debian: python3-openpyxl, python3-xlsxwriter.
"""
import sys
from datetime import date, datetime
from pathlib import Path

import openpyxl
import xlsxwriter
from openpyxl.cell import WriteOnlyCell
from openpyxl.utils.datetime import CALENDAR_MAC_1904

FOLDER = Path(sys.argv[1] if len(sys.argv) > 1 else "fixtures/labor-contracts/tables")
TITLES = ["ИИН", "№ договора", "Дата договора", "Дата начала", "Воинский учёт", "Штатная должность"]
STAMP = datetime(2026, 1, 1)
LONG = '[$-419]d\\ mmmm\\ yyyy\\ "г."'


def by_openpyxl(name, mac):
    book = openpyxl.Workbook()
    if mac:
        book.epoch = CALENDAR_MAC_1904
    hidden = book.active
    hidden.title = "Архив"
    hidden.sheet_state = "hidden"
    hidden["A1"] = "ИИН"
    sheet = book.create_sheet("Приём")
    book.create_sheet("Ещё")
    book.active = 1
    sheet["A1"] = "Приём на работу"
    sheet.merge_cells("A1:F1")
    for column, title in enumerate(TITLES, 1):
        sheet.cell(3, column, title)
    sheet["A4"] = "001300900011"
    sheet["B4"] = " ЕШ-1 & <К>\n"
    sheet["C4"] = date(2026, 1, 12)
    sheet["C4"].number_format = 'dd.mm.yyyy\\ "г.";@'
    sheet["D4"] = datetime(2026, 1, 13, 18, 30)
    sheet["E4"] = True
    sheet["F4"] = '="Бағ"&"дарламашы"'
    sheet["A6"] = 1300900021
    sheet["B6"] = 17
    sheet["C6"] = date(2026, 2, 1)
    sheet["C6"].number_format = LONG
    sheet["D6"] = 46054
    sheet["D6"].number_format = '#,##0\\ "дней"'
    sheet["E6"] = "#N/A"
    sheet["F6"] = "Бухгалтер"
    sheet.merge_cells("F6:F7")
    sheet["A7"] = "001300900207"
    sheet.row_dimensions[7].hidden = True
    book.properties.created = book.properties.modified = STAMP
    book.save(FOLDER / name)


def by_openpyxl_write_only(name):
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("Приём")
    sheet.append(TITLES)
    day = WriteOnlyCell(sheet, date(2026, 1, 12))
    day.number_format = "dd/mm/yy"
    sheet.append(["001300900011", "ЕШ-1", day, datetime(2026, 1, 13), 1, "Бағдарламашы"])
    book.save(FOLDER / name)


def by_xlsxwriter(name, **options):
    book = xlsxwriter.Workbook(FOLDER / name, options)
    book.set_properties({"created": STAMP})
    bold = book.add_format({"bold": True})
    day = book.add_format({"num_format": 'dd.mm.yyyy\\ "г.";@'})
    clock = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
    long = book.add_format({"num_format": LONG})
    count = book.add_format({"num_format": '#,##0\\ "дней"'})
    chart = book.add_chart({"type": "line"})
    sheets = [book.add_chartsheet("График"), book.add_worksheet("Приём")]
    sheet = sheets[1]
    chart.add_series({"values": "=Приём!$B$4:$B$6"})
    sheets[0].set_chart(chart)
    sheet.activate()
    sheet.write_row(2, 0, TITLES)
    sheet.write_string(3, 0, "001300900011")
    if "constant_memory" in options:
        sheet.write_string(3, 1, "ЕШ-1")
    else:
        sheet.write_rich_string(3, 1, bold, "ЕШ", "-1")
    sheet.write_datetime(3, 2, date(2026, 1, 12), day)
    sheet.write_datetime(3, 3, datetime(2026, 1, 13, 18, 30), clock)
    sheet.write_boolean(3, 4, True)
    sheet.write_formula(3, 5, '="Бағ"&"дарламашы"', None, "Бағдарламашы")
    sheet.write_number(5, 0, 1300900021)
    sheet.write_number(5, 1, 17)
    sheet.write_datetime(5, 2, date(2026, 2, 1), long)
    sheet.write_number(5, 3, 46054, count)
    sheet.write_formula(5, 4, "=NA()", None, "#N/A")
    sheet.write_string(5, 5, "Бухгалтер_x0031_\n")
    book.close()


FOLDER.mkdir(parents=True, exist_ok=True)
by_openpyxl("openpyxl.xlsx", False)
by_openpyxl("openpyxl-1904.xlsx", True)
by_openpyxl_write_only("openpyxl-write-only.xlsx")
by_xlsxwriter("xlsxwriter.xlsx")
by_xlsxwriter("xlsxwriter-1904.xlsx", date_1904=True)
by_xlsxwriter("xlsxwriter-inline.xlsx", constant_memory=True)
