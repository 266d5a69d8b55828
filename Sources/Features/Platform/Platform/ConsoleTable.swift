import HTML

/// A table as every page of the console has it: it says what it is, and scrolls by itself.
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

/// A property and its value, as people read them.
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

/// A colour and a word: never a colour alone.
struct StateMark: View {
    let isGood: Bool
    let text: String

    var body: Markup { span(.class("state"), .data("state", isGood ? "active" : "suspended")) { text } }
}
