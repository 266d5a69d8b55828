import BankStatementReading
import BankStatements
import Documents
import ImageDrawing
import Images
import Sandbox
import SpreadsheetReading
import Spreadsheets
import Typesetting

// The program that reads and draws what strangers sent. It is started by `mastil`, one for each tenant at work.
SandboxWorker.run(
    [DrawPicture.self, Document.self, ReadSpreadsheet.self, ReadTables.self, ReadBankStatement.self],
    readableFolders: [
        "/usr/share/fonts", "/usr/local/share/fonts", "/etc/fonts", "/usr/share/fontconfig", "/var/cache/fontconfig",
    ])
