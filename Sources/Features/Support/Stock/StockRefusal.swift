import Access
import HTTP
import Locale

package enum StockRefusal: Refusal, MessageCatalogue {
    case nameTaken, unknownWarehouse, unknownSupplier, unknownPlace, serialsMissing, serialTaken
    case serialsTooLong, quantityMissing, notEnough, atAnother

    package var status: Status {
        switch self {
        case .nameTaken, .serialTaken, .notEnough, .atAnother: .conflict
        default: .unprocessableContent
        }
    }

    package var code: String {
        switch self {
        case .nameTaken: "name_taken"
        case .unknownWarehouse: "unknown_warehouse"
        case .unknownSupplier: "unknown_supplier"
        case .unknownPlace: "unknown_place"
        case .serialsMissing: "serials_missing"
        case .serialTaken: "serial_taken"
        case .serialsTooLong: "serials_too_long"
        case .quantityMissing: "quantity_missing"
        case .notEnough: "not_enough"
        case .atAnother: "at_another"
        }
    }

    /// The form's field that it is about.
    var field: String {
        switch self {
        case .nameTaken: "name"
        case .unknownWarehouse: "warehouse"
        case .unknownSupplier: "supplier"
        case .unknownPlace: "to"
        case .serialsMissing, .serialTaken, .serialsTooLong, .atAnother: "serials"
        case .quantityMissing, .notEnough: "quantity"
        }
    }

    package var message: Message {
        switch self {
        case .nameTaken:
            Message(
                es: "Ya hay otro con ese nombre.", en: "There is another of that name.",
                pt: "Já há outro com esse nome.")
        case .unknownWarehouse:
            Message(
                es: "Elija un almacén.", tu: "Elige un almacén.", vos: "Elegí un almacén.",
                en: "Choose a warehouse.", pt: "Escolha um almoxarifado.")
        case .unknownSupplier:
            Message(
                es: "Ese proveedor no existe.", en: "There is no such supplier.", pt: "Esse fornecedor não existe.")
        case .unknownPlace:
            Message(es: "Ese destino no existe.", en: "There is no such place.", pt: "Esse destino não existe.")
        case .serialsMissing:
            Message(
                es: "Faltan los números de serie.", en: "The serial numbers are missing.",
                pt: "Faltam os números de série.")
        case .serialTaken:
            Message(
                es: "Uno de los números de serie ya está registrado.",
                en: "One of the serial numbers is known already.", pt: "Um dos números de série já está registrado.")
        case .serialsTooLong:
            Message(
                es: "Son demasiados números de serie o uno es muy largo.",
                en: "There are too many serial numbers or one is too long.",
                pt: "São números de série demais ou um é longo demais.")
        case .quantityMissing:
            Message(es: "Falta la cantidad.", en: "The quantity is missing.", pt: "Falta a quantidade.")
        case .atAnother:
            Message(
                es: "Uno de los equipos figura con otro cliente: quite su número de serie o muévalo antes en Almacén.",
                tu: "Uno de los equipos figura con otro cliente: quita su número de serie o muévelo antes en Almacén.",
                vos: "Uno de los equipos figura con otro cliente: quitá su número de serie o movelo antes en Almacén.",
                en: "One of the pieces is another customer's: leave its serial number out or move it in Stock first.",
                pt: "Um dos equipamentos é de outro cliente: retire o número de série ou mova-o antes no Estoque.")
        case .notEnough:
            Message(es: "No hay tantos ahí.", en: "There are not so many there.", pt: "Não há tantos aí.")
        }
    }
}
