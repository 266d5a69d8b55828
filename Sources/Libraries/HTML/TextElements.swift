// Blocks.

package func blockquote(
    _ first: Attribute = .absent, _ rest: Attribute..., @MarkupBuilder content: () -> Markup = { .nothing }
) -> Markup {
    element("blockquote", first, rest, content())
}

package func dd(
    _ first: Attribute = .absent, _ rest: Attribute..., @MarkupBuilder content: () -> Markup = { .nothing }
) -> Markup {
    element("dd", first, rest, content())
}

package func details(
    _ first: Attribute = .absent, _ rest: Attribute..., @MarkupBuilder content: () -> Markup = { .nothing }
) -> Markup {
    element("details", first, rest, content())
}

package func dialog(
    _ first: Attribute = .absent, _ rest: Attribute..., @MarkupBuilder content: () -> Markup = { .nothing }
) -> Markup {
    element("dialog", first, rest, content())
}

package func div(
    _ first: Attribute = .absent, _ rest: Attribute..., @MarkupBuilder content: () -> Markup = { .nothing }
) -> Markup {
    element("div", first, rest, content())
}

package func dl(
    _ first: Attribute = .absent, _ rest: Attribute..., @MarkupBuilder content: () -> Markup = { .nothing }
) -> Markup {
    element("dl", first, rest, content())
}

package func dt(
    _ first: Attribute = .absent, _ rest: Attribute..., @MarkupBuilder content: () -> Markup = { .nothing }
) -> Markup {
    element("dt", first, rest, content())
}

package func figcaption(
    _ first: Attribute = .absent, _ rest: Attribute..., @MarkupBuilder content: () -> Markup = { .nothing }
) -> Markup {
    element("figcaption", first, rest, content())
}

package func figure(
    _ first: Attribute = .absent, _ rest: Attribute..., @MarkupBuilder content: () -> Markup = { .nothing }
) -> Markup {
    element("figure", first, rest, content())
}

package func li(
    _ first: Attribute = .absent, _ rest: Attribute..., @MarkupBuilder content: () -> Markup = { .nothing }
) -> Markup {
    element("li", first, rest, content())
}

package func ol(
    _ first: Attribute = .absent, _ rest: Attribute..., @MarkupBuilder content: () -> Markup = { .nothing }
) -> Markup {
    element("ol", first, rest, content())
}

package func p(
    _ first: Attribute = .absent, _ rest: Attribute..., @MarkupBuilder content: () -> Markup = { .nothing }
) -> Markup {
    element("p", first, rest, content())
}

package func summary(
    _ first: Attribute = .absent, _ rest: Attribute..., @MarkupBuilder content: () -> Markup = { .nothing }
) -> Markup {
    element("summary", first, rest, content())
}

package func ul(
    _ first: Attribute = .absent, _ rest: Attribute..., @MarkupBuilder content: () -> Markup = { .nothing }
) -> Markup {
    element("ul", first, rest, content())
}

package func hr(_ first: Attribute = .absent, _ rest: Attribute...) -> Markup {
    .void(Tag(name: "hr", first: first, rest: rest))
}

/// A parser drops a line end right after `<pre>` and `<textarea>`, so one is added for it to drop.
package func pre(
    _ first: Attribute = .absent, _ rest: Attribute..., @MarkupBuilder content: () -> Markup = { .nothing }
) -> Markup {
    element("pre", first, rest, .group([.trusted("\n"), content()]))
}

// Inside a line.

package func a(
    _ first: Attribute = .absent, _ rest: Attribute..., @MarkupBuilder content: () -> Markup = { .nothing }
) -> Markup {
    element("a", first, rest, content())
}

package func abbr(
    _ first: Attribute = .absent, _ rest: Attribute..., @MarkupBuilder content: () -> Markup = { .nothing }
) -> Markup {
    element("abbr", first, rest, content())
}

package func code(
    _ first: Attribute = .absent, _ rest: Attribute..., @MarkupBuilder content: () -> Markup = { .nothing }
) -> Markup {
    element("code", first, rest, content())
}

package func del(
    _ first: Attribute = .absent, _ rest: Attribute..., @MarkupBuilder content: () -> Markup = { .nothing }
) -> Markup {
    element("del", first, rest, content())
}

package func em(
    _ first: Attribute = .absent, _ rest: Attribute..., @MarkupBuilder content: () -> Markup = { .nothing }
) -> Markup {
    element("em", first, rest, content())
}

package func ins(
    _ first: Attribute = .absent, _ rest: Attribute..., @MarkupBuilder content: () -> Markup = { .nothing }
) -> Markup {
    element("ins", first, rest, content())
}

package func kbd(
    _ first: Attribute = .absent, _ rest: Attribute..., @MarkupBuilder content: () -> Markup = { .nothing }
) -> Markup {
    element("kbd", first, rest, content())
}

package func mark(
    _ first: Attribute = .absent, _ rest: Attribute..., @MarkupBuilder content: () -> Markup = { .nothing }
) -> Markup {
    element("mark", first, rest, content())
}

package func output(
    _ first: Attribute = .absent, _ rest: Attribute..., @MarkupBuilder content: () -> Markup = { .nothing }
) -> Markup {
    element("output", first, rest, content())
}

package func small(
    _ first: Attribute = .absent, _ rest: Attribute..., @MarkupBuilder content: () -> Markup = { .nothing }
) -> Markup {
    element("small", first, rest, content())
}

package func span(
    _ first: Attribute = .absent, _ rest: Attribute..., @MarkupBuilder content: () -> Markup = { .nothing }
) -> Markup {
    element("span", first, rest, content())
}

package func strong(
    _ first: Attribute = .absent, _ rest: Attribute..., @MarkupBuilder content: () -> Markup = { .nothing }
) -> Markup {
    element("strong", first, rest, content())
}

package func time(
    _ first: Attribute = .absent, _ rest: Attribute..., @MarkupBuilder content: () -> Markup = { .nothing }
) -> Markup {
    element("time", first, rest, content())
}

package func br(_ first: Attribute = .absent, _ rest: Attribute...) -> Markup {
    .void(Tag(name: "br", first: first, rest: rest))
}

package func img(_ first: Attribute, _ rest: Attribute...) -> Markup {
    .void(Tag(name: "img", first: first, rest: rest))
}
