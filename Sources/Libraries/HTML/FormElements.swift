// Forms.

package func button(
    _ first: Attribute = .absent, _ rest: Attribute..., @MarkupBuilder content: () -> Markup = { .nothing }
) -> Markup {
    element("button", first, rest, content())
}

package func datalist(
    _ first: Attribute = .absent, _ rest: Attribute..., @MarkupBuilder content: () -> Markup = { .nothing }
) -> Markup {
    element("datalist", first, rest, content())
}

package func fieldset(
    _ first: Attribute = .absent, _ rest: Attribute..., @MarkupBuilder content: () -> Markup = { .nothing }
) -> Markup {
    element("fieldset", first, rest, content())
}

package func form(
    _ first: Attribute = .absent, _ rest: Attribute..., @MarkupBuilder content: () -> Markup = { .nothing }
) -> Markup {
    element("form", first, rest, content())
}

package func label(
    _ first: Attribute = .absent, _ rest: Attribute..., @MarkupBuilder content: () -> Markup = { .nothing }
) -> Markup {
    element("label", first, rest, content())
}

package func legend(
    _ first: Attribute = .absent, _ rest: Attribute..., @MarkupBuilder content: () -> Markup = { .nothing }
) -> Markup {
    element("legend", first, rest, content())
}

package func meter(
    _ first: Attribute = .absent, _ rest: Attribute..., @MarkupBuilder content: () -> Markup = { .nothing }
) -> Markup {
    element("meter", first, rest, content())
}

package func optgroup(
    _ first: Attribute = .absent, _ rest: Attribute..., @MarkupBuilder content: () -> Markup = { .nothing }
) -> Markup {
    element("optgroup", first, rest, content())
}

package func option(
    _ first: Attribute = .absent, _ rest: Attribute..., @MarkupBuilder content: () -> Markup = { .nothing }
) -> Markup {
    element("option", first, rest, content())
}

package func progress(
    _ first: Attribute = .absent, _ rest: Attribute..., @MarkupBuilder content: () -> Markup = { .nothing }
) -> Markup {
    element("progress", first, rest, content())
}

package func select(
    _ first: Attribute = .absent, _ rest: Attribute..., @MarkupBuilder content: () -> Markup = { .nothing }
) -> Markup {
    element("select", first, rest, content())
}

package func template(
    _ first: Attribute = .absent, _ rest: Attribute..., @MarkupBuilder content: () -> Markup = { .nothing }
) -> Markup {
    element("template", first, rest, content())
}

package func input(_ first: Attribute = .absent, _ rest: Attribute...) -> Markup {
    .void(Tag(name: "input", first: first, rest: rest))
}

package func textarea(
    _ first: Attribute = .absent, _ rest: Attribute..., text: String = ""
) -> Markup {
    element("textarea", first, rest, .group([.trusted("\n"), .text(text)]))
}
