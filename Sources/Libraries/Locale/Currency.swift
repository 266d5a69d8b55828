/// A currency by its ISO 4217 code.
package enum Currency: String, Sendable, CaseIterable {
    case mxn = "MXN"
    case cop = "COP"
    case pen = "PEN"
    case ars = "ARS"
    case clp = "CLP"
    case usd = "USD"
    case brl = "BRL"
    case eur = "EUR"
    case gtq = "GTQ"
    case hnl = "HNL"
    case nio = "NIO"
    case crc = "CRC"
    case pab = "PAB"
    case dop = "DOP"
    case ves = "VES"
    case bob = "BOB"
    case pyg = "PYG"
    case uyu = "UYU"
    case cup = "CUP"

    package var code: String { rawValue }

    /// The decimals of stored amounts.
    package var minorDigits: Int {
        switch self {
        case .clp, .pyg: 0
        default: 2
        }
    }

    /// The decimals people see. A Colombian peso has centavos on paper, and payment providers count in them, but none
    /// have circulated in decades.
    package var shownDigits: Int { self == .cop ? 0 : minorDigits }

    /// Minor units in one unit of the currency.
    package var minorPerUnit: Int64 { minorDigits == 0 ? 1 : 100 }

    /// Minor units in the smallest displayable amount.
    package var smallestShown: Int64 { shownDigits == minorDigits ? 1 : minorPerUnit }
}
