import HTML
import HTTP

/// The page where a customer pays.
struct LabPage {
    let checkout: LabCheckout

    var response: Response {
        LabHome.page(titled: "Pago de prueba") {
            h1 { checkout.title }
            p { checkout.amountText }
            if let reference = checkout.reference { p { "Referencia: \(reference)" } }
            p { "Esta página hace de proveedor de pagos: no cobra nada." }
            if checkout.isOpen {
                form(.method(.post)) {
                    for outcome in checkout.outcomes {
                        button(.type("submit"), .name("outcome"), .value(outcome.name)) { outcome.text }
                        " "
                    }
                }
            } else {
                p { "Este pago ya terminó." }
                if let back = checkout.back { p { a(.href(back)) { "Volver" } } }
            }
        }
    }
}

/// What waits to be paid: at a shop and a bank nobody is sent to a page.
struct LabHome {
    let provider: GatewayLab.Provider
    let checkouts: [LabCheckout]

    var response: Response {
        Self.page(titled: "\(provider.name) de prueba") {
            h1 { "\(provider.name) de prueba" }
            p { checkouts.isEmpty ? "Nadie ha pedido pagar." : "Esperan pago:" }
            ul {
                for checkout in checkouts.suffix(100) {
                    li {
                        a(.href("/pay/\(checkout.id)")) { "\(checkout.title) · \(checkout.amountText)" }
                        if let reference = checkout.reference { " · \(reference)" }
                    }
                }
            }
        }
    }

    static func page(titled name: String, @MarkupBuilder _ content: () -> Markup) -> Response {
        var bytes: [UInt8] = []
        html(lang: "es") {
            head {
                meta(.charset("utf-8"))
                meta(.name("viewport"), .content("width=device-width, initial-scale=1"))
                title { name }
            }
            body { content() }
        }.render(into: &bytes)
        return .html(bytes)
    }
}

extension LabCheckout {
    var amountText: String { "\(amount / 100).\(amount % 100 < 10 ? "0" : "")\(amount % 100) \(currency.uppercased())" }
}
