import HTTP

/// The people who have a telephone in a lab, and what they wrote with the company.
package struct LabTelephones: Sendable {
    private(set) var people: [LabPerson] = []
    private(set) var files: [String: LabFile] = [:]
    /// How many messages of the company's were taken.
    private(set) var taken = 0

    subscript(id: String) -> LabPerson? { people.first { $0.id == id } }

    mutating func add(_ person: LabPerson) {
        if self[person.id] == nil { people.append(person) }
    }

    mutating func change(_ id: String, _ change: (inout LabPerson) -> Void) {
        guard let index = people.firstIndex(where: { $0.id == id }) else { return }
        change(&people[index])
    }

    mutating func keep(_ file: LabFile, as id: String) { files[id] = file }

    mutating func take(_ line: LabLineOfChat, for id: String) {
        taken += 1
        change(id) { $0.lines.append(line) }
    }
}

struct LabPerson: Sendable {
    /// What the provider calls them.
    let id: String
    let name: String
    /// Digits only.
    let phone: String
    /// WhatsApp's identifier for this business alone.
    var businessID = ""
    /// Took a user name, so the company does not see the number.
    var hidesPhone = false
    /// Blocked the company.
    var blocks = false
    var wroteAt: Int64?
    var lines: [LabLineOfChat] = []
}

/// One message as it stands on a telephone.
package struct LabLineOfChat: Sendable, Equatable {
    package struct Button: Sendable, Equatable {
        package let id: String
        package let title: String
    }

    package let id: String
    package let isTheirs: Bool
    package let text: String
    package var buttons: [Button] = []
    package var file: String?
    /// The company's own mark.
    package var mark: String?
    package var state = ""
    let at: Int64

    init(id: String, isTheirs: Bool, text: String, at: Int64) {
        (self.id, self.isTheirs, self.text, self.at) = (id, isTheirs, text, at)
    }
}

package struct LabFile: Sendable, Equatable {
    package let mediaType: String
    package let name: String
    package let bytes: [UInt8]
}

/// What somebody does on their telephone.
package struct LabSaid: Sendable {
    enum Kind: String, Sendable { case text, file, press, location, contact, unsupported }

    let kind: Kind
    let text: String
    /// The button, and the message that it stands under.
    let choice: String
    let message: String
    let file: LabFile?

    init(_ kind: Kind, text: String = "", choice: String = "", message: String = "", file: LabFile? = nil) {
        (self.kind, self.text, self.choice, self.message, self.file) = (kind, text, choice, message, file)
    }

    /// Reads a form; the number distinguishes messages written at once.
    init(_ call: LabCall, number: Int = 0) {
        let text = (call.form["text"] ?? "") + (number == 0 ? "" : " (\(number + 1))")
        if let file = call.files.first(where: { !$0.bytes.isEmpty }) {
            self.init(.file, text: text, file: file)
        } else if let choice = call.form["choice"] {
            self.init(.press, text: text, choice: choice, message: call.form["message"] ?? "")
        } else {
            self.init(Kind(rawValue: call.form["kind"] ?? "") ?? .text, text: text)
        }
    }
}
