import Locale

// What a company in a country most likely wants, until somebody says otherwise.
extension Region {
    package var usualCurrency: Currency {
        switch self {
        case .mexico: .mxn
        case .colombia: .cop
        case .peru: .pen
        case .argentina: .ars
        case .chile: .clp
        case .ecuador, .unitedStates: .usd
        case .brazil: .brl
        }
    }

    package var usualLanguage: Language {
        switch self {
        case .brazil: .pt
        case .unitedStates: .en
        case .mexico, .colombia, .peru, .argentina, .chile, .ecuador: .es
        }
    }

    package var usualCourtesy: Courtesy { self == .argentina ? .vos : .usted }

    package var usualZone: String {
        switch self {
        case .mexico: "America/Mexico_City"
        case .colombia: "America/Bogota"
        case .peru: "America/Lima"
        case .argentina: "America/Argentina/Buenos_Aires"
        case .chile: "America/Santiago"
        case .ecuador: "America/Guayaquil"
        case .brazil: "America/Sao_Paulo"
        case .unitedStates: "America/New_York"
        }
    }
}
