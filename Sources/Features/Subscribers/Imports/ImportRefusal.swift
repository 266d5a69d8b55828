import Access
import HTTP
import Locale
import Spreadsheets

package enum ImportRefusal: Refusal, MessageCatalogue, Equatable {
    case fileMissing, noRows, tooManyRows
    case unknownKind, oldExcel, broken, tooLarge, tooManyColumns
    case nameMissing, twice, otherColumns, dayOrderMissing, decimalMarkMissing
    case notTried, underWay, imported, notDone

    package init(_ fault: SpreadsheetFault) {
        switch fault {
        case .unknownKind: self = .unknownKind
        case .oldExcel: self = .oldExcel
        case .broken: self = .broken
        case .tooLarge: self = .tooLarge
        case .tooManyColumns: self = .tooManyColumns
        }
    }

    package var status: Status {
        switch self {
        case .notTried, .underWay, .imported, .notDone: .conflict
        default: .unprocessableContent
        }
    }

    package var code: String {
        switch self {
        case .fileMissing: "file_missing"
        case .noRows: "no_rows"
        case .tooManyRows: "too_many_rows"
        case .unknownKind: "unknown_kind"
        case .oldExcel: "old_excel"
        case .broken: "broken_file"
        case .tooLarge: "file_too_large"
        case .tooManyColumns: "too_many_columns"
        case .nameMissing: "name_column_missing"
        case .twice: "column_twice"
        case .otherColumns: "other_columns"
        case .dayOrderMissing: "day_order_missing"
        case .decimalMarkMissing: "decimal_mark_missing"
        case .notTried: "import_not_tried"
        case .underWay: "import_under_way"
        case .imported: "import_done"
        case .notDone: "import_not_done"
        }
    }

    package var message: Message {
        switch self {
        case .fileMissing: Message(es: "Elija un archivo.", en: "Choose a file.", pt: "Escolha um arquivo.")
        case .noRows:
            Message(es: "El archivo no tiene filas.", en: "The file has no rows.", pt: "O arquivo não tem linhas.")
        case .tooManyRows:
            Message(
                es: "El archivo tiene más de 50 000 filas. Divídalo.",
                en: "The file has more than 50,000 rows. Split it.",
                pt: "O arquivo tem mais de 50 000 linhas. Divida-o.")
        case .unknownKind:
            Message(
                es: "El archivo no es una hoja de cálculo. Guárdelo como CSV o .xlsx.",
                en: "The file is no spreadsheet. Save it as CSV or .xlsx.",
                pt: "O arquivo não é uma planilha. Salve como CSV ou .xlsx.")
        case .oldExcel:
            Message(
                es: "Es un archivo de Excel antiguo o con contraseña. Guárdelo como .xlsx sin contraseña.",
                en: "The file is an old Excel's, or locked. Save it as .xlsx without a password.",
                pt: "O arquivo é de um Excel antigo ou tem senha. Salve como .xlsx sem senha.")
        case .broken:
            Message(
                es: "El archivo está dañado o incompleto. Expórtelo otra vez.",
                en: "The file is damaged or cut short. Export it again.",
                pt: "O arquivo está danificado ou incompleto. Exporte-o outra vez.")
        case .tooLarge:
            Message(
                es: "El archivo es demasiado grande. Divídalo.", en: "The file is too large. Split it.",
                pt: "O arquivo é grande demais. Divida-o.")
        case .tooManyColumns:
            Message(
                es: "El archivo tiene demasiadas columnas. Quite las que no se usan.",
                en: "The file has too many columns. Take out those that are not used.",
                pt: "O arquivo tem colunas demais. Tire as que não se usam.")
        case .nameMissing:
            Message(
                es: "Diga qué columna tiene el nombre del cliente.", en: "Say which column has the customer's name.",
                pt: "Diga qual coluna tem o nome do cliente.")
        case .otherColumns:
            Message(
                es: "Diga qué contiene cada columna del archivo, en su orden.",
                en: "Say what each column of the file holds, in their order.",
                pt: "Diga o que cada coluna do arquivo contém, em sua ordem.")
        case .twice:
            Message(
                es: "Dos columnas dicen lo mismo. Deje una.", en: "Two columns hold the same. Leave one.",
                pt: "Duas colunas dizem o mesmo. Deixe uma.")
        case .dayOrderMissing:
            Message(
                es: "Diga cómo están escritas las fechas: el archivo no lo aclara.",
                en: "Say how dates are written: the file does not tell.",
                pt: "Diga como estão escritas as datas: o arquivo não esclarece.")
        case .decimalMarkMissing:
            Message(
                es: "Diga cómo están escritos los importes: el archivo no lo aclara.",
                en: "Say how amounts are written: the file does not tell.",
                pt: "Diga como estão escritos os valores: o arquivo não esclarece.")
        case .notTried:
            Message(
                es: "Primero revise qué pasa con cada fila.", en: "First look at what becomes of each row.",
                pt: "Primeiro revise o que acontece com cada linha.")
        case .underWay:
            Message(
                es: "Otra importación está en curso. Espere a que termine.",
                en: "Another import is under way. Wait until it ends.",
                pt: "Outra importação está em curso. Espere terminar.")
        case .notDone:
            Message(
                es: "Solo se deshace lo que se importó.", en: "Only what was imported can be undone.",
                pt: "Só se desfaz o que foi importado.")
        case .imported:
            Message(
                es: "Esta importación ya se hizo.", en: "This import is done already.",
                pt: "Esta importação já foi feita.")
        }
    }
}
