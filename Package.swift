// swift-tools-version:6.2
// The plan of the house: one line a room, saying what it may use. Uses point one way,
// Apps → Features → Libraries; `deploy/test` refuses a use that is not granted here.
import PackageDescription

let package = Package(
    name: "mastil",
    products: ["mastil", "mastil-render"].map { .executable(name: $0, targets: [$0]) },
    targets: systemLibraries + libraries + features + drivers + labs + apps + tests)

var systemLibraries: [Target] {
    [
        .target(name: "CSystem", path: "Sources/Libraries/SystemLibraries/CSystem"),
        .target(name: "CSandbox", path: "Sources/Libraries/SystemLibraries/CSandbox"),
        .target(
            name: "CXML", path: "Sources/Libraries/SystemLibraries/CXML",
            cSettings: [.unsafeFlags(["-I/usr/include/libxml2"])], linkerSettings: [.linkedLibrary("xml2")]),
        .target(
            name: "CImages", path: "Sources/Libraries/SystemLibraries/CImages",
            linkerSettings: ["rsvg-2", "cairo", "gobject-2.0", "glib-2.0", "turbojpeg", "webp", "m"].map {
                .linkedLibrary($0)
            }),
        .target(
            name: "CDocuments", path: "Sources/Libraries/SystemLibraries/CDocuments",
            linkerSettings: ["pangocairo-1.0", "pango-1.0", "cairo", "gobject-2.0"].map { .linkedLibrary($0) }),
        .target(
            name: "CTesseract", path: "Sources/Libraries/SystemLibraries/CTesseract",
            linkerSettings: [.linkedLibrary("tesseract")]),
        system("CPostgres", pkgConfig: "libpq", from: "libpq-dev"),
        system("COpenSSL", pkgConfig: "openssl", from: "libssl-dev"),
        system("CCurl", pkgConfig: "libcurl", from: "libcurl4-openssl-dev"),
        system("CCares", pkgConfig: "libcares", from: "libc-ares-dev"),
        system("CIdn2", pkgConfig: "libidn2", from: "libidn2-dev"),
        system("CArgon2", pkgConfig: "libargon2", from: "libargon2-dev"),
        system("CBrotli", pkgConfig: "libbrotlienc", from: "libbrotli-dev"),
        system("CTurboJPEG", pkgConfig: "libturbojpeg", from: "libturbojpeg0-dev"),
        system("CQRencode", pkgConfig: "libqrencode", from: "libqrencode-dev"),
        system("CXlsxWriter", pkgConfig: "xlsxwriter", from: "libxlsxwriter-dev"),
        system("CZlib", pkgConfig: "zlib", from: "zlib1g-dev"),
    ]
}

var libraries: [Target] {
    [
        library("Identifiers", uses: []),
        library("Addresses", uses: []),
        library("Time", uses: []),
        library("Barcodes", uses: ["CQRencode"]),
        library("Sandbox", uses: ["CSandbox", "CSystem", "Identifiers", "Loop"]),
        library("Images", uses: ["Sandbox"]),
        library("ImageDrawing", uses: ["CImages", "Images", "Sandbox"]),
        library("ReceiptTexts", uses: ["Images", "Locale", "Sandbox", "Time"]),
        library("ReceiptReading", uses: ["CTesseract", "ImageDrawing", "Images", "ReceiptTexts", "Sandbox"]),
        library("Documents", uses: ["Identifiers", "Sandbox", "Time"]),
        library("TicketPrinting", uses: ["Documents"]),
        library("LanguageModels", uses: ["JSON", "WebClient"]),
        library("XML", uses: ["CXML"]),
        library("Spreadsheets", uses: ["Sandbox", "Time"]),
        library("SpreadsheetReading", uses: ["CZlib", "Sandbox", "Spreadsheets", "Time", "XML"]),
        library("BankStatements", uses: ["JSON", "Locale", "Sandbox", "Spreadsheets", "Time"]),
        library(
            "BankStatementReading",
            uses: ["BankStatements", "Locale", "Sandbox", "SpreadsheetReading", "Spreadsheets", "Time", "XML"]),
        library("Typesetting", uses: ["CDocuments", "Documents", "Sandbox", "Time"]),
        library("JSON", uses: []),
        library("DNS", uses: ["Addresses", "CCares", "CIdn2", "Loop"]),
        library("HTML", uses: []),
        library("Loop", uses: ["CSystem", "Identifiers"]),
        library("Supervision", uses: ["CSystem", "Identifiers", "JSON", "Loop", "Time"]),
        library("Crypto", uses: ["CArgon2", "COpenSSL", "Identifiers", "Loop", "Time"]),
        library("Telemetry", uses: ["CSystem", "Identifiers", "JSON", "Loop", "Time"]),
        library("Locale", uses: ["Time"]),
        library("Billing", uses: ["Locale", "Time"]),
        library("Intents", uses: ["Time"]),
        library("Workbooks", uses: ["CXlsxWriter", "Time"]),
        library(
            "HTTP", uses: ["Addresses", "CBrotli", "COpenSSL", "CSystem", "CZlib", "Identifiers", "JSON", "Loop"]),
        library("WebClient", uses: ["Addresses", "CCurl", "CSystem", "Loop"]),
        library("OpenID", uses: ["Crypto", "HTTP", "Identifiers", "JSON", "Loop", "Time", "WebClient"]),
        library("Mail", uses: ["CCurl", "Crypto", "Identifiers", "Loop", "Time", "WebClient"]),
        library("Sockets", uses: ["Addresses", "COpenSSL", "CSystem", "Loop"]),
        library("Postgres", uses: ["CPostgres", "Identifiers", "Loop", "Time"]),
        library("Jobs", uses: ["Identifiers", "JSON", "Loop", "Postgres", "Time"]),
        library("Simulation", uses: ["Identifiers", "Time"]),
        library("RouterScripts", uses: []),
        library("RADIUS", uses: ["Addresses", "Crypto", "Loop", "Sockets"]),
        library("SNMP", uses: ["Addresses", "COpenSSL", "Identifiers", "Loop", "Sockets"]),
        library("Pings", uses: ["Addresses", "Identifiers", "Loop", "Sockets"]),
    ]
}

var features: [Target] {
    [
        library("Declarations", uses: ["Locale", "Postgres", "Time"], in: "Features/Shells"),
        library("AccessProtocol", uses: ["Addresses", "Identifiers", "Loop"], in: "Features/Network"),
        library("FibreProtocol", uses: ["Addresses", "Loop"], in: "Features/Network"),
        library("FleetProtocol", uses: ["Time", "WebClient"], in: "Features/Network"),
        library("AntennaProtocol", uses: ["Addresses"], in: "Features/Network"),
        library("GatewayProtocol", uses: ["Locale", "Time"], in: "Features/Money"),
        library("ChannelProtocol", uses: ["Time"], in: "Features/Messages"),
        feature("Company/Tenancy", uses: ["CSystem", "Events"]),
        feature("Company/Vault", uses: []),
        feature("Company/Events", uses: ["Telemetry"]),
        feature("Shells/Search", uses: []),
        feature("Shells/Access", uses: ["Events", "Sandbox", "Search", "Telemetry", "Tenancy"]),
        feature("Shells/Nouns", uses: ["Access", "Events", "Tenancy", "Workbooks"]),
        feature("Company/Roles", uses: ["Access", "Events", "Search", "Tenancy"]),
        feature("Company/Letters", uses: ["Mail", "Tenancy"]),
        feature(
            "Company/Identity", uses: ["Access", "Events", "Letters", "OpenID", "Roles", "Search", "Tenancy", "Vault"]),
        feature(
            "Shells/Panel",
            uses: [
                "Access", "Barcodes", "Events", "Identity", "Letters", "Nouns", "OpenID", "Roles", "Search", "Tenancy",
                "Workbooks",
            ]),
        feature("Shells/API", uses: ["Access", "Nouns", "Search", "Tenancy"]),
        feature("Shells/Feed", uses: ["API", "Access", "Events", "Nouns", "Panel", "Telemetry", "Tenancy"]),
        feature(
            "Shells/Assembly",
            uses: [
                "API", "Access", "AccessProtocol", "ChannelProtocol", "DNS", "Events", "Feed", "GatewayProtocol",
                "Identity", "Letters",
                "Panel", "Roles", "Sandbox", "Search", "Tenancy", "Vault", "WebClient",
            ]),
        panelFeature("Company/LetterBook", uses: ["Letters"]),
        panelFeature("Subscribers/Zones", uses: ["API", "Identity"]),
        panelFeature("Company/Staff", uses: ["Identity", "Letters", "Roles", "Search", "Zones"]),
        panelFeature("Company/Audit", uses: ["Identity", "Roles"]),
        panelFeature("Company/Domains", uses: ["DNS"]),
        panelFeature("Company/Branding", uses: ["Images", "Sandbox"]),
        panelFeature("Company/Settings", uses: []),
        panelFeature("Company/Tokens", uses: ["Identity", "Roles", "Zones"]),
        panelFeature("Platform/PlatformBilling", uses: ["Customers", "Documents", "Ledger", "Sandbox"]),
        panelFeature(
            "Platform/Platform",
            uses: ["Audit", "Identity", "Letters", "PlatformBilling", "Roles", "Search", "Supervision", "Telemetry"]),
        panelFeature("Money/Plans", uses: ["API", "Search", "Workbooks"]),
        panelFeature("Company/Webhooks", uses: ["API", "Vault", "WebClient"]),
        panelFeature("Subscribers/Customers", uses: ["API", "Audit", "Identity", "Search", "Zones"]),
        panelFeature("Subscribers/Notices", uses: ["API", "Customers", "Letters"]),
        panelFeature("Money/Ledger", uses: ["API", "Customers", "Portal", "Subscribers"]),
        panelFeature("Money/Services", uses: ["API", "Customers", "Ledger", "Letters", "Plans", "Search", "Zones"]),
        panelFeature("Money/BankAccounts", uses: ["API"]),
        panelFeature(
            "Subscribers/Imports",
            uses: [
                "API", "Customers", "Ledger", "Plans", "Sandbox", "Search", "Services", "Spreadsheets", "Workbooks",
                "Zones",
            ]),
        panelFeature(
            "Money/Invoices",
            uses: [
                "API", "BankAccounts", "Barcodes", "Billing", "Customers", "Documents", "Ledger", "Plans", "Portal",
                "Sandbox", "Services", "Subscribers",
            ]),
        panelFeature(
            "Money/Payments",
            uses: [
                "API", "Customers", "Documents", "Images", "Ledger", "Portal", "Roles", "Sandbox", "Search",
                "Subscribers", "TicketPrinting", "Vault",
            ]),
        panelFeature(
            "Money/CashDesk",
            uses: ["API", "Customers", "Documents", "Identity", "Ledger", "Payments", "Sandbox"]),
        panelFeature(
            "Money/BankFiles",
            uses: [
                "API", "BankAccounts", "BankStatements", "Customers", "Ledger", "Payments", "Sandbox", "Search",
                "Spreadsheets", "Vault",
            ]),
        panelFeature(
            "Money/Collection",
            uses: [
                "API", "BankAccounts", "Billing", "Customers", "Invoices", "Ledger", "Letters", "Notices", "Payments",
                "Plans", "Portal", "Services", "Subscribers", "Zones",
            ]),
        panelFeature(
            "Money/Receipts",
            uses: [
                "API", "BankAccounts", "BankFiles", "Collection", "Customers", "Images", "Ledger", "Payments",
                "ReceiptTexts", "Sandbox", "Vault",
            ]),
        panelFeature("Money/Expenses", uses: ["API", "CashDesk", "Ledger"]),
        panelFeature(
            "Money/Reports",
            uses: [
                "API", "Customers", "Expenses", "Invoices", "Ledger", "Payments", "Plans", "Services", "Workbooks",
                "Zones",
            ]),
        panelFeature(
            "Money/Gateways",
            uses: ["API", "Customers", "GatewayProtocol", "Ledger", "Payments", "Portal", "Subscribers", "Vault"]),
        panelFeature("Money/Rounds", uses: ["API", "Collection", "Customers", "Ledger", "Payments", "Zones"]),
        // What the demonstration's companies went through before anybody looked at them.
        feature(
            "Money/Demonstration",
            uses: [
                "Access", "BankAccounts", "BankFiles", "Collection", "Customers", "Events", "Invoices", "Ledger",
                "Payments", "Plans", "Services",
                "Tenancy",
            ]),
        panelFeature(
            "Network/Routers",
            uses: ["API", "AccessProtocol", "Plans", "Search", "Services", "Vault", "WebClient", "Zones"]),
        panelFeature(
            "Network/Backups", uses: ["API", "AccessProtocol", "Plans", "RouterScripts", "Routers", "Vault"]),
        panelFeature(
            "Network/Auditor",
            uses: ["API", "AccessProtocol", "Backups", "Plans", "RouterScripts", "Routers", "Vault"]),
        panelFeature("Network/Radius", uses: ["API", "Customers", "RADIUS", "Routers", "Services", "Vault"]),
        panelFeature(
            "Network/Vouchers",
            uses: [
                "API", "Barcodes", "CashDesk", "Documents", "Expenses", "Ledger", "Radius", "Routers", "Sandbox",
            ]),
        panelFeature("Voice/Telephony", uses: ["API", "Customers", "Ledger"]),
        panelFeature(
            "Network/Fibre",
            uses: [
                "API", "Customers", "FibreProtocol", "Monitoring", "Plans", "Routers", "Search", "Services", "Vault",
                "Zones",
            ]),
        panelFeature(
            "Network/Reconciler",
            uses: ["API", "AccessProtocol", "Fibre", "Plans", "Radius", "Routers", "Services", "Vault"]),
        panelFeature(
            "Network/Monitoring",
            uses: ["API", "AccessProtocol", "Pings", "Routers", "SNMP", "Search", "Vault", "WebClient", "Zones"]),
        panelFeature(
            "Network/Signals", uses: ["API", "Monitoring", "Routers", "SNMP", "Sockets", "Vault"]),
        panelFeature(
            "Network/Topology", uses: ["API", "Customers", "Monitoring", "Routers", "Search", "Services", "Zones"]),
        panelFeature(
            "Network/Fleet",
            uses: [
                "API", "AccessProtocol", "FleetProtocol", "Radius", "Routers", "Search", "Services", "Vault",
                "WebClient",
            ]),
        panelFeature(
            "Network/Leaks", uses: ["API", "Collection", "Customers", "Plans", "Reconciler", "Routers", "Services"]),
        panelFeature(
            "Messages/Conversations",
            uses: [
                "API", "BankAccounts", "Customers", "Identity", "Images", "Ledger", "Notices", "Portal", "Sandbox",
                "Subscribers", "Vault",
            ]),
        panelFeature(
            "Messages/Channels",
            uses: ["ChannelProtocol", "Conversations", "Customers", "Images", "Notices", "Sandbox", "Vault"]),
        panelFeature(
            "Messages/Campaigns",
            uses: [
                "API", "Channels", "Conversations", "Customers", "Ledger", "Notices", "Plans", "Services", "Zones",
            ]),
        panelFeature(
            "Messages/Bot",
            uses: [
                "API", "BankAccounts", "Collection", "Conversations", "Customers", "Images", "Intents", "Invoices",
                "Ledger",
                "Payments", "Plans", "ReceiptTexts", "Receipts", "Sandbox", "Services", "Vault",
            ]),
        panelFeature(
            "Messages/Assistant", uses: ["Bot", "Conversations", "Customers", "LanguageModels", "Vault"]),
        panelFeature(
            "Messages/StaffChat",
            uses: [
                "Bot", "ChannelProtocol", "Channels", "Collection", "Conversations", "Customers", "Identity", "Ledger",
                "Payments", "Radius", "Receipts", "Reconciler", "Routers", "Services", "Staff", "Vault",
            ]),
        panelFeature(
            "Network/Incidents",
            uses: [
                "API", "Bot", "Channels", "Collection", "Customers", "Fibre", "Letters", "Monitoring", "Notices",
                "Routers", "Services", "StaffChat", "Topology", "Zones",
            ]),
        panelFeature("Network/MetricExports", uses: ["Monitoring", "Routers", "Vault", "WebClient"]),
        panelFeature("Network/Paging", uses: ["Incidents", "Routers", "Vault", "WebClient"]),
        panelFeature(
            "Support/Tickets",
            uses: [
                "API", "Bot", "Collection", "Conversations", "Customers", "Identity", "Images", "Incidents", "Letters",
                "Monitoring", "Notices", "Portal", "Sandbox", "Services", "StaffChat", "Subscribers", "Vault",
            ]),
        panelFeature(
            "Support/FieldWork",
            uses: [
                "API", "Conversations", "Customers", "Identity", "Images", "Notices", "Roles", "Sandbox", "Services",
                "StaffChat", "Tickets", "Vault",
            ]),
        panelFeature(
            "Support/Stock", uses: ["API", "Barcodes", "Customers", "FieldWork", "Identity", "StaffChat"]),
        panelFeature(
            "Network/Antennas",
            uses: ["AntennaProtocol", "Customers", "Fleet", "Routers", "Search", "Services", "Tickets", "Vault"]),
        panelFeature("Shells/Home", uses: []),
        feature("Subscribers/Subscribers", uses: ["Access", "Customers", "Events", "Identity", "Letters", "Tenancy"]),
        panelFeature(
            "Subscribers/Contracts",
            uses: ["API", "Audit", "Customers", "Documents", "Letters", "Portal", "Sandbox", "Search", "Subscribers"]),
        feature(
            "Shells/Portal",
            uses: [
                "Access", "Assembly", "Customers", "Identity", "Letters", "Nouns", "Panel", "Subscribers", "Tenancy",
            ]),
    ]
}

// A driver speaks to one kind of thing outside.
var drivers: [Target] {
    [
        driver("RouterOS", uses: ["Addresses", "Crypto", "Loop", "Sockets", "Time"]),
        driver(
            "GatewayDrivers",
            uses: ["Crypto", "GatewayProtocol", "HTTP", "JSON", "Locale", "Time", "WebClient"]),
        driver("AirOS", uses: ["Addresses", "AntennaProtocol", "Loop"]),
        driver("UISP", uses: ["Addresses", "FleetProtocol", "JSON", "Time", "WebClient"]),
        driver("ChannelDrivers", uses: ["ChannelProtocol", "Crypto", "JSON", "Time", "WebClient"]),
        driver("OLTCommandLine", uses: ["Addresses", "FibreProtocol", "Loop", "Sockets"]),
        driver("RouterOSAccess", uses: ["AccessProtocol", "Loop", "RouterOS", "RouterScripts", "Sockets"]),
    ]
}

// A lab is the other end of a driver, and knows nothing of it.
var labs: [Target] {
    [
        lab("SNMPLab", uses: ["Addresses", "HTML", "HTTP", "Loop", "SNMP", "Sockets"]),
        lab("PagerDutyLab", uses: ["HTML", "HTTP", "JSON"]),
        lab("OLTLab", uses: ["Addresses", "Loop", "Sockets"]),
        lab("UISPLab", uses: ["HTTP", "JSON", "Time"]),
        lab("AirOSLab", uses: ["Addresses", "Loop", "Sockets"]),
        lab("ModelLab", uses: ["HTTP", "JSON", "Loop", "Time"]),
        lab("RouterOSLab", uses: ["Addresses", "Crypto", "Loop", "RouterScripts", "Sockets", "Time"]),
        lab(
            "GatewayLab",
            uses: ["Addresses", "Crypto", "HTML", "HTTP", "Identifiers", "JSON", "Loop", "Time", "WebClient"]),
        lab(
            "MessagingLab",
            uses: ["Addresses", "Crypto", "HTML", "HTTP", "Identifiers", "JSON", "Loop", "Time", "WebClient"]),
    ]
}

var apps: [Target] {
    [
        .executableTarget(
            name: "mastil",
            dependencies: everyRoom + usualLibraries + [
                "AirOS", "AirOSLab", "CSystem", "ChannelDrivers", "DNS", "GatewayDrivers",
                "GatewayLab", "Images", "LanguageModels", "Mail",
                "MessagingLab", "ModelLab", "OLTCommandLine", "OLTLab", "OpenID", "PagerDutyLab", "RouterOSAccess",
                "RouterOSLab", "SNMPLab", "Sandbox", "Supervision", "Telemetry", "UISP", "UISPLab", "WebClient",
            ],
            path: "Sources/Apps/mastil", swiftSettings: settings(),
            // Takes malloc's place: pages are made of many small pieces, and glibc's asks a tenth more of the processor.
            // Not where a sanitizer looks at the memory, which would take what only mimalloc's points at for lost.
            linkerSettings: [.linkedLibrary("mimalloc", .when(configuration: .release))]),
        // What reads strangers' files, with the heavy libraries that serving does without.
        .executableTarget(
            name: "mastil-render",
            dependencies: [
                "BankStatementReading", "BankStatements", "Documents", "ImageDrawing", "Images", "ReceiptReading",
                "ReceiptTexts", "Sandbox", "SpreadsheetReading", "Spreadsheets", "Typesetting",
            ],
            path: "Sources/Apps/mastil-render", swiftSettings: settings()),
    ]
}

var tests: [Target] {
    [
        .target(
            name: "TestSupport",
            dependencies: [
                "Addresses", "CSystem", "HTTP", "Identifiers", "JSON", "Loop", "Postgres", "Sandbox", "Time",
            ],
            path: "Tests/TestSupport", swiftSettings: settings()),
        .target(
            name: "TenantSupport",
            dependencies: [
                "Access", "Crypto", "Declarations", "Events", "HTTP", "Identifiers", "Identity", "Jobs", "Letters",
                "Locale", "Loop",
                "Mail", "Postgres", "Roles", "Telemetry", "Tenancy", "TestSupport", "Time", "Vault",
            ],
            path: "Tests/TenantSupport", swiftSettings: settings()),
        // Tries to get out of the sandbox.
        .executableTarget(
            name: "sandbox-probe", dependencies: ["Sandbox"], path: "Tests/SandboxProbe", swiftSettings: settings()),
        .target(
            name: "ShellSupport",
            dependencies: [
                "API", "Access", "Assembly", "DNS", "Declarations", "Feed", "GatewayDrivers", "HTTP", "Identifiers",
                "Identity", "Letters", "Loop", "Panel", "RouterOSAccess", "Sandbox", "TenantSupport", "TestSupport",
                "WebClient",
            ],
            path: "Tests/ShellSupport", swiftSettings: settings()),
        room("Identifiers", testedWith: []),
        room("Addresses", testedWith: []),
        room("Time", testedWith: []),
        room("Barcodes", testedWith: []),
        room("Sandbox", testedWith: ["Documents", "Identifiers", "Images", "Loop", "TestSupport", "Time"]),
        room("ImageDrawing", testedWith: ["Images"]),
        room(
            "ReceiptReading",
            testedWith: [
                "ImageDrawing", "Images", "Locale", "Loop", "ReceiptTexts", "Sandbox", "TestSupport", "Time",
                "CTurboJPEG",
            ]),
        room("SpreadsheetReading", testedWith: ["CZlib", "Sandbox", "Spreadsheets", "Time"], without: ["Files"]),
        room(
            "BankStatementReading",
            testedWith: [
                "BankStatements", "Identifiers", "JSON", "Locale", "Sandbox", "Spreadsheets", "TestSupport", "Time",
                "Workbooks",
            ]),
        room("Typesetting", testedWith: ["Documents", "Time"]),
        room("TicketPrinting", testedWith: ["Documents", "Time"]),
        room("JSON", testedWith: []),
        room("DNS", testedWith: ["Addresses", "Loop", "TestSupport"]),
        room("HTML", testedWith: []),
        room("Loop", testedWith: ["CSystem", "Identifiers"]),
        room("Supervision", testedWith: ["CSystem", "Identifiers", "Loop", "Time"]),
        room("Crypto", testedWith: ["Identifiers", "Loop", "Time"]),
        room("Telemetry", testedWith: ["JSON", "Loop", "Time"]),
        room("Workbooks", testedWith: ["TestSupport", "Time"]),
        room("Locale", testedWith: ["Time"]),
        room("Billing", testedWith: ["Identifiers", "Locale", "Time"]),
        room("Intents", testedWith: ["Time"]),
        room("HTTP", testedWith: ["Addresses", "CSystem", "Identifiers", "JSON", "Loop", "TestSupport"]),
        room("WebClient", testedWith: ["Addresses", "CCurl", "COpenSSL", "CSystem", "Loop"]),
        room("OpenID", testedWith: ["Crypto", "Identifiers"]),
        room("Mail", testedWith: ["Identifiers", "JSON", "Loop", "TestSupport", "Time"]),
        room("Postgres", testedWith: ["Identifiers", "Loop", "TestSupport", "Time"]),
        room("Simulation", testedWith: ["Identifiers", "Time"]),
        room("RouterScripts", testedWith: ["RouterOSLab", "Time"]),
        room("Sockets", testedWith: ["Addresses", "Loop"]),
        room("RouterOS", testedWith: ["Addresses", "Loop", "Sockets", "Time"]),
        room("SNMP", testedWith: ["Addresses", "Identifiers", "Loop", "SNMPLab", "Sockets", "TestSupport"]),
        room("Pings", testedWith: ["Addresses", "Loop", "TestSupport"]),
        room("RouterOSLab", testedWith: ["Addresses", "Loop", "RouterOS", "Sockets", "Time"]),
        room(
            "UISP",
            testedWith: [
                "Addresses", "FleetProtocol", "HTTP", "JSON", "Loop", "TestSupport", "Time", "UISPLab", "WebClient",
            ]),
        room("AirOS", testedWith: ["Addresses", "AirOSLab", "AntennaProtocol", "Loop", "TestSupport"]),
        room("AccessProtocol", testedWith: ["Identifiers"]),
        room(
            "RouterOSAccess",
            testedWith: ["AccessProtocol", "Addresses", "Identifiers", "Loop", "RouterOS", "RouterOSLab", "Time"]),
        room("OLTCommandLine", testedWith: ["Addresses", "FibreProtocol", "Loop", "OLTLab"]),
        roomTests("Tenancy", also: ["Access", "Customers"]),
        roomTests("Vault", also: ["Tenancy"]),
        roomTests("Access", also: ["Customers"]),
        roomTests("Identity", also: ["Customers"]),
        roomTests("Contracts", also: ["Branding", "Identity", "Mail"]),
        roomTests("Nouns"),
        roomTests("Customers"),
        roomTests("Imports"),
        roomTests("Staff", also: ["COpenSSL", "Customers", "OpenID", "WebClient"]),
        roomTests("Events"),
        roomTests("Audit", also: ["Customers"]),
        roomTests("Tokens", also: ["API", "Customers"]),
        roomTests("Zones", also: ["Customers", "Search", "Staff", "Tokens"]),
        roomTests("Panel", also: ["Audit", "Branding", "Customers", "PlatformBilling", "Staff"]),
        roomTests("Plans"),
        roomTests("Services"),
        roomTests("Search", also: ["Tenancy"]),
        roomTests("Home", also: ["Audit", "Customers", "Identity", "Staff"]),
        roomTests("Branding"),
        roomTests("Domains"),
        roomTests(
            "Letters",
            also: ["Access", "Customers", "Events", "Identity", "LetterBook", "Panel", "Roles", "Simulation", "Staff"]),
        roomTests("Platform", also: ["Customers", "Home", "Mail", "Portal", "Staff", "Tokens"]),
        roomTests("PlatformBilling"),
        roomTests("BankAccounts"),
        roomTests("Invoices", also: ["Payments", "Simulation", "Zones"]),
        roomTests("Payments", also: ["Zones"]),
        roomTests("CashDesk"),
        roomTests("BankFiles"),
        room(
            "ChannelDrivers",
            testedWith: [
                "Addresses", "ChannelProtocol", "Crypto", "HTTP", "Identifiers", "JSON", "Loop", "MessagingLab",
                "TestSupport", "Time", "WebClient",
            ]),
        room(
            "GatewayDrivers",
            testedWith: [
                "Addresses", "Crypto", "GatewayLab", "GatewayProtocol", "HTTP", "JSON", "Locale", "Loop", "TestSupport",
                "Time", "WebClient",
            ]),
        roomTests("Gateways", also: ["GatewayDrivers", "GatewayLab", "Identity", "Simulation", "WebClient"]),
        roomTests("Rounds"),
        roomTests("Expenses", also: ["Customers", "Payments"]),
        roomTests("Reports", also: ["BankAccounts"]),
        roomTests("Collection", also: ["Documents", "Home", "Identity", "Mail", "Sandbox", "Simulation"]),
        roomTests(
            "Receipts", also: ["Identity", "Invoices", "Letters", "Plans", "Roles", "Services", "Subscribers", "Zones"]),
        roomTests("Ledger", also: ["Identity", "Zones"]),
        roomTests("Demonstration", also: ["Zones"]),
        roomTests("Routers", also: ["Identity", "RouterOSAccess", "RouterOSLab"]),
        roomTests(
            "Channels", also: ["ChannelDrivers", "Identity", "Letters", "Mail", "MessagingLab", "WebClient"]),
        roomTests("Conversations", also: ["Zones"]),
        roomTests("Campaigns", also: ["BankAccounts", "Letters", "Subscribers"]),
        roomTests(
            "Radius",
            also: [
                "CashDesk", "Documents", "Expenses", "Ledger", "Payments", "Plans", "Reconciler", "RouterOSAccess",
                "Sandbox", "Vouchers", "Zones",
            ]),
        roomTests("Telephony", without: ["Scenarios"]),
        roomTests("Bot", also: ["Portal", "Subscribers", "Zones"]),
        roomTests(
            "StaffChat", also: ["BankAccounts", "Incidents", "Invoices", "Monitoring", "Plans", "Topology", "Zones"]),
        roomTests(
            "Assistant",
            also: [
                "BankAccounts", "Collection", "Identity", "Invoices", "Ledger", "ModelLab", "Payments", "Plans",
                "Receipts", "Roles", "Services", "WebClient", "Zones",
            ]),
        roomTests("Leaks", also: ["Zones"]),
        roomTests("Monitoring", also: ["Identity", "RouterOSAccess", "RouterOSLab", "SNMPLab"]),
        roomTests("MetricExports", also: ["Plans", "Zones"]),
        roomTests("Signals", also: ["Plans", "Zones"]),
        roomTests("Fibre", also: ["OLTCommandLine", "OLTLab", "Reconciler"]),
        roomTests("Topology"),
        roomTests("Fleet", also: ["Customers", "Ledger", "Plans", "RouterOSAccess", "UISP", "UISPLab", "Zones"]),
        roomTests(
            "Incidents", also: ["BankAccounts", "Invoices", "Ledger", "Payments", "Plans", "Radius"]),
        roomTests(
            "Paging",
            also: [
                "Collection", "Customers", "Ledger", "Monitoring", "Notices", "PagerDutyLab", "Plans", "Services",
                "Topology", "Zones",
            ]),
        roomTests("Tickets", also: ["Plans", "Zones"]),
        roomTests(
            "Antennas",
            also: [
                "AirOS", "AirOSLab", "Collection", "Conversations", "Incidents", "Notices", "Portal", "RouterOSAccess",
                "Zones",
            ]),
        roomTests("Backups", also: ["RouterOSAccess", "RouterOSLab", "Zones"]),
        roomTests("Auditor", also: ["RouterOSAccess", "RouterOSLab", "Zones"]),
        roomTests("Reconciler", also: ["Customers", "Home", "RouterOSAccess", "RouterOSLab", "Zones"]),
        roomTests("FieldWork", also: ["Collection", "Incidents", "Plans", "Zones"]),
        roomTests("Stock", also: ["Conversations", "Incidents", "Notices", "Services", "Tickets"]),
        roomTests("Settings", also: ["Customers"]),
        roomTests("Portal", also: ["Events", "Mail"]),
        roomTests("API", also: ["Customers"]),
        roomTests("mastil"),
        roomTests("Feed", also: ["Customers", "Identity", "Roles", "Webhooks"]),
        roomTests("Webhooks", also: ["Customers"]),
        room("Jobs", testedWith: ["Identifiers", "JSON", "Loop", "Postgres", "TestSupport", "Time"]),
        // The whole product from outside: it uses the program that the build leaves, not its rooms.
        .testTarget(
            name: "Acceptance",
            dependencies: ["HTTP", "JSON", "Loop", "Postgres", "RouterOSLab", "TestSupport", "Time"],
            path: "Tests/Acceptance", exclude: ["asvs.csv"], swiftSettings: settings()),
    ]
}

// What a task calls stays on the loop that runs the task, instead of hopping to a shared pool. In release, rooms are
// compiled into each other and accesses are not checked at run time, as they are in every test.
func settings() -> [SwiftSetting] {
    [
        .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
        .enableUpcomingFeature("MemberImportVisibility"),
        .enableUpcomingFeature("ExistentialAny"),
        .unsafeFlags(
            ["-enforce-exclusivity=unchecked", "-Xfrontend", "-enable-cmo-everything"], .when(configuration: .release)),
    ]
}

func system(_ name: String, pkgConfig: String, from package: String) -> Target {
    .systemLibrary(
        name: name, path: "Sources/Libraries/SystemLibraries/\(name)", pkgConfig: pkgConfig,
        providers: [.apt([package])])
}

func library(_ name: String, uses rooms: [Target.Dependency], in folder: String = "Libraries") -> Target {
    .target(name: name, dependencies: rooms, path: "Sources/\(folder)/\(name)", swiftSettings: settings())
}

/// What every feature may use.
var usualLibraries: [Target.Dependency] {
    [
        "Addresses", "Crypto", "HTML", "HTTP", "Identifiers", "JSON", "Jobs", "Locale", "Loop", "Postgres",
        "Time",
    ]
}

/// A feature is given as group/name: its folder under Sources/Features.
@MainActor func feature(_ path: String, uses rooms: [Target.Dependency]) -> Target {
    .target(
        name: String(path.split(separator: "/").last!), dependencies: usualLibraries + ["Declarations"] + rooms,
        path: "Sources/Features/\(path)", swiftSettings: settings())
}

/// A feature with pages in the panel.
@MainActor func panelFeature(_ path: String, uses rooms: [Target.Dependency]) -> Target {
    feature(path, uses: ["Access", "Assembly", "Events", "Nouns", "Panel", "Tenancy"] + rooms)
}

var everyRoom: [Target.Dependency] { features.map { .byName(name: $0.name) } }

func driver(_ name: String, uses rooms: [Target.Dependency]) -> Target {
    library(name, uses: rooms, in: "Drivers")
}

func lab(_ name: String, uses rooms: [Target.Dependency]) -> Target { library(name, uses: rooms, in: "Labs") }

func room(_ name: String, testedWith rooms: [Target.Dependency], without files: [String] = []) -> Target {
    .testTarget(
        name: "\(name)Tests", dependencies: [.byName(name: name)] + rooms, path: "Tests/\(name)Tests", exclude: files,
        swiftSettings: settings())
}

/// The tests of a feature may use what it uses.
@MainActor func roomTests(
    _ name: String, also rooms: [Target.Dependency] = [], without files: [String] = []
) -> Target {
    let uses = (features + apps).first { $0.name == name }!.dependencies
    return room(name, testedWith: uses + ["ShellSupport", "TenantSupport", "TestSupport"] + rooms, without: files)
}
