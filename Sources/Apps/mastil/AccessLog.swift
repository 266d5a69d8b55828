import Access
import Addresses
import HTTP
import Telemetry
import Tenancy

/// An access-log line for each request. The path is the route's pattern, so that no secret in it is logged.
enum AccessLog {
    static func write(_ exchange: Exchange, to log: Log, _ directory: TenantDirectory) {
        guard let request = exchange.request else {
            return log.info(
                "request_unreadable", .init("client", exchange.client.description),
                .init("status", exchange.status?.code ?? 0))
        }
        log.info(
            "request", .request(request), .init("tenant", directory.tenant(at: request.host)?.slug ?? ""),
            .init("method", request.method.text), .init("route", request.route?.pattern ?? ""),
            .init("status", exchange.status?.code ?? 0), .init("bytes", exchange.bytesSent),
            .init("duration", exchange.duration), .init("client", exchange.client.description))
    }
}

extension Method {
    fileprivate var text: String { name.description }
}
