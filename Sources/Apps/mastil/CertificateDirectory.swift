import HTTP
import Telemetry

/// A directory of `<host>.crt` and `<host>.key`, for choosing a TLS certificate by server name (SNI).
struct CertificateDirectory: Sendable {
    let certificates: Certificates
    private let path: String

    init(_ path: String) throws(Complaint) {
        self.path = path
        do {
            certificates = try Certificates(Self.files(in: path))
        } catch let complaint as Complaint {
            throw complaint
        } catch let error as ServerError {
            throw Complaint(error.advice(), status: ExitStatus.configuration)
        } catch {
            throw Complaint("\(error)", status: ExitStatus.configuration)
        }
    }

    /// Keeps the current certificates when the new ones are unusable.
    func readAnew(_ log: Log) {
        do {
            try certificates.reload(Self.files(in: path))
            log.notice("certificates_read")
        } catch {
            log.error("certificates_not_read", .error(error))
        }
    }

    private static func files(in path: String) throws(Complaint) -> [Certificates.Files] {
        let chains = File.names(in: path).filter { $0.hasSuffix(".crt") }.sorted()
        guard !chains.isEmpty else {
            throw Complaint("MASTIL_CERTIFICATES: there is no <host>.crt in \(path).", status: ExitStatus.configuration)
        }
        return chains.map { Certificates.Files(chain: "\(path)/\($0)", key: "\(path)/\($0.dropLast(4)).key") }
    }
}
