/// The rows of a long table. Each is written as soon as it is made, cells of plain text without a value in between:
/// the same made of `tr` and `td` costs more than twice as much.
///
///     tbody {
///         rows(of: customers) { customer, row in
///             row.cell { a(.href("/customers/\(customer.id)")) { customer.name } }
///             row.cell(customer.phone, .class("phone"))
///         }
///     }
package func rows<Items: Sequence & Sendable>(
    of items: Items, attributes: @escaping @Sendable (borrowing Items.Element) -> Attribute = { _ in .absent },
    _ body: @escaping @Sendable (borrowing Items.Element, inout MarkupWriter) -> Void
) -> Markup {
    .deferred { writer in
        for item in items {
            writer.openRow(attributes(item))
            body(item, &writer)
            writer.closeRow()
        }
    }
}

// The cells of a row.
extension MarkupWriter {
    package mutating func cell(_ text: String, _ attributes: Attribute = .absent) {
        openCell(attributes)
        write(escaping: text)
        write("</td>")
    }

    package mutating func cell(_ number: Int, _ attributes: Attribute = .absent) {
        openCell(attributes)
        write(number)
        write("</td>")
    }

    package mutating func cell(_ attributes: Attribute = .absent, @MarkupBuilder content: () -> Markup) {
        openCell(attributes)
        write(content())
        write("</td>")
    }

    private mutating func openCell(_ attributes: borrowing Attribute) {
        write("<td")
        write(attributes)
        write(byte: UInt8(ascii: ">"))
    }

    mutating func openRow(_ attributes: borrowing Attribute) {
        write("<tr")
        write(attributes)
        write(byte: UInt8(ascii: ">"))
    }

    mutating func closeRow() { write("</tr>\n") }
}
