import Locale

package enum CountryWords: MessageCatalogue {
    case mexico, colombia, peru, argentina, chile, ecuador, brazil, unitedStates

    package var message: Message {
        switch self {
        case .mexico: Message(es: "México", en: "Mexico", pt: "México")
        case .colombia: Message(es: "Colombia", en: "Colombia", pt: "Colômbia")
        case .peru: Message(es: "Perú", en: "Peru", pt: "Peru")
        case .argentina: Message(es: "Argentina", en: "Argentina", pt: "Argentina")
        case .chile: Message(es: "Chile", en: "Chile", pt: "Chile")
        case .ecuador: Message(es: "Ecuador", en: "Ecuador", pt: "Equador")
        case .brazil: Message(es: "Brasil", en: "Brazil", pt: "Brasil")
        case .unitedStates: Message(es: "Estados Unidos", en: "United States", pt: "Estados Unidos")
        }
    }
}

extension Region {
    package var words: CountryWords {
        switch self {
        case .mexico: .mexico
        case .colombia: .colombia
        case .peru: .peru
        case .argentina: .argentina
        case .chile: .chile
        case .ecuador: .ecuador
        case .brazil: .brazil
        case .unitedStates: .unitedStates
        }
    }
}
