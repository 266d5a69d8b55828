import Access
import Assembly
import Customers
import Declarations
import Events
import FieldWork
import HTML
import Identifiers
import Identity
import Locale
import Nouns
import Panel
import Postgres

extension Permission {
    package static let stockRead = Permission("stock.read")
    package static let stockMove = Permission("stock.move")
    package static let stockManage = Permission("stock.manage")
}

extension EventKind {
    package static let stockProductCreated = EventKind(
        "stock_product.created",
        Message(
            es: "Agregó un producto al almacén", en: "Added a product to stock", pt: "Adicionou um produto ao estoque"))
    package static let stockProductChanged = EventKind(
        "stock_product.changed",
        Message(
            es: "Cambió un producto del almacén", en: "Changed a product of stock", pt: "Alterou um produto do estoque")
    )
    package static let warehouseCreated = EventKind(
        "warehouse.created", Message(es: "Agregó un almacén", en: "Added a warehouse", pt: "Adicionou um almoxarifado"))
    package static let warehouseChanged = EventKind(
        "warehouse.changed", Message(es: "Cambió un almacén", en: "Changed a warehouse", pt: "Alterou um almoxarifado"))
    package static let supplierCreated = EventKind(
        "supplier.created", Message(es: "Agregó un proveedor", en: "Added a supplier", pt: "Adicionou um fornecedor"))
    package static let supplierChanged = EventKind(
        "supplier.changed", Message(es: "Cambió un proveedor", en: "Changed a supplier", pt: "Alterou um fornecedor"))
    package static let stockReceived = EventKind(
        "stock.received",
        Message(
            es: "Registró una compra de almacén", en: "Entered a purchase of stock",
            pt: "Registrou uma compra de estoque"),
        told: Message(es: "Compra de almacén", en: "Purchase of stock", pt: "Compra de estoque"), to: .stockRead)
    package static let stockMoved = EventKind(
        "stock.moved", Message(es: "Movió algo del almacén", en: "Moved stock", pt: "Moveu algo do estoque"),
        told: Message(es: "Movimiento de almacén", en: "Stock moved", pt: "Movimento de estoque"), to: .stockRead)
}

extension RoomDeclarations {
    package static let stock = RoomDeclarations(
        "Stock",
        permissions: [
            GrantablePermission(
                .stockRead, Message(es: "Ver el almacén", en: "See the stock", pt: "Ver o estoque"),
                heldBy: [.technician, .support, .noc, .accountant], lent: .toReaders),
            GrantablePermission(
                .stockMove,
                Message(
                    es: "Registrar compras y mover equipos", en: "Enter purchases and move equipment",
                    pt: "Registrar compras e mover equipamentos"), heldBy: [.technician, .support]),
            GrantablePermission(
                .stockManage,
                Message(
                    es: "Cambiar productos, almacenes y proveedores", en: "Change products, warehouses and suppliers",
                    pt: "Alterar produtos, almoxarifados e fornecedores"), heldBy: .ownerOnly),
        ],
        menu: [
            MenuEntry(
                .menu(.stock, 10), StockWords.stock.message, path: StockProduct.path, permission: .stockRead,
                icon: .stock,
                synonyms: Message(
                    es: "inventario almacén bodega depósito productos", en: "inventory products",
                    pt: "inventário almoxarifado produtos")),
            MenuEntry(
                .menu(.stock, 20), StockWords.units.message, path: StockUnit.path, permission: .stockRead, icon: .stock,
                synonyms: Message(es: "seriales onu antena módem", en: "serial numbers onu antenna", pt: "seriais onu")),
            MenuEntry(
                .menu(.stock, 30), StockWords.movements.message, path: StockMovement.path, permission: .stockRead,
                icon: .stock),
            MenuEntry(
                .menu(.stock, 40), StockWords.suppliers.message, path: Supplier.path, permission: .stockRead,
                icon: .stock),
            MenuEntry(
                .menu(.stock, 50), StockWords.warehouses.message, path: Warehouse.path, permission: .stockRead,
                icon: .stock),
        ],
        events: [
            .stockProductCreated, .stockProductChanged, .warehouseCreated, .warehouseChanged, .supplierCreated,
            .supplierChanged, .stockReceived, .stockMoved,
        ],
        details: details,
        parts: [
            CustomerCards(
                60, for: .stockRead,
                reading: { visit, customer in [visit.database.stockUnitsStatement(of: customer.id)] },
                { rows, visit, _ in
                    let units: [StockUnit] = try rows[0].read()
                    guard !units.isEmpty else { return nil }
                    return CustomerCard(StockWords.ofCustomer.text(for: visit.reader), in: .side) {
                        CustomerUnits(units: units)
                    }
                }),
            DirectSearch(45, StockWords.units.message, .stock, at: StockUnit.path, for: .stockRead) { visit, text in
                """
                SELECT u.unit_id AS id, u.serial AS title, p.name AS detail, NULL::date AS day
                FROM stock_units u
                JOIN stock_products p ON p.tenant_id = \(visit.database.tenant) AND p.product_id = u.product_id
                WHERE u.tenant_id = \(visit.database.tenant) AND u.serial = \(text.uppercased()) LIMIT 5
                """
            },
            CustomerRows(72, "stock_units", StockWords.units.message, in: "stock_units", by: "unit_id"),
            StockInTheField.equipment, StockInTheField.follower,
        ])

    private static let details: [DetailKind] = {
        var details: [DetailKind] = [
            DetailKind("quantity", StockWords.quantity.message), DetailKind("warehouse", StockWords.warehouse.message),
            DetailKind("supplier", StockWords.supplier.message), DetailKind("place", StockWords.place.message),
        ]
        for kind in StockProduct.detailKinds + Warehouse.detailKinds + Supplier.detailKinds
        where !details.contains(where: { $0.name == kind.name }) {
            details.append(kind)
        }
        return details
    }()
}

extension Room {
    package static let stock = Room(
        .stock,
        panel: { routes, context in
            StockRoutes(
                acts: StockActs(randomness: context.randomness), files: context.files, randomness: context.randomness
            ).add(to: &routes)
        },
        api: { routes, context in StockAPI(acts: StockActs(randomness: context.randomness)).add(to: &routes) },
        home: { visit in
            guard visit.may(.stockRead), case let low = try await visit.database.lowStockProducts(), low > 0 else {
                return []
            }
            return [
                HomePart(
                    .tile, 39,
                    Tile(
                        StockWords.low.text(for: visit.reader), low.text(for: visit.reader),
                        path: "\(StockProduct.path)?supply=low"))
            ]
        })
}
