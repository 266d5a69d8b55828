import Glibc

/// A schema migration: a file `NNNN-name.sql`, never edited once applied anywhere.
struct Migration: Sendable {
    let number: Int
    let name: String
    let text: String

    /// A directory's migrations, numbered from 1 without gaps.
    static func read(from directory: String) throws(MigrationRefusal) -> [Migration] {
        var migrations: [Migration] = []
        for file in try files(in: directory).sorted() where file.hasSuffix(".sql") {
            let parts = file.dropLast(4).split(separator: "-", maxSplits: 1)
            guard parts.count == 2, parts[0].utf8.count == 4, let number = Int(parts[0]) else { throw .misnamed(file) }
            guard number == migrations.count + 1 else { throw .gap(before: file) }
            migrations.append(
                Migration(number: number, name: String(file.dropLast(4)), text: try text(of: directory + "/" + file)))
        }
        return migrations
    }

    private static func files(in directory: String) throws(MigrationRefusal) -> [String] {
        guard let stream = opendir(directory) else { throw .unreadable(directory) }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            names.append(
                withUnsafePointer(to: &entry.pointee.d_name) {
                    $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
                })
        }
        return names
    }

    private static func text(of path: String) throws(MigrationRefusal) -> String {
        guard let file = fopen(path, "r") else { throw .unreadable(path) }
        defer { fclose(file) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 64 * 1024)
        while case let count = fread(&buffer, 1, buffer.count, file), count > 0 {
            bytes.append(contentsOf: buffer[..<count])
        }
        guard ferror(file) == 0, let text = String(validating: bytes, as: UTF8.self) else { throw .unreadable(path) }
        return text
    }
}

/// Why the schema was not migrated.
package enum MigrationRefusal: Error, Equatable, CustomStringConvertible {
    case unreadable(String)
    case misnamed(String)
    case gap(before: String)
    case edited(String)
    case missing(String)
    case endsItsTransaction(String)
    case blocked(String)
    case failed(String, DatabaseFault)
    case database(DatabaseFault)

    package var description: String {
        switch self {
        case .unreadable(let path): "\(path) cannot be read."
        case .misnamed(let file): "\(file) is no name for a migration: it must be like 0001-tenants.sql."
        case .gap(let file): "The number of migration \(file) does not follow the one before it."
        case .edited(let name): "Migration \(name) was edited after it had been applied; write a new one instead."
        case .missing(let name): "Migration \(name) was applied, and is not in the directory: is this an older program?"
        case .endsItsTransaction(let name): "Migration \(name) ends its own transaction; it must leave that to us."
        case .blocked(let name): "Migration \(name) could not lock its tables: others kept them in use."
        case .failed(let name, let fault): "Migration \(name) failed: \(fault)"
        case .database(let fault): "\(fault)"
        }
    }
}

/// PostgreSQL's message, for a person at a terminal.
package struct DatabaseFault: Equatable, Sendable, CustomStringConvertible {
    package let description: String

    init(_ error: DatabaseError) { description = error.description }
}
