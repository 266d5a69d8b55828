#!/usr/bin/python3
"""Makes the workbooks beside it, as programs that providers export from make them: openpyxl and XlsxWriter.

Debian: python3-openpyxl python3-xlsxwriter. Run it here; the files are kept, so that tests need neither."""
import datetime

import openpyxl
import xlsxwriter

ROWS = [
    ["Cliente", "Teléfono", "Saldo", "Alta", "Activo"],
    ["Ana Muñoz & Cía", 5512345678, 1234.56, datetime.date(2024, 2, 29), True],
    ["=cmd|' /C calc'!A0", "0044123", -0.1, datetime.datetime(2026, 1, 31, 13, 45), False],
    [],
    [None, None, 1e15, datetime.time(6, 30)],
]

book = openpyxl.Workbook()
sheet = book.active
sheet.title = "Clientes & más"
for row in ROWS:
    sheet.append(row)
sheet["A3"].data_type = "s"
book.create_sheet("Vacía")
book.save("openpyxl.xlsx")

book = xlsxwriter.Workbook("xlsxwriter.xlsx", {"date_1904": True})
sheet = book.add_worksheet("Clientes & más")
formats = {
    datetime.datetime: book.add_format({"num_format": "dd/mm/yyyy hh:mm"}),
    datetime.date: book.add_format({"num_format": '[$-80A]d" de "mmmm" de "yyyy;@'}),
    datetime.time: book.add_format({"num_format": "hh:mm"}),
}
for number, row in enumerate(ROWS):
    for column, value in enumerate(row):
        if type(value) in formats:
            sheet.write_datetime(number, column, value, formats[type(value)])
        elif isinstance(value, str):
            sheet.write_string(number, column, value)
        elif value is not None:
            sheet.write(number, column, value)
book.add_worksheet("Vacía")
book.close()
