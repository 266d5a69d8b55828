// Tables.

package func caption(
    _ first: Attribute = .absent, _ rest: Attribute..., @MarkupBuilder content: () -> Markup = { .nothing }
) -> Markup {
    element("caption", first, rest, content())
}

package func table(
    _ first: Attribute = .absent, _ rest: Attribute..., @MarkupBuilder content: () -> Markup = { .nothing }
) -> Markup {
    element("table", first, rest, content())
}

package func tbody(
    _ first: Attribute = .absent, _ rest: Attribute..., @MarkupBuilder content: () -> Markup = { .nothing }
) -> Markup {
    element("tbody", first, rest, content())
}

package func td(
    _ first: Attribute = .absent, _ rest: Attribute..., @MarkupBuilder content: () -> Markup = { .nothing }
) -> Markup {
    element("td", first, rest, content())
}

package func tfoot(
    _ first: Attribute = .absent, _ rest: Attribute..., @MarkupBuilder content: () -> Markup = { .nothing }
) -> Markup {
    element("tfoot", first, rest, content())
}

package func th(
    _ first: Attribute = .absent, _ rest: Attribute..., @MarkupBuilder content: () -> Markup = { .nothing }
) -> Markup {
    element("th", first, rest, content())
}

package func thead(
    _ first: Attribute = .absent, _ rest: Attribute..., @MarkupBuilder content: () -> Markup = { .nothing }
) -> Markup {
    element("thead", first, rest, content())
}

package func tr(
    _ first: Attribute = .absent, _ rest: Attribute..., @MarkupBuilder content: () -> Markup = { .nothing }
) -> Markup {
    element("tr", first, rest, content())
}
