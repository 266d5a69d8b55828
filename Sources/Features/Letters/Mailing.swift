import HTTP
import Locale

/// That mail can be sent, and how links in it are written. A program without a mail server has none.
package struct Mailing: Sendable {
    private let ports: Set<UInt16>

    /// The ports at which browsers reach us directly.
    package init(ports: Set<UInt16>) { self.ports = ports }

    package func letterhead(in language: Language, for request: Request) -> Letterhead {
        Letterhead(language: language, origin: origin(of: request))
    }

    /// The host is one of the tenant's own, or the request would not have come so far. The port is the visitor's word
    /// and counts only where it is ours: a letter must lead nowhere else.
    private func origin(of request: Request) -> String {
        let host = "\(request.scheme)://\(request.host)"
        guard let port = request.headers["host"]?.split(separator: ":").last.flatMap({ UInt16($0) }),
            ports.contains(port)
        else { return host }
        return "\(host):\(port)"
    }
}
