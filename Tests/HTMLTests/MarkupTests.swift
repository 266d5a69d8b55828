import HTML
import Testing

@Suite struct MarkupTests {
    struct Badge: View {
        let name: String
        var body: Markup { span(.class("badge")) { name } }
    }

    @Test func `a page has its doctype, its language and its parts in order`() {
        let page = html(lang: "es") {
            head {
                meta(.charset("utf-8"))
                title { "Clientes & más" }
                link(.rel("stylesheet"), .href("/app.css"))
                script(src: "/app.js", .defer(), .type("module"))
            }
            body {
                main {
                    h1 { "Hola" }
                    Badge(name: "al día")
                    hr()
                }
            }
        }
        #expect(
            page.text == """
                <!doctype html>
                <html lang="es"><head><meta charset="utf-8"><title>Clientes &amp; más</title>\
                <link rel="stylesheet" href="/app.css"><script src="/app.js" defer type="module"></script></head>\
                <body><main><h1>Hola</h1><span class="badge">al día</span><hr></main></body></html>
                """)
    }

    @Test(arguments: [(0, "no"), (1, "<p>uno</p>"), (2, "<b>dos</b>"), (3, "<p>muchos 3</p>")])
    func `conditions choose what is written`(count: Int, expected: String) {
        let markup = div {
            if count == 0 {
                "no"
            } else if count == 1 {
                p { "uno" }
            } else {
                switch count {
                case 2: Markup.trusted("<b>dos</b>")
                default:
                    p {
                        "muchos "
                        count
                    }
                }
            }
        }
        #expect(markup.text == "<div>\(expected)</div>")
    }

    @Test func `loops and optionals nest`() {
        let names: [String?] = ["a", nil, "c"]
        let markup = ul {
            for (index, name) in names.enumerated() {
                if let name {
                    li(.value(index)) {
                        name
                        if name == "c" { ul { for number in 1...2 { li { number } } } }
                    }
                }
            }
        }
        #expect(
            markup.text
                == #"<ul><li value="0">a</li><li value="2">c<ul><li>1</li><li>2</li></ul></li></ul>"#)
        #expect(ul { forEach(1...3) { number in li { number } } }.text == "<ul><li>1</li><li>2</li><li>3</li></ul>")
        #expect(div {}.text == "<div></div>")
    }

    @Test func `attributes are written in order and absent ones not at all`() {
        let field = input(
            .type("text"), .name("a"), .value("x \"y\""), .required(), .disabled(false), .checked(true), .maxlength(20),
            .when(false, .id("no")), .when(true, .aria("label", "Sí")), .several([.data("n", "1"), .hidden(false)]),
            .tabindex(-1))
        #expect(
            field.text
                == #"<input type="text" name="a" value="x &quot;y&quot;" required checked maxlength="20" aria-label="Sí" data-n="1" tabindex="-1">"#
        )
        #expect(
            form(.method(.post), .multipart, .action("/a")).text
                == #"<form method="post" enctype="multipart/form-data" action="/a"></form>"#)
    }

    @Test func `void elements have no end`() {
        let line = p {
            "a"
            br()
            img(.src("/a.png"), .alt(""))
            input()
        }
        #expect(line.text == #"<p>a<br><img src="/a.png" alt=""><input></p>"#)
    }

    @Test func `a first line end survives in pre and textarea`() {
        #expect(textarea(.name("n"), text: "\nx").text == "<textarea name=\"n\">\n\nx</textarea>")
        #expect(pre { "\ny" }.text == "<pre>\n\ny</pre>")
    }

    @Test func `rows of a table are written one by one`() {
        let markup = tbody {
            rows(of: [("ana", 7), ("b<b", -12)], attributes: { .id("r\($0.1)") }) { item, row in
                row.cell { em { item.1 } }
                row.link(item.0, to: item.1 > 0 ? "/c?a=b&c=d" : "javascript:x", .class("link"))
                row.cell(item.0, .class("name"))
                row.cell(item.1)
            }
        }
        #expect(
            markup.text == """
                <tbody><tr id="r7"><td><em>7</em></td><td class="link"><a href="/c?a=b&amp;c=d">ana</a></td><td class="name">ana</td><td>7</td></tr>
                <tr id="r-12"><td><em>-12</em></td><td class="link"><a href="about:invalid">b&lt;b</a></td><td class="name">b&lt;b</td><td>-12</td></tr>
                </tbody>
                """)
    }

    @Test(arguments: [0, 7, -7, 10, 1_000_000, Int.max, Int.min])
    func `numbers are written whole`(number: Int) {
        #expect(p { number }.text == "<p>\(number)</p>")
    }

    @Test func `a page longer than its first block of memory is whole`() {
        let long = String(repeating: "ñ<", count: 60_000)
        #expect(p { long }.text == "<p>" + String(repeating: "ñ&lt;", count: 60_000) + "</p>")
        var bytes = Array("before".utf8)
        p { "x" }.render(into: &bytes)
        #expect(String(decoding: bytes, as: UTF8.self) == "before<p>x</p>")
    }

    @Test func `a field ties label, hint and error to its control`() {
        let wrong = FormField("Nota", name: "lines[0].note", hint: "Breve", error: "Falta") { input($0, .type("text")) }
        #expect(
            wrong.body.text == """
                <div class="field field-wrong"><label for="field-lines-0--note">Nota</label>\
                <p class="hint" id="field-lines-0--note-hint">Breve</p>\
                <input id="field-lines-0--note" name="lines[0].note" \
                aria-describedby="field-lines-0--note-hint field-lines-0--note-error" aria-invalid="true" type="text">\
                <p class="error" id="field-lines-0--note-error">Falta</p></div>
                """)
        let good = FormField("Login", name: "login") { input($0) }
        #expect(
            good.body.text
                == #"<div class="field"><label for="field-login">Login</label><input id="field-login" name="login"></div>"#
        )
    }

    @Test func `a summary leads to the fields that are wrong`() {
        let summary = ErrorSummary("Revise", errors: [("login", "Falta <b>")])
        #expect(
            summary.body.text == """
                <div class="error-summary" role="alert" tabindex="-1" autofocus><h2>Revise</h2>\
                <ul><li><a href="#field-login">Falta &lt;b&gt;</a></li></ul></div>
                """)
        #expect(ErrorSummary("Revise", errors: []).body.text.isEmpty)
    }
}
