/// An element's value. The first attribute stands apart because most elements have at most one, and a list would cost
/// an allocation.
func element(
    _ name: StaticString, _ first: consuming Attribute, _ rest: consuming [Attribute], _ content: consuming Markup
) -> Markup {
    let tag = Tag(name: name, first: first, rest: rest)
    return switch consume content {
    case .text(let text): .leaf(tag, text)
    case let content: .element(tag, content)
    }
}

// The document. `html` brings the doctype along; scripts come from files and styles from style sheets, never inline.

package func html(lang: String, @MarkupBuilder content: () -> Markup) -> Markup {
    .group([.trusted("<!doctype html>\n"), element("html", .lang(lang), [], content())])
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

/// A parser drops a line end right after `<pre>` and `<textarea>`; this one is there to be dropped.
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

package func textarea(_ first: Attribute = .absent, _ rest: Attribute..., text: String = "") -> Markup {
    element("textarea", first, rest, .group([.trusted("\n"), .text(text)]))
}

// Drawings.

package func path(
    _ first: Attribute = .absent, _ rest: Attribute..., @MarkupBuilder content: () -> Markup = { .nothing }
) -> Markup {
    element("path", first, rest, content())
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
