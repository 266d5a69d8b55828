import AccessProtocol
import Loop
import RouterOS
import Sockets

/// MikroTik routers as access devices, through their binary API.
package struct RouterOSDriver: AccessDriver {
    private let deadlines: RouterDeadlines

    package init(deadlines: RouterDeadlines = RouterDeadlines()) { self.deadlines = deadlines }

    package func open(
        _ target: AccessTarget, on loop: EventLoop
    ) async throws(AccessFailure) -> any AccessSession {
        let security: RouterAddress.Security =
            switch target.security {
            case .plain: .plain
            case .tls(let fingerprint): .tls(fingerprint.map { .fingerprint($0) } ?? .anybody)
            case .anonymousTLS: .tls(.anonymous)
            }
        do throws(RouterError) {
            let session = try await RouterSession.open(
                to: RouterAddress(target.address, port: target.port, security),
                as: RouterCredentials(name: target.login, password: target.password), on: loop, deadlines: deadlines)
            return RouterOSSession(session: session, login: target.login, showsCertificate: target.security.isTLS)
        } catch {
            throw AccessFailure(error)
        }
    }

    package func text(of step: AccessStep) -> String { StepCommand(step).text }
}

extension AccessTarget.Security {
    fileprivate var isTLS: Bool { if case .tls = self { true } else { false } }
}

extension AccessFailure {
    init(_ error: RouterError) {
        let text = error.description
        switch error {
        case .notConnected: self = .unreachable(text)
        case .untrusted: self = .untrusted(text)
        case .loginRefused: self = .signInRefused(text)
        case .badCommand: self = .refused(text)
        case .refused: self = error.mayHaveBeenDone ? .uncertain(text) : .refused(text)
        case .fatal, .deadlineExceeded, .interrupted, .tooLarge, .cancelled, .readTooSlowly:
            self = error.mayHaveBeenDone ? .uncertain(text) : .unreachable(text)
        }
    }
}
