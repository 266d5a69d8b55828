import Locale

enum StockAPIWords: MessageCatalogue {
    case products, units, unit, move, productID, unitID, place, holder

    var message: Message {
        switch self {
        case .products:
            Message(
                es: "Los productos con lo que hay, por número", en: "The products with what there is, by number",
                pt: "Os produtos com o que há, por número")
        case .units:
            Message(
                es: "Los equipos con número de serie, por número",
                en: "The equipment with serial numbers, by number",
                pt: "Os equipamentos com número de série, por número")
        case .unit: Message(es: "Un equipo", en: "One piece of equipment", pt: "Um equipamento")
        case .move: Message(es: "Mueve un equipo", en: "Moves a piece of equipment", pt: "Move um equipamento")
        case .productID:
            Message(es: "Identifica el producto.", en: "Stands for the product.", pt: "Identifica o produto.")
        case .unitID:
            Message(es: "Identifica el equipo.", en: "Stands for the piece.", pt: "Identifica o equipamento.")
        case .place:
            Message(
                es: "warehouse, technician, customer o lost.", en: "warehouse, technician, customer or lost.",
                pt: "warehouse, technician, customer ou lost.")
        case .holder:
            Message(
                es: "El almacén, la persona o el cliente; null si se perdió.",
                en: "The warehouse, the person or the customer; null where it is lost.",
                pt: "O almoxarifado, a pessoa ou o cliente; null se foi perdido.")
        }
    }
}
