/// A piece of a page, as a value. What is text stays text: only `trusted` reaches the page as it stands, and it takes
/// nothing but literals of our own source.
@usableFromInline
package indirect enum Markup: Sendable {
    case nothing
    case text(String)
    case number(Int)
    case trusted(StaticString)
    case group([Markup])
    case element(Tag, Markup)
    /// An element that has no content and no end: `<br>`.
    case void(Tag)
    /// Written when its turn comes, without a tree: rows of a long list.
    case deferred(@Sendable (inout MarkupWriter) -> Void)
}

/// A page or a part of one that has a name.
package protocol View: Sendable {
    @MarkupBuilder var body: Markup { get }
}

/// An element's name and attributes. Only this room makes them, from literal names.
@usableFromInline
package struct Tag: Sendable {
    let name: StaticString
    let first: Attribute
    let rest: [Attribute]
}

/// Every method has the one type Markup, which keeps the compiler quick on long pages.
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

/// Like `for … in`, but each piece is written and forgotten before the next is made.
package func forEach<Items: Sequence & Sendable>(
    _ items: Items, @MarkupBuilder _ content: @escaping @Sendable (Items.Element) -> Markup
) -> Markup {
    .deferred { writer in for item in items { writer.write(content(item)) } }
}
