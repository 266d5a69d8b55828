package struct MultipartLimits: Sendable {
    package var parts = 100
    /// Header fields of one part.
    package var headBytes = 4 * 1024
    /// A field that is text is kept in memory.
    package var fieldBytes = 64 * 1024
    package var fileBytes = 10 * 1024 * 1024

    package init(parts: Int = 100, fieldBytes: Int = 64 * 1024, fileBytes: Int = 10 * 1024 * 1024) {
        self.parts = parts
        self.fieldBytes = fieldBytes
        self.fileBytes = fileBytes
    }
}
