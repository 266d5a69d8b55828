// SVG.

package func canvas(
    _ first: Attribute = .absent, _ rest: Attribute..., @MarkupBuilder content: () -> Markup = { .nothing }
) -> Markup {
    element("canvas", first, rest, content())
}

package func circle(
    _ first: Attribute = .absent, _ rest: Attribute..., @MarkupBuilder content: () -> Markup = { .nothing }
) -> Markup {
    element("circle", first, rest, content())
}

package func desc(
    _ first: Attribute = .absent, _ rest: Attribute..., @MarkupBuilder content: () -> Markup = { .nothing }
) -> Markup {
    element("desc", first, rest, content())
}

package func g(
    _ first: Attribute = .absent, _ rest: Attribute..., @MarkupBuilder content: () -> Markup = { .nothing }
) -> Markup {
    element("g", first, rest, content())
}

package func line(
    _ first: Attribute = .absent, _ rest: Attribute..., @MarkupBuilder content: () -> Markup = { .nothing }
) -> Markup {
    element("line", first, rest, content())
}

package func path(
    _ first: Attribute = .absent, _ rest: Attribute..., @MarkupBuilder content: () -> Markup = { .nothing }
) -> Markup {
    element("path", first, rest, content())
}

package func polyline(
    _ first: Attribute = .absent, _ rest: Attribute..., @MarkupBuilder content: () -> Markup = { .nothing }
) -> Markup {
    element("polyline", first, rest, content())
}

package func rect(
    _ first: Attribute = .absent, _ rest: Attribute..., @MarkupBuilder content: () -> Markup = { .nothing }
) -> Markup {
    element("rect", first, rest, content())
}

package func svg(
    _ first: Attribute = .absent, _ rest: Attribute..., @MarkupBuilder content: () -> Markup = { .nothing }
) -> Markup {
    element("svg", first, rest, content())
}

package func use(
    _ first: Attribute = .absent, _ rest: Attribute..., @MarkupBuilder content: () -> Markup = { .nothing }
) -> Markup {
    element("use", first, rest, content())
}

/// SVG's `text` element, under another name so as not to shadow the text of pages.
package func svgText(
    _ first: Attribute = .absent, _ rest: Attribute..., @MarkupBuilder content: () -> Markup = { .nothing }
) -> Markup {
    element("text", first, rest, content())
}
