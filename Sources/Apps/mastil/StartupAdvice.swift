import HTTP
import Postgres

// Startup errors, each as a plain sentence that says what to do.

extension ServerError {
    func advice(internalAt internalAddress: ListenAddress? = nil) -> String {
        func setting(of address: ListenAddress) -> String {
            address == internalAddress ? "MASTIL_INTERNAL_LISTEN" : "MASTIL_LISTEN"
        }
        return switch self {
        case .addressInUse(let address):
            "\(address) is taken by another program: stop it, or set \(setting(of: address)) to another address."
        case .notPermitted(let address):
            "This user may not listen at \(address): choose a port above 1023, or grant CAP_NET_BIND_SERVICE."
        case .addressUnavailable(let address):
            "\(address) is no address of this machine: set \(setting(of: address)) to one that `ip address` shows."
        case .pathTooLong(let path): "The socket path \(path) is longer than the system allows (107 bytes)."
        case .certificate(let file, let reason): "The certificate \(file) cannot be used: \(reason)."
        case .system(let address, let code): "The system refused to listen at \(address) (errno \(code))."
        }
    }
}

extension DatabaseError {
    var advice: String {
        switch self {
        case .unavailable, .connectionLost:
            "PostgreSQL does not answer: is it running, and is MASTIL_DATABASE right?"
        case .query(let failure) where failure.sqlState == "42P01" || failure.sqlState == "42883":
            "The database is not migrated: run `mastil migrate` first. (\(failure.message))"
        case .refused(let reason): "MASTIL_DATABASE cannot be used: \(reason)"
        default: description
        }
    }
}
