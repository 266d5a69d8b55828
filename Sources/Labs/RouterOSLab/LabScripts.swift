import RouterScripts
import Time

// The console's script language, as far as exports and small scripts use it.
extension LabRouter {
    /// Like `/import`: stops at the first refused command.
    package func runScript(_ text: String) -> String? {
        do throws(LabTrap) {
            try execute(script: text)
            return nil
        } catch {
            return error.message
        }
    }

    func execute(script text: String) throws(LabTrap) {
        for command in RouterScript(text).commands { try execute(command) }
    }

    private func execute(_ command: ScriptCommand) throws(LabTrap) {
        // Commands for features the lab lacks, such as sending mail, do nothing.
        guard case .menu(let menu, let verb)? = actions["\(command.menu)/\(command.verb)"], verb.isWrite else { return }
        var words = ["\(command.menu)/\(command.verb)"]
        if let target = command.target {
            let ids = found(target, in: menu)
            if ids.isEmpty { return }
            words.append("=.id=\(ids.map(LabRow.text).joined(separator: ","))")
        }
        words += command.attributes.map { "=\($0.name)=\($0.value)" }
        guard let sentence = LabCommand(words) else { return }
        switch verb {
        case .add: _ = try add(menu, sentence)
        case .set: try set(menu, sentence)
        case .unset: try unset(menu, sentence)
        case .remove: try remove(menu, sentence)
        case .enable: try toggle(menu, sentence, to: "false")
        case .disable: try toggle(menu, sentence, to: "true")
        case .run: try runScript(menu, sentence)
        default: break
        }
    }

    private func found(_ target: ScriptCommand.Target, in menu: Int) -> [UInt32] {
        let table = tables[menu]
        guard case .found(let conditions) = target else {
            if case .named(let name) = target { return table.named(name) }
            return []
        }
        return table.order.filter { id in
            conditions.allSatisfy { condition in
                guard let position = table.position(condition.name) else { return false }
                return table[id]?.values[position] ?? "" == kept(condition.value, at: position, in: table.schema)
            }
        }
    }

    private func kept(_ text: String, at position: Int, in schema: MenuSchema) -> String {
        let field = schema.fields[position]
        do throws(LabTrap) { return try field.kind.accept(text, for: field.name) } catch { return text }
    }

    /// Sets up rows from a fixture, read-only properties included; nothing is validated.
    package func furnish(script text: String) {
        for command in RouterScript(text).commands {
            guard let menu = menus[command.menu] else { continue }
            let schema = tables[menu].schema
            let changes: [(position: Int, value: String?)] = command.attributes.compactMap { attribute in
                schema.positions[attribute.name].map { ($0, kept(attribute.value, at: $0, in: schema)) }
            }
            if command.verb == "add" {
                var values = schema.fields.map(\.standard)
                for (position, value) in changes { values[position] = value }
                insert(
                    menu, values, traffic: schema.positions["bytes"].map { _ in LabTraffic(since: now.microseconds) })
            } else {
                let ids = command.target.map { found($0, in: menu) } ?? tables[menu].order
                for id in ids {
                    if command.verb == "remove" { delete(menu, id) } else { update(menu, id, changes) }
                }
            }
        }
    }

    /// Runs a scheduler's entry repeatedly for as long as it exists.
    func runLater(_ id: UInt32) {
        let path = "/system/scheduler"
        guard let span = value("interval", of: id, in: path).flatMap(LabSpan.parse), span > 0 else { return }
        after(.seconds(span)) { router in
            guard let event = router.value("on-event", of: id, in: path),
                router.value("disabled", of: id, in: path) != "true"
            else { return }
            do throws(LabTrap) { try router.execute(script: router.source(of: event)) } catch {}
            router.runLater(id)
        }
    }

    /// An event is a script's name, or the script itself.
    private func source(of event: String) -> String {
        let scripts = table("/system/script")
        return tables[scripts].named(event).first.flatMap { value("source", of: $0, in: "/system/script") } ?? event
    }
}
