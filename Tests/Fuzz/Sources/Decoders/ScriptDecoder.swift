import RouterScripts

/// Exports: whatever comes, what was read is written so that it reads the same, and differs from nothing.
enum ScriptReading {
    static func check(_ bytes: UnsafeRawBufferPointer) {
        let script = RouterScript(String(decoding: bytes, as: UTF8.self))
        let again = RouterScript(script.commands.map(\.text).joined(separator: "\n"))
        precondition(again.commands == script.commands, "Written again it is another script")
        precondition(again.unread.isEmpty, "What was written cannot be read")
        let configuration = RouterConfiguration(script)
        precondition(ConfigurationDifference(from: configuration, to: configuration).isEmpty)
    }
}
