import HTML

/// The console's table: captioned, and scrolling on its own.
struct ConsoleTable: View {
    let label: String
    let headings: [String]
    let rows: [Markup]

    var body: Markup {
        div(.class("table prose"), .role("region"), .tabindex(0), .aria("label", label)) {
            table {
                caption { label }
                thead { tr { for heading in headings { th(.scope("col")) { heading } } } }
                tbody { for row in rows { row } }
            }
        }
    }
}

/// Properties and their values.
struct Facts: View {
    let facts: [(name: String, value: String)]

    var body: Markup {
        dl(.class("facts card")) {
            for fact in facts {
                div {
                    dt { fact.name }
                    dd { fact.value }
                }
            }
        }
    }
}

/// A coloured state, always with its name.
struct StateMark: View {
    let isGood: Bool
    let text: String

    var body: Markup { span(.class("state"), .data("state", isGood ? "active" : "suspended")) { text } }
}
