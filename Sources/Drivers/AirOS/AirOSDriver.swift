import AntennaProtocol

/// Ubiquiti's airOS, by the shell of its SSH server.
package struct AirOSDriver: AntennaDriver {
    private let shell: any RemoteShell

    package init(_ shell: any RemoteShell) { self.shell = shell }

    static let reading = """
        cat /etc/board.info; echo @version; cat /etc/version; echo @saved; cat /tmp/system.cfg; echo @running; \
        cat /tmp/running.cfg 2>/dev/null; echo @processes; ps; echo @state; mca-status
        """
    /// The new configuration counts only when all of it has arrived.
    static func writing(_ count: Int) -> String {
        """
        cat > /tmp/system.cfg.new && test $(wc -c < /tmp/system.cfg.new) -eq \(count) && \
        mv /tmp/system.cfg.new /tmp/system.cfg && rm -f /tmp/running.cfg && cfgmtd -w -p /etc/ && \
        cfgmtd -r -p /etc/ -f /tmp/saved.cfg && cat /tmp/saved.cfg && rm -f /tmp/saved.cfg
        """
    }
    static func restarting(_ child: Int) -> String {
        "rm -f /tmp/running.cfg && cfgmtd -w -p /etc/ && kill -9 \(child) && sleep 3 && ps"
    }

    package func read(_ target: AntennaTarget) async throws(AntennaFailure) -> AntennaReading {
        try await read(whole: target).reading
    }

    package func restartAgent(
        of reading: AntennaReading, at target: AntennaTarget
    ) async throws(AntennaFailure) -> AgentRestart {
        try await restart(reading, [], at: target)
    }

    private func restart(
        _ reading: AntennaReading, _ before: [String], at target: AntennaTarget
    ) async throws(AntennaFailure) -> AgentRestart {
        guard let child = reading.child else { throw .noAgent }
        let command = Self.restarting(child)
        let after = AgentProcesses(ps: try await run(command, at: target))
        guard let new = after.child, new != child else { throw .noAgent }
        return AgentRestart(
            parent: after.parent, childBefore: child, childAfter: new, commands: before + [command])
    }

    package func point(
        _ reading: AntennaReading, to connection: String, at target: AntennaTarget
    ) async throws(AntennaFailure) -> AgentRestart {
        guard !connection.utf8.contains(where: { $0 < 0x21 || $0 > 0x7E }) else { throw .refused("connection") }
        let now = try await read(whole: target)
        guard now.reading.mac == reading.mac else { throw .keyChanged }
        let wanted = now.saved.setting(["unms.uri": connection, "unms.status": "enabled"]).bytes
        let command = Self.writing(wanted.count)
        let kept = try await run(command, input: wanted, at: target)
        guard AirOSConfiguration(kept)["unms.uri"] == connection else { throw .refused("cfgmtd") }
        let address = AgentAddress(connection, isEnabled: true)
        return try await restart(
            now.reading, ["unms.uri=wss://\(address.host)+••••+\(address.flag)", command], at: target)
    }

    package func reboot(_ target: AntennaTarget) async throws(AntennaFailure) {
        do {
            _ = try await run("reboot", at: target)
        } catch .dropped {
            // It went down before it could say goodbye.
        }
    }

    private func read(
        whole target: AntennaTarget
    ) async throws(AntennaFailure) -> (reading: AntennaReading, saved: AirOSConfiguration) {
        let answer = try await shell.run(Self.reading, input: [], on: target)
        guard let (reading, saved) = AirOSReading.parse(answer) else { throw .unreadable("airOS") }
        return (reading, saved)
    }

    private func run(
        _ command: String, input: [UInt8] = [], at target: AntennaTarget
    ) async throws(AntennaFailure) -> [UInt8] {
        let answer = try await shell.run(command, input: input, on: target)
        guard answer.status == 0 else { throw .refused("exit \(answer.status)") }
        return answer.output
    }
}
