import HTML
import HTTP

/// The telephones as pages: somebody new to Mastil writes to the company as its customer, and sees both sides.
enum TelephonePages {
    static func answer(_ call: LabCall, at channel: inout any LabChannel) -> Response {
        guard call.path.first == "phone" else { return page(list(channel), titled: channel.name) }
        guard call.path.count >= 2 else { return call.method == .post ? add(call, to: &channel) : .redirect(to: "/") }
        let id = call.path[1]
        guard channel.telephones[id] != nil else { return .text("Nadie tiene ese número", status: .notFound) }
        if call.method == .post {
            channel.write([LabSaid(call)], by: id)
            return .redirect(to: call.path.count == 2 ? "/phone/\(id)" : "/phone/\(id)/chat")
        }
        if call.path.count == 4, call.path[2] == "files" { return file(call.path[3], at: channel) }
        channel.see(by: id)
        guard let person = channel.telephones[id] else { return .redirect(to: "/") }
        return call.path.count == 3
            ? page(chat(of: person), titled: person.name, refreshing: true)
            : page(telephone(of: person, channel.name), titled: person.name)
    }

    private static func add(_ call: LabCall, to channel: inout any LabChannel) -> Response {
        let name = (call.form["name"] ?? "").prefix(60)
        guard !name.isEmpty else { return .redirect(to: "/") }
        let id = channel.add(
            named: String(name), phone: call.form["phone"] ?? "", hidden: call.form["hide"] != nil)
        return .redirect(to: "/phone/\(id)")
    }

    private static func file(_ id: String, at channel: any LabChannel) -> Response {
        guard let file = channel.telephones.files[id], file.mediaType.hasPrefix("image/") else {
            return .text("No es una imagen", status: .notFound)
        }
        return Response(
            .ok, contentType: ContentType(file.mediaType, isCompressible: false),
            headers: ["X-Content-Type-Options": "nosniff", "Content-Security-Policy": "sandbox"],
            body: .bytes(file.bytes))
    }

    private static func list(_ channel: any LabChannel) -> Markup {
        .group([
            h1 { "\(channel.name) de prueba" },
            p { "Estos teléfonos hacen de clientes: lo que se escribe en ellos le llega a la empresa." },
            ul {
                for person in channel.telephones.people {
                    li { a(.href("/phone/\(person.id)")) { "\(person.name) (\(person.phone))" } }
                }
            },
            h2 { "Otro teléfono" },
            form(.method(.post), .action("/phone")) {
                label {
                    "Nombre "
                    input(.name("name"), .required(), .maxlength(60))
                }
                label {
                    "Número "
                    input(.name("phone"), .type("tel"), .maxlength(20))
                }
                label {
                    input(.type("checkbox"), .name("hide"), .value("yes"))
                    " Oculta su número"
                }
                button(.type("submit")) { "Agregar" }
            },
        ])
    }

    private static func telephone(of person: LabPerson, _ channel: String) -> Markup {
        .group([
            p { a(.href("/")) { "Todos los teléfonos" } },
            h1 { "\(person.name) — \(channel)" },
            // Works without scripts: the messages are a frame that looks again by itself.
            .trusted("<iframe title=\"Mensajes\" src=\"/phone/"), .text(person.id), .trusted("/chat\"></iframe>"),
            form(.method(.post), .action("/phone/\(person.id)"), .multipart) {
                label {
                    "Mensaje "
                    input(.name("text"), .autofocus(), .autocomplete("off"), .maxlength(4096))
                }
                label {
                    "Foto "
                    input(.type("file"), .name("file"))
                }
                button(.type("submit")) { "Enviar" }
            },
            form(.method(.post), .action("/phone/\(person.id)")) {
                button(.type("submit"), .name("kind"), .value("location")) { "Enviar ubicación" }
                " "
                button(.type("submit"), .name("kind"), .value("contact")) { "Enviar mi contacto" }
            },
        ])
    }

    private static func chat(of person: LabPerson) -> Markup {
        .group(
            person.lines.suffix(100).reversed().map { line in
                div(.class(line.isTheirs ? "line theirs" : "line")) {
                    if let file = line.file { img(.src("/phone/\(person.id)/files/\(file)"), .alt("Archivo")) }
                    if !line.text.isEmpty { p { line.text } }
                    for button in line.buttons {
                        form(.method(.post), .action("/phone/\(person.id)/chat")) {
                            input(.type("hidden"), .name("choice"), .value(button.id))
                            input(.type("hidden"), .name("message"), .value(line.id))
                            HTML.button(.type("submit")) { button.title }
                        }
                    }
                    if !line.isTheirs { small { line.state == "read" ? "leído" : "recibido" } }
                }
            })
    }

    private static func page(_ content: Markup, titled name: String, refreshing: Bool = false) -> Response {
        var bytes: [UInt8] = []
        html(lang: "es") {
            head {
                meta(.charset("utf-8"))
                meta(.name("viewport"), .content("width=device-width, initial-scale=1"))
                title { name }
                look
            }
            body { content }
        }.render(into: &bytes)
        var response = Response.html(bytes)
        if refreshing { response.headers["Refresh"] = "2" }
        return response
    }

    private static let look = Markup.trusted(
        """
        <style>
        body{font:16px/1.4 system-ui,sans-serif;max-width:28rem;margin:1rem auto;padding:0 1rem;color-scheme:light dark}
        iframe{width:100%;height:26rem;border:1px solid #888;border-radius:.5rem}
        label{display:block;margin:.5rem 0}button{padding:.4rem .8rem}
        .line{border:1px solid #888;border-radius:.5rem;padding:.4rem .8rem;margin:.5rem 3rem .5rem 0}
        .theirs{margin:.5rem 0 .5rem 3rem;background:#25d36633}.line p{margin:0;white-space:pre-wrap;overflow-wrap:anywhere}
        img{max-width:100%}small{opacity:.7}
        </style>
        """)
}
