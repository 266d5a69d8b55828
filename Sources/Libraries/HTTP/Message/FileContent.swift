import CSystem
import Glibc

/// A file served as a response. It keeps its own descriptor, so the file may be replaced meanwhile.
package final class FileContent: Sendable {
    let descriptor: Int32
    package let size: Int
    let modified: time_t
    /// The entity tag, from everything that changes with the file's bytes.
    let tag: String

    /// Nil unless a readable regular file is there.
    package init?(path: String) {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { return nil }
        var facts = stat()
        guard fstat(descriptor, &facts) == 0, facts.st_mode & S_IFMT == S_IFREG else {
            close(descriptor)
            return nil
        }
        self.descriptor = descriptor
        size = Int(facts.st_size)
        modified = facts.st_mtim.tv_sec
        let parts = [Int(facts.st_ino), size, facts.st_mtim.tv_sec, facts.st_mtim.tv_nsec]
        tag = "\"" + parts.map { String($0, radix: 36) }.joined(separator: "-") + "\""
    }

    deinit { close(descriptor) }

    package var bytes: [UInt8] { read(0..<size) }

    /// Fewer bytes than asked for when the file has shrunk.
    func read(_ range: Range<Int>) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: range.count) { buffer, count in
            while count < range.count {
                let got = pread(
                    descriptor, buffer.baseAddress! + count, range.count - count, range.lowerBound + count)
                guard got > 0 else { return }
                count += got
            }
        }
    }
}

extension Response {
    /// The whole file; nil where there is none.
    package static func file(_ path: String, type: ContentType? = nil) -> Response? {
        guard let file = FileContent(path: path) else { return nil }
        return Response(
            .ok, contentType: type ?? ContentType(ofFile: path),
            headers: ["ETag": file.tag, "Last-Modified": HTTPDate.text(file.modified), "Accept-Ranges": "bytes"],
            body: .file(file))
    }

    /// The file at a relative path below a folder. Hidden files do not exist.
    package static func file(under folder: String, _ segments: [String]) -> Response? {
        let isPlain = segments.allSatisfy { segment in
            !segment.isEmpty && segment.utf8.first != UInt8(ascii: ".") && !segment.utf8.contains(UInt8(ascii: "/"))
        }
        guard isPlain, !segments.isEmpty else { return nil }
        return file(([folder] + segments).joined(separator: "/"))
    }
}

extension ContentType {
    /// By the file extension; unknown types are downloaded, not shown.
    package init(ofFile path: String) {
        let ending = path.utf8.lastIndex(of: UInt8(ascii: ".")).map { String(path[path.utf8.index(after: $0)...]) }
        self =
            switch ending {
            case "html": .html
            case "css": .css
            case "js": .javaScript
            case "json": .json
            case "svg": .svg
            case "txt": .text
            case "csv": .csv
            case "webmanifest": .manifest
            case "png": .png
            case "jpg", "jpeg": .jpeg
            case "webp": .webp
            case "ico": .icon
            case "woff2": .woff2
            case "pdf": .pdf
            default: .binary
            }
    }
}
