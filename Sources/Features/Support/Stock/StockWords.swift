import Locale

enum StockWords: MessageCatalogue {
    case stock, intro, none, newProduct, number, name, code, isSerial, minimum, minimumHint, note
    case inWarehouses, withTechnicians, atCustomers, supply, warehouse, warehouses, noWarehouses, newWarehouse
    case supplier, noSupplier, suppliers, noSuppliers, newSupplier, telephone, email, serial, serials
    case serialsHint, product, place, who, units, noUnits, unit, movements, noMovements, quantity
    case quantityHint, receiptNote, fromPlace, toPlace, customerNumber, customerNumberHint, from, to, author
    case madeAt, receive, move, edit, create, label, print, trail, levels, ofCustomer, lost
    case recovery, planRecovery, low

    var message: Message {
        switch self {
        case .recovery: Message(es: "Retiro", en: "Recovery", pt: "Retirada")
        case .planRecovery: Message(es: "Agendar retiro", en: "Schedule the fetching", pt: "Agendar retirada")
        case .low: Message(es: "Productos por comprar", en: "Products to be bought", pt: "Produtos a comprar")
        case .stock: Message(es: "Existencias", en: "Stock", pt: "Estoque")
        case .intro:
            Message(
                es: "Lo que hay en cada almacén, con cada técnico y en casa de cada cliente.",
                en: "What there is in each warehouse, with each technician and at each customer's.",
                pt: "O que há em cada almoxarifado, com cada técnico e na casa de cada cliente.")
        case .none: Message(es: "No hay productos.", en: "There are no products.", pt: "Não há produtos.")
        case .newProduct: Message(es: "Nuevo producto", en: "New product", pt: "Novo produto")
        case .number: Message(es: "N.º", en: "No.", pt: "N.º")
        case .name: Message(es: "Nombre", en: "Name", pt: "Nome")
        case .code: Message(es: "Código", en: "Code", pt: "Código")
        case .isSerial:
            Message(
                es: "Cada pieza lleva número de serie", en: "Each piece has a serial number",
                pt: "Cada peça tem número de série")
        case .minimum: Message(es: "Mínimo", en: "Minimum", pt: "Mínimo")
        case .minimumHint:
            Message(
                es: "Con menos en los almacenes, hay que comprar.",
                en: "With fewer in the warehouses, more are to be bought.",
                pt: "Com menos nos almoxarifados, é preciso comprar.")
        case .note: Message(es: "Nota", en: "Note", pt: "Nota")
        case .inWarehouses: Message(es: "En almacén", en: "In warehouses", pt: "No almoxarifado")
        case .withTechnicians: Message(es: "Con técnicos", en: "With technicians", pt: "Com técnicos")
        case .atCustomers: Message(es: "Con clientes", en: "At customers'", pt: "Com clientes")
        case .supply: Message(es: "Abasto", en: "Supply", pt: "Abastecimento")
        case .warehouse: Message(es: "Almacén", en: "Warehouse", pt: "Almoxarifado")
        case .warehouses: Message(es: "Almacenes", en: "Warehouses", pt: "Almoxarifados")
        case .noWarehouses:
            Message(es: "No hay almacenes.", en: "There are no warehouses.", pt: "Não há almoxarifados.")
        case .newWarehouse: Message(es: "Nuevo almacén", en: "New warehouse", pt: "Novo almoxarifado")
        case .supplier: Message(es: "Proveedor", en: "Supplier", pt: "Fornecedor")
        case .noSupplier: Message(es: "Ninguno", en: "None", pt: "Nenhum")
        case .suppliers: Message(es: "Proveedores", en: "Suppliers", pt: "Fornecedores")
        case .noSuppliers:
            Message(es: "No hay proveedores.", en: "There are no suppliers.", pt: "Não há fornecedores.")
        case .newSupplier: Message(es: "Nuevo proveedor", en: "New supplier", pt: "Novo fornecedor")
        case .telephone: Message(es: "Teléfono", en: "Telephone", pt: "Telefone")
        case .email: Message(es: "Correo", en: "E-mail", pt: "E-mail")
        case .serial: Message(es: "Número de serie", en: "Serial number", pt: "Número de série")
        case .serials: Message(es: "Números de serie", en: "Serial numbers", pt: "Números de série")
        case .serialsHint:
            Message(
                es: "Uno por renglón; también se pueden escanear.", en: "One a line; they may be scanned too.",
                pt: "Um por linha; também podem ser escaneados.")
        case .product: Message(es: "Producto", en: "Product", pt: "Produto")
        case .place: Message(es: "Dónde está", en: "Where it is", pt: "Onde está")
        case .who: Message(es: "Quién", en: "Who", pt: "Quem")
        case .units: Message(es: "Equipos y series", en: "Equipment and serials", pt: "Equipamentos e séries")
        case .noUnits:
            Message(
                es: "No hay equipos con número de serie.", en: "There is no equipment with serial numbers.",
                pt: "Não há equipamentos com número de série.")
        case .unit: Message(es: "Equipo {serial}", en: "Equipment {serial}", pt: "Equipamento {serial}")
        case .movements: Message(es: "Movimientos", en: "Movements", pt: "Movimentos")
        case .noMovements:
            Message(es: "No hay movimientos.", en: "There are no movements.", pt: "Não há movimentos.")
        case .quantity: Message(es: "Cantidad", en: "Quantity", pt: "Quantidade")
        case .quantityHint:
            Message(
                es: "Solo de lo que no lleva número de serie.", en: "Only of what has no serial number.",
                pt: "Só do que não tem número de série.")
        case .receiptNote:
            Message(
                es: "Factura o remisión del proveedor.", en: "The supplier's invoice or delivery note.",
                pt: "Nota do fornecedor.")
        case .fromPlace: Message(es: "De dónde sale", en: "Where it leaves from", pt: "De onde sai")
        case .toPlace: Message(es: "A dónde va", en: "Where it goes", pt: "Para onde vai")
        case .customerNumber: Message(es: "N.º de cliente", en: "Customer number", pt: "N.º do cliente")
        case .customerNumberHint:
            Message(es: "Si va a un cliente.", en: "If it goes to a customer.", pt: "Se vai a um cliente.")
        case .from: Message(es: "De", en: "From", pt: "De")
        case .to: Message(es: "A", en: "To", pt: "Para")
        case .author: Message(es: "Lo movió", en: "Moved by", pt: "Movido por")
        case .madeAt: Message(es: "Cuándo", en: "When", pt: "Quando")
        case .receive: Message(es: "Registrar compra", en: "Enter a purchase", pt: "Registrar compra")
        case .move: Message(es: "Mover", en: "Move", pt: "Mover")
        case .edit: Message(es: "Cambiar", en: "Change", pt: "Alterar")
        case .create: Message(es: "Agregar", en: "Add", pt: "Adicionar")
        case .label: Message(es: "Etiqueta", en: "Label", pt: "Etiqueta")
        case .print:
            Message(
                es: "Imprimir con el navegador; el código lleva el número de serie.",
                en: "Print it with the browser; the code holds the serial number.",
                pt: "Imprima com o navegador; o código tem o número de série.")
        case .trail: Message(es: "Por dónde ha pasado", en: "Where it has been", pt: "Por onde passou")
        case .levels: Message(es: "Dónde hay", en: "Where there are some", pt: "Onde há")
        case .ofCustomer:
            Message(es: "Equipos del cliente", en: "The customer's equipment", pt: "Equipamentos do cliente")
        case .lost: Message(es: "Perdido o dañado", en: "Lost or broken", pt: "Perdido ou danificado")
        }
    }
}
