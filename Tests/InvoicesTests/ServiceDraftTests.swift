import Billing
import Identifiers
import Locale
import Plans
import Services
import Testing
import Time

@testable import Invoices

/// A service's months as a person of the trade writes them down: what happened, what is charged on which day.
@Suite struct ServiceDraftTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let name: String
        var begins = "2026-05-01"
        var anchor = 1
        var arrears = false
        var cut = BillingSettings.CutShare.all
        var happens: [Happening] = []
        let until: String
        let charged: [String]

        var testDescription: String { name }
    }

    /// Something that is known from its first day on.
    enum Happening: Sendable {
        case plan(String, ServiceDraftTests.Name, Int64)
        case frozen(String, String)
        case cut(String, String)
        case cancelled(String)
        case moved(String)
        case extra(String, ServiceCharge.Kind, String, Int64)
        case promotion(String, percent: Int32, periods: Int)
        case anchor(String, Int)
    }

    enum Name: String, Sendable {
        case basic = "Básico"
        case residential = "Residencial"
    }

    /// In Mexican pesos: Básico 300, Residencial 500 a month.
    static let cases: [Case] = [
        Case(name: "un mes de 31 días completo", until: "2026-05-31", charged: ["05-01 Básico 300.00"]),
        Case(
            name: "alta a mitad de un mes de 30", begins: "2026-04-16", until: "2026-05-01",
            charged: ["04-16 Básico 150.00", "05-01 Básico 300.00"]),
        Case(
            name: "alta a mitad de un mes de 31", begins: "2026-05-16", until: "2026-05-31",
            charged: ["05-16 Básico 154.84"]),
        Case(
            name: "alta a mitad de un mes de 28", begins: "2026-02-15", until: "2026-02-28",
            charged: ["02-15 Básico 150.00"]),
        Case(
            name: "alta a mitad de un mes de 29", begins: "2028-02-15", until: "2028-02-29",
            charged: ["02-15 Básico 155.17"]),
        Case(
            name: "alta el último día", begins: "2026-05-31", until: "2026-06-01",
            charged: ["05-31 Básico 9.68", "06-01 Básico 300.00"]),
        Case(
            name: "cambio de plan a mitad de mes", happens: [.plan("2026-05-16", .residential, 50_000)],
            until: "2026-06-01",
            charged: [
                "05-01 Básico 300.00", "06-01 Ajuste Básico -154.84", "06-01 Ajuste Residencial 258.07",
                "06-01 Residencial 500.00",
            ]),
        Case(
            name: "dos cambios en un mes",
            happens: [.plan("2026-05-11", .residential, 50_000), .plan("2026-05-21", .basic, 30_000)],
            until: "2026-06-01",
            charged: [
                "05-01 Básico 300.00", "06-01 Ajuste Básico -96.77", "06-01 Ajuste Residencial 161.29",
                "06-01 Básico 300.00",
            ]),
        Case(
            name: "dos cambios el mismo día: vale el último",
            happens: [.plan("2026-05-16", .residential, 50_000), .plan("2026-05-16", .basic, 30_000)],
            until: "2026-06-01", charged: ["05-01 Básico 300.00", "06-01 Básico 300.00"]),
        Case(
            name: "cambio el día de la factura", happens: [.plan("2026-05-01", .residential, 50_000)],
            until: "2026-05-31", charged: ["05-01 Residencial 500.00"]),
        Case(
            name: "precio acordado a mitad de mes", happens: [.plan("2026-05-16", .basic, 20_000)],
            until: "2026-06-01",
            charged: ["05-01 Básico 300.00", "06-01 Ajuste Básico -51.61", "06-01 Básico 200.00"]),
        Case(
            name: "congelado diez días", happens: [.frozen("2026-05-10", "2026-05-19")], until: "2026-06-01",
            charged: ["05-01 Básico 300.00", "06-01 Ajuste Básico -96.77", "06-01 Básico 300.00"]),
        Case(
            name: "congelado todo el mes siguiente", happens: [.frozen("2026-06-01", "2026-06-30")],
            until: "2026-07-01", charged: ["05-01 Básico 300.00", "07-01 Básico 300.00"]),
        Case(
            name: "en corte, se cobra todo", happens: [.cut("2026-05-11", "2026-05-20")], until: "2026-06-01",
            charged: ["05-01 Básico 300.00", "06-01 Básico 300.00"]),
        Case(
            name: "en corte, se cobra la mitad", cut: .half, happens: [.cut("2026-05-11", "2026-05-20")],
            until: "2026-06-01",
            charged: ["05-01 Básico 300.00", "06-01 Ajuste Básico -48.39", "06-01 Básico 300.00"]),
        Case(
            name: "en corte, no se cobra", cut: .none, happens: [.cut("2026-05-11", "2026-05-20")],
            until: "2026-06-01",
            charged: ["05-01 Básico 300.00", "06-01 Ajuste Básico -96.77", "06-01 Básico 300.00"]),
        Case(
            name: "sigue en corte y no se cobra hasta que vuelve", cut: .none,
            happens: [.cut("2026-05-11", "2026-06-20")], until: "2026-07-01",
            charged: [
                "05-01 Básico 300.00", "06-01 Ajuste Básico -203.23", "07-01 Ajuste Básico 100.00",
                "07-01 Básico 300.00",
            ]),
        Case(
            name: "mudado de domicilio", happens: [.moved("2026-05-16")], until: "2026-06-01",
            charged: ["05-01 Básico 300.00", "06-01 Básico 300.00"]),
        Case(
            name: "cancelado a mitad de mes: se devuelve lo que falta", happens: [.cancelled("2026-05-16")],
            until: "2026-07-01", charged: ["05-01 Básico 300.00", "05-16 Ajuste Básico -154.84"]),
        Case(
            name: "cancelado el día en que empieza un mes", happens: [.cancelled("2026-06-01")], until: "2026-07-01",
            charged: ["05-01 Básico 300.00"]),
        Case(
            name: "mes vencido", arrears: true, until: "2026-07-01",
            charged: ["06-01 Básico 300.00", "07-01 Básico 300.00"]),
        Case(
            name: "mes vencido con cambio de plan", arrears: true, happens: [.plan("2026-05-16", .residential, 50_000)],
            until: "2026-06-01", charged: ["06-01 Básico 145.16", "06-01 Residencial 258.07"]),
        Case(
            name: "mes vencido y cancelado: se cobra ese día", arrears: true, happens: [.cancelled("2026-05-16")],
            until: "2026-07-01", charged: ["05-16 Básico 145.16"]),
        Case(
            name: "día de cobro 31: cae en el último y vuelve", begins: "2026-01-31", anchor: 31, until: "2026-05-31",
            charged: [
                "01-31 Básico 300.00", "02-28 Básico 300.00", "03-31 Básico 300.00", "04-30 Básico 300.00",
                "05-31 Básico 300.00",
            ]),
        Case(
            name: "cambia el día de cobro: un tramo más corto", happens: [.anchor("2026-05-10", 16)],
            until: "2026-06-16",
            charged: ["05-01 Básico 300.00", "06-01 Básico 145.16", "06-16 Básico 300.00"]),
        Case(
            name: "promoción de dos periodos a la mitad",
            happens: [.promotion("2026-05-01", percent: 50, periods: 2)], until: "2026-07-01",
            charged: ["05-01 Básico 150.00", "06-01 Básico 150.00", "07-01 Básico 300.00"]),
        Case(
            name: "renta, cargo fijo y una instalación",
            happens: [
                .extra("2026-05-01", .rent, "Renta", 5_000), .extra("2026-05-01", .recurring, "IP fija", 10_000),
                .extra("2026-05-20", .oneOff, "Cambio de antena", 20_000), .frozen("2026-05-10", "2026-05-19"),
            ], until: "2026-06-01",
            charged: [
                "05-01 Básico 300.00", "05-01 Renta 50.00", "05-01 IP fija 100.00", "06-01 Ajuste Básico -96.77",
                "06-01 Ajuste IP fija -32.26", "06-01 Cambio de antena 200.00", "06-01 Básico 300.00",
                "06-01 Renta 50.00", "06-01 IP fija 100.00",
            ]),
    ]

    @Test(arguments: cases)
    func `each month costs what the table says`(_ row: Case) throws {
        #expect(try Self.charged(row) == row.charged)
    }

    /// Run each day, with what is known by then.
    static func charged(_ row: Case) throws -> [String] {
        var (lines, last) = ([String](), nil as BilledPeriod?)
        for day in day(row.begins)...day(row.until) {
            let draft = try service(row, on: day, after: last).draft(on: day, by: settings(row))
            last = draft.periods.last ?? last
            lines += draft.lines.map { "\(day.iso.dropFirst(5)) \($0.text)" }
        }
        return lines
    }

    static func settings(_ row: Case) -> BillingSettings {
        var settings = BillingSettings(firstDay: day("2026-01-01"))
        settings.cutShare = row.cut
        return settings
    }

    static func day(_ iso: String) -> Day { Day(iso: iso)! }
    static func id(_ name: String) -> UUID { UUID(high: 7, low: name.utf8.reduce(0) { $0 &* 31 &+ UInt64($1) }) }

    private static func service(_ row: Case, on today: Day, after last: BilledPeriod?) -> BillableService {
        let charge: Plan.Charge = row.arrears ? .inArrears : .inAdvance
        func terms(_ from: Day, _ name: Name, _ price: Int64) -> BillableService.Terms {
            BillableService.Terms(
                from: from, plan: Plan.ID(id(name.rawValue)), name: name.rawValue, price: Money(minor: price, .mxn),
                charge: charge)
        }
        var anchor = AnchorDay(row.anchor)!
        for case .anchor(let from, let number) in row.happens where day(from) <= today { anchor = AnchorDay(number)! }
        var service = BillableService(
            id: Service.ID(UUID(high: 1, low: 1)), anchor: anchor, activatedOn: day(row.begins),
            terms: [terms(day(row.begins), .basic, 30_000)], last: last)
        for happening in row.happens {
            switch happening {
            case .plan(let from, let name, let price) where day(from) <= today:
                service.terms.append(terms(day(from), name, price))
            case .frozen(let from, let to) where day(from) <= today:
                service.freezes.append(.init(from: day(from), to: day(to)))
            case .cut(let from, let to) where day(from) <= today:
                service.cuts.append(.init(from: day(from), to: day(to) < today ? day(to) : nil))
            case .cancelled(let from) where day(from) <= today: service.cancelledOn = day(from)
            case .extra(let from, let kind, let name, let amount) where day(from) <= today:
                service.charges.append(
                    .init(
                        id: id(name), kind, name: name, amount: Money(minor: amount, .mxn), from: day(from),
                        to: kind == .oneOff ? day(from) : nil))
            case .promotion(let from, let percent, let periods) where day(from) <= today:
                service.promotions.append(
                    Promotion(.percent(Percentage(percent)), from: day(from), periods: periods))
            default: break
            }
        }
        return service
    }

    @Test func `whenever it is run, a service that ended has cost the same`() throws {
        for seed in 1...400 as ClosedRange<UInt64> {
            let life = RandomLife(seed)
            var (daily, last) = (Int64(0), nil as BilledPeriod?)
            for today in life.begins...life.ends {
                let draft = try life.service(on: today, after: last).draft(on: today, by: life.settings)
                last = draft.periods.last ?? last
                daily += draft.lines.reduce(0) { $0 + $1.amount.minor }
            }
            #expect(last?.isLast == true, "\(seed)")
            var late = try life.service(on: life.ends, after: nil).draft(on: life.ends, by: life.settings)
            var once = late.lines.reduce(Int64(0)) { $0 + $1.amount.minor }
            while late.periods.last?.isLast == false {
                late = try life.service(on: life.ends, after: late.periods.last).draft(
                    on: life.ends, by: life.settings)
                once += late.lines.reduce(0) { $0 + $1.amount.minor }
            }
            #expect(daily == once, "seed \(seed): \(daily) day by day, \(once) at once")
        }
    }

    @Test func `periods follow one another without a gap or a day twice`() throws {
        for seed in 1...200 as ClosedRange<UInt64> {
            let life = RandomLife(seed)
            var last: BilledPeriod?
            for today in life.begins...life.ends {
                for period in try life.service(on: today, after: last).draft(on: today, by: life.settings).periods {
                    #expect(period.from == (last.map { $0.to + 1 } ?? life.begins), "\(seed)")
                    #expect(period.cycle.contains(period.from) && period.to <= period.cycle.to, "\(seed)")
                    last = period
                }
            }
        }
    }

    /// Básico for 300 a month since May, of which May was charged whole.
    private static func charged(
        cutShare: BillingSettings.CutShare?, terms more: [BillableService.Terms] = []
    ) throws -> BillableService {
        let plan = Plan.ID(UUID(high: 1, low: 1))
        let may = try #require(Period(from: Day("2026-05-01"), to: Day("2026-05-31")))
        return BillableService(
            id: ID(UUID(high: 9, low: 9)), anchor: .first, activatedOn: may.from,
            terms: [.init(from: may.from, plan: plan, name: "Básico", price: Money(minor: 30_000, .mxn))] + more,
            last: BilledPeriod(
                from: may.from, to: may.to, cycle: may, isFirst: true, cutShare: cutShare, parts: [plan.uuid: 30_000]))
    }

    @Test func `another policy prices no invoiced month anew`() throws {
        var settings = BillingSettings(firstDay: Day("2026-05-01"))
        settings.cutShare = .none
        let cut = ServiceLife.Pause(from: Day("2026-05-11"), to: Day("2026-05-20"))
        var service = try Self.charged(cutShare: .all)
        service.cuts = [cut]
        let kept = try service.draft(on: Day("2026-06-01"), by: settings)
        #expect(kept.lines.map(\.kind) == [.plan] && kept.periods.map(\.cutShare) == [.some(.none)])
        // One from before this was kept goes by the policy of today.
        var older = try Self.charged(cutShare: nil)
        older.cuts = [cut]
        let adjusted = try older.draft(on: Day("2026-06-01"), by: settings).lines[0]
        #expect(adjusted.kind == .adjustment && adjusted.amount.minor == -9677)
        #expect(adjusted.period == Period(from: cut.from, to: Day("2026-05-20")))
    }

    @Test func `an adjustment names the days that it is for`() throws {
        let service = try Self.charged(
            cutShare: .all,
            terms: [
                .init(
                    from: Day("2026-05-16"), plan: Plan.ID(UUID(high: 2, low: 2)), name: "Residencial",
                    price: Money(minor: 50_000, .mxn))
            ])
        let lines = try service.draft(on: Day("2026-06-01"), by: BillingSettings(firstDay: Day("2026-05-01"))).lines
        let second = Period(from: Day("2026-05-16"), to: Day("2026-05-31"))
        #expect(lines.map(\.amount.minor) == [-15_484, 25_807, 50_000])
        #expect(lines[0].period == second && lines[1].period == second)
    }
}

extension DraftLine {
    var text: String {
        let kind = self.kind == .adjustment ? "Ajuste " : ""
        let (whole, part) = (amount.minor.magnitude / 100, amount.minor.magnitude % 100)
        return "\(kind)\(name) \(amount.isNegative ? "-" : "")\(whole).\(part < 10 ? "0" : "")\(part)"
    }
}

/// Up to five months in which anything may happen, and an end.
private struct RandomLife {
    let begins: Day
    let ends: Day
    let settings: BillingSettings
    private let anchor: Int
    private let changes: [(day: Day, plan: Int, price: Int64)]
    private let freezes: [ServiceLife.Pause]
    private let cuts: [ServiceLife.Pause]
    private let rent: Int64
    private let charge: Plan.Charge

    init(_ seed: UInt64) {
        let randomness = Randomness(seed: seed)
        func below(_ bound: Int) -> Int { Int(randomness.next() % UInt64(bound)) }
        let begins = Day(iso: "2027-12-20")! + below(60)
        let ends = begins + 1 + below(150)
        let length = ends - begins
        (self.begins, self.ends) = (begins, ends)
        anchor = 1 + below(31)
        charge = below(3) == 0 ? .inArrears : .inAdvance
        var changes: [(day: Day, plan: Int, price: Int64)] = []
        for _ in 0..<below(4) {
            changes.append((begins + below(length), below(3), Int64(below(100_000))))
        }
        self.changes = changes.sorted { $0.day < $1.day }
        func pause() -> ServiceLife.Pause {
            let from = begins + below(length)
            return ServiceLife.Pause(from: from, to: from + below(40))
        }
        freezes = (0..<below(3)).map { _ in pause() }
        cuts = (0..<below(3)).map { _ in pause() }
        rent = Int64(below(10_000) + 1)
        var settings = BillingSettings(firstDay: begins - 400)
        settings.cutShare = BillingSettings.CutShare.allCases[below(3)]
        self.settings = settings
    }

    func service(on today: Day, after last: BilledPeriod?) -> BillableService {
        func terms(_ from: Day, _ plan: Int, _ price: Int64) -> BillableService.Terms {
            BillableService.Terms(
                from: from, plan: Plan.ID(UUID(high: 2, low: UInt64(plan))), name: "Plan \(plan)",
                price: Money(minor: price, .mxn), charge: charge)
        }
        var service = BillableService(
            id: Service.ID(UUID(high: 1, low: 1)), anchor: AnchorDay(anchor)!, activatedOn: begins,
            cancelledOn: ends <= today ? ends : nil,
            terms: [terms(begins, 0, 30_000)]
                + changes.filter { $0.day <= today }.map { terms($0.day, $0.plan, $0.price) },
            last: last)
        service.freezes = freezes.filter { $0.from <= today }
        service.cuts = cuts.filter { $0.from <= today }.map { cut in
            .init(from: cut.from, to: cut.to.flatMap { $0 < today ? $0 : nil })
        }
        service.charges = [
            .init(id: UUID(high: 3, low: 1), .rent, name: "Renta", amount: Money(minor: rent, .mxn), from: begins)
        ]
        return service
    }
}
