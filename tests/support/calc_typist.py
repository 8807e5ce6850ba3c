"""Types into a workbook with LibreOffice Calc and saves it as .xlsx; run by a Python that has `uno`.

Arguments: the workbook, the copy to be saved, a JSON file with sheet, cell and typed text of each
entry, the name of a pipe on which an office listens. Prints what the sheet shows in the cells asked
for ("read"), as JSON.
"""

import json
import sys
import time
from pathlib import Path
from typing import Any

import uno  # type: ignore[import-not-found]
from com.sun.star.beans import PropertyValue  # type: ignore[import-not-found]
from com.sun.star.connection import NoConnectException  # type: ignore[import-not-found]


def office(pipe: str) -> Any:
    """The office that listens on the pipe, as soon as it answers."""
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext(
        "com.sun.star.bridge.UnoUrlResolver", local
    )
    for _try in range(300):
        try:
            return resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
        except NoConnectException:
            time.sleep(0.1)
    raise SystemExit("no office answered")


def setting(name: str, value: object) -> Any:
    """One setting as the office wants it."""
    made = PropertyValue()
    made.Name, made.Value = name, value
    return made


def main(source: str, target: str, orders: str, pipe: str) -> None:
    """Type, save, and say what is shown."""
    context = office(pipe)
    desktop = context.ServiceManager.createInstanceWithContext(
        "com.sun.star.frame.Desktop", context
    )
    try:
        book = desktop.loadComponentFromURL(
            Path(source).as_uri(), "_blank", 0, (setting("Hidden", True),)
        )
        wanted = json.loads(Path(orders).read_text(encoding="utf-8"))
        for sheet, cell, text in wanted["type"]:
            # As typed at the keyboard: the format of the cell decides what becomes of it.
            book.Sheets.getByName(sheet).getCellRangeByName(cell).FormulaLocal = text
        shown = [
            book.Sheets.getByName(sheet).getCellRangeByName(cell).String
            for sheet, cell in wanted["read"]
        ]
        book.storeToURL(Path(target).as_uri(), (setting("FilterName", "Calc MS Excel 2007 XML"),))
        book.close(True)
    finally:
        desktop.terminate()
    print(json.dumps(shown))


main(*sys.argv[1:])
