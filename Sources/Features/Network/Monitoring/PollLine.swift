import Addresses
import Identifiers
import Loop
import Pings
import SNMP

/// The sockets of one lane of a poll, and how patient it is.
final class PollLine: Sendable {
    private let agents: SNMPClient
    /// Nil where this server may not ping.
    private let pinger: Pinger?
    private let tries: Int

    init(on loop: EventLoop, window: Int, tries: Int, randomness: Randomness) {
        agents = SNMPClient(on: loop, window: window, randomness: randomness)
        pinger = try? Pinger(on: loop, window: window, randomness: randomness)
        self.tries = tries
    }

    private var isPatient: Bool { tries > 1 }

    func ping(_ address: IPAddress) async -> PingResult? {
        await pinger?.ping(address, count: isPatient ? 3 : 1, within: .seconds(1))
    }

    /// What the agent says of the device, and after how many microseconds. An agent that finds so many questions too
    /// many is asked for less.
    func question(_ agent: SNMPAgent) async -> Result<(AgentReading, latency: Int), SNMPFailure> {
        do throws(SNMPFailure) {
            do throws(SNMPFailure) {
                return .success(try await ask(AgentReading.names, agent))
            } catch {
                guard case .refused = error else { throw error }
                return .success(try await ask(AgentReading.fewNames, agent))
            }
        } catch {
            return .failure(error)
        }
    }

    private func ask(
        _ names: [ObjectID], _ agent: SNMPAgent
    ) async throws(SNMPFailure) -> (AgentReading, latency: Int) {
        let answer = try await agents.ask(.getNext, names, of: agent, tries: tries)
        let (seconds, attoseconds) = answer.latency.components
        return (
            AgentReading(answer.variables, to: names),
            Int(seconds) * 1_000_000 + Int(attoseconds / 1_000_000_000_000)
        )
    }

    /// Nil where it has none or stops answering: then the next poll has nothing to reckon from.
    func interfaces(_ agent: SNMPAgent, ticks: UInt32, readAt: Int64) async -> InterfaceCounters? {
        for columns in [InterfaceCounters.columns, InterfaceCounters.narrowColumns] {
            guard let rows = try? await agents.table(columns, of: agent, tries: tries) else { return nil }
            let counters = InterfaceCounters(rows, ticks: ticks, readAt: readAt)
            if !counters.interfaces.isEmpty { return counters }
        }
        return nil
    }

    func close() {
        agents.close()
        pinger?.close()
    }
}
