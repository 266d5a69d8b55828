/// Text lengths count Unicode scalars everywhere: in forms, in the API (as JSON Schema does) and in database columns. A
/// single grapheme may consist of thousands of them.
extension StringProtocol {
    package var scalarCount: Int { unicodeScalars.count }

    /// The beginning, at most that long.
    package func prefix(scalars length: Int) -> String {
        String(String.UnicodeScalarView(unicodeScalars.prefix(length)))
    }
}
