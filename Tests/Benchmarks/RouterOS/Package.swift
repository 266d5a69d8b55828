// swift-tools-version:6.2
// A package of its own, so that measuring the driver and its lab does not build the whole house. See `run`.
import PackageDescription

let settings: [SwiftSetting] = [
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .unsafeFlags(["-enforce-exclusivity=unchecked", "-Xfrontend", "-enable-cmo-everything"]),
]

func room(_ name: String, in group: String, uses rooms: [Target.Dependency]) -> Target {
    .target(name: name, dependencies: rooms, path: "\(group)/\(name)", swiftSettings: settings)
}

let package = Package(
    name: "load",
    targets: [
        .target(name: "CSystem", path: "Libraries/SystemLibraries/CSystem"),
        .systemLibrary(name: "COpenSSL", path: "Libraries/SystemLibraries/COpenSSL", pkgConfig: "openssl"),
        .systemLibrary(name: "CArgon2", path: "Libraries/SystemLibraries/CArgon2", pkgConfig: "libargon2"),
        room("Identifiers", in: "Libraries", uses: []),
        room("Addresses", in: "Libraries", uses: []),
        room("Time", in: "Libraries", uses: []),
        room("Loop", in: "Libraries", uses: ["CSystem"]),
        room("Crypto", in: "Libraries", uses: ["CArgon2", "COpenSSL", "Identifiers", "Loop", "Time"]),
        room("Sockets", in: "Libraries", uses: ["Addresses", "COpenSSL", "CSystem", "Loop"]),
        room("RouterOS", in: "Drivers", uses: ["Addresses", "Crypto", "Loop", "Sockets", "Time"]),
        room("RouterOSLab", in: "Labs", uses: ["Addresses", "Crypto", "Loop", "Sockets", "Time"]),
        .executableTarget(
            name: "load", dependencies: ["Loop", "RouterOS", "RouterOSLab", "Time"], swiftSettings: settings,
            linkerSettings: [.linkedLibrary("mimalloc")]),
    ])
