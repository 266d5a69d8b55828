/// The rows of a long table. Each is written as soon as it is made, cells of plain text without a value in between: the
/// same made of `tr` and `td` costs three times as much. Inlinable so that the caller's own type is not copied.
///
///     tbody {
///         rows(of: customers) { customer, row in
///             row.link(customer.name, to: "/customers/\(customer.id)")
///             row.cell(customer.phone, .class("phone"))
///             row.cell { Badge(customer.state) }
///         }
///     }
@inlinable
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

    /// What nearly every list has: the name that leads to the page of its own.
    package mutating func link(_ text: String, to url: String, _ attributes: Attribute = .absent) {
        openCell(attributes)
        write("<a href=\"")
        write(url: url)
        write("\">")
        write(escaping: text)
        write("</a></td>")
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

    @usableFromInline
    mutating func openRow(_ attributes: borrowing Attribute) {
        write("<tr")
        write(attributes)
        write(byte: UInt8(ascii: ">"))
    }

    @usableFromInline
    mutating func closeRow() { write("</tr>\n") }
}
