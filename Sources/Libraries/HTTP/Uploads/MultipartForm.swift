import Loop

package struct MultipartForm: Sendable {
    package fileprivate(set) var fields = Fields()
    package fileprivate(set) var files: [UploadedFile] = []
}

/// An uploaded file, on disk for as long as it is referenced.
package struct UploadedFile: Sendable {
    /// The form field it was chosen in.
    package let field: String
    /// Cleaned; for display only.
    package let name: String
    /// As the client claims; to be verified against the bytes.
    package let contentType: String?
    package let size: Int
    package let content: TemporaryFile
    private let blocking: BlockingPool

    init(_ head: PartHead, name: String, size: Int, content: TemporaryFile, blocking: BlockingPool) {
        field = head.field
        contentType = head.contentType
        self.name = name
        self.size = size
        self.content = content
        self.blocking = blocking
    }

    package func bytes() async throws -> [UInt8] {
        try await blocking.run { [content, size] in try content.read(0..<size) }
    }
}

extension RequestBody {
    /// The form's fields and files. Files go to disk as they arrive, without blocking the loop.
    package func multipart(limits: MultipartLimits = MultipartLimits()) async throws(RequestError) -> MultipartForm {
        let type = MediaType(contentType)
        guard type.isNamed("multipart/form-data"), let uploads else {
            throw .unsupportedMediaType(expected: "multipart/form-data")
        }
        guard let boundary = type.parameter("boundary"), (1...70).contains(boundary.count) else {
            throw .malformed("The boundary of the form is missing.")
        }
        var reader = MultipartReader(boundary: boundary, limits: limits, uploads: uploads)
        while let piece = try await next() { try await reader.take(piece) }
        return try reader.finished()
    }
}

/// Collects the parser's events.
private struct MultipartReader {
    private var parser: MultipartParser
    private let limits: MultipartLimits
    private let uploads: UploadStore
    private var form = MultipartForm()
    private var head: PartHead?
    private var file: TemporaryFile?
    private var size = 0
    /// A field's text so far, or file bytes not yet on disk.
    private var held: [UInt8] = []

    private static let writeSize = 256 * 1024

    init(boundary: [UInt8], limits: MultipartLimits, uploads: UploadStore) {
        parser = MultipartParser(boundary: boundary, limits: limits)
        self.limits = limits
        self.uploads = uploads
    }

    mutating func take(_ piece: [UInt8]) async throws(RequestError) {
        for event in try parser.parse(piece) {
            switch event {
            case .part(let head): (self.head, file, size, held) = (head, nil, 0, [])
            case .data(let bytes): try await append(bytes)
            case .partEnd: try await endPart()
            }
        }
    }

    func finished() throws(RequestError) -> MultipartForm {
        guard parser.isDone else { throw .malformed("The form ends before its last boundary.") }
        return form
    }

    private mutating func append(_ bytes: [UInt8]) async throws(RequestError) {
        size += bytes.count
        let limit = head?.fileName == nil ? limits.fieldBytes : limits.fileBytes
        guard size <= limit else { throw .bodyTooLarge(limit: limit) }
        held.append(contentsOf: bytes)
        if head?.fileName != nil, held.count >= Self.writeSize { try await store() }
    }

    private mutating func endPart() async throws(RequestError) {
        guard let head else { return }
        guard let name = head.fileName else {
            guard let text = String(validating: held, as: UTF8.self) else {
                throw .malformed("A field of the form is not UTF-8.")
            }
            return try form.append(field: head.field, text)
        }
        // Browsers send an empty, nameless file where none was chosen.
        if name.isEmpty, size == 0 { return }
        try await store()
        guard let file else { return }
        form.files.append(
            UploadedFile(
                head, name: name.isEmpty ? "file" : name, size: size, content: file, blocking: uploads.blocking))
    }

    private mutating func store() async throws(RequestError) {
        let (known, bytes, directory) = (file, held, uploads.directory)
        held = []
        do {
            file = try await uploads.blocking.run {
                let file = try known ?? TemporaryFile(in: directory)
                try file.append(bytes)
                return file
            }
        } catch let error as RequestError {
            throw error
        } catch is BlockingPool.Full {
            throw .overloaded
        } catch {
            throw .interrupted
        }
    }
}

extension MultipartForm {
    fileprivate mutating func append(field: String, _ text: String) throws(RequestError) {
        try fields.append(name: field, value: text)
    }
}
