import Customers
import Identifiers
import Identity
import Nouns
import Postgres
import Time

extension TenantDatabase {
    /// Products with how many there are, as rows `p` that lists filter by.
    private var stockProductRows: SQL {
        """
        (SELECT q.product_id, q.number, q.name, q.code, q.is_serial, q.minimum, q.note,
            coalesce(u.in_warehouses, 0) + coalesce(l.in_warehouses, 0) AS in_warehouses,
            coalesce(u.with_technicians, 0) + coalesce(l.with_technicians, 0) AS with_technicians,
            coalesce(u.at_customers, 0) AS at_customers
        FROM stock_products q
        LEFT JOIN (
            SELECT product_id, count(*) FILTER (WHERE place = 'warehouse') AS in_warehouses,
                count(*) FILTER (WHERE place = 'technician') AS with_technicians,
                count(*) FILTER (WHERE place = 'customer') AS at_customers
            FROM stock_units WHERE tenant_id = \(tenant) GROUP BY product_id) u ON u.product_id = q.product_id
        LEFT JOIN (
            SELECT product_id, sum(quantity) FILTER (WHERE place = 'warehouse') AS in_warehouses,
                sum(quantity) FILTER (WHERE place = 'technician') AS with_technicians
            FROM stock_levels WHERE tenant_id = \(tenant) GROUP BY product_id) l ON l.product_id = q.product_id
        WHERE q.tenant_id = \(tenant)) p
        """
    }

    func stockProducts(_ query: ListQuery<StockProduct>) -> SQL {
        "SELECT p.* FROM \(stockProductRows) WHERE true \(query.restriction) \(query.position) \(query.sorting)"
    }

    func stockProductsCounted(_ query: ListQuery<StockProduct>) -> SQL {
        "FROM \(stockProductRows) WHERE true \(query.restriction)"
    }

    package func stockProduct(_ id: StockProduct.ID) async throws(DatabaseError) -> StockProduct? {
        try await first("SELECT p.* FROM \(stockProductRows) WHERE p.product_id = \(id)")
    }

    package func stockProducts(after number: Int = 0, limit: Int = 500) async throws(DatabaseError) -> [StockProduct] {
        try await rows(
            "SELECT p.* FROM \(stockProductRows) WHERE p.number > \(number) ORDER BY p.number LIMIT \(limit)")
    }

    /// Products of which more are to be bought.
    func lowStockProducts() async throws(DatabaseError) -> Int {
        try await value(
            """
            SELECT count(*) FROM stock_products p
            WHERE p.tenant_id = \(tenant) AND p.minimum > 0 AND p.minimum > (
                SELECT count(*) FROM stock_units u
                WHERE u.tenant_id = \(tenant) AND u.product_id = p.product_id AND u.place = 'warehouse'
            ) + (
                SELECT coalesce(sum(l.quantity), 0) FROM stock_levels l
                WHERE l.tenant_id = \(tenant) AND l.product_id = p.product_id AND l.place = 'warehouse')
            """) ?? 0
    }

    /// Serialises what is done with a product's numbers.
    func lockStockProduct(_ id: StockProduct.ID) async throws(DatabaseError) {
        try await execute(
            "SELECT FROM stock_products WHERE tenant_id = \(tenant) AND product_id = \(id) FOR UPDATE")
    }

    private func nextNumber(_ name: String) -> SQL {
        """
        INSERT INTO counters (tenant_id, name, last) VALUES (\(tenant), \(name), 1)
        ON CONFLICT (tenant_id, name) DO UPDATE SET last = counters.last + 1 RETURNING last
        """
    }

    /// False where the name is taken.
    func insert(_ product: StockProduct) async throws(DatabaseError) -> Bool {
        try await execute(
            """
            WITH next AS (\(nextNumber("stock_product")))
            INSERT INTO stock_products (
                tenant_id, product_id, number, name, code, is_serial, minimum, note, made_at)
            SELECT \(tenant), \(product.id), n.last, \(product.name), \(product.code), \(product.isSerial),
                \(Int32(product.minimum)), \(product.note), now() FROM next n
            ON CONFLICT DO NOTHING
            """) == 1
    }

    func update(_ product: StockProduct) async throws(DatabaseError) -> Bool {
        let taken: Bool? = try await value(
            """
            SELECT EXISTS (
                SELECT FROM stock_products
                WHERE tenant_id = \(tenant) AND name = \(product.name) AND product_id <> \(product.id))
            """)
        guard taken != true else { return false }
        try await execute(
            """
            UPDATE stock_products SET name = \(product.name), code = \(product.code),
                minimum = \(Int32(product.minimum)), note = \(product.note)
            WHERE tenant_id = \(tenant) AND product_id = \(product.id)
            """)
        return true
    }

    // MARK: - Warehouses and suppliers

    func warehouses(_ query: ListQuery<Warehouse>) -> SQL {
        """
        SELECT w.warehouse_id, w.number, w.name, w.note FROM stock_warehouses w
        WHERE w.tenant_id = \(tenant) \(query.restriction) \(query.position) \(query.sorting)
        """
    }

    func warehousesCounted(_ query: ListQuery<Warehouse>) -> SQL {
        "FROM stock_warehouses w WHERE w.tenant_id = \(tenant) \(query.restriction)"
    }

    package func warehouses() async throws(DatabaseError) -> [Warehouse] {
        try await rows(
            """
            SELECT warehouse_id, number, name, note FROM stock_warehouses
            WHERE tenant_id = \(tenant) ORDER BY number LIMIT 200
            """)
    }

    func insert(_ warehouse: Warehouse) async throws(DatabaseError) -> Bool {
        try await execute(
            """
            WITH next AS (\(nextNumber("warehouse")))
            INSERT INTO stock_warehouses (tenant_id, warehouse_id, number, name, note)
            SELECT \(tenant), \(warehouse.id), n.last, \(warehouse.name), \(warehouse.note) FROM next n
            ON CONFLICT DO NOTHING
            """) == 1
    }

    func warehouse(_ id: Warehouse.ID) async throws(DatabaseError) -> Warehouse? {
        try await first(
            """
            SELECT warehouse_id, number, name, note FROM stock_warehouses
            WHERE tenant_id = \(tenant) AND warehouse_id = \(id)
            """)
    }

    /// False where the name is taken.
    func update(_ warehouse: Warehouse) async throws(DatabaseError) -> Bool {
        try await execute(
            """
            UPDATE stock_warehouses SET name = \(warehouse.name), note = \(warehouse.note)
            WHERE tenant_id = \(tenant) AND warehouse_id = \(warehouse.id) AND NOT EXISTS (
                SELECT FROM stock_warehouses o
                WHERE o.tenant_id = \(tenant) AND o.name = \(warehouse.name) AND o.warehouse_id <> \(warehouse.id))
            """) == 1
    }

    func supplier(_ id: Supplier.ID) async throws(DatabaseError) -> Supplier? {
        try await first(
            """
            SELECT supplier_id, number, name, phone, email, note FROM stock_suppliers
            WHERE tenant_id = \(tenant) AND supplier_id = \(id)
            """)
    }

    /// False where the name is taken.
    func update(_ supplier: Supplier) async throws(DatabaseError) -> Bool {
        try await execute(
            """
            UPDATE stock_suppliers SET name = \(supplier.name), phone = \(supplier.phone), email = \(supplier.email),
                note = \(supplier.note)
            WHERE tenant_id = \(tenant) AND supplier_id = \(supplier.id) AND NOT EXISTS (
                SELECT FROM stock_suppliers o
                WHERE o.tenant_id = \(tenant) AND o.name = \(supplier.name) AND o.supplier_id <> \(supplier.id))
            """) == 1
    }

    func suppliers(_ query: ListQuery<Supplier>) -> SQL {
        """
        SELECT s.supplier_id, s.number, s.name, s.phone, s.email, s.note FROM stock_suppliers s
        WHERE s.tenant_id = \(tenant) \(query.restriction) \(query.position) \(query.sorting)
        """
    }

    func suppliersCounted(_ query: ListQuery<Supplier>) -> SQL {
        "FROM stock_suppliers s WHERE s.tenant_id = \(tenant) \(query.restriction)"
    }

    package func suppliers() async throws(DatabaseError) -> [Supplier] {
        try await rows(
            """
            SELECT supplier_id, number, name, phone, email, note FROM stock_suppliers
            WHERE tenant_id = \(tenant) ORDER BY name LIMIT 300
            """)
    }

    func insert(_ supplier: Supplier) async throws(DatabaseError) -> Bool {
        try await execute(
            """
            WITH next AS (\(nextNumber("supplier")))
            INSERT INTO stock_suppliers (tenant_id, supplier_id, number, name, phone, email, note)
            SELECT \(tenant), \(supplier.id), n.last, \(supplier.name), \(supplier.phone), \(supplier.email),
                \(supplier.note) FROM next n
            ON CONFLICT DO NOTHING
            """) == 1
    }

    // MARK: - Units

    private var stockUnitSelection: SQL {
        """
        SELECT u.unit_id, u.number, u.product_id, p.name AS product_name, u.serial, u.place,
            coalesce(u.warehouse_id, u.staff_id, u.customer_id) AS place_id,
            coalesce(w.name, s.name, c.name, '') AS place_name,
            EXISTS (SELECT FROM services v WHERE v.tenant_id = \(tenant) AND v.customer_id = u.customer_id)
                AND NOT EXISTS (
                    SELECT FROM services v
                    WHERE v.tenant_id = \(tenant) AND v.customer_id = u.customer_id AND v.state <> 'cancelled')
                AS is_due
        FROM stock_units u
        JOIN stock_products p ON p.tenant_id = \(tenant) AND p.product_id = u.product_id
        LEFT JOIN stock_warehouses w ON w.tenant_id = \(tenant) AND w.warehouse_id = u.warehouse_id
        LEFT JOIN staff s ON s.tenant_id = \(tenant) AND s.staff_id = u.staff_id
        LEFT JOIN customers c ON c.tenant_id = \(tenant) AND c.customer_id = u.customer_id
        WHERE u.tenant_id = \(tenant)
        """
    }

    func stockUnits(_ query: ListQuery<StockUnit>) -> SQL {
        "\(stockUnitSelection) \(query.restriction) \(query.position) \(query.sorting)"
    }

    func stockUnitsCounted(_ query: ListQuery<StockUnit>) -> SQL {
        "FROM stock_units u WHERE u.tenant_id = \(tenant) \(query.restriction)"
    }

    func stockUnits(after number: Int, limit: Int) async throws(DatabaseError) -> [StockUnit] {
        try await rows("\(stockUnitSelection) AND u.number > \(number) ORDER BY u.number LIMIT \(limit)")
    }

    package func stockUnit(_ id: StockUnit.ID, locked: Bool = false) async throws(DatabaseError) -> StockUnit? {
        try await first("\(stockUnitSelection) AND u.unit_id = \(id) \(locked ? .forUpdate(of: "u") : .nothing)")
    }

    package func stockUnit(serial: String) async throws(DatabaseError) -> StockUnit? {
        try await first("\(stockUnitSelection) AND u.serial = \(serial)")
    }

    func stockUnitsStatement(of customer: Customer.ID) -> SQL {
        "\(stockUnitSelection) AND u.customer_id = \(customer) ORDER BY u.number LIMIT 20"
    }

    func stockUnitsStatement(with technician: StaffMember.ID) -> SQL {
        "\(stockUnitSelection) AND u.staff_id = \(technician) ORDER BY p.name, u.serial LIMIT 50"
    }

    /// False where the serial number is taken.
    func insertUnit(
        _ id: StockUnit.ID, of product: StockProduct.ID, serial: String, in warehouse: Warehouse.ID
    ) async throws(DatabaseError) -> Bool {
        try await execute(
            """
            WITH next AS (\(nextNumber("stock_unit")))
            INSERT INTO stock_units (tenant_id, unit_id, number, product_id, serial, place, warehouse_id, made_at)
            SELECT \(tenant), \(id), n.last, \(product), \(serial), 'warehouse', \(warehouse), now() FROM next n
            ON CONFLICT DO NOTHING
            """) == 1
    }

    func put(_ unit: StockUnit.ID, at place: StockPlace) async throws(DatabaseError) {
        let (warehouse, member, customer): (UUID?, UUID?, UUID?) =
            switch place {
            case .warehouse(let id): (id.uuid, nil, nil)
            case .technician(let id): (nil, id.uuid, nil)
            case .customer(let id): (nil, nil, id.uuid)
            case .lost: (nil, nil, nil)
            }
        try await execute(
            """
            UPDATE stock_units SET place = \(place.kind.rawValue), warehouse_id = \(warehouse), staff_id = \(member),
                customer_id = \(customer)
            WHERE tenant_id = \(tenant) AND unit_id = \(unit)
            """)
    }

    // MARK: - Numbers without serials

    /// Nothing for what customers got or was lost: it is used up.
    func add(_ quantity: Int, of product: StockProduct.ID, to place: StockPlace) async throws(DatabaseError) {
        guard [.warehouse, .technician].contains(place.kind), let id = place.id else { return }
        try await execute(
            """
            INSERT INTO stock_levels (tenant_id, product_id, place, place_id, quantity)
            VALUES (\(tenant), \(product), \(place.kind.rawValue), \(id), \(Int32(quantity)))
            ON CONFLICT (tenant_id, product_id, place, place_id) DO UPDATE
            SET quantity = stock_levels.quantity + excluded.quantity
            """)
    }

    /// False where there are not so many.
    func take(_ quantity: Int, of product: StockProduct.ID, from place: StockPlace) async throws(DatabaseError) -> Bool
    {
        guard [.warehouse, .technician].contains(place.kind), let id = place.id else { return false }
        return try await execute(
            """
            UPDATE stock_levels SET quantity = quantity - \(Int32(quantity))
            WHERE tenant_id = \(tenant) AND product_id = \(product) AND place = \(place.kind.rawValue)
                AND place_id = \(id) AND quantity >= \(Int32(quantity))
            """) == 1
    }

    func stockLevels(of product: StockProduct.ID) async throws(DatabaseError) -> [StockLevel] {
        try await rows(
            """
            SELECT l.place, l.place_id, coalesce(w.name, s.name, '') AS place_name, l.quantity
            FROM stock_levels l
            LEFT JOIN stock_warehouses w ON w.tenant_id = \(tenant) AND w.warehouse_id = l.place_id
            LEFT JOIN staff s ON s.tenant_id = \(tenant) AND s.staff_id = l.place_id
            WHERE l.tenant_id = \(tenant) AND l.product_id = \(product) AND l.quantity > 0
            ORDER BY l.place DESC, place_name LIMIT 200
            """)
    }

    // MARK: - Movements

    func insertMovement(
        _ id: StockMovement.ID, of product: StockProduct.ID, unit: StockUnit.ID?, _ quantity: Int,
        from: (kind: StockPlace.Kind, name: String), to: (kind: StockPlace.Kind, name: String), note: String,
        by author: String, at now: Instant
    ) async throws(DatabaseError) {
        try await execute(
            """
            WITH next AS (\(nextNumber("stock_movement")))
            INSERT INTO stock_movements (
                tenant_id, movement_id, number, product_id, unit_id, quantity, from_place, from_name, to_place, to_name,
                note, actor, made_at)
            SELECT \(tenant), \(id), n.last, \(product), \(unit), \(Int32(quantity)), \(from.kind.rawValue), \(from.name),
                \(to.kind.rawValue), \(to.name), \(note), \(author), \(now) FROM next n
            """)
    }

    private var stockMovementSelection: SQL {
        """
        SELECT m.movement_id, m.number, m.product_id, m.unit_id, p.name AS product_name,
            coalesce(u.serial, '') AS serial, m.quantity, m.from_place, m.from_name, m.to_place, m.to_name, m.note,
            m.actor, m.made_at
        FROM stock_movements m
        JOIN stock_products p ON p.tenant_id = \(tenant) AND p.product_id = m.product_id
        LEFT JOIN stock_units u ON u.tenant_id = \(tenant) AND u.unit_id = m.unit_id
        WHERE m.tenant_id = \(tenant)
        """
    }

    func stockMovements(_ query: ListQuery<StockMovement>) -> SQL {
        "\(stockMovementSelection) \(query.restriction) \(query.position) \(query.sorting)"
    }

    func stockMovementsCounted(_ query: ListQuery<StockMovement>) -> SQL {
        "FROM stock_movements m WHERE m.tenant_id = \(tenant) \(query.restriction)"
    }

    /// The newest first.
    package func stockMovements(
        of unit: StockUnit.ID
    ) async throws(DatabaseError) -> [StockMovement] {
        try await rows("\(stockMovementSelection) AND m.unit_id = \(unit) ORDER BY m.number DESC LIMIT 100")
    }

    func stockMovements(of product: StockProduct.ID) async throws(DatabaseError) -> [StockMovement] {
        try await rows("\(stockMovementSelection) AND m.product_id = \(product) ORDER BY m.number DESC LIMIT 20")
    }

    // MARK: - Places

    /// The name of a place that is there; nil where it is nobody's.
    func name(of place: StockPlace) async throws(DatabaseError) -> String? {
        switch place {
        case .warehouse(let id):
            try await value(
                "SELECT name FROM stock_warehouses WHERE tenant_id = \(tenant) AND warehouse_id = \(id)")
        case .technician(let id):
            try await value(
                "SELECT name FROM staff WHERE tenant_id = \(tenant) AND staff_id = \(id) AND state <> 'disabled'")
        case .customer(let id):
            try await value(
                """
                SELECT name || ' (' || number || ')' FROM customers
                WHERE tenant_id = \(tenant) AND customer_id = \(id) AND merged_into IS NULL
                """)
        case .lost: ""
        }
    }

    func stockCustomer(number: Int) async throws(DatabaseError) -> Customer.ID? {
        try await value(
            """
            SELECT customer_id FROM customers
            WHERE tenant_id = \(tenant) AND number = \(number) AND merged_into IS NULL
            """)
    }

    func stockHolders() async throws(DatabaseError) -> [StockHolder] {
        try await rows(
            """
            SELECT staff_id, name FROM staff
            WHERE tenant_id = \(tenant) AND state <> 'disabled' AND 'field.work' = ANY (permissions)
            ORDER BY name LIMIT 300
            """)
    }
}

struct StockLevel: RowReadable, Sendable {
    let place: StockPlace.Kind
    let placeID: UUID
    let name: String
    let quantity: Int

    init(row: Row) throws(DatabaseError) {
        (place, placeID) = (try row.word("place"), try row.read("place_id"))
        name = try row.read("place_name")
        let count: Int32 = try row.read("quantity")
        quantity = Int(count)
    }
}

/// Somebody of the staff who carries stock.
struct StockHolder: RowReadable, Sendable {
    let id: StaffMember.ID
    let name: String

    init(row: Row) throws(DatabaseError) { (id, name) = (try row.read("staff_id"), try row.read("name")) }
}
