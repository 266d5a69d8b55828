import Glibc

/// Finds the installation's configuration file for commands started without MASTIL_CONFIG.
enum ConfigurationFile {
    static let name = "var/mastil.conf"
    static let ofMachine = "/etc/mastil/mastil.conf"

    /// In the current directory, the checkout this program was built in (`deploy/up` writes it there), or the system's
    /// directory.
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
