import HTML
import HTTP
import Loop

/// The lab's towers as a page: somebody new to Mastil takes one down, watches what the panel makes of it, and puts it
/// back.
package struct TowerPages: Sendable {
    private let lab: SNMPLab
    private let loop: EventLoop
    private let names: [String]

    /// The lab's agents are the towers' in this order, as many for each as `LabAgent.Kind.tower` has.
    package init(_ lab: SNMPLab, of names: [String], on loop: EventLoop) {
        (self.lab, self.names, self.loop) = (lab, names, loop)
    }

    package func answer(_ request: Request) async -> Response {
        do {
            let path = request.path.all
            guard !path.isEmpty else { return page(try await downTowers()) }
            guard path.count == 2, path[0] == "towers", let number = Int(path[1]), names.indices.contains(number),
                request.method == .post
            else { return .text("No hay tal torre", status: .notFound) }
            let fault = try await request.body.form(upTo: 1024)["fault"].flatMap { LabAgent.Fault(rawValue: $0) }
            try await loop.run { for agent in agents(of: number) { lab.set(fault, at: agent) } }
            return .redirect(to: "/")
        } catch {
            return .text("unreadable", status: .badRequest)
        }
    }

    private func agents(of tower: Int) -> Range<Int> {
        let size = LabAgent.Kind.tower.count
        return tower * size..<(tower + 1) * size
    }

    private func downTowers() async throws -> Set<Int> {
        try await loop.run {
            Set(names.indices.filter { tower in agents(of: tower).allSatisfy { lab.fault(at: $0) == .off } })
        }
    }

    private func page(_ down: Set<Int>) -> Response {
        var bytes: [UInt8] = []
        html(lang: "es") {
            head {
                meta(.charset("utf-8"))
                meta(.name("viewport"), .content("width=device-width, initial-scale=1"))
                title { "Torres de prueba" }
            }
            body {
                h1 { "Torres de prueba" }
                p {
                    "Estas torres no existen, pero sus equipos contestan al monitor. Si tira una, el monitor la da por caída a la segunda consulta sin respuesta (consulta cada dos minutos, o al momento con «Consultar ahora» en Monitoreo › Equipos): abre una falla, dice a quién afecta y les avisa. Cuando la levante, la falla se cierra con su duración."
                }
                for (number, name) in names.enumerated() {
                    tower(number, name, isDown: down.contains(number))
                }
            }
        }.render(into: &bytes)
        return .html(bytes)
    }

    private func tower(_ number: Int, _ name: String, isDown: Bool) -> Markup {
        form(.method(.post), .action("/towers/\(number)")) {
            h2 { name }
            p { isDown ? "Caída: sus equipos no contestan." : "En línea." }
            button(.type("submit"), .name("fault"), .value(isDown ? "" : LabAgent.Fault.off.rawValue)) {
                isDown ? "Levantar la torre" : "Tirar la torre"
            }
        }
    }
}
