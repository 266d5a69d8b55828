import Locale

package enum CountryWords: MessageCatalogue {
    case mexico, guatemala, honduras, elSalvador, nicaragua, costaRica, panama, cuba, dominicanRepublic, puertoRico,
        colombia, venezuela, ecuador, peru, bolivia, chile, argentina, uruguay, paraguay, brazil, spain, unitedStates

    package var message: Message {
        switch self {
        case .mexico: Message(es: "México", en: "Mexico", pt: "México")
        case .guatemala: Message(es: "Guatemala", en: "Guatemala", pt: "Guatemala")
        case .honduras: Message(es: "Honduras", en: "Honduras", pt: "Honduras")
        case .elSalvador: Message(es: "El Salvador", en: "El Salvador", pt: "El Salvador")
        case .nicaragua: Message(es: "Nicaragua", en: "Nicaragua", pt: "Nicarágua")
        case .costaRica: Message(es: "Costa Rica", en: "Costa Rica", pt: "Costa Rica")
        case .panama: Message(es: "Panamá", en: "Panama", pt: "Panamá")
        case .cuba: Message(es: "Cuba", en: "Cuba", pt: "Cuba")
        case .dominicanRepublic:
            Message(es: "República Dominicana", en: "Dominican Republic", pt: "República Dominicana")
        case .puertoRico: Message(es: "Puerto Rico", en: "Puerto Rico", pt: "Porto Rico")
        case .colombia: Message(es: "Colombia", en: "Colombia", pt: "Colômbia")
        case .venezuela: Message(es: "Venezuela", en: "Venezuela", pt: "Venezuela")
        case .ecuador: Message(es: "Ecuador", en: "Ecuador", pt: "Equador")
        case .peru: Message(es: "Perú", en: "Peru", pt: "Peru")
        case .bolivia: Message(es: "Bolivia", en: "Bolivia", pt: "Bolívia")
        case .chile: Message(es: "Chile", en: "Chile", pt: "Chile")
        case .argentina: Message(es: "Argentina", en: "Argentina", pt: "Argentina")
        case .uruguay: Message(es: "Uruguay", en: "Uruguay", pt: "Uruguai")
        case .paraguay: Message(es: "Paraguay", en: "Paraguay", pt: "Paraguai")
        case .brazil: Message(es: "Brasil", en: "Brazil", pt: "Brasil")
        case .spain: Message(es: "España", en: "Spain", pt: "Espanha")
        case .unitedStates: Message(es: "Estados Unidos", en: "United States", pt: "Estados Unidos")
        }
    }
}

extension Region {
    package var words: CountryWords {
        switch self {
        case .mexico: .mexico
        case .guatemala: .guatemala
        case .honduras: .honduras
        case .elSalvador: .elSalvador
        case .nicaragua: .nicaragua
        case .costaRica: .costaRica
        case .panama: .panama
        case .cuba: .cuba
        case .dominicanRepublic: .dominicanRepublic
        case .puertoRico: .puertoRico
        case .colombia: .colombia
        case .venezuela: .venezuela
        case .ecuador: .ecuador
        case .peru: .peru
        case .bolivia: .bolivia
        case .chile: .chile
        case .argentina: .argentina
        case .uruguay: .uruguay
        case .paraguay: .paraguay
        case .brazil: .brazil
        case .spain: .spain
        case .unitedStates: .unitedStates
        }
    }
}
