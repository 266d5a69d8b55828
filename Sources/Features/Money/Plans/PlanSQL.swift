import Access
import Declarations
import Locale
import Nouns
import Postgres
import Search
import Time

extension TenantDatabase {
    private var planColumns: SQL {
        """
        p.plan_id, p.name, p.price, p.currency, p.tax, p.charge, p.days, p.download, p.upload, p.provisioned_download,
        p.provisioned_upload, p.burst_download, p.burst_upload, p.threshold_download, p.threshold_upload,
        p.burst_seconds, p.is_collected, p.early_discount, p.early_days, p.retired_at
        """
    }

    /// By name.
    package func plans(retiredToo: Bool = false) async throws(DatabaseError) -> [Plan] {
        try await rows(plansStatement(retiredToo: retiredToo))
    }

    /// For pages that read the plans in their own batch.
    package func plansStatement(retiredToo: Bool = false) -> SQL {
        let onSale: SQL = retiredToo ? .nothing : "AND p.retired_at IS NULL"
        return """
            SELECT \(planColumns) FROM plans p WHERE p.tenant_id = \(tenant) \(onSale)
            ORDER BY p.name COLLATE "und-x-icu", p.plan_id
            """
    }

    package func plan(_ id: Plan.ID, locked: Bool = false) async throws(DatabaseError) -> Plan? {
        try await first(
            """
            SELECT \(planColumns) FROM plans p
            WHERE p.tenant_id = \(tenant) AND p.plan_id = \(id) \(locked ? .forUpdate(of: "p") : .nothing)
            """)
    }

    /// Searches the names without an index: a company has some dozen plans.
    func usedPlans(_ query: ListQuery<UsedNoun<Plan>>, knowing catalogue: Catalogue) -> SQL {
        """
        SELECT \(planColumns), \(uses(of: Plan.self, "p.plan_id", knowing: catalogue))
        FROM plans p WHERE \(planConditions(query)) \(query.position) \(query.sorting)
        """
    }

    func planConditions(_ query: ListQuery<UsedNoun<Plan>>) -> SQL {
        let found = SearchText.condition(query.text, in: "p.name")
        return "p.tenant_id = \(tenant) \(query.restriction) \(found)"
    }

    func isTaken(planName name: String, besides id: Plan.ID) async throws(DatabaseError) -> Bool {
        try await value(
            """
            SELECT EXISTS (
                SELECT FROM plans WHERE tenant_id = \(tenant) AND lower(name) = lower(\(name))
                    AND retired_at IS NULL AND plan_id <> \(id))
            """) ?? false
    }

    func insert(_ plan: Plan, at now: Instant) async throws(DatabaseError) {
        try await execute(
            """
            INSERT INTO plans (
                tenant_id, plan_id, name, price, currency, tax, charge, days, download, upload, provisioned_download,
                provisioned_upload, burst_download, burst_upload, threshold_download, threshold_upload, burst_seconds,
                is_collected, early_discount, early_days, made_at)
            VALUES (
                \(tenant), \(plan.id), \(plan.name), \(plan.price.minor), \(plan.currency.code), \(plan.tax.rawValue),
                \(plan.charge.rawValue), \(Int32(plan.days)), \(plan.download.column), \(plan.upload.column),
                \(plan.provisionedDownload.column), \(plan.provisionedUpload.column), \(plan.burstDownload.column),
                \(plan.burstUpload.column), \(plan.thresholdDownload.column), \(plan.thresholdUpload.column),
                \(Int32(plan.burstSeconds)), \(plan.isCollected), \(plan.earlyDiscount.minor),
                \(Int32(plan.earlyDays)), \(now))
            """)
    }

    func update(_ plan: Plan) async throws(DatabaseError) {
        try await execute(
            """
            UPDATE plans SET name = \(plan.name), price = \(plan.price.minor), tax = \(plan.tax.rawValue),
                charge = \(plan.charge.rawValue), days = \(Int32(plan.days)), download = \(plan.download.column),
                upload = \(plan.upload.column), provisioned_download = \(plan.provisionedDownload.column),
                provisioned_upload = \(plan.provisionedUpload.column), burst_download = \(plan.burstDownload.column),
                burst_upload = \(plan.burstUpload.column), threshold_download = \(plan.thresholdDownload.column),
                threshold_upload = \(plan.thresholdUpload.column), burst_seconds = \(Int32(plan.burstSeconds)),
                is_collected = \(plan.isCollected), early_discount = \(plan.earlyDiscount.minor),
                early_days = \(Int32(plan.earlyDays)), retired_at = \(plan.retiredAt)
            WHERE tenant_id = \(tenant) AND plan_id = \(plan.id)
            """)
    }

    func delete(_ id: Plan.ID) async throws(DatabaseError) {
        try await execute("DELETE FROM plans WHERE tenant_id = \(tenant) AND plan_id = \(id)")
    }
}

extension Speed {
    fileprivate var column: Int32 { Int32(kilobits) }

    fileprivate init(row: Row, _ column: StaticString) throws(DatabaseError) {
        let kilobits: Int32 = try row.read(column)
        self.init(kilobits: Int(kilobits))
    }
}

extension Plan: RowReadable {
    package init(row: Row) throws(DatabaseError) {
        let code: String = try row.read("currency")
        guard let currency = Currency(rawValue: code) else { throw .wrongColumn("There is no currency '\(code)'") }
        self.init(id: try row.read("plan_id"), in: currency)
        name = try row.read("name")
        price = Money(minor: try row.read("price"), currency)
        tax = try row.word("tax")
        charge = try row.word("charge")
        days = try row.number("days")
        download = try Speed(row: row, "download")
        upload = try Speed(row: row, "upload")
        provisionedDownload = try Speed(row: row, "provisioned_download")
        provisionedUpload = try Speed(row: row, "provisioned_upload")
        burstDownload = try Speed(row: row, "burst_download")
        burstUpload = try Speed(row: row, "burst_upload")
        thresholdDownload = try Speed(row: row, "threshold_download")
        thresholdUpload = try Speed(row: row, "threshold_upload")
        burstSeconds = try row.number("burst_seconds")
        isCollected = try row.read("is_collected")
        earlyDiscount = Money(minor: try row.read("early_discount"), currency)
        earlyDays = try row.number("early_days")
        retiredAt = try row.read("retired_at")
    }
}

extension Row {
    fileprivate func number(_ column: StaticString) throws(DatabaseError) -> Int {
        let number: Int32 = try read(column)
        return Int(number)
    }
}
