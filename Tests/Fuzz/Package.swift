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
        system("CArgon2", "libargon2"),
        system("COpenSSL", "openssl"),
        system("CBrotli", "libbrotlienc"),
        system("CZlib", "zlib"),
        library("Identifiers", uses: []),
        library("Addresses", uses: []),
        library("JSON", uses: []),
        library("Time", uses: []),
        library("Loop", uses: ["CSystem", "Identifiers"]),
        library(
            "HTTP", uses: ["Addresses", "CBrotli", "COpenSSL", "CSystem", "CZlib", "Identifiers", "JSON", "Loop"]),
        library("Crypto", uses: ["CArgon2", "COpenSSL", "Identifiers", "Loop", "Time"]),
        library("Sockets", uses: ["Addresses", "COpenSSL", "CSystem", "Loop"]),
        .target(
            name: "RouterOS", dependencies: ["Addresses", "Crypto", "Loop", "Sockets", "Time"],
            path: "Drivers/RouterOS", swiftSettings: watched),
        library("RouterScripts", uses: []),
        .target(
            name: "RouterOSLab", dependencies: ["Addresses", "Crypto", "Loop", "RouterScripts", "Sockets", "Time"],
            path: "Labs/RouterOSLab", swiftSettings: watched),
        .target(
            name: "Decoders", dependencies: ["Addresses", "HTTP", "JSON", "RouterOS", "RouterOSLab", "RouterScripts"],
            swiftSettings: watched),
        .executableTarget(
            name: "fuzz", dependencies: ["Decoders"],
            swiftSettings: [.unsafeFlags(["-sanitize=address"])],
            linkerSettings: [.unsafeFlags(["-sanitize=fuzzer,address", "-use-ld=lld"])]),
    ])
