// swift-tools-version:6.2
// The plan of the house: one line a room, saying what it may use. Uses point one way,
// Apps → Features → Libraries; `deploy/test` refuses a use that is not granted here.
import PackageDescription

let package = Package(
    name: "mastil",
    products: [.executable(name: "mastil", targets: ["mastil"])],
    targets: systemLibraries + libraries + features + apps + tests)

var systemLibraries: [Target] {
    [
        .target(name: "CSystem", path: "Sources/Libraries/SystemLibraries/CSystem"),
        .target(
            name: "CImages", path: "Sources/Libraries/SystemLibraries/CImages",
            linkerSettings: ["rsvg-2", "cairo", "gobject-2.0", "glib-2.0", "turbojpeg", "webp", "m"].map {
                .linkedLibrary($0)
            }),
        .target(
            name: "CDocuments", path: "Sources/Libraries/SystemLibraries/CDocuments",
            linkerSettings: ["pangocairo-1.0", "pango-1.0", "cairo", "gobject-2.0"].map { .linkedLibrary($0) }),
        system("CPostgres", pkgConfig: "libpq", from: "libpq-dev"),
        system("COpenSSL", pkgConfig: "openssl", from: "libssl-dev"),
        system("CCurl", pkgConfig: "libcurl", from: "libcurl4-openssl-dev"),
        system("CCares", pkgConfig: "libcares", from: "libc-ares-dev"),
        system("CIdn2", pkgConfig: "libidn2", from: "libidn2-dev"),
        system("CArgon2", pkgConfig: "libargon2", from: "libargon2-dev"),
        system("CBrotli", pkgConfig: "libbrotlienc", from: "libbrotli-dev"),
        system("CQRencode", pkgConfig: "libqrencode", from: "libqrencode-dev"),
        system("CZlib", pkgConfig: "zlib", from: "zlib1g-dev"),
    ]
}

var libraries: [Target] {
    [
        library("Identifiers", uses: []),
        library("Addresses", uses: []),
        library("Time", uses: []),
        library("Barcodes", uses: ["CQRencode"]),
        library("Images", uses: ["CImages"]),
        library("Documents", uses: ["CDocuments", "Time"]),
        library("JSON", uses: []),
        library("DNS", uses: ["CCares", "CIdn2", "Loop"]),
        library("HTML", uses: []),
        library("Loop", uses: ["CSystem"]),
        library("Crypto", uses: ["CArgon2", "COpenSSL", "Identifiers", "Loop", "Time"]),
        library("Telemetry", uses: ["CSystem", "Identifiers", "JSON", "Loop", "Time"]),
        library("Locale", uses: ["Time"]),
        library(
            "HTTP", uses: ["Addresses", "CBrotli", "COpenSSL", "CSystem", "CZlib", "Identifiers", "JSON", "Loop"]),
        library("WebClient", uses: ["Addresses", "CCurl", "CSystem", "Loop"]),
        library("OpenID", uses: ["Crypto", "HTTP", "Identifiers", "JSON", "Loop", "Time", "WebClient"]),
        library("Mail", uses: ["CCurl", "Crypto", "Identifiers", "Loop", "Time", "WebClient"]),
        library("Postgres", uses: ["CPostgres", "Identifiers", "Loop", "Time"]),
        library("Jobs", uses: ["Identifiers", "JSON", "Loop", "Postgres", "Time"]),
    ]
}

var features: [Target] {
    [
        feature(
            "Tenancy", uses: ["Crypto", "Events", "Identifiers", "JSON", "Locale", "Loop", "Postgres", "Time"]),
        feature("Vault", uses: ["Crypto", "Identifiers", "Postgres", "Time"]),
        feature("Events", uses: ["Crypto", "Identifiers", "JSON", "Postgres", "Time"]),
        feature("Search", uses: ["Identifiers", "Postgres"]),
        feature(
            "Access",
            uses: [
                "Addresses", "Crypto", "Events", "HTTP", "Identifiers", "Locale", "Loop", "Postgres", "Search",
                "Telemetry", "Tenancy", "Time",
            ]),
        feature(
            "Letters",
            uses: ["Identifiers", "JSON", "Jobs", "Locale", "Mail", "Postgres", "Tenancy", "Time"]),
        feature(
            "Identity",
            uses: [
                "Access", "Crypto", "Events", "HTTP", "Identifiers", "JSON", "Jobs", "Letters", "Locale", "OpenID",
                "Postgres", "Search", "Tenancy", "Time", "Vault",
            ]),
        feature(
            "Panel",
            uses: [
                "Access", "Addresses", "Barcodes", "Crypto", "HTML", "HTTP", "Identifiers", "Identity", "JSON",
                "Letters", "Locale", "OpenID", "Postgres", "Search", "Tenancy", "Time",
            ]),
        feature(
            "LetterBook",
            uses: [
                "Access", "Events", "HTML", "HTTP", "Identifiers", "Letters", "Locale", "Panel", "Postgres", "Tenancy",
                "Time",
            ]),
        feature(
            "Zones",
            uses: [
                "API", "Access", "Events", "HTML", "HTTP", "Identifiers", "JSON", "Locale", "Panel", "Postgres", "Time",
            ]),
        feature(
            "Staff",
            uses: [
                "Access", "Addresses", "Crypto", "HTML", "HTTP", "Identifiers", "Identity", "Letters", "Locale",
                "Panel", "Postgres", "Tenancy", "Time", "Zones",
            ]),
        feature(
            "Audit",
            uses: [
                "Access", "Crypto", "Events", "HTML", "HTTP", "Identifiers", "Identity", "JSON", "Jobs", "Locale",
                "Panel", "PlatformBilling", "Postgres", "Tenancy", "Time",
            ]),
        feature(
            "Domains",
            uses: [
                "Access", "Crypto", "DNS", "Events", "HTML", "HTTP", "Identifiers", "JSON", "Jobs", "Locale", "Panel",
                "Postgres", "Tenancy", "Time",
            ]),
        feature(
            "Branding",
            uses: [
                "Access", "Crypto", "Events", "HTML", "HTTP", "Images", "Locale", "Loop", "Panel", "Postgres",
                "Tenancy", "Time",
            ]),
        feature(
            "Settings",
            uses: [
                "Access", "HTML", "HTTP", "Identifiers", "Locale", "Panel", "Postgres", "Tenancy", "Time",
            ]),
        feature(
            "Tokens",
            uses: [
                "Access", "Addresses", "Crypto", "Events", "HTML", "HTTP", "Identifiers", "Identity", "Locale", "Panel",
                "Tenancy", "Time", "Zones",
            ]),
        feature(
            "PlatformBilling",
            uses: [
                "Access", "Documents", "Events", "HTML", "HTTP", "Identifiers", "JSON", "Jobs", "Locale", "Loop",
                "Panel",
                "Postgres", "Tenancy", "Time",
            ]),
        feature(
            "Platform",
            uses: [
                "Access", "Audit", "Crypto", "Events", "HTML", "HTTP", "Identifiers", "Identity", "Jobs", "Letters",
                "Locale", "Panel", "PlatformBilling", "Postgres", "Search", "Telemetry", "Tenancy", "Time",
            ]),
        feature(
            "API",
            uses: [
                "Access", "Crypto", "HTML", "HTTP", "Identifiers", "JSON", "Jobs", "Locale", "Postgres", "Search",
                "Tenancy", "Time",
            ]),
        feature(
            "Feed",
            uses: [
                "API", "Access", "Events", "HTTP", "Identifiers", "JSON", "Locale", "Loop", "Panel", "Postgres",
                "Telemetry", "Tenancy", "Time",
            ]),
        feature(
            "Webhooks",
            uses: [
                "API", "Access", "Crypto", "Events", "HTML", "HTTP", "Identifiers", "JSON", "Jobs", "Locale", "Loop",
                "Panel", "Postgres", "Tenancy", "Time", "Vault", "WebClient",
            ]),
        feature(
            "Customers",
            uses: [
                "API", "Access", "Audit", "Crypto", "Events", "HTML", "HTTP", "Identifiers", "Identity", "JSON",
                "Locale", "Panel", "Postgres", "Search", "Tenancy", "Time", "Zones",
            ]),
        feature(
            "Home",
            uses: [
                "Access", "Audit", "Customers", "Events", "HTML", "HTTP", "Identifiers", "Identity", "Locale", "Panel",
                "Postgres", "Tenancy", "Time",
            ]),
        feature(
            "Subscribers",
            uses: [
                "Access", "Crypto", "Customers", "Events", "HTTP", "Identifiers", "Identity", "JSON", "Jobs", "Letters",
                "Locale", "Postgres", "Tenancy", "Time",
            ]),
        feature(
            "Contracts",
            uses: [
                "API", "Access", "Audit", "Crypto", "Customers", "Documents", "Events", "HTML", "HTTP",
                "Identifiers", "JSON", "Letters", "Locale", "Loop", "Panel", "Portal", "Postgres", "Search",
                "Subscribers", "Tenancy", "Time",
            ]),
        feature(
            "Portal",
            uses: [
                "Access", "Addresses", "Crypto", "Customers", "HTML", "HTTP", "Identifiers", "Identity", "Letters",
                "Locale", "Panel", "Postgres", "Subscribers", "Tenancy", "Time",
            ]),
    ]
}

var apps: [Target] {
    [
        .executableTarget(
            name: "mastil",
            dependencies: [
                "API", "Access", "Addresses", "Audit", "Branding", "Contracts", "Crypto", "Customers", "DNS",
                "Domains", "Events", "Feed", "HTML", "HTTP", "Home", "Identifiers", "Identity", "Images", "JSON",
                "Jobs", "LetterBook", "Letters", "Locale", "Loop", "Mail", "OpenID", "Panel", "Platform",
                "PlatformBilling", "Portal", "Postgres", "Search",
                "Settings", "Staff", "Subscribers", "Telemetry", "Tenancy", "Time", "Tokens", "Vault", "WebClient",
                "Webhooks", "Zones",
            ],
            path: "Sources/Apps/mastil", swiftSettings: settings(),
            // Takes malloc's place: pages are made of many small pieces, and glibc's asks a tenth more of the processor.
            // Not where a sanitizer looks at the memory, which would take what only mimalloc's points at for lost.
            linkerSettings: [.linkedLibrary("mimalloc", .when(configuration: .release))])
    ]
}

var tests: [Target] {
    [
        .target(
            name: "TestSupport",
            dependencies: ["Addresses", "CSystem", "HTTP", "Identifiers", "JSON", "Loop", "Postgres", "Time"],
            path: "Tests/TestSupport", swiftSettings: settings()),
        .target(
            name: "TenantSupport",
            dependencies: [
                "Access", "Crypto", "Events", "HTTP", "Identifiers", "Identity", "Jobs", "Letters", "Locale", "Loop",
                "Mail", "Postgres", "Telemetry", "Tenancy", "TestSupport", "Time", "Vault",
            ],
            path: "Tests/TenantSupport", swiftSettings: settings()),
        room("Identifiers", testedWith: []),
        room("Addresses", testedWith: []),
        room("Time", testedWith: []),
        room("Barcodes", testedWith: []),
        room("Images", testedWith: []),
        room("Documents", testedWith: ["Time"]),
        room("JSON", testedWith: []),
        room("DNS", testedWith: ["Loop", "TestSupport"]),
        room("HTML", testedWith: []),
        room("Loop", testedWith: ["CSystem"]),
        room("Crypto", testedWith: ["Identifiers", "Loop", "Time"]),
        room("Telemetry", testedWith: ["JSON", "Loop", "Time"]),
        room("Locale", testedWith: ["Time"]),
        room("HTTP", testedWith: ["Addresses", "CSystem", "Identifiers", "JSON", "Loop", "TestSupport"]),
        room("WebClient", testedWith: ["Addresses", "CCurl", "COpenSSL", "CSystem", "Loop"]),
        room("OpenID", testedWith: ["Crypto", "Identifiers"]),
        room("Mail", testedWith: ["Identifiers", "JSON", "Loop", "TestSupport", "Time"]),
        room("Postgres", testedWith: ["Identifiers", "Loop", "TestSupport", "Time"]),
        room(
            "Tenancy",
            testedWith: [
                "Access", "Crypto", "Events", "Identifiers", "JSON", "Locale", "Loop", "Postgres", "TenantSupport",
                "TestSupport", "Time",
            ]),
        room(
            "Vault",
            testedWith: [
                "Crypto", "Identifiers", "Loop", "Postgres", "Tenancy", "TenantSupport", "TestSupport", "Time",
            ]),
        room(
            "Access",
            testedWith: [
                "Crypto", "Events", "HTTP", "Locale", "Loop", "Postgres", "Telemetry", "Tenancy", "TenantSupport",
                "TestSupport",
            ]),
        room("Identity", testedWith: ["Access", "Postgres", "TenantSupport"]),
        room(
            "Contracts",
            testedWith: [
                "API", "Access", "Branding", "Crypto", "Customers", "Events", "HTTP", "Identifiers", "Identity", "JSON",
                "Letters", "Locale", "Loop", "Mail", "Panel", "Portal", "Postgres", "Subscribers", "Tenancy",
                "TenantSupport", "TestSupport", "Time",
            ]),
        room(
            "Customers",
            testedWith: [
                "API", "Access", "Events", "HTTP", "Identifiers", "JSON", "Locale", "Panel", "Postgres", "Tenancy",
                "TenantSupport", "TestSupport", "Time",
            ]),
        room(
            "Staff",
            testedWith: [
                "Access", "Addresses", "COpenSSL", "Crypto", "Events", "HTTP", "Identifiers", "Identity", "JSON",
                "Locale", "Loop", "OpenID", "Panel", "Postgres", "Tenancy", "TenantSupport", "TestSupport", "Time",
                "WebClient",
            ]),
        room("Events", testedWith: ["Identifiers", "Postgres", "TenantSupport", "TestSupport"]),
        room(
            "Audit",
            testedWith: [
                "Access", "Crypto", "Events", "HTTP", "Identifiers", "Jobs", "Locale", "Panel", "Postgres", "Tenancy",
                "TenantSupport",
                "TestSupport",
            ]),
        room(
            "Tokens",
            testedWith: ["API", "Access", "HTTP", "Identity", "Locale", "Panel", "Postgres", "TenantSupport"]),
        room(
            "Zones",
            testedWith: [
                "API", "Access", "Customers", "HTTP", "Identifiers", "Identity", "Locale", "Panel", "Postgres",
                "Search", "Staff", "Tenancy", "TenantSupport", "Time", "Tokens",
            ]),
        room("Panel", testedWith: ["Access", "HTTP", "Locale", "TenantSupport"]),
        room("Search", testedWith: ["Identifiers", "Postgres", "Tenancy", "TenantSupport", "TestSupport"]),
        room(
            "Home",
            testedWith: [
                "Access", "Customers", "HTTP", "Identity", "Locale", "Panel", "Postgres", "Tenancy", "TenantSupport",
                "Time",
            ]),
        room(
            "Branding",
            testedWith: [
                "Access", "HTTP", "Images", "Locale", "Loop", "Panel", "Postgres", "Tenancy", "TenantSupport",
            ]),
        room(
            "Domains",
            testedWith: [
                "Access", "DNS", "Events", "HTTP", "Identifiers", "Locale", "Loop", "Panel", "Postgres", "Tenancy",
                "TenantSupport", "TestSupport", "Time",
            ]),
        room(
            "Letters",
            testedWith: [
                "Access", "Crypto", "Events", "HTTP", "Identifiers", "Identity", "LetterBook", "Locale", "Loop", "Mail",
                "Panel", "Postgres", "Staff", "Tenancy", "TenantSupport", "TestSupport", "Time",
            ]),
        room(
            "Platform",
            testedWith: [
                "Access", "Audit", "Crypto", "Customers", "Events", "HTTP", "Home", "Identifiers", "Identity",
                "Letters",
                "Locale", "Loop", "Mail", "Panel", "PlatformBilling", "Portal", "Postgres", "Staff", "Telemetry",
                "Tenancy", "TenantSupport", "TestSupport", "Time", "Tokens",
            ]),
        room(
            "PlatformBilling",
            testedWith: [
                "Access", "Events", "Identifiers", "Jobs", "Locale", "Loop", "Postgres", "Tenancy", "TenantSupport",
                "TestSupport", "Time",
            ]),
        room(
            "Settings",
            testedWith: ["Access", "HTTP", "Locale", "Panel", "Postgres", "Tenancy", "TenantSupport", "Time"]),
        room(
            "Portal",
            testedWith: [
                "Access", "Crypto", "Customers", "Events", "HTTP", "Identifiers", "Identity", "Letters", "Locale",
                "Mail", "Panel", "Postgres", "Subscribers", "Tenancy", "TenantSupport", "Time",
            ]),
        room(
            "API",
            testedWith: [
                "Access", "HTTP", "Identifiers", "JSON", "Jobs", "Locale", "Postgres", "Tenancy", "TenantSupport",
                "TestSupport", "Time",
            ]),
        room(
            "mastil",
            testedWith: [
                "API", "Access", "Branding", "Contracts", "Crypto", "Customers", "DNS", "Domains", "Events", "Feed",
                "HTTP", "Identifiers", "Identity", "JSON", "Letters", "Locale", "Loop", "Mail", "OpenID", "Panel",
                "Platform", "PlatformBilling", "Portal", "Postgres", "Subscribers", "Telemetry", "Tenancy",
                "TenantSupport", "TestSupport", "Time",
                "Vault", "WebClient", "Webhooks",
            ]),
        room(
            "Feed",
            testedWith: [
                "API", "Access", "Crypto", "Events", "HTTP", "Identifiers", "Identity", "JSON", "Locale", "Loop",
                "Panel", "Postgres", "Telemetry", "Tenancy", "TenantSupport", "TestSupport", "Time",
            ]),
        room(
            "Webhooks",
            testedWith: [
                "API", "Access", "Addresses", "Crypto", "Events", "HTTP", "Identifiers", "JSON", "Jobs", "Locale",
                "Loop", "Panel", "Postgres", "Tenancy", "TenantSupport", "TestSupport", "Time", "Vault", "WebClient",
            ]),
        room("Jobs", testedWith: ["Identifiers", "JSON", "Loop", "Postgres", "TestSupport", "Time"]),
        // The whole product from outside: it uses the program that the build leaves, not its rooms.
        .testTarget(
            name: "Acceptance", dependencies: ["HTTP", "JSON", "Loop", "Postgres", "TestSupport"],
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

func library(_ name: String, uses rooms: [Target.Dependency]) -> Target {
    .target(name: name, dependencies: rooms, path: "Sources/Libraries/\(name)", swiftSettings: settings())
}

func feature(_ name: String, uses rooms: [Target.Dependency]) -> Target {
    .target(name: name, dependencies: rooms, path: "Sources/Features/\(name)", swiftSettings: settings())
}

func room(_ name: String, testedWith rooms: [Target.Dependency]) -> Target {
    .testTarget(
        name: "\(name)Tests", dependencies: [.byName(name: name)] + rooms, path: "Tests/\(name)Tests",
        swiftSettings: settings())
}
