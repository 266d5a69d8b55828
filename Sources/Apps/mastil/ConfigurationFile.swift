import Glibc

/// Where the configuration of an installation lies, for commands that are called without being told.
enum ConfigurationFile {
    static let name = "var/mastil.conf"
    static let ofMachine = "/etc/mastil/mastil.conf"

    /// In the current directory, in the checkout that this program was built in (`deploy/up` writes it there), or that of
    /// the machine.
    static func found() -> String? {
        var places = [name]
        var directory = executable[...]
        while let slash = directory.lastIndex(of: "/") {
            directory = directory[..<slash]
            places.append("\(directory)/\(name)")
        }
        return (places + [ofMachine]).first(where: File.exists)
    }

    private static var executable: String {
        var path = [CChar](repeating: 0, count: Int(PATH_MAX))
        let count = readlink("/proc/self/exe", &path, path.count)
        return String(decoding: path.prefix(max(0, count)).map(UInt8.init(bitPattern:)), as: UTF8.self)
    }
}
