/// A router's identity.
package struct RouterIdentity: Sendable, Equatable {
    package let name: String
    package let version: RouterVersion
    package let board: String
    package let architecture: String
    package let uptime: Duration?
    /// Nil on virtual routers.
    package let serialNumber: String?
}

extension RouterSession {
    package func identify() async throws(RouterError) -> RouterIdentity {
        let resource = try await rows(
            of: RouterCommand(
                "/system/resource/print", only: ["version", "board-name", "architecture-name", "uptime"]))
        let name = try await rows(of: RouterCommand("/system/identity/print"))
        guard let resource = resource.first, let text = resource["version"], let version = RouterVersion(text) else {
            throw .interrupted("the router does not say its version", .maybeDone)
        }
        return RouterIdentity(
            name: name.first?["name"] ?? "", version: version, board: resource["board-name"] ?? "",
            architecture: resource["architecture-name"] ?? "", uptime: resource.duration("uptime"),
            serialNumber: try await serialNumber())
    }

    /// Virtual routers have no such menu, or an empty one.
    private func serialNumber() async throws(RouterError) -> String? {
        do {
            return try await rows(of: RouterCommand("/system/routerboard/print")).first?["serial-number"]
        } catch {
            guard error.trapKind == .noSuchCommand else { throw error }
            return nil
        }
    }
}
