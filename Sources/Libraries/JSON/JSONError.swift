/// Why a text was refused.
package enum JSONError: Error, Equatable {
    /// Not JSON. Line and column count from 1, columns in Unicode scalars.
    case malformed(line: Int, column: Int, reason: String)
    /// Valid JSON of the wrong shape: lists every wrong field, not only the first.
    case refused([JSONProblem])
}

/// A wrong field and its position.
package struct JSONProblem: Sendable, Equatable {
    package enum Reason: Sendable, Equatable {
        case missing
        /// Strict readers know all their fields, so that a misspelt one is reported.
        case unknown
        case expected(String)
    }

    package let pointer: JSONPointer
    package let reason: Reason

    package init(at pointer: JSONPointer, _ reason: Reason) {
        self.pointer = pointer
        self.reason = reason
    }
}

extension JSONError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .malformed(let line, let column, let reason): "line \(line), column \(column): \(reason)"
        case .refused(let problems): problems.map(\.description).joined(separator: "; ")
        }
    }
}

extension JSONProblem: CustomStringConvertible {
    package var description: String {
        let place = pointer.text.isEmpty ? "the whole" : pointer.text
        return switch reason {
        case .missing: "\(place): missing"
        case .unknown: "\(place): unknown field"
        case .expected(let what): "\(place): expected \(what)"
        }
    }
}

/// A JSON Pointer (RFC 6901): `/services/0/speed`.
package struct JSONPointer: Sendable, Equatable {
    package let text: String

    package static let root = JSONPointer(text: "")

    package func appending(_ name: String) -> JSONPointer {
        var escaped: [UInt8] = [UInt8(ascii: "/")]
        for byte in name.utf8 {
            switch byte {
            case UInt8(ascii: "~"): escaped.append(contentsOf: "~0".utf8)
            case UInt8(ascii: "/"): escaped.append(contentsOf: "~1".utf8)
            default: escaped.append(byte)
            }
        }
        return JSONPointer(text: text + String(decoding: escaped, as: UTF8.self))
    }

    package func appending(_ index: Int) -> JSONPointer { JSONPointer(text: "\(text)/\(index)") }
}
