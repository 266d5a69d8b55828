import Addresses
import HTTP
import Loop
import Postgres
import Signals
import Telemetry
import Tenancy
import Vault

extension Configuration {
    /// Hears devices' traps and syslog until the task is cancelled; nil where neither has an address here. Another process
    /// of the machine may have the address already: then that one hears them.
    func hearSignals(_ database: Database, _ vault: Vault, on loop: EventLoop, log: Log) -> Task<Void, Never>? {
        func place(_ listener: ListenAddress?) -> (address: IPAddress, port: UInt16)? {
            guard case .ip(let address, let port)? = listener else { return nil }
            return (address, port)
        }
        let (traps, syslog) = (place(traps), place(syslog))
        guard traps != nil || syslog != nil else { return nil }
        return loop.spawn {
            let listener = SignalListener(
                database, vault: vault, tenants: { try await database.platform.tenants() }, on: loop)
            do {
                try listener.open(traps: traps, syslog: syslog)
            } catch {
                return log.warning("signals_not_heard", .error(error))
            }
            await listener.run { log.warning("signals_not_kept", .error($0)) }
            listener.close()
        }
    }
}
