/// The OLTs that the lab can be.
package enum LabVendor: String, Sendable, CaseIterable {
    case huawei, zte, vsol, fiberhome
    /// ZTE's C600 family.
    case c600

    var host: String {
        switch self {
        case .huawei: "MA5608T"
        case .zte: "ZXAN"
        case .c600: "C600"
        case .vsol: "V1600G"
        case .fiberhome: "User"
        }
    }

    /// The maker's letters in its ONUs' serial numbers.
    var maker: String {
        switch self {
        case .huawei: "HWTC"
        case .zte, .c600: "ZTEG"
        case .vsol: "GPON"
        case .fiberhome: "FHTT"
        }
    }

    /// The port with this number, from 0.
    package func port(_ number: Int) -> String {
        switch self {
        case .huawei: "0/1/\(number)"
        case .zte, .c600: "1/1/\(number + 1)"
        case .vsol: "0/\(number + 1)"
        case .fiberhome: "11/\(number + 1)"
        }
    }

    var loginPrompt: String {
        switch self {
        case .huawei: ">>User name:"
        case .zte, .c600: "Username:"
        case .vsol, .fiberhome: "Login:"
        }
    }

    var passwordPrompt: String { self == .huawei ? ">>User password:" : "Password:" }

    var signInRefusal: String {
        switch self {
        case .huawei: "  Username or password invalid."
        case .zte, .c600: "%Error 20203: No such user."
        case .vsol: "% Bad user or password"
        case .fiberhome: "Login incorrect"
        }
    }

    var pager: String {
        switch self {
        case .huawei: "---- More ( Press 'Q' to break ) ----"
        case .zte, .c600, .vsol: " --More-- "
        case .fiberhome: "--Press any key to continue Ctrl+c to stop--"
        }
    }
}

/// What a command brings.
enum LabAnswer {
    case lines([String])
    /// A question, and what follows from its answer.
    case question(String, (String) -> [String])
    case end

    static var done: LabAnswer { .lines([]) }
}
