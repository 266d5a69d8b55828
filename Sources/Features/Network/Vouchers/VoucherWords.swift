import Access
import HTTP
import Locale

enum VoucherWords: MessageCatalogue {
    case batches, batch, new, none, intro, number, name, size, span, unit, unitHint, price, download, upload, speedHint
    case page, pageHint, note, noteHint, made, sold, used, usedUnsold, voided, print, sell, void, cards, card, noCards
    case cardsIntro, code, state, soldAt, usedAt, endsAt, device, first, last, saleHint, account, party, reason
    case routerHint, cardsCount, numbers, seeTotal, sellThese, sale, sales, undoSale, undone, shift, amount

    var message: Message {
        switch self {
        case .batches: Message(es: "Fichas hotspot", en: "Hotspot cards", pt: "Fichas de hotspot")
        case .batch: Message(es: "Lote", en: "Batch", pt: "Lote")
        case .new: Message(es: "Hacer fichas", en: "Make cards", pt: "Fazer fichas")
        case .none: Message(es: "Todavía no hay fichas.", en: "There are no cards yet.", pt: "Ainda não há fichas.")
        case .intro:
            Message(
                es: "Códigos que dan internet por horas o días. Cada uno vale para el primer equipo que lo usa.",
                en: "Codes that give internet by the hour or day. Each is good for the first device that uses it.",
                pt: "Códigos que dão internet por horas ou dias. Cada um vale para o primeiro aparelho que o usa.")
        case .number: Message(es: "N.º", en: "No.", pt: "N.º")
        case .name: Message(es: "Nombre", en: "Name", pt: "Nome")
        case .size: Message(es: "Cuántas fichas", en: "How many cards", pt: "Quantas fichas")
        case .span: Message(es: "Duración", en: "Duration", pt: "Duração")
        case .unit: Message(es: "Horas o días", en: "Hours or days", pt: "Horas ou dias")
        case .unitHint:
            Message(
                es: "Corre desde la primera entrada, en línea o no.",
                en: "It runs from the first login, on line or not.",
                pt: "Conta desde a primeira entrada, on-line ou não.")
        case .price: Message(es: "Precio de cada una", en: "Price of each", pt: "Preço de cada uma")
        case .download: Message(es: "Bajada", en: "Download", pt: "Download")
        case .upload: Message(es: "Subida", en: "Upload", pt: "Upload")
        case .speedHint:
            Message(
                es: "Cero: la velocidad que dé el hotspot.", en: "Zero: the hotspot's own speed.",
                pt: "Zero: a velocidade do hotspot.")
        case .page: Message(es: "Página del hotspot", en: "Hotspot's page", pt: "Página do hotspot")
        case .pageHint:
            Message(
                es: "La que abre el código QR, por ejemplo http://wifi.local/login. Vacía: el QR lleva solo el código.",
                en: "The QR code opens it, such as http://wifi.local/login. Empty: the QR holds the code alone.",
                pt: "A que o QR abre, por exemplo http://wifi.local/login. Vazia: o QR leva só o código.")
        case .note: Message(es: "Texto en la ficha", en: "Text on the card", pt: "Texto na ficha")
        case .noteHint:
            Message(
                es: "Por ejemplo, el nombre de su red wifi.", en: "Such as the name of your wifi network.",
                pt: "Por exemplo, o nome da sua rede wifi.")
        case .made: Message(es: "Hechas", en: "Made", pt: "Feitas")
        case .sold: Message(es: "Vendidas", en: "Sold", pt: "Vendidas")
        case .used: Message(es: "Usadas", en: "Used", pt: "Usadas")
        case .usedUnsold:
            Message(
                es: "Fichas usadas sin que conste su venta: {cards}.",
                en: "Cards used without a sale on record: {cards}.",
                pt: "Fichas usadas sem venda registrada: {cards}.")
        case .voided: Message(es: "Anuladas", en: "Void", pt: "Anuladas")
        case .print:
            Message(
                es: "Imprimir, {columns} por fila", en: "Print, {columns} a row", pt: "Imprimir, {columns} por linha")
        case .sell: Message(es: "Vender fichas", en: "Sell cards", pt: "Vender fichas")
        case .void: Message(es: "Anular fichas", en: "Void cards", pt: "Anular fichas")
        case .cards: Message(es: "Fichas", en: "Cards", pt: "Fichas")
        case .card: Message(es: "Ficha n.º", en: "Card no.", pt: "Ficha n.º")
        case .noCards: Message(es: "No hay fichas.", en: "There are no cards.", pt: "Não há fichas.")
        case .cardsIntro:
            Message(
                es: "Quien tiene el código puede usarlo: compártalo solo al vender.",
                tu: "Quien tiene el código puede usarlo: compártelo solo al vender.",
                vos: "Quien tiene el código puede usarlo: compartilo solo al vender.",
                en: "Whoever has the code can use it: share it only when selling.",
                pt: "Quem tem o código pode usá-lo: compartilhe só ao vender.")
        case .code: Message(es: "Código", en: "Code", pt: "Código")
        case .state: Message(es: "Estado", en: "Status", pt: "Situação")
        case .soldAt: Message(es: "Se vendió", en: "Sold", pt: "Vendida em")
        case .usedAt: Message(es: "Primera entrada", en: "First login", pt: "Primeira entrada")
        case .endsAt: Message(es: "Vence", en: "Ends", pt: "Vence")
        case .device: Message(es: "Equipo (MAC)", en: "Device (MAC)", pt: "Aparelho (MAC)")
        case .first: Message(es: "De la ficha n.º", en: "From card no.", pt: "Da ficha n.º")
        case .last: Message(es: "A la ficha n.º", en: "To card no.", pt: "Até a ficha n.º")
        case .saleHint:
            Message(
                es: "Cero: la siguiente sin vender. Las vendidas, usadas o anuladas se saltan.",
                en: "Zero: the next that is not sold. Those sold, used or void are passed over.",
                pt: "Zero: a próxima não vendida. As vendidas, usadas ou anuladas são puladas.")
        case .account: Message(es: "Se cobró en", en: "Paid in", pt: "Recebido em")
        case .party:
            Message(es: "Punto de venta o comprador", en: "Point of sale or buyer", pt: "Ponto de venda ou comprador")
        case .reason: Message(es: "Motivo", en: "Reason", pt: "Motivo")
        case .cardsCount:
            Message(
                es: .count(one: "{count} ficha", many: "{count} de fichas", other: "{count} fichas"),
                en: .count(one: "{count} card", other: "{count} cards"),
                pt: .count(one: "{count} ficha", many: "{count} de fichas", other: "{count} fichas"))
        case .numbers: Message(es: "Números: {numbers}", en: "Numbers: {numbers}", pt: "Números: {numbers}")
        case .seeTotal: Message(es: "Ver el total", en: "See the total", pt: "Ver o total")
        case .sellThese: Message(es: "Vender {cards}", en: "Sell {cards}", pt: "Vender {cards}")
        case .sale: Message(es: "Venta {number}", en: "Sale {number}", pt: "Venda {number}")
        case .sales: Message(es: "Ventas", en: "Sales", pt: "Vendas")
        case .undoSale: Message(es: "Deshacer venta", en: "Undo the sale", pt: "Desfazer a venda")
        case .undone: Message(es: "Venta deshecha", en: "Sale undone", pt: "Venda desfeita")
        case .shift: Message(es: "Turno", en: "Shift", pt: "Turno")
        case .amount: Message(es: "Importe", en: "Amount", pt: "Valor")
        case .routerHint:
            Message(
                es: "El router debe consultar por RADIUS con PAP. En un MikroTik:",
                en: "The router must ask by RADIUS with PAP. On a MikroTik:",
                pt: "O roteador deve consultar por RADIUS com PAP. Em um MikroTik:")
        }
    }
}

enum VoucherAPIWords: MessageCatalogue {
    case list, create, read, cards, sell, void, id, card, currency, usedUnsold

    var message: Message {
        switch self {
        case .list:
            Message(es: "Lotes de fichas hotspot", en: "Batches of hotspot cards", pt: "Lotes de fichas de hotspot")
        case .create: Message(es: "Hace un lote de fichas", en: "Makes a batch of cards", pt: "Faz um lote de fichas")
        case .read: Message(es: "Un lote de fichas", en: "A batch of cards", pt: "Um lote de fichas")
        case .cards:
            Message(
                es: "Las fichas de un lote, con sus códigos", en: "The cards of a batch, with their codes",
                pt: "As fichas de um lote, com seus códigos")
        case .sell:
            Message(
                es: "Vende fichas de un lote y anota el ingreso", en: "Sells cards of a batch and books the income",
                pt: "Vende fichas de um lote e lança a receita")
        case .void: Message(es: "Anula fichas de un lote", en: "Voids cards of a batch", pt: "Anula fichas de um lote")
        case .id: Message(es: "Identifica al lote.", en: "Stands for the batch.", pt: "Identifica o lote.")
        case .card: Message(es: "Identifica la ficha.", en: "Stands for the card.", pt: "Identifica a ficha.")
        case .currency: Message(es: "La moneda.", en: "The currency.", pt: "A moeda.")
        case .usedUnsold:
            Message(
                es: "Usadas sin que conste su venta.", en: "Used without a sale on record.",
                pt: "Usadas sem venda registrada.")
        }
    }
}

package enum VoucherRefusal: Refusal, MessageCatalogue, Equatable {
    case priceWrong, pageWrong, noneToSell, tooFewToSell, noneToVoid, usedMeanwhile, soldEarlier, undoneAlready

    package var status: Status {
        switch self {
        case .priceWrong, .pageWrong: .unprocessableContent
        case .noneToSell, .tooFewToSell, .noneToVoid, .usedMeanwhile, .soldEarlier, .undoneAlready: .conflict
        }
    }

    package var code: String {
        switch self {
        case .priceWrong: "wrong_price"
        case .pageWrong: "wrong_page"
        case .noneToSell: "no_vouchers_to_sell"
        case .tooFewToSell: "too_few_vouchers"
        case .noneToVoid: "no_vouchers_to_void"
        case .usedMeanwhile: "voucher_used"
        case .soldEarlier: "sold_earlier"
        case .undoneAlready: "undone_already"
        }
    }

    var field: String {
        switch self {
        case .priceWrong: "price"
        case .pageWrong: "page"
        case .noneToSell, .noneToVoid: "first"
        case .tooFewToSell: "count"
        case .usedMeanwhile, .soldEarlier, .undoneAlready: "reason"
        }
    }

    package var message: Message {
        switch self {
        case .priceWrong:
            Message(
                es: "El precio debe ser mayor que cero y caber en los libros.",
                en: "The price must be above zero and fit into the books.",
                pt: "O preço deve ser maior que zero e caber nos livros.")
        case .pageWrong:
            Message(
                es: "La página debe empezar con http:// o https://.",
                en: "The page must begin with http:// or https://.",
                pt: "A página deve começar com http:// ou https://.")
        case .noneToSell:
            Message(
                es: "Ninguna de esas fichas está por vender.", en: "None of those cards is left to sell.",
                pt: "Nenhuma dessas fichas está por vender.")
        case .tooFewToSell:
            Message(
                es: "No quedan tantas fichas sin vender.", en: "Not so many cards are left to sell.",
                pt: "Não restam tantas fichas para vender.")
        case .usedMeanwhile:
            Message(
                es: "Alguien ya entró con una ficha de esta venta: no se puede deshacer.",
                en: "Somebody has used a card of this sale: it cannot be undone.",
                pt: "Alguém já entrou com uma ficha desta venda: não se pode desfazer.")
        case .soldEarlier:
            Message(
                es: "La venta es de otro día: la deshace quien maneja las fichas.",
                en: "The sale is of another day: whoever manages the cards undoes it.",
                pt: "A venda é de outro dia: quem cuida das fichas a desfaz.")
        case .undoneAlready:
            Message(es: "La venta ya se deshizo.", en: "The sale is undone already.", pt: "A venda já foi desfeita.")
        case .noneToVoid:
            Message(
                es: "Ninguna de esas fichas se puede anular.", en: "None of those cards can be voided.",
                pt: "Nenhuma dessas fichas pode ser anulada.")
        }
    }
}
