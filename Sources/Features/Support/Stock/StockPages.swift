import Access
import Barcodes
import Customers
import Declarations
import FieldWork
import HTML
import HTTP
import Identifiers
import Locale
import Nouns
import Panel
import Tenancy
import Time

/// Where something goes: a place of the list, or a customer by number.
private struct PlaceFields: View {
    let places: [(value: String, text: String)]
    let reader: Reader

    var body: Markup {
        FormField(StockWords.toPlace.text(for: reader), name: "to") { wiring in
            select(wiring) { for place in places { option(.value(place.value)) { place.text } } }
        }
        FormField(
            StockWords.customerNumber.text(for: reader), name: "customer",
            hint: StockWords.customerNumberHint.text(for: reader)
        ) { wiring in
            input(wiring, .inputmode("numeric"), .maxlength(18), .autocomplete("off"))
        }
        FormField(StockWords.note.text(for: reader), name: "note") { wiring in
            input(wiring, .maxlength(300), .autocomplete("off"))
        }
    }
}

private struct MovementLines: View {
    let movements: [StockMovement]
    let visit: Visit

    private var reader: Reader { visit.reader }

    var body: Markup {
        if movements.isEmpty {
            p(.class("hint")) { StockWords.noMovements.text(for: reader) }
        } else {
            ul(.class("plain lines")) { for movement in movements { line(movement) } }
        }
    }

    private func line(_ movement: StockMovement) -> Markup {
        let count = movement.serial.isEmpty ? "\(movement.quantity)" : movement.serial
        let way = "\(place(movement.from, movement.fromName)) → \(place(movement.to, movement.toName))"
        let moment = movement.madeAt.text(.short, in: visit.tenant.timeZone, for: reader)
        return li {
            span { "\(count) · \(way)" }
            span(.class("hint")) {
                [moment, movement.author, movement.note].filter { !$0.isEmpty }.joined(separator: " · ")
            }
        }
    }

    private func place(_ kind: StockPlace.Kind, _ name: String) -> String {
        name.isEmpty ? kind.text(for: reader) : name
    }
}

/// A product: how many there are and where, and what came and went.
struct StockProductPage: View {
    let product: StockProduct
    let levels: [StockLevel]
    let movements: [StockMovement]
    let places: [(value: String, text: String)]
    let refusal: StockRefusal?
    let visit: Visit

    private var reader: Reader { visit.reader }

    var body: Markup {
        Crumb(StockProduct.list, visit: visit)
        PageHeading(product.name) {
            if visit.mayAct(with: .stockManage) {
                a(.class("button"), .href("\(product.panelPath)/edit")) { StockWords.edit.text(for: reader) }
            }
            if visit.mayAct(with: .stockMove) {
                NewLink(StockWords.receive.text(for: reader), path: "\(product.panelPath)/receipts/new")
            }
        }
        p(.class("subject")) { StateMark(product.supply, for: reader) }
        if let refusal { p(.class("notice error"), .role("alert")) { refusal.message.text(for: reader) } }
        dl(.class("facts card")) {
            fact(.inWarehouses, "\(product.inWarehouses)")
            fact(.withTechnicians, "\(product.withTechnicians)")
            if product.isSerial { fact(.atCustomers, "\(product.atCustomers)") }
            fact(.minimum, "\(product.minimum)")
            if !product.code.isEmpty { fact(.code, product.code) }
            if !product.note.isEmpty { fact(.note, product.note) }
        }
        if product.isSerial {
            p {
                a(.class("button"), .href("\(StockUnit.path)?product=\(product.id)")) {
                    StockWords.units.text(for: reader)
                }
            }
        } else if !levels.isEmpty {
            section(.class("card"), .aria("label", StockWords.levels.text(for: reader))) {
                h2 { StockWords.levels.text(for: reader) }
                ul(.class("plain lines")) {
                    for level in levels {
                        li {
                            span { level.name }
                            strong { "\(level.quantity)" }
                        }
                    }
                }
                if !places.isEmpty { moving }
            }
        }
        section(.class("card"), .aria("label", StockWords.movements.text(for: reader))) {
            h2 { StockWords.movements.text(for: reader) }
            MovementLines(movements: movements, visit: visit)
        }
    }

    private func fact(_ words: StockWords, _ text: String) -> Markup {
        div {
            dt { words.text(for: reader) }
            dd { text }
        }
    }

    private var moving: Markup {
        details(.class("chooser")) {
            summary(.class("button")) { StockWords.move.text(for: reader) }
            form(.method(.post), .action("\(product.panelPath)/moves")) {
                input(.type("hidden"), .name(FormID.field), .value(FormID.make(for: visit)))
                FormField(StockWords.fromPlace.text(for: reader), name: "from") { wiring in
                    select(wiring) {
                        for level in levels {
                            option(.value("\(level.place.rawValue):\(level.placeID)")) {
                                "\(level.name) (\(level.quantity))"
                            }
                        }
                    }
                }
                FormField(StockWords.quantity.text(for: reader), name: "quantity") { wiring in
                    input(wiring, .type("number"), .min("1"), .max("100000"), .required(), .value("1"))
                }
                PlaceFields(places: places, reader: reader)
                button(.type("submit"), .class("primary")) { StockWords.move.text(for: reader) }
            }
        }
    }
}

/// A piece: where it is, and every way that it went.
struct StockUnitPage: View {
    let unit: StockUnit
    let movements: [StockMovement]
    let places: [(value: String, text: String)]
    let refusal: StockRefusal?
    let visit: Visit

    private var reader: Reader { visit.reader }

    var body: Markup {
        Crumb(StockUnit.list, visit: visit)
        PageHeading(StockWords.unit.text(for: reader, .text("serial", unit.serial))) {
            if case .customer(let id) = unit.place, visit.mayAct(with: .fieldPlan) {
                a(.class("button"), .href("\(FieldJob.path)/new?kind=recovery&customer=\(id)")) {
                    StockWords.planRecovery.text(for: reader)
                }
            }
            a(.class("button"), .href("\(unit.panelPath)/label")) { StockWords.label.text(for: reader) }
        }
        p(.class("subject")) {
            StateMark(unit.placeKind, for: reader)
            if unit.recovery == .due { StateMark(unit.recovery, for: reader) }
        }
        if let refusal { p(.class("notice error"), .role("alert")) { refusal.message.text(for: reader) } }
        dl(.class("facts card")) {
            div {
                dt { StockWords.product.text(for: reader) }
                dd { a(.href("\(StockProduct.path)/\(unit.product)")) { unit.productName } }
            }
            div {
                dt { StockWords.place.text(for: reader) }
                dd {
                    if case .customer(let id) = unit.place {
                        a(.href("/panel/customers/\(id)")) { unit.placeName }
                    } else {
                        unit.placeName.isEmpty ? unit.placeKind.text(for: reader) : unit.placeName
                    }
                }
            }
        }
        if !places.isEmpty {
            form(.class("card"), .method(.post), .action("\(unit.panelPath)/moves")) {
                h2 { StockWords.move.text(for: reader) }
                input(.type("hidden"), .name(FormID.field), .value(FormID.make(for: visit)))
                PlaceFields(places: places, reader: reader)
                button(.type("submit"), .class("primary")) { StockWords.move.text(for: reader) }
            }
        }
        section(.class("card"), .aria("label", StockWords.trail.text(for: reader))) {
            h2 { StockWords.trail.text(for: reader) }
            MovementLines(movements: movements, visit: visit)
        }
    }
}

/// What is stuck on a piece: its serial number, for people and for a scanner.
struct StockLabelPage: View {
    let unit: StockUnit
    let visit: Visit

    private var reader: Reader { visit.reader }

    var body: Markup {
        Crumb(StockWords.unit.text(for: reader, .text("serial", unit.serial)), path: unit.panelPath)
        section(.class("card"), .aria("label", StockWords.label.text(for: reader))) {
            h1 { unit.serial }
            p { "\(unit.productName) · \(visit.tenant.name)" }
            if let code = QRCode(unit.serial) {
                svg(.class("square"), .viewBox(code.viewBox), .role("img"), .aria("label", unit.serial)) {
                    path(.d(code.path))
                }
            }
        }
        p(.class("hint")) { StockWords.print.text(for: reader) }
    }
}

/// What a customer has of the company's.
struct CustomerUnits: View {
    let units: [StockUnit]

    var body: Markup {
        ul(.class("plain lines")) {
            for unit in units {
                li {
                    a(.href(unit.panelPath)) { unit.productName }
                    span { unit.serial }
                }
            }
        }
    }
}
