/// A piece of a page, as a value. Text is always escaped; only `trusted` is written raw, and it takes nothing but
/// literals of our own source.
@usableFromInline
package indirect enum Markup: Sendable {
    case nothing
    case text(String)
    case number(Int)
    case trusted(StaticString)
    case group([Markup])
    case element(Tag, Markup)
    /// A void element: `<br>`.
    case void(Tag)
    /// Written lazily, without a tree: rows of a long list.
    case deferred(@Sendable (inout MarkupWriter) -> Void)
}

/// A page or a named part of one.
package protocol View: Sendable {
    @MarkupBuilder var body: Markup { get }
}

/// An element's name and attributes. Only this room makes tags, from literal names.
@usableFromInline
package struct Tag: Sendable {
    let name: StaticString
    let first: Attribute
    let rest: [Attribute]
}

/// Every method has the one type Markup, which keeps long pages quick to compile.
@resultBuilder
package enum MarkupBuilder {
    package static func buildExpression(_ text: String) -> Markup { .text(text) }
    package static func buildExpression(_ number: Int) -> Markup { .number(number) }
    package static func buildExpression(_ markup: consuming Markup) -> Markup { markup }
    package static func buildExpression(_ view: some View) -> Markup { view.body }
    package static func buildBlock() -> Markup { .nothing }
    package static func buildBlock(_ only: consuming Markup) -> Markup { only }
    package static func buildBlock(_ parts: Markup...) -> Markup { .group(parts) }
    package static func buildOptional(_ part: consuming Markup?) -> Markup { part ?? .nothing }
    package static func buildEither(first part: consuming Markup) -> Markup { part }
    package static func buildEither(second part: consuming Markup) -> Markup { part }
    package static func buildArray(_ parts: [Markup]) -> Markup { .group(parts) }
}

/// Like `for … in`, but writes each piece before making the next.
package func forEach<Items: Sequence & Sendable>(
    _ items: Items, @MarkupBuilder _ content: @escaping @Sendable (Items.Element) -> Markup
) -> Markup {
    .deferred { writer in for item in items { writer.write(content(item)) } }
}
