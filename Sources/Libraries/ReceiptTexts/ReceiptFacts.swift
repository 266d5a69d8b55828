import Locale
import Time

/// Something that was read, and how sure that is, of 100.
package struct Readout<Value: Sendable & Equatable>: Sendable, Equatable {
    package let value: Value
    package let confidence: Int

    package init(_ value: Value, _ confidence: Int) {
        (self.value, self.confidence) = (value, max(0, min(100, confidence)))
    }
}

/// What a receipt of a transfer, a deposit or a wallet says. It is a claim: nothing of it is proof of money.
package struct ReceiptFacts: Sendable, Equatable {
    /// In the company's currency.
    package internal(set) var amount: Readout<Money>?
    /// The currency that amounts are in, where it is not the company's: no amount is read then.
    package internal(set) var otherCurrency: Currency?
    package internal(set) var day: Readout<Day>?
    /// The number of the operation, by which banks know it: the tracking key where there is one.
    package internal(set) var reference: Readout<String>?
    /// The number that the payer gave, which recurs in all their payments.
    package internal(set) var ownReference: Readout<String>?
    package internal(set) var bank: Readout<String>?
    /// The last digits of where the money went.
    package internal(set) var destination: Readout<String>?
    package internal(set) var standing = Standing.unknown
    /// Whether the picture looks like a receipt at all.
    package internal(set) var isReceipt = false

    package enum Standing: String, Sendable {
        /// It says that the money has gone.
        case done
        /// It says that the money has not gone: programada, pendiente, rechazada.
        case notPaid = "not_paid"
        case unknown
    }

    /// Less sure than this is left to a person.
    package static let sure = 70

    package init() {}

    /// `today` is the company's, whose country decides how amounts are written.
    package init(_ words: [ReceiptWord], _ currency: Currency, in region: Region, today: Day) {
        let lines = ReceiptLine.lines(of: words)
        (amount, otherCurrency) = Self.amount(in: lines, currency, region)
        day = Self.day(in: lines, today)
        (reference, ownReference) = Self.references(in: lines)
        bank = Self.bank(in: lines)
        destination = Self.destination(in: lines)
        standing = Self.standing(of: lines)
        let signs = [
            amount != nil || otherCurrency != nil, day != nil, reference != nil || ownReference != nil, bank != nil,
            standing != .unknown,
            lines.contains { $0.has(any: ["comprobante", "transferencia", "pago", "deposito", "recibo"]) },
        ]
        isReceipt = signs.filter(\.self).count >= 3
    }
}

// What follows a label, in its line or below it.
extension ReceiptFacts {
    /// The values that stand beside a label, and the line that they stand in.
    private static func values(
        of label: String, in lines: [ReceiptLine]
    ) -> [(text: String, line: ReceiptLine, isBelow: Bool)] {
        var found: [(text: String, line: ReceiptLine, isBelow: Bool)] = []
        for (place, line) in lines.enumerated() where line.has(label) {
            if let rest = line.rest(after: label), rest.utf8.contains(where: { (0x30...0x39).contains($0) }) {
                found.append((rest, line, false))
            } else if place + 1 < lines.count {
                found.append((lines[place + 1].text, lines[place + 1], true))
            }
        }
        return found
    }
}

// The amount.
extension ReceiptFacts {
    private static let amountLabels = [
        "importe", "monto", "cantidad enviada", "cantidad a transferir", "cantidad", "valor", "total pagado",
        "monto total", "valor de la transaccion", "valor enviado", "cuanto", "pagaste", "enviaste", "transferiste",
        "yapeaste", "plineaste", "total", "monto pagado", "importe transferido", "deposito",
    ]
    private static let currencyLabels = ["moneda", "divisa"]
    private static let otherAmounts = [
        "comision", "iva", "saldo", "disponible", "costo", "cargo por servicio", "impuesto", "limite", "cambio",
        "recibido en efectivo", "tarifa", "descuento", "gmf",
    ]

    private struct AmountFound {
        let minor: Int64
        var score: Int
        let confidence: Int
    }

    private static func amount(
        in lines: [ReceiptLine], _ currency: Currency, _ region: Region
    ) -> (amount: Readout<Money>?, otherCurrency: Currency?) {
        let heights = lines.map(\.height).sorted()
        let usual = max(1, heights.isEmpty ? 1 : heights[heights.count / 2])
        var found: [AmountFound] = []
        var other = lines.filter { $0.has(any: currencyLabels) }.compactMap { WrittenAmount.currency(in: $0) }
            .first { $0 != currency }
        for (place, line) in lines.enumerated() where line.hasDigit {
            let above = place > 0 ? lines[place - 1] : nil
            guard !line.has(any: otherAmounts) else { continue }
            // A label alone in its line is about the next one.
            if let above, !above.hasDigit, above.has(any: otherAmounts) { continue }
            let isLabelled =
                line.has(any: amountLabels) || (above.map { !$0.hasDigit && $0.has(any: amountLabels) } ?? false)
            for amount in WrittenAmount.all(in: line.text, currency, in: region) {
                guard isLabelled || amount.hasSign else { continue }
                if let written = amount.currency, written != currency { other = other ?? written }
                var score = (isLabelled ? 45 : 0) + (amount.hasSign ? 35 : 0) + (amount.hasCents ? 10 : 0)
                score += min(25, max(0, (line.height - usual) * 50 / usual))
                found.append(AmountFound(minor: amount.minor, score: score, confidence: line.confidence))
            }
        }
        // The same amount twice in a receipt confirms itself.
        for place in found.indices where found.filter({ $0.minor == found[place].minor }).count > 1 {
            found[place].score += 15
        }
        if let other { return (nil, other) }
        guard let best = found.max(by: { $0.score < $1.score }) else { return (nil, nil) }
        let rival = found.filter { $0.minor != best.minor }.map(\.score).max() ?? 0
        let margin = best.score - rival
        let sureness = min(best.score + 10, margin >= 25 || rival == 0 ? 100 : margin >= 10 ? 75 : 50)
        return (Readout(Money(minor: best.minor, currency), min(sureness, best.confidence + 8)), nil)
    }
}

// The day.
extension ReceiptFacts {
    private static func day(in lines: [ReceiptLine], _ today: Day) -> Readout<Day>? {
        var best: Readout<Day>?
        for (place, line) in lines.enumerated() {
            guard let found = WrittenDay.first(in: line.text, today: today) else { continue }
            let isLabelled =
                line.has(any: ["fecha", "dia", "operacion"])
                || place > 0 && lines[place - 1].has(any: ["fecha", "dia", "operacion"])
            var sureness = (isLabelled ? 95 : 85) - (found.hasYear ? 0 : 15)
            if found.day > today + 1 || found.day < today - 400 { sureness -= 40 }
            if line.has(any: ["vencimiento", "limite", "vence"]) { sureness -= 40 }
            sureness = min(sureness, line.confidence + 10)
            if sureness > best?.confidence ?? -1 { best = Readout(found.day, sureness) }
        }
        return best
    }
}

// The numbers of the operation.
extension ReceiptFacts {
    /// The surest first.
    private static let operationLabels = [
        "clave de rastreo", "codigo de rastreo", "numero de operacion", "nro de operacion", "no de operacion",
        "codigo de operacion", "no operacion", "nro operacion", "operacion no", "numero de autorizacion",
        "no de autorizacion", "autorizacion", "codigo de autorizacion", "id de transaccion", "numero de transaccion",
        "no de transaccion", "codigo de transferencia", "numero de comprobante", "nro de comprobante",
        "comprobante no", "comprobante n", "no de comprobante", "coelsa id", "codigo de identificacion", "cus",
        "folio de operacion", "folio de internet", "numero de folio", "folio", "transaccion", "operacion",
    ]
    private static let ownLabels = ["referencia numerica", "numero de referencia", "referencia", "ref", "concepto"]

    private static func references(
        in lines: [ReceiptLine]
    ) -> (operation: Readout<String>?, own: Readout<String>?) {
        (number(named: operationLabels, in: lines), number(named: ownLabels, in: lines))
    }

    private static func number(named labels: [String], in lines: [ReceiptLine]) -> Readout<String>? {
        var doubtful: Readout<String>?
        for label in labels {
            for value in values(of: label, in: lines) {
                // A number cut off from its label by another label belongs to that one.
                guard let number = number(in: value.text) else { continue }
                let found = Readout(number, min(value.isBelow ? 88 : 96, value.line.confidence + 10))
                if found.confidence >= sure { return found }
                if found.confidence > doubtful?.confidence ?? -1 { doubtful = found }
            }
        }
        return doubtful
    }

    /// The first word with digits that is no day, hour or amount; digits in groups are put together.
    private static func number(in text: String) -> String? {
        var joined = ""
        for word in text.split(separator: " ") {
            let letters = word.utf8.filter {
                (0x30...0x39).contains($0) || (0x41...0x5A).contains($0 & 0xDF)
            }
            let digits = letters.filter { (0x30...0x39).contains($0) }.count
            let isPlain = word.utf8.allSatisfy {
                (0x30...0x39).contains($0) || (0x41...0x5A).contains($0 & 0xDF)
                    || [0x23, 0x2E, 0x2D, 0x3A].contains($0)
            }
            let isAmount = word.contains("$") || word.contains(",")
            let isTime = word.contains(":") && letters.count <= 6
            if isPlain, !isAmount, !isTime, digits > 0, digits * 3 >= letters.count || letters.count >= 12 {
                joined += String(decoding: letters, as: UTF8.self).uppercased()
            } else if !joined.isEmpty {
                break
            } else if isPlain, letters.count >= 16 {
                joined += String(decoding: letters, as: UTF8.self).uppercased()
            }
        }
        guard (4...40).contains(joined.utf8.count), joined.utf8.contains(where: { (0x30...0x39).contains($0) }) else {
            return nil
        }
        return joined
    }
}

// Banks, and where the money went.
extension ReceiptFacts {
    /// As they call themselves, with what is read of them. The longest names come first.
    private static let banks: [(name: String, words: [String])] = [
        ("Mercado Pago", ["mercado pago", "mercadopago"]), ("Nequi", ["nequi"]), ("Daviplata", ["daviplata"]),
        ("Yape", ["yape", "yapeaste"]), ("Plin", ["plin", "plineaste"]), ("OXXO", ["oxxo"]), ("Spin", ["spin by oxxo"]),
        ("Bancolombia", ["bancolombia"]), ("Davivienda", ["davivienda"]), ("Banco de Bogotá", ["banco de bogota"]),
        ("AV Villas", ["av villas"]), ("Bre-B", ["bre b", "breb"]), ("Interbank", ["interbank"]), ("BCP", ["bcp"]),
        ("BanBif", ["banbif"]), ("Banco de la Nación", ["banco de la nacion"]), ("BBVA", ["bbva"]),
        ("Banorte", ["banorte"]), ("Santander", ["santander"]), ("HSBC", ["hsbc"]), ("Scotiabank", ["scotiabank"]),
        ("Banamex", ["banamex", "citibanamex"]), ("Banco Azteca", ["banco azteca"]), ("BanCoppel", ["bancoppel"]),
        ("Inbursa", ["inbursa"]), ("BanBajío", ["banbajio"]), ("Banregio", ["banregio"]), ("STP", ["stp"]),
        ("Brubank", ["brubank"]), ("Ualá", ["uala"]), ("Naranja X", ["naranja x"]), ("Galicia", ["galicia"]),
        ("Macro", ["banco macro"]), ("Cuenta DNI", ["cuenta dni"]), ("Personal Pay", ["personal pay"]), ("Nu", ["nu"]),
    ]

    /// The first in the text, which is the one that made the receipt.
    private static func bank(in lines: [ReceiptLine]) -> Readout<String>? {
        for line in lines {
            if let bank = banks.first(where: { line.has(any: $0.words) }) {
                return Readout(bank.name, min(95, line.confidence + 20))
            }
        }
        return nil
    }

    private static let destinationLabels = [
        "cuenta destino", "cuenta de destino", "cuenta asociada", "cuenta beneficiario", "cuenta del beneficiario",
        "cuenta abono", "clabe destino", "clabe beneficiario", "tarjeta destino", "destino", "beneficiario",
        "destinatario", "abono", "cuenta clabe", "clabe", "cbu", "cvu", "cci", "para",
    ]
    private static let originLabels = ["origen", "ordenante", "cargo", "retiro", "emisor", "desde", "de la cuenta"]

    private static func destination(in lines: [ReceiptLine]) -> Readout<String>? {
        for label in destinationLabels {
            for value in values(of: label, in: lines) where !value.line.has(any: originLabels) {
                if value.isBelow, value.line.has(any: amountLabels) || value.line.has(any: ["fecha"]) { continue }
                guard let tail = tail(in: value.text) else { continue }
                return Readout(tail, min(90, value.line.confidence + 10))
            }
        }
        return nil
    }

    /// The digits of a number, or those that a mask leaves at its end.
    private static func tail(in text: String) -> String? {
        let words = text.split(separator: " ").map(String.init)
        var digits = ""
        for word in words {
            let own = word.utf8.reversed().prefix { (0x30...0x39).contains($0) }.reversed()
            let isMasked = word.utf8.count > own.count
            if own.isEmpty {
                if !digits.isEmpty { break }
                continue
            }
            digits = isMasked ? String(decoding: own, as: UTF8.self) : digits + String(decoding: own, as: UTF8.self)
        }
        return (3...22).contains(digits.utf8.count) ? digits : nil
    }
}

// Whether it was paid.
extension ReceiptFacts {
    private static let notPaid = [
        "programada", "programado", "programar", "agendada", "pendiente", "en proceso", "procesando", "rechazada",
        "rechazado", "fallida", "fallido", "devuelta", "devuelto", "borrador", "cancelada", "no exitosa",
        "no realizada",
    ]
    private static let paid = [
        "exitosa", "exitoso", "realizada", "realizado", "aprobada", "aprobado", "liquidada", "listo", "yapeaste",
        "plineaste", "enviaste", "transferiste", "pagaste", "completada", "completado", "acreditada", "aplicada",
        "procesada", "acreditado",
    ]

    private static func standing(of lines: [ReceiptLine]) -> Standing {
        // What is still owed is no state of the payment.
        let unpaid = lines.contains { $0.has(any: notPaid) && !$0.has(any: ["saldo", "adeudo", "deuda"]) }
        if unpaid { return .notPaid }
        return lines.contains { $0.has(any: paid) } ? .done : .unknown
    }
}
