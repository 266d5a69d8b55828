import JSON

/// Error responses: RFC 9457 for programs, a small page for people.
extension Response {
    /// `code` is a stable identifier for programs; `detail` a sentence for their logs.
    package static func problem(_ status: Status, code: String? = nil, detail: String? = nil) -> Response {
        var json = JSONWriter()
        json.object { json in
            json.member("type", "about:blank")
            json.member("title", status.reason.description)
            json.member("status", status.code)
            if let code { json.member("code", code) }
            if let detail { json.member("detail", detail) }
        }
        return Response(status, contentType: .problem, headers: ["Cache-Control": "no-store"], body: .bytes(json.bytes))
    }

    package static func problem(_ error: RequestError) -> Response { problem(error.status, detail: error.detail) }

    /// A page where the client is a browser, problem+json elsewhere.
    package static func refusal(_ status: Status, detail: String, to request: Request) -> Response {
        refusal(status, detail: detail, asPage: request.prefersPage)
    }

    package static func refusal(_ error: RequestError, to request: Request) -> Response {
        refusal(error.status, detail: error.detail, to: request)
    }

    static func refusal(_ status: Status, detail: String, asPage: Bool) -> Response {
        guard asPage else { return problem(status, detail: detail) }
        var page: [UInt8] = []
        page.append("<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>" as StaticString)
        page.append(status.reason)
        page.append("</title><h1>" as StaticString)
        page.append(status.reason)
        page.append("</h1><p>" as StaticString)
        page.append(escaped: detail)
        page.append("</p></html>\n" as StaticString)
        return Response(status, contentType: .html, headers: ["Cache-Control": "no-store"], body: .bytes(page))
    }
}

extension [UInt8] {
    fileprivate mutating func append(escaped text: String) {
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "&"): append("&amp;" as StaticString)
            case UInt8(ascii: "<"): append("&lt;" as StaticString)
            case UInt8(ascii: ">"): append("&gt;" as StaticString)
            default: append(byte)
            }
        }
    }
}
