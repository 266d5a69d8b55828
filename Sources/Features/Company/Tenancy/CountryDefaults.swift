import Locale

// A new company's defaults, by country.
extension Region {
    package var usualCurrency: Currency {
        switch self {
        case .mexico: .mxn
        case .guatemala: .gtq
        case .honduras: .hnl
        case .nicaragua: .nio
        case .costaRica: .crc
        case .cuba: .cup
        case .dominicanRepublic: .dop
        case .colombia: .cop
        case .venezuela: .ves
        case .peru: .pen
        case .bolivia: .bob
        case .chile: .clp
        case .argentina: .ars
        case .uruguay: .uyu
        case .paraguay: .pyg
        case .brazil: .brl
        case .spain: .eur
        // Panama's balboa is pegged to the dollar, and dollars are used.
        case .elSalvador, .panama, .puertoRico, .ecuador, .unitedStates: .usd
        }
    }

    package var usualLanguage: Language {
        switch self {
        case .brazil: .pt
        case .unitedStates: .en
        default: .es
        }
    }

    /// The country's usual form of address to customers.
    package var usualCourtesy: Courtesy {
        switch self {
        case .argentina, .uruguay, .paraguay: .vos
        case .cuba, .dominicanRepublic, .puertoRico, .spain: .tu
        default: .usted
        }
    }

    package var usualZone: String {
        switch self {
        case .mexico: "America/Mexico_City"
        case .guatemala: "America/Guatemala"
        case .honduras: "America/Tegucigalpa"
        case .elSalvador: "America/El_Salvador"
        case .nicaragua: "America/Managua"
        case .costaRica: "America/Costa_Rica"
        case .panama: "America/Panama"
        case .cuba: "America/Havana"
        case .dominicanRepublic: "America/Santo_Domingo"
        case .puertoRico: "America/Puerto_Rico"
        case .colombia: "America/Bogota"
        case .venezuela: "America/Caracas"
        case .ecuador: "America/Guayaquil"
        case .peru: "America/Lima"
        case .bolivia: "America/La_Paz"
        case .chile: "America/Santiago"
        case .argentina: "America/Argentina/Buenos_Aires"
        case .uruguay: "America/Montevideo"
        case .paraguay: "America/Asuncion"
        case .brazil: "America/Sao_Paulo"
        case .spain: "Europe/Madrid"
        case .unitedStates: "America/New_York"
        }
    }

    /// The country's name for a tax identification number.
    package var usualTaxIDLabel: String {
        switch self {
        case .mexico: "RFC"
        case .guatemala, .elSalvador, .cuba, .colombia, .bolivia: "NIT"
        case .honduras: "RTN"
        case .costaRica: "Cédula jurídica"
        case .nicaragua, .panama, .ecuador, .peru, .paraguay: "RUC"
        case .dominicanRepublic: "RNC"
        case .venezuela: "RIF"
        case .chile, .uruguay: "RUT"
        case .argentina: "CUIT"
        case .brazil: "CNPJ"
        case .spain: "NIF"
        case .puertoRico, .unitedStates: "EIN"
        }
    }

    /// The country's sales tax as invoices name it; empty where it varies by place.
    package var usualTaxName: String {
        switch self {
        case .mexico, .guatemala, .elSalvador, .nicaragua, .costaRica, .colombia, .venezuela, .ecuador, .bolivia,
            .chile,
            .argentina, .uruguay, .paraguay, .spain:
            "IVA"
        case .honduras: "ISV"
        case .panama: "ITBMS"
        case .dominicanRepublic: "ITBIS"
        case .puertoRico: "IVU"
        case .peru: "IGV"
        case .brazil: "ICMS"
        case .cuba, .unitedStates: ""
        }
    }
}
