import BankStatements
import Spreadsheets

/// Column titles used by banks of Spain, Portugal and the Americas.
enum ColumnWords {
    /// A nil role marks titles that resemble one of ours and must be ignored.
    static let roles: [(role: StatementMapping.Role?, phrases: [String])] = [
        (
            .day,
            [
                "fecha", "fecha operacion", "fecha de operacion", "fecha movimiento", "fecha de movimiento",
                "fecha y hora",
                "fecha transaccion", "fecha de la transaccion", "fecha contable", "fecha de pago", "fec", "dia", "data",
                "data lancamento", "data do lancamento", "data movimento", "data mov", "data e hora", "date",
                "posting date", "transaction date", "booking date",
            ]
        ),
        (
            .description,
            [
                "concepto", "concepto referencia", "descripcion", "detalle", "glosa", "leyenda", "movimiento",
                "transaccion",
                "historico", "descricao", "lancamento", "description", "details", "narrative", "memo", "mensaje",
                "motivo",
                "descripcion detallada", "concepto de pago",
            ]
        ),
        (
            .reference,
            [
                "referencia", "referencia numerica", "numero de referencia", "ref", "clave de rastreo", "rastreo",
                "folio",
                "documento", "numero documento", "numero de documento", "comprobante", "nro operacion", "no operacion",
                "numero operacion", "numero de operacion", "codigo de operacion", "numero de transaccion",
                "autorizacion",
                "numero de autorizacion", "cheque", "reference", "reference number", "document number", "no documento",
                "num doc", "referencia bancaria",
            ]
        ),
        (
            .payer,
            [
                "ordenante", "nombre ordenante", "nombre del ordenante", "remitente", "pagador", "nombre", "origen",
                "contraparte", "tercero", "cliente", "payer", "counterparty", "sender", "name", "remetente",
                "favorecido",
                "nome", "enviado por",
            ]
        ),
        (
            .payerAccount,
            [
                "cuenta origen", "cuenta ordenante", "cuenta del ordenante", "cuenta de origen", "clabe ordenante",
                "conta origem", "conta de origem", "counterparty account", "sender account",
            ]
        ),
        (
            .bankID,
            [
                "id", "id transaccion", "id de transaccion", "id movimiento", "id operacion", "id de la operacion",
                "transaction id", "identificador", "id da transacao", "id transacao",
            ]
        ),
        (
            .credit,
            [
                "abono", "abonos", "credito", "creditos", "deposito", "depositos", "haber", "ingreso", "ingresos",
                "entrada", "entradas", "importe abono", "monto abono", "credit", "credits", "credit amount", "deposit",
                "deposits", "paid in", "money in",
            ]
        ),
        (
            .debit,
            [
                "cargo", "cargos", "debito", "debitos", "retiro", "retiros", "debe", "egreso", "egresos", "salida",
                "salidas", "saida", "saidas", "importe cargo", "monto cargo", "debit", "debits", "debit amount",
                "withdrawal", "withdrawals", "paid out", "money out",
            ]
        ),
        (
            .amount,
            [
                "importe", "monto", "valor", "cantidad", "amount", "importe total", "monto total", "valor r", "quantia",
                "transaction amount", "importe mxn", "monto operacion",
            ]
        ),
        (
            .sign,
            [
                "tipo", "signo", "naturaleza", "tipo de movimiento", "tipo movimiento", "d c", "c d", "dc", "cd",
                "db cr",
                "dr cr", "cr dr", "debito credito", "cargo abono", "credit debit", "debit credit", "type", "d h",
                "debe haber",
            ]
        ),
        (
            .balance,
            [
                "saldo", "saldo contable", "saldo disponible", "saldo final", "saldo despues", "saldo r", "balance",
                "running balance", "account balance",
            ]
        ),
        (.currency, ["moneda", "divisa", "moeda", "currency"]),
        (.status, ["estado", "estatus", "status", "situacao", "estado de la operacion"]),
        (
            nil,
            [
                "fecha valor", "fecha de valor", "data valor", "value date", "fecha liquidacion", "hora", "sucursal",
                "oficina", "nombre del banco", "banco origen", "tipo de cambio", "id cliente",
            ]
        ),
    ]

    static let credits: Set<String> = [
        "c", "cr", "credito", "credit", "abono", "h", "haber", "deposito", "ingreso", "entrada", "in",
    ]
    static let debits: Set<String> = [
        "d", "dr", "db", "debito", "debit", "cargo", "retiro", "debe", "egreso", "salida", "saida", "out",
    ]

    /// Whether a word or sign marks a credit (true) or a debit (false).
    static func isCredit(_ text: String) -> Bool? {
        let text = text.filter { $0 != " " }
        if text == "+" { return true }
        if text == "-" { return false }
        let words = Title(text).words
        return credits.contains(words) ? true : debits.contains(words) ? false : nil
    }

    static let opening = ["saldo inicial", "saldo anterior", "saldo previo", "saldo de apertura", "opening balance"]
    static let closing = [
        "saldo final", "saldo al corte", "saldo actual", "saldo de cierre", "saldo al cierre", "saldo atual",
        "closing balance",
    ]
    static let totals = [
        "total", "totales", "totais", "totals", "suma", "sumas", "subtotal", "saldo", "balance", "movimientos",
    ]
    static let accounts = [
        "cuenta", "numero de cuenta", "no de cuenta", "no cuenta", "nro de cuenta", "clabe", "conta", "numero da conta",
        "account", "account number",
    ]
    /// Statuses of transfers that are pending or failed.
    static let notPaid = [
        "pendiente", "programada", "programado", "en proceso", "rechazada", "rechazado", "fallida", "fallido",
        "devuelta", "devuelto", "cancelada", "cancelado", "borrador", "pendente", "agendado", "recusado", "pending",
        "failed", "rejected", "cancelled", "canceled",
    ]

    /// Assigns each role at most once, to its best-matching title.
    static func columns(of titles: [String]) -> [StatementMapping.Column] {
        let columns = columns(of: titles, among: roles)
        if columns.contains(where: { $0.role == .day }) { return columns }
        // A value date is better than no date.
        return Self.columns(of: titles, among: roles.filter { $0.role != nil })
    }

    private static func columns(
        of titles: [String], among roles: [(role: StatementMapping.Role?, phrases: [String])]
    ) -> [StatementMapping.Column] {
        var claims: [(score: Int, column: Int, role: StatementMapping.Role?)] = []
        for (column, title) in titles.enumerated() where !title.isEmpty {
            let title = Title(title)
            for (role, phrases) in roles {
                let score = title.score(phrases)
                if score >= 100 { claims.append((score, column, role)) }
            }
        }
        var columns: [Int: StatementMapping.Role?] = [:]
        var taken: Set<StatementMapping.Role> = []
        for claim in claims.sorted(by: { ($0.score, -$0.column) > ($1.score, -$1.column) })
        where columns[claim.column] == nil {
            if let role = claim.role, !taken.insert(role).inserted { continue }
            columns[claim.column] = .some(claim.role)
        }
        return columns.compactMap { column, role in
            role.map { StatementMapping.Column($0, at: column, title: titles[column]) }
        }.sorted { $0.index < $1.index }
    }
}
