// swift-tools-version:6.2
// A package of its own: the libraries are compiled again, with the fuzzer's eyes in them. See `run`.
import PackageDescription

// The fuzzer looks at code without knowing what is internal; optimised code would hide it.
let watched: [SwiftSetting] = [.unsafeFlags(["-sanitize=fuzzer,address", "-enable-testing"])]

func system(_ name: String, _ pkgConfig: String) -> Target {
    .systemLibrary(name: name, path: "Libraries/SystemLibraries/\(name)", pkgConfig: pkgConfig)
}

func library(_ name: String, uses rooms: [Target.Dependency]) -> Target {
    .target(name: name, dependencies: rooms, path: "Libraries/\(name)", swiftSettings: watched)
}

let package = Package(
    name: "fuzz",
    targets: [
        .target(name: "CSystem", path: "Libraries/SystemLibraries/CSystem"),
        .target(name: "CSandbox", path: "Libraries/SystemLibraries/CSandbox"),
        .target(
            name: "CXML", path: "Libraries/SystemLibraries/CXML",
            cSettings: [.unsafeFlags(["-I/usr/include/libxml2", "-fsanitize=address"])],
            linkerSettings: [.linkedLibrary("xml2")]),
        system("CArgon2", "libargon2"),
        system("COpenSSL", "openssl"),
        system("CBrotli", "libbrotlienc"),
        system("CZlib", "zlib"),
        system("CCurl", "libcurl"),
        library("Identifiers", uses: []),
        library("Addresses", uses: []),
        library("JSON", uses: []),
        library("Time", uses: []),
        library("Locale", uses: ["Time"]),
        library("XML", uses: ["CXML"]),
        library("Loop", uses: ["CSystem", "Identifiers"]),
        library(
            "HTTP", uses: ["Addresses", "CBrotli", "COpenSSL", "CSystem", "CZlib", "Identifiers", "JSON", "Loop"]),
        library("Sandbox", uses: ["CSandbox", "CSystem", "Identifiers", "Loop"]),
        library("Spreadsheets", uses: ["Sandbox", "Time"]),
        library("SpreadsheetReading", uses: ["CZlib", "Sandbox", "Spreadsheets", "Time", "XML"]),
        library("BankStatements", uses: ["JSON", "Locale", "Sandbox", "Spreadsheets", "Time"]),
        library(
            "BankStatementReading",
            uses: ["BankStatements", "Locale", "Sandbox", "SpreadsheetReading", "Spreadsheets", "Time", "XML"]),
        library("Crypto", uses: ["CArgon2", "COpenSSL", "Identifiers", "Loop", "Time"]),
        library("Sockets", uses: ["Addresses", "COpenSSL", "CSystem", "Loop"]),
        library("WebClient", uses: ["Addresses", "CCurl", "CSystem", "Loop"]),
        .target(
            name: "GatewayProtocol", dependencies: ["Locale", "Time"], path: "Money/GatewayProtocol",
            swiftSettings: watched),
        .target(
            name: "GatewayDrivers",
            dependencies: ["Crypto", "GatewayProtocol", "HTTP", "JSON", "Locale", "Time", "WebClient"],
            path: "Drivers/GatewayDrivers", swiftSettings: watched),
        .target(
            name: "RouterOS", dependencies: ["Addresses", "Crypto", "Loop", "Sockets", "Time"],
            path: "Drivers/RouterOS", swiftSettings: watched),
        library("RouterScripts", uses: []),
        .target(
            name: "RouterOSLab", dependencies: ["Addresses", "Crypto", "Loop", "RouterScripts", "Sockets", "Time"],
            path: "Labs/RouterOSLab", swiftSettings: watched),
        .target(
            name: "Decoders",
            dependencies: [
                "Addresses", "BankStatementReading", "BankStatements", "Crypto", "GatewayDrivers", "GatewayProtocol",
                "HTTP", "JSON", "Locale", "RouterOS", "RouterOSLab", "Time", "RouterScripts", "Sandbox",
                "SpreadsheetReading", "Spreadsheets",
            ],
            swiftSettings: watched),
        .executableTarget(
            name: "fuzz", dependencies: ["Decoders"],
            swiftSettings: [.unsafeFlags(["-sanitize=address"])],
            linkerSettings: [.unsafeFlags(["-sanitize=fuzzer,address", "-use-ld=lld"])]),
    ])
