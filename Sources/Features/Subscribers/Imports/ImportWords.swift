import Locale

enum ImportWords: MessageCatalogue {
    case imports, new, intro, none, file, state, rows, madeAt, author, fileHint, upload, columnsIntro, untitled, empty
    case unused, distinct, discard, discardText, check, dayOrder, dayOrderHint, choose, dayFirst, monthFirst, yearFirst
    case trying, progress, underWay, refresh, seeRows, refusedFile, columns, commit, commitText, search, outcome, reason
    case line, sameAs, decimalMark, decimalMarkHint, totals, owes, inFavour, undo, undoText

    var message: Message {
        switch self {
        case .imports: Message(es: "Importar", en: "Import", pt: "Importar")
        case .new: Message(es: "Importar un archivo", en: "Import a file", pt: "Importar um arquivo")
        case .intro:
            Message(
                es:
                    "Traiga sus clientes, servicios y saldos de otro programa. Antes de importar verá qué pasa con cada fila.",
                en:
                    "Bring your customers, services and balances from another program. You see what becomes of each row before it is imported.",
                pt:
                    "Traga seus clientes, serviços e saldos de outro programa. Antes de importar, você vê o que acontece com cada linha."
            )
        case .none:
            Message(
                es: "Todavía no se importó ningún archivo.", en: "No file was imported yet.",
                pt: "Nenhum arquivo foi importado ainda.")
        case .file: Message(es: "Archivo", en: "File", pt: "Arquivo")
        case .state: Message(es: "Estado", en: "Status", pt: "Situação")
        case .rows: Message(es: "Filas", en: "Rows", pt: "Linhas")
        case .madeAt: Message(es: "Subido", en: "Uploaded", pt: "Enviado")
        case .author: Message(es: "Por", en: "By", pt: "Por")
        case .fileHint:
            Message(
                es:
                    "CSV o .xlsx con una fila de títulos, como lo exporta su programa actual (UISP CRM, WispHub, Wispro u otro). Hasta 16 MB y 50 000 filas.",
                en:
                    "CSV or .xlsx with a row of titles, as your present program exports it (UISP CRM, WispHub, Wispro or another). Up to 16 MB and 50,000 rows.",
                pt:
                    "CSV ou .xlsx com uma linha de títulos, como seu programa atual exporta (UISP CRM, WispHub, Wispro ou outro). Até 16 MB e 50 000 linhas."
            )
        case .upload: Message(es: "Subir", en: "Upload", pt: "Enviar")
        case .columnsIntro:
            Message(
                es: "{rows} filas. Diga qué contiene cada columna; debajo de cada título hay algunos de sus valores.",
                en: "{rows} rows. Say what each column holds; below each title are some of its values.",
                pt: "{rows} linhas. Diga o que cada coluna contém; abaixo de cada título há alguns de seus valores.")
        case .untitled:
            Message(es: "Columna {number}", en: "Column {number}", pt: "Coluna {number}")
        case .empty: Message(es: "Vacía", en: "Empty", pt: "Vazia")
        case .unused: Message(es: "No se usa", en: "Not used", pt: "Não se usa")
        case .distinct:
            Message(
                es: "Crear también las filas que comparten teléfono, correo o nombre con alguien: son otras personas",
                en: "Create the rows too that share a phone, an e-mail or a name with somebody: they are other people",
                pt: "Criar também as linhas que compartilham telefone, e-mail ou nome com alguém: são outras pessoas")
        case .discard: Message(es: "Descartar", en: "Discard", pt: "Descartar")
        case .discardText:
            Message(
                es: "El archivo se quita. Sus clientes quedan como están.",
                en: "The file is taken away. Your customers stay as they are.",
                pt: "O arquivo é removido. Seus clientes ficam como estão.")
        case .check: Message(es: "Revisar", en: "Check", pt: "Revisar")
        case .dayOrder:
            Message(
                es: "Cómo están escritas las fechas", en: "How dates are written", pt: "Como as datas estão escritas")
        case .dayOrderHint:
            Message(
                es: "En este archivo, 03/04/2026 podría ser de marzo o de abril.",
                en: "In this file, 03/04/2026 could be of March or of April.",
                pt: "Neste arquivo, 03/04/2026 poderia ser de março ou de abril.")
        case .decimalMark:
            Message(
                es: "Cómo están escritos los importes", en: "How amounts are written",
                pt: "Como estão escritos os valores")
        case .decimalMarkHint:
            Message(
                es: "En este archivo, 1.500 podría ser mil quinientos o uno y medio.",
                en: "In this file, 1.500 could be one thousand five hundred or one and a half.",
                pt: "Neste arquivo, 1.500 poderia ser mil e quinhentos ou um e meio.")
        case .totals:
            Message(
                es: "Servicios: {services} · Deuda: {owed} · Saldo a favor: {favour}",
                en: "Services: {services} · Debt: {owed} · Credit: {favour}",
                pt: "Serviços: {services} · Dívida: {owed} · Saldo a favor: {favour}")
        case .undo: Message(es: "Deshacer", en: "Undo", pt: "Desfazer")
        case .undoText:
            Message(
                es:
                    "Se quitan los clientes y servicios que trajo este archivo y se revierten sus saldos. Lo que ya tiene pagos o se usa en otra parte se queda, y la lista dice por qué.",
                en:
                    "The customers and services that this file brought are taken away and its balances are reversed. What has payments or is used elsewhere stays, and the list says why.",
                pt:
                    "São retirados os clientes e serviços que este arquivo trouxe e revertidos seus saldos. O que já tem pagamentos ou se usa em outra parte fica, e a lista diz por quê."
            )
        case .owes: Message(es: "debe {amount}", en: "owes {amount}", pt: "deve {amount}")
        case .inFavour:
            Message(es: "{amount} a favor", en: "{amount} in credit", pt: "{amount} a favor")
        case .choose: Message(es: "Elija", en: "Choose", pt: "Escolha")
        case .dayFirst: Message(es: "Día/mes/año", en: "Day/month/year", pt: "Dia/mês/ano")
        case .monthFirst: Message(es: "Mes/día/año", en: "Month/day/year", pt: "Mês/dia/ano")
        case .yearFirst: Message(es: "Año/mes/día", en: "Year/month/day", pt: "Ano/mês/dia")
        case .trying:
            Message(es: "Revisando {rows} filas", en: "Checking {rows} rows", pt: "Revisando {rows} linhas")
        case .progress:
            Message(es: "{done} de {rows} filas", en: "{done} of {rows} rows", pt: "{done} de {rows} linhas")
        case .underWay:
            Message(
                es: "Sigue aunque cierre esta página.", en: "It goes on when you close this page.",
                pt: "Continua mesmo se fechar esta página.")
        case .refresh: Message(es: "Actualizar", en: "Refresh", pt: "Atualizar")
        case .seeRows: Message(es: "Ver fila por fila", en: "See row by row", pt: "Ver linha por linha")
        case .refusedFile:
            Message(
                es: "Descargar las que no entran", en: "Download the refused", pt: "Baixar as que não entram")
        case .columns: Message(es: "Cambiar columnas", en: "Change columns", pt: "Mudar colunas")
        case .commit: Message(es: "Importar", en: "Import", pt: "Importar")
        case .commitText:
            Message(
                es: "Clientes nuevos: {created}. Se completan: {merged}. No entran: {refused}.",
                en: "New customers: {created}. Completed: {merged}. Refused: {refused}.",
                pt: "Clientes novos: {created}. Completados: {merged}. Não entram: {refused}.")
        case .search: Message(es: "Fila, código o nombre", en: "Row, code or name", pt: "Linha, código ou nome")
        case .outcome: Message(es: "Resultado", en: "Outcome", pt: "Resultado")
        case .reason: Message(es: "Motivo", en: "Reason", pt: "Motivo")
        case .line: Message(es: "Fila", en: "Row", pt: "Linha")
        case .sameAs: Message(es: "como la fila {line}", en: "like row {line}", pt: "como a linha {line}")
        }
    }
}
