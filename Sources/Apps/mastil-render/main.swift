import BankStatementReading
import BankStatements
import Documents
import ImageDrawing
import Images
import ReceiptReading
import ReceiptTexts
import Sandbox
import SpreadsheetReading
import Spreadsheets
import Typesetting

// The sandbox program, which reads and draws untrusted input. `mastil` starts one for each tenant at work.
SandboxWorker.run(
    [DrawPicture.self, Document.self, ReadSpreadsheet.self, ReadTables.self, ReadBankStatement.self, ReadReceipt.self],
    readableFolders: [
        "/usr/share/fonts", "/usr/local/share/fonts", "/etc/fonts", "/usr/share/fontconfig", "/var/cache/fontconfig",
        "/usr/share/tesseract-ocr",
    ])
