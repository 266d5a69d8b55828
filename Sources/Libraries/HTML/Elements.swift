/// Builds an element. The first attribute is a parameter of its own because most elements have no more, and an array
/// costs an allocation.
func element(
    _ name: StaticString, _ first: consuming Attribute, _ rest: consuming [Attribute], _ content: consuming Markup
) -> Markup {
    .element(Tag(name: name, first: first, rest: rest), content)
}

// The document. `html` writes the doctype; scripts and styles come from files, never inline.

package func html(lang: String, _ rest: Attribute..., @MarkupBuilder content: () -> Markup) -> Markup {
    .group([.trusted("<!doctype html>\n"), element("html", .lang(lang), rest, content())])
}

package func script(src: String, _ attributes: Attribute...) -> Markup {
    element("script", .src(src), attributes, .nothing)
}

package func link(_ first: Attribute, _ rest: Attribute...) -> Markup {
    .void(Tag(name: "link", first: first, rest: rest))
}
package func meta(_ first: Attribute, _ rest: Attribute...) -> Markup {
    .void(Tag(name: "meta", first: first, rest: rest))
}

package func head(
    _ first: Attribute = .absent, _ rest: Attribute..., @MarkupBuilder content: () -> Markup = { .nothing }
) -> Markup {
    element("head", first, rest, content())
}

package func title(
    _ first: Attribute = .absent, _ rest: Attribute..., @MarkupBuilder content: () -> Markup = { .nothing }
) -> Markup {
    element("title", first, rest, content())
}

package func body(
    _ first: Attribute = .absent, _ rest: Attribute..., @MarkupBuilder content: () -> Markup = { .nothing }
) -> Markup {
    element("body", first, rest, content())
}

// Sections.

package func article(
    _ first: Attribute = .absent, _ rest: Attribute..., @MarkupBuilder content: () -> Markup = { .nothing }
) -> Markup {
    element("article", first, rest, content())
}

package func aside(
    _ first: Attribute = .absent, _ rest: Attribute..., @MarkupBuilder content: () -> Markup = { .nothing }
) -> Markup {
    element("aside", first, rest, content())
}

package func footer(
    _ first: Attribute = .absent, _ rest: Attribute..., @MarkupBuilder content: () -> Markup = { .nothing }
) -> Markup {
    element("footer", first, rest, content())
}

package func header(
    _ first: Attribute = .absent, _ rest: Attribute..., @MarkupBuilder content: () -> Markup = { .nothing }
) -> Markup {
    element("header", first, rest, content())
}

package func h1(
    _ first: Attribute = .absent, _ rest: Attribute..., @MarkupBuilder content: () -> Markup = { .nothing }
) -> Markup {
    element("h1", first, rest, content())
}

package func h2(
    _ first: Attribute = .absent, _ rest: Attribute..., @MarkupBuilder content: () -> Markup = { .nothing }
) -> Markup {
    element("h2", first, rest, content())
}

package func h3(
    _ first: Attribute = .absent, _ rest: Attribute..., @MarkupBuilder content: () -> Markup = { .nothing }
) -> Markup {
    element("h3", first, rest, content())
}

package func h4(
    _ first: Attribute = .absent, _ rest: Attribute..., @MarkupBuilder content: () -> Markup = { .nothing }
) -> Markup {
    element("h4", first, rest, content())
}

package func main(
    _ first: Attribute = .absent, _ rest: Attribute..., @MarkupBuilder content: () -> Markup = { .nothing }
) -> Markup {
    element("main", first, rest, content())
}

package func nav(
    _ first: Attribute = .absent, _ rest: Attribute..., @MarkupBuilder content: () -> Markup = { .nothing }
) -> Markup {
    element("nav", first, rest, content())
}

package func section(
    _ first: Attribute = .absent, _ rest: Attribute..., @MarkupBuilder content: () -> Markup = { .nothing }
) -> Markup {
    element("section", first, rest, content())
}
