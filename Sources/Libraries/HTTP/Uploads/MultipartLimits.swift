package struct MultipartLimits: Sendable {
    package var parts = 100
    /// Bytes of one part's header fields.
    package var headBytes = 4 * 1024
    /// Text fields are kept in memory.
    package var fieldBytes = 64 * 1024
    package var fileBytes = 10 * 1024 * 1024

    package init(parts: Int = 100, fieldBytes: Int = 64 * 1024, fileBytes: Int = 10 * 1024 * 1024) {
        self.parts = parts
        self.fieldBytes = fieldBytes
        self.fileBytes = fileBytes
    }
}
