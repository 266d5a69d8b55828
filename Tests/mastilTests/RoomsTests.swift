import Declarations
import Glibc
import Locale
import TenantSupport
import Testing

@testable import Assembly
@testable import mastil

/// What the compiler cannot see: that a room declares all that it makes, in words that are whole.
@Suite struct RoomsTests {
    private struct SourceFile {
        /// The name of its folder.
        let room: String
        let text: String
    }

    /// The files of all rooms that match, such as `Sources/Features/*/*/*.swift`.
    private static func files(_ pattern: String) throws -> [SourceFile] {
        var found = glob_t()
        defer { globfree(&found) }
        try #require(glob(Repository.path(pattern), 0, nil, &found) == 0)
        return (0..<Int(found.gl_pathc)).compactMap { place in
            guard let path = found.gl_pathv[place].map({ String(cString: $0) }) else { return nil }
            return SourceFile(
                room: String(path.split(separator: "/").dropLast().last ?? ""),
                text: String(decoding: File.bytes(path) ?? [], as: UTF8.self))
        }
    }

    private static func sources() throws -> [SourceFile] {
        let files = try files("Sources/Features/*/*/*.swift")
        try #require(files.count > 200)
        return files
    }

    @Test func `a room declares every permission, notice and kind that it makes`() throws {
        let rooms = Rooms.declarations
        _ = try Rooms.catalogue()
        var declared: [String: [String]] = [
            "Permission": ["anyone", "signed_in", "portal"], "Notice": Notice.usual.map(\.name),
        ]
        for room in rooms {
            declared["Permission", default: []] += room.permissions.map(\.permission.rawValue)
            declared["Notice", default: []] += room.notices.map(\.name)
            declared["SearchKind", default: []] += room.searchKinds.map(\.name)
            declared["EventKind", default: []] += room.events.map(\.name)
            declared["LetterKind", default: []] += room.letters.map(\.name)
        }
        for file in try Self.sources() {
            for made in file.text.matches(#"\b(Permission|Notice|SearchKind|EventKind|LetterKind)\(\s*"([^"]+)""#) {
                let isDeclared = declared[made[1]]?.contains(made[2]) == true
                #expect(isDeclared, "\(file.room): the \(made[1]) \(made[2]) stands in no room's declarations")
            }
        }
    }

    @Test func `a room has words for every detail that it records`() throws {
        let known = Dictionary(uniqueKeysWithValues: Rooms.declarations.map { ($0.room, $0.details.map(\.name)) })
        for file in try Self.sources() {
            for recorded in file.text.matches(#"\bAct\.Detail\(\s*"([^"]+)""#) {
                let name = recorded[1]
                let isKnown = (DetailKind.usual.map(\.name) + (known[file.room] ?? [])).contains(name)
                #expect(isKnown, "\(file.room): the detail \(name) has no words")
            }
        }
    }

    @Test func `days and amounts of the record are said as people write them`() throws {
        let (catalogue, reader) = (try Rooms.catalogue(), Reader(.es, in: .mexico))
        let kinds = Dictionary(uniqueKeysWithValues: Rooms.declarations.map { ($0.room, $0.details) })
        for file in try Self.sources() {
            for recorded in file.text.matches(#"\bAct\.Detail\(\s*"([^"]+)",[^"\#n]*\.(iso|plainText)\b"#) {
                let kept = recorded[2] == "iso" ? "2026-11-29" : "-5.50 MXN"
                let kind = kinds[file.room]?.first { $0.name == recorded[1] }
                #expect(kind?.text(kept, catalogue, reader) != kept, "\(file.room): \(recorded[1]) shows \(kept)")
            }
        }
    }

    private static func withoutComments(_ text: String) -> String {
        text.utf8.split(separator: UInt8(ascii: "\n"))
            .filter { !$0.drop { $0 == UInt8(ascii: " ") }.starts(with: "//".utf8) }
            .map { String(Substring($0)) }.joined(separator: "\n")
    }

    /// The rooms that a room uses, and those that these use, as Package.swift grants it.
    private static func uses() throws -> [String: Set<String>] {
        let plan = String(decoding: File.bytes(Repository.path("Package.swift")) ?? [], as: UTF8.self)
        var uses: [String: Set<String>] = [:]
        for room in plan.matches(#"(panelFeature|feature|library)\(\s*"([^"]+)",\s*uses: \[([^]]*)\]"#) {
            let name = String(room[2].split(separator: "/").last ?? "")
            uses[name] = Set(room[3].matches(#""(\w+)""#).map { $0[1] })
            if room[1] == "panelFeature" { uses[name]?.formUnion(["Assembly", "Panel"]) }
        }
        try #require(uses.count > 60)
        var (before, all) = ([String: Set<String>](), uses)
        while before != all {
            before = all
            all = before.mapValues { $0.reduce(into: $0) { $0.formUnion(before[$1] ?? []) } }
        }
        return all
    }

    /// A table belongs to the lowest room that inserts into it.
    @Test func `no room names a table of a room above it`() throws {
        // Who asks is found out in one statement, of tables that the rooms of people and programs fill.
        var exceptions: [String: Set<String>] = [
            "Access": ["api_tokens", "customers", "impersonations", "portal_sessions", "sessions", "staff"]
        ]
        // What somebody may do is worked out when their roles change.
        exceptions["Roles"] = ["staff"]
        // The pictures are served before anybody is let in.
        exceptions["Tenancy"] = ["brand_pictures"]
        // What is wrong at a router goes with it.
        exceptions["Routers"] = ["network_differences"]
        // How long it takes from a payment until the service is back.
        exceptions["Reconciler"] = ["payments"]
        let uses = try Self.uses()
        let sources = try Self.sources().map { ($0.room, Self.withoutComments($0.text)) }
        var owners: [String: Set<String>] = [:]
        for (room, text) in sources {
            for table in text.matches(#"\bINSERT INTO (\w+)"#) { owners[table[1], default: []].insert(room) }
        }
        try #require(owners.count > 60)
        owners = owners.mapValues { rooms in
            rooms.filter { room in uses[room, default: []].isDisjoint(with: rooms.subtracting([room])) }
        }
        for (room, text) in sources {
            for found in text.matches(#"\b(FROM|JOIN|UPDATE|INTO) (\w+)"#) {
                let table = found[2]
                guard let owners = owners[table], !owners.contains(room) else { continue }
                let isBelow = uses[room, default: []].isDisjoint(with: owners)
                #expect(
                    !isBelow || exceptions[room]?.contains(table) == true,
                    "\(room) names \(table), which is of \(owners.sorted().joined(separator: ", ")) above it")
            }
        }
    }

    @Test func `what rooms declare is whole in every language`() {
        for room in Rooms.declarations {
            var words: [Message?] = room.permissions.map(\.words)
            for entry in room.menu { words += [entry.words, entry.synonyms] }
            words += room.notices.map(\.words)
            words += room.searchKinds.map(\.words)
            for event in room.events { words += [event.words, event.publication?.words, event.variant?.words] }
            words += room.details.map(\.words)
            words += room.letters.map(\.words)
            words += room.customerTabs.map(\.words) + room.portalTabs.map(\.words)
            for card in room.portalCards { words += [card.words, card.hint, card.button] }
            #expect(words.compactMap(\.self).flatMap(\.problems) == [], "\(room.room)")
        }
        let usual = Notice.usual.map(\.words) + DetailKind.usual.map(\.words)
        #expect(Rooms.list.figures.map(\.words).flatMap(\.problems) + CompanyFigureWords.problems == [])
        #expect(
            (usual + MenuSection.allCases.map(\.heading) + SettingsSection.allCases.map(\.heading)).flatMap(\.problems)
                == [])
    }

    @Test func `a test reads every catalogue of words`() throws {
        let tests = try Self.files("Tests/*Tests/*.swift")
        let read = Set(tests.flatMap { $0.text.matches(#"\b(\w+)\.problems\b"#).map { $0[1] } })
        for file in try Self.sources() {
            for catalogue in file.text.matches(#"enum (\w+): (\w+, )*MessageCatalogue\b"#) {
                #expect(read.contains(catalogue[1]), "\(file.room): no test reads \(catalogue[1]).problems")
            }
        }
    }

    @Test func `two rooms that declare the same thing stop the start with a sentence`() {
        let page = MenuEntry(
            .settings(.company, 10), Message(es: "Uno", en: "One", pt: "Um"), path: "/panel/one", permission: .signedIn,
            icon: .home)
        let clash = #expect(throws: DeclarationClash.self) {
            try Catalogue([RoomDeclarations("One", menu: [page]), RoomDeclarations("Two", menu: [page])])
        }
        #expect(clash?.description == "The page '/panel/one' is declared twice: by One and by Two.")
    }
}

extension String {
    /// Each match of an extended regular expression of POSIX, with its groups.
    /// Swift's own expressions take a minute for the sources.
    fileprivate func matches(_ pattern: String) -> [[String]] {
        var compiled = regex_t()
        precondition(regcomp(&compiled, pattern, REG_EXTENDED) == 0, pattern)
        defer { regfree(&compiled) }
        return withCString { text in
            var (found, rest): ([[String]], UnsafePointer<CChar>) = ([], text)
            var places = [regmatch_t](repeating: regmatch_t(), count: compiled.re_nsub + 1)
            while regexec(&compiled, rest, places.count, &places, rest == text ? 0 : REG_NOTBOL) == 0 {
                found.append(
                    places.map { place in
                        let bytes = UnsafeBufferPointer(
                            start: rest + Int(max(place.rm_so, 0)), count: Int(place.rm_eo - place.rm_so))
                        return String(decoding: bytes.map(UInt8.init(bitPattern:)), as: UTF8.self)
                    })
                rest += Int(places[0].rm_eo)
            }
            return found
        }
    }
}
