/// An attribute whose value is always quoted and escaped. Its name cannot be chosen freely, so no event handler and no
/// inline style can be written.
@usableFromInline
package struct Attribute: Sendable {
    enum Value: Sendable {
        case absent
        case flag
        case text(String)
        case number(Int)
        case url(String)
        case data(String)
        case aria(String)
        case several([Attribute])
    }

    let name: StaticString
    let value: Value

    init(_ name: StaticString, _ value: Value) {
        self.name = name
        self.value = value
    }

    private static func flag(_ name: StaticString, _ isOn: Bool) -> Attribute {
        isOn ? Attribute(name, .flag) : .absent
    }
}

extension Attribute {
    @usableFromInline
    package static var absent: Attribute { Attribute("", .absent) }

    package static func several(_ attributes: [Attribute]) -> Attribute { Attribute("", .several(attributes)) }

    package static func when(_ condition: Bool, _ attribute: @autoclosure () -> Attribute) -> Attribute {
        condition ? attribute() : .absent
    }

    package static func data(_ name: StaticString, _ value: String) -> Attribute {
        let isHandler = name.withUTF8Buffer { $0.starts(with: "hx-on".utf8) }
        precondition(!isHandler, "htmx's event handlers are scripts: they belong in a file of their own")
        return Attribute(name, .data(value))
    }

    package static func aria(_ name: StaticString, _ value: String) -> Attribute {
        Attribute(name, .aria(value))
    }
}

// Attributes with URLs: only http, https, mailto, tel and our own paths; anything else becomes about:invalid.
extension Attribute {
    package static func href(_ url: String) -> Attribute { Attribute("href", .url(url)) }
    package static func src(_ url: String) -> Attribute { Attribute("src", .url(url)) }
    package static func action(_ url: String) -> Attribute { Attribute("action", .url(url)) }
    package static func formaction(_ url: String) -> Attribute { Attribute("formaction", .url(url)) }
}

extension Attribute {
    package enum Method: String, Sendable { case get, post, dialog }

    package static func method(_ method: Method) -> Attribute { Attribute("method", .text(method.rawValue)) }
    package static func points(_ points: String) -> Attribute { Attribute("points", .text(points)) }
    package static func preserveAspectRatio(_ how: String) -> Attribute {
        Attribute("preserveAspectRatio", .text(how))
    }
    package static var multipart: Attribute { Attribute("enctype", .text("multipart/form-data")) }

    package static func download() -> Attribute { flag("download", true) }
    package static func accept(_ types: String) -> Attribute { Attribute("accept", .text(types)) }
    package static func alt(_ text: String) -> Attribute { Attribute("alt", .text(text)) }
    package static func autocomplete(_ purpose: String) -> Attribute { Attribute("autocomplete", .text(purpose)) }
    package static func charset(_ name: String) -> Attribute { Attribute("charset", .text(name)) }
    package static func `class`(_ names: String) -> Attribute { Attribute("class", .text(names)) }
    package static func content(_ text: String) -> Attribute { Attribute("content", .text(text)) }
    package static func d(_ path: String) -> Attribute { Attribute("d", .text(path)) }
    package static func datetime(_ moment: String) -> Attribute { Attribute("datetime", .text(moment)) }
    package static func dir(_ direction: String) -> Attribute { Attribute("dir", .text(direction)) }
    package static func `for`(_ id: String) -> Attribute { Attribute("for", .text(id)) }
    package static func form(_ id: String) -> Attribute { Attribute("form", .text(id)) }
    package static func id(_ id: String) -> Attribute { Attribute("id", .text(id)) }
    package static func inputmode(_ mode: String) -> Attribute { Attribute("inputmode", .text(mode)) }
    package static func integrity(_ hash: String) -> Attribute { Attribute("integrity", .text(hash)) }
    package static func label(_ text: String) -> Attribute { Attribute("label", .text(text)) }
    package static func lang(_ code: String) -> Attribute { Attribute("lang", .text(code)) }
    package static func list(_ id: String) -> Attribute { Attribute("list", .text(id)) }
    package static func loading(_ how: String) -> Attribute { Attribute("loading", .text(how)) }
    package static func max(_ value: String) -> Attribute { Attribute("max", .text(value)) }
    package static func media(_ query: String) -> Attribute { Attribute("media", .text(query)) }
    package static func min(_ value: String) -> Attribute { Attribute("min", .text(value)) }
    package static func name(_ name: String) -> Attribute { Attribute("name", .text(name)) }
    package static func pattern(_ pattern: String) -> Attribute { Attribute("pattern", .text(pattern)) }
    package static func placeholder(_ text: String) -> Attribute { Attribute("placeholder", .text(text)) }
    package static func popovertarget(_ id: String) -> Attribute { Attribute("popovertarget", .text(id)) }
    package static func rel(_ relation: String) -> Attribute { Attribute("rel", .text(relation)) }
    package static func role(_ role: String) -> Attribute { Attribute("role", .text(role)) }
    package static func scope(_ scope: String) -> Attribute { Attribute("scope", .text(scope)) }
    package static func sizes(_ sizes: String) -> Attribute { Attribute("sizes", .text(sizes)) }
    package static func step(_ step: String) -> Attribute { Attribute("step", .text(step)) }
    package static func target(_ target: String) -> Attribute { Attribute("target", .text(target)) }
    package static func title(_ text: String) -> Attribute { Attribute("title", .text(text)) }
    package static func type(_ type: String) -> Attribute { Attribute("type", .text(type)) }
    package static func value(_ value: String) -> Attribute { Attribute("value", .text(value)) }
    package static func viewBox(_ box: String) -> Attribute { Attribute("viewBox", .text(box)) }
}

extension Attribute {
    package static func cx(_ x: Int) -> Attribute { Attribute("cx", .number(x)) }
    package static func cy(_ y: Int) -> Attribute { Attribute("cy", .number(y)) }
    package static func r(_ radius: Int) -> Attribute { Attribute("r", .number(radius)) }
    package static func rx(_ radius: Int) -> Attribute { Attribute("rx", .number(radius)) }
    package static func x(_ x: Int) -> Attribute { Attribute("x", .number(x)) }
    package static func x1(_ x: Int) -> Attribute { Attribute("x1", .number(x)) }
    package static func x2(_ x: Int) -> Attribute { Attribute("x2", .number(x)) }
    package static func y(_ y: Int) -> Attribute { Attribute("y", .number(y)) }
    package static func y1(_ y: Int) -> Attribute { Attribute("y1", .number(y)) }
    package static func y2(_ y: Int) -> Attribute { Attribute("y2", .number(y)) }
    package static func cols(_ count: Int) -> Attribute { Attribute("cols", .number(count)) }
    package static func colspan(_ count: Int) -> Attribute { Attribute("colspan", .number(count)) }
    package static func height(_ pixels: Int) -> Attribute { Attribute("height", .number(pixels)) }
    package static func maxlength(_ count: Int) -> Attribute { Attribute("maxlength", .number(count)) }
    package static func minlength(_ count: Int) -> Attribute { Attribute("minlength", .number(count)) }
    package static func rows(_ count: Int) -> Attribute { Attribute("rows", .number(count)) }
    package static func rowspan(_ count: Int) -> Attribute { Attribute("rowspan", .number(count)) }
    package static func size(_ count: Int) -> Attribute { Attribute("size", .number(count)) }
    package static func tabindex(_ index: Int) -> Attribute { Attribute("tabindex", .number(index)) }
    package static func value(_ value: Int) -> Attribute { Attribute("value", .number(value)) }
    package static func width(_ pixels: Int) -> Attribute { Attribute("width", .number(pixels)) }

    package static func autofocus(_ isOn: Bool = true) -> Attribute { flag("autofocus", isOn) }
    package static func checked(_ isOn: Bool = true) -> Attribute { flag("checked", isOn) }
    package static func `defer`(_ isOn: Bool = true) -> Attribute { flag("defer", isOn) }
    package static func disabled(_ isOn: Bool = true) -> Attribute { flag("disabled", isOn) }
    package static func formnovalidate(_ isOn: Bool = true) -> Attribute { flag("formnovalidate", isOn) }
    package static func hidden(_ isOn: Bool = true) -> Attribute { flag("hidden", isOn) }
    package static func multiple(_ isOn: Bool = true) -> Attribute { flag("multiple", isOn) }
    package static func novalidate(_ isOn: Bool = true) -> Attribute { flag("novalidate", isOn) }
    package static func open(_ isOn: Bool = true) -> Attribute { flag("open", isOn) }
    package static func popover(_ isOn: Bool = true) -> Attribute { flag("popover", isOn) }
    package static func readonly(_ isOn: Bool = true) -> Attribute { flag("readonly", isOn) }
    package static func required(_ isOn: Bool = true) -> Attribute { flag("required", isOn) }
    package static func selected(_ isOn: Bool = true) -> Attribute { flag("selected", isOn) }
}
