import Sockets
import Time

// The lab's control commands, on a separate port without faults. They use the router's protocol, so that any of its
// clients can control the lab.
extension LabConnection {
    func control(_ command: LabCommand) {
        var answer = LabAnswer(tag: command.tag)
        do throws(LabTrap) {
            try perform(command, into: &answer)
        } catch {
            answer.trap(error)
            answer.done()
        }
        socket.send(answer.bytes)
    }

    private func perform(_ command: LabCommand, into answer: inout LabAnswer) throws(LabTrap) {
        var returned: String?
        switch command.path {
        case "/login": break
        case "/lab/faults/set": server.faults.all = try faults(command.value("faults") ?? "")
        case "/lab/latency/set":
            guard let span = command.value("latency").flatMap(LabFault.span) else { throw .invalid("latency") }
            server.latency = span
        case "/lab/cut": server.cutAll()
        case "/lab/backup/keep": server.router.keepBackup(command.value("name") ?? "lab")
        case "/lab/backup/restore":
            guard server.router.restoreBackup(command.value("name") ?? "lab") else { throw .noSuchItem }
        case "/lab/line/disconnect":
            guard let line = command.value("line") else { throw .missing("line") }
            server.router.disconnect(line: line)
        case "/lab/export": returned = server.router.export()
        case "/lab/journal/print": printJournal(into: &answer)
        case "/lab/statistics/print":
            answer.row {
                $0.attribute("commands", "\(server.router.commandCount)")
                $0.attribute("connections", "\(server.acceptedCount)")
                $0.attribute("sessions", "\(server.router.sessionCount)")
            }
        default: throw .noSuchCommand
        }
        answer.done(returning: returned)
    }

    private func faults(_ text: String) throws(LabTrap) -> [LabFault] {
        do {
            return try LabFault.parse(text)
        } catch {
            throw LabTrap("\(error)")
        }
    }

    private func printJournal(into answer: inout LabAnswer) {
        for entry in server.router.journal {
            answer.row {
                $0.attribute("at", entry.at.rfc3339)
                $0.attribute("path", entry.path)
                $0.attribute("attributes", entry.attributes.joined(separator: " "))
            }
        }
    }
}
