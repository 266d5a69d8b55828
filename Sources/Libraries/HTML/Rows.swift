/// The rows of a long table. Each is written as soon as it is made, text cells without intermediate values: built from
/// `tr` and `td` the table costs three times as much. Inlinable so that the caller's own type is not copied.
///
///     tbody {
///         rows(of: customers) { customer, row in
///             row.link(customer.name, to: "/customers/\(customer.id)")
///             row.cell(customer.phone, .class("phone"))
///             row.cell { Badge(customer.state) }
///         }
///     }
@inlinable
package func rows<Items: RandomAccessCollection & Sendable>(
    of items: Items, attributes: (@Sendable (borrowing Items.Element) -> Attribute)? = nil,
    _ body: @escaping @Sendable (borrowing Items.Element, inout MarkupWriter) -> Void
) -> Markup {
    .deferred { writer in
        func writeRow(of item: borrowing Items.Element) {
            if let attributes { writer.openRow(attributes(item)) } else { writer.openRow() }
            body(item, &writer)
            writer.closeRow()
        }
        // Contiguous items are not copied.
        let isDone: Void? = items.withContiguousStorageIfAvailable { items in
            for index in items.indices { writeRow(of: items[index]) }
        }
        if isDone == nil { for item in items { writeRow(of: item) } }
    }
}

// The cells of a row.
extension MarkupWriter {
    package mutating func cell(_ text: String) {
        write("<td>")
        write(escaping: text)
        write("</td>")
    }

    package mutating func cell(_ text: String, _ attribute: borrowing Attribute) {
        openCell(attribute)
        write(escaping: text)
        write("</td>")
    }

    package mutating func cell(_ text: String, _ first: borrowing Attribute, _ second: borrowing Attribute) {
        write("<td")
        write(first)
        write(second)
        write(byte: UInt8(ascii: ">"))
        write(escaping: text)
        write("</td>")
    }

    package mutating func cell(_ number: Int, _ attribute: borrowing Attribute = .absent) {
        openCell(attribute)
        write(number)
        write("</td>")
    }

    /// The usual first cell of a list: a name linked to its page.
    package mutating func link(_ text: String, to url: String, _ attribute: borrowing Attribute = .absent) {
        openCell(attribute)
        write("<a href=\"")
        write(url: url)
        write("\">")
        write(escaping: text)
        write("</a></td>")
    }

    /// The checkbox that selects the row for a bulk action.
    package mutating func checkbox(_ name: StaticString, _ value: String, label: String) {
        write("<td class=\"select\"><input type=\"checkbox\"")
        write(.name("\(name)"))
        write(.value(value))
        write(.aria("label", label))
        write("></td>")
    }

    package mutating func cell(_ attributes: Attribute = .absent, @MarkupBuilder content: () -> Markup) {
        openCell(attributes)
        write(content())
        write("</td>")
    }

    private mutating func openCell(_ attribute: borrowing Attribute) {
        write("<td")
        write(attribute)
        write(byte: UInt8(ascii: ">"))
    }

    @usableFromInline
    mutating func openRow() { write("<tr>") }

    @usableFromInline
    mutating func openRow(_ attributes: borrowing Attribute) {
        write("<tr")
        write(attributes)
        write(byte: UInt8(ascii: ">"))
    }

    @usableFromInline
    mutating func closeRow() { write("</tr>\n") }
}
