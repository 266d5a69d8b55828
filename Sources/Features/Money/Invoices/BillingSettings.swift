import Access
import Events
import Identifiers
import JSON
import Locale
import Nouns
import Plans
import Postgres
import Tenancy
import Time

/// A company's billing settings.
package struct BillingSettings: Sendable, Equatable {
    /// The first billed day; earlier ones were billed elsewhere.
    package var firstDay: Day
    /// Whether the nightly run issues invoices, or only people do.
    package var isAutomatic = true
    /// An invoice of the 1st is due on the 7th: by the default collection policy, warned of on that day and cut on the
    /// 8th.
    package var dueDays = 6
    package var cutShare = CutShare.all
    package var grouping = Grouping.customer
    package var series = "F"
    package var creditSeries = "NC"
    /// Whether expired prepaid days are renewed automatically from a customer's credit.
    package var renewsDays = true

    package init(firstDay: Day) { self.firstDay = firstDay }

    /// The share charged for days of a cut.
    package enum CutShare: String, FieldChoice {
        case all, half, none

        package var message: Message {
            switch self {
            case .all: Message(es: "Todo el precio", en: "The whole price", pt: "O preço inteiro")
            case .half: Message(es: "La mitad", en: "Half", pt: "A metade")
            case .none: Message(es: "Nada", en: "Nothing", pt: "Nada")
            }
        }

        package var percentage: Percentage { Percentage(percent) }

        var percent: Int32 {
            switch self {
            case .all: 100
            case .half: 50
            case .none: 0
            }
        }
    }

    package enum Grouping: String, FieldChoice {
        case customer, service

        package var message: Message {
            switch self {
            case .customer:
                Message(es: "Una por cliente", en: "One for each customer", pt: "Uma por cliente")
            case .service: Message(es: "Una por servicio", en: "One for each service", pt: "Uma por serviço")
            }
        }
    }
}

extension BillingSettings: Fielded {
    package static let noun = "BillingSettings"

    package static let fields: [Field<BillingSettings>] = [
        .day("first_day", \.firstDay, Message(es: "Se cobra desde", en: "Charged from", pt: "Cobra-se desde")).hint(
            Message(
                es: "Lo anterior a este día se cobró en otro lado y no se factura.",
                en: "What is older was charged elsewhere and is not invoiced.",
                pt: "O que é anterior foi cobrado em outro lugar e não se fatura.")),
        .flag(
            "is_automatic", \.isAutomatic,
            Message(es: "Facturar cada noche", en: "Invoice every night", pt: "Faturar toda noite")),
        .count(
            "due_days", \.dueDays, 0...90, Message(es: "Días para pagar", en: "Days to pay", pt: "Dias para pagar")
        ).hint(
            Message(
                es: "Después del día de la factura.", en: "After the invoice's day.", pt: "Depois do dia da fatura.")),
        .choice(
            "cut_share", \.cutShare,
            Message(es: "Cobro durante el corte", en: "Charge while cut", pt: "Cobrança durante o corte")
        ).hint(
            Message(
                es: "Qué parte del precio se cobra mientras un servicio está cortado.",
                en: "Which part of the price is charged while a service is cut.",
                pt: "Que parte do preço se cobra enquanto um serviço está cortado.")),
        .choice("grouping", \.grouping, Message(es: "Facturas", en: "Invoices", pt: "Faturas")).hint(
            Message(
                es: "Un cliente con varios servicios recibe una o varias; siempre una por cada razón social.",
                en: "A customer of several services gets one or several; always one for each set of tax details.",
                pt: "Um cliente com vários serviços recebe uma ou várias; sempre uma para cada razão social.")),
        .line(
            "series", \.series, 1...10,
            Message(es: "Serie de facturas", en: "Series of invoices", pt: "Série das faturas")),
        .line(
            "credit_series", \.creditSeries, 1...10,
            Message(es: "Serie de notas de crédito", en: "Series of credit notes", pt: "Série das notas de crédito")),
        .flag(
            "renews_days", \.renewsDays,
            Message(
                es: "Renovar los días prepago con el saldo a favor", en: "Renew prepaid days with what is in favour",
                pt: "Renovar os dias pré-pagos com o saldo a favor")
        ).hint(
            Message(
                es: "Al terminar los días se compran otros tantos, si el saldo alcanza.",
                en: "When days end as many are bought again, if what is in favour suffices.",
                pt: "Ao terminar os dias compram-se outros tantos, se o saldo alcança.")),
    ]
}

extension BillingSettings {
    /// Applies a tenant folder's settings; missing ones stay. Returns whether anything changed.
    package static func put(
        given settings: JSONValue, of tenant: Tenant, by principal: Principal, in database: TenantDatabase
    ) async throws -> Bool {
        var json = JSONWriter(reserving: 256)
        json.value(settings)
        let changes = NounChanges<BillingSettings>(
            try Members(body: json.bytes, as: NounChanges<BillingSettings>.schema))
        let known = try await database.billingSettings()
        let today = tenant.timeZone.day(at: principal.now)
        return try await changes.applied(to: known ?? BillingSettings(firstDay: today.month.first)).put(
            of: tenant, by: principal, in: database)
    }

    /// Stores the settings; returns whether they changed. The first day is fixed once used: earlier days would never be
    /// billed.
    @discardableResult
    package func put(
        of tenant: Tenant, by principal: Principal, in database: TenantDatabase
    ) async throws -> Bool {
        guard [series, creditSeries].allSatisfy(Self.isSeries), series != creditSeries else {
            throw InvoiceRefusal.seriesWrong
        }
        let today = tenant.timeZone.day(at: principal.now)
        guard (today - 800...today + 400).contains(firstDay) else { throw InvoiceRefusal.firstDayFarOff }
        return try await database.transaction { database in
            try await database.lockBillingSettings()
            let known = try await database.billingSettings()
            if let known, known.firstDay != firstDay, try await database.hasBilledPeriods() {
                throw InvoiceRefusal.firstDayStays
            }
            guard known != self else { return false }
            try await database.put(self)
            let subject = Act.Subject("tenant", tenant.id.uuid, named: tenant.name)
            let act =
                known.map { Act.change(.billingSettingsChanged, subject, from: $0.details(), to: details()) }
                ?? Act(.billingSettingsChanged, subject, after: details())
            if let act { try await database.record(act, by: principal.actor, at: principal.now) }
            return true
        }
    }

    private static func isSeries(_ text: String) -> Bool {
        (1...10).contains(text.utf8.count)
            && text.utf8.allSatisfy { (0x41...0x5A).contains($0) || (0x30...0x39).contains($0) }
    }
}

extension TenantDatabase {
    /// Nil when the company does not bill here.
    package func billingSettings() async throws(DatabaseError) -> BillingSettings? {
        try await first(
            """
            SELECT first_day, is_automatic, due_days, cut_share, grouping, series, credit_series, renews_days
            FROM billing_settings
            WHERE tenant_id = \(tenant)
            """)
    }

    /// Locks the settings until the transaction ends.
    func lockBillingSettings() async throws(DatabaseError) {
        _ = try await results(
            "SELECT pg_advisory_xact_lock(hashtextextended('billing settings ' || \(tenant)::text, 0))")
    }

    func hasBilledPeriods() async throws(DatabaseError) -> Bool {
        try await value("SELECT EXISTS (SELECT FROM billed_periods WHERE tenant_id = \(tenant))") ?? false
    }

    fileprivate func put(_ settings: BillingSettings) async throws(DatabaseError) {
        try await execute(
            """
            INSERT INTO billing_settings (
                tenant_id, first_day, is_automatic, due_days, cut_share, grouping, series, credit_series,
                renews_days)
            VALUES (
                \(tenant), \(settings.firstDay), \(settings.isAutomatic), \(Int32(settings.dueDays)),
                \(settings.cutShare.percent), \(settings.grouping.rawValue), \(settings.series),
                \(settings.creditSeries), \(settings.renewsDays))
            ON CONFLICT (tenant_id) DO UPDATE SET first_day = excluded.first_day,
                is_automatic = excluded.is_automatic, due_days = excluded.due_days, cut_share = excluded.cut_share,
                grouping = excluded.grouping, series = excluded.series, credit_series = excluded.credit_series,
                renews_days = excluded.renews_days
            """)
    }
}

extension BillingSettings: RowReadable {
    package init(row: Row) throws(DatabaseError) {
        let (dueDays, share): (Int32, Int32) = (try row.read("due_days"), try row.read("cut_share"))
        guard let cutShare = CutShare.allCases.first(where: { $0.percent == share }) else {
            throw .wrongColumn("Of days while cut \(share) % are charged")
        }
        firstDay = try row.read("first_day")
        isAutomatic = try row.read("is_automatic")
        self.dueDays = Int(dueDays)
        self.cutShare = cutShare
        grouping = try row.word("grouping")
        series = try row.read("series")
        creditSeries = try row.read("credit_series")
        renewsDays = try row.read("renews_days")
    }
}
