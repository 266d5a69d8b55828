/// How long a text may be is counted in Unicode scalars everywhere: in forms, in the API (as JSON Schema has it) and in the
/// database's columns. What a reader takes for one character may be thousands of them.
extension StringProtocol {
    package var scalarCount: Int { unicodeScalars.count }

    /// Its beginning, no longer than that.
    package func prefix(scalars length: Int) -> String {
        String(String.UnicodeScalarView(unicodeScalars.prefix(length)))
    }
}
