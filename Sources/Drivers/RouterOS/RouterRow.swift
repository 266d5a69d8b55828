/// The attributes of one reply sentence: a row of a menu, or a command's result.
package struct RouterRow: Sendable, Equatable {
    private struct Field: Equatable {
        let name: Range<Int>
        let value: Range<Int>
    }

    private let bytes: [UInt8]
    private let fields: [Field]

    package static let empty = RouterRow(bytes: [], fields: [])

    private init(bytes: [UInt8], fields: [Field]) {
        self.bytes = bytes
        self.fields = fields
    }

    /// Keeps the attributes of a sentence; its tag and other words are not part of the row.
    init(_ sentence: Sentence) {
        let bytes = sentence.bytes
        self.bytes = bytes
        fields = sentence.words.dropFirst().compactMap { word in
            guard bytes[word.lowerBound] == Self.sign else { return nil }
            let rest = word.lowerBound + 1..<word.upperBound
            let end = bytes[rest].firstIndex(of: Self.sign) ?? rest.upperBound
            return Field(name: rest.lowerBound..<end, value: min(end + 1, rest.upperBound)..<rest.upperBound)
        }
    }

    private static let sign = UInt8(ascii: "=")

    /// Nil where the router omits the property, as it does unset ones.
    package subscript(name: String) -> String? { value(name).map { RouterText.decode(bytes[$0]) } }

    /// The bytes as stored, undecoded.
    package func bytes(of name: String) -> [UInt8]? { value(name).map { Array(bytes[$0]) } }

    /// Stays the same until the router is reset or a backup is restored.
    package var id: String? { self[".id"] }

    /// In a feed, a row announcing that this id is gone.
    package var isDead: Bool { flag(".dead") == true }

    package var names: [String] { fields.map { RouterText.decode(bytes[$0.name]) } }

    package var byteCount: Int { bytes.count }

    private func value(_ name: String) -> Range<Int>? {
        fields.first { bytes[$0.name].elementsEqual(name.utf8) }?.value
    }
}

/// A command's complete reply.
package struct RouterReply: Sendable, Equatable {
    package let rows: [RouterRow]
    /// The attributes of `!done`.
    package let end: RouterRow

    /// The new row's id after `add`, the number of rows after a count.
    package var returned: String? { end["ret"] }
}
