import Locale

/// A browser's user agent in words its user knows.
package enum Browser {
    package static func name(_ agent: String) -> String {
        let browser =
            [
                ("Edg/", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"),
                ("Safari/", "Safari"),
            ]
            .first { agent.contains($0.0) }?.1
        let system =
            [
                ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"),
                ("Mac OS", "Mac"),
                ("Linux", "Linux"),
            ]
            .first { agent.contains($0.0) }?.1
        let known = [browser, system].compactMap(\.self)
        return known.isEmpty ? agent.prefix(scalars: 60) : known.joined(separator: " · ")
    }
}
