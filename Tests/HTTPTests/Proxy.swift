import Addresses
import Glibc
import HTTP
import Loop
import TestSupport

/// A proxy of Debian's in front of a server, which keeps its connections there and lends them to any client.
enum Proxy: String, CaseIterable, Sendable {
    case nginx, haproxy
    /// Set up to let through what they can.
    case openNginx, openHaproxy

    /// Runs it while the work is done, which is given the proxy's address.
    func run<Result>(before server: RunningServer, _ work: (ListenAddress) async throws -> Result) async throws
        -> Result
    {
        let folder = try TemporaryFolder()
        let (path, loop) = ("\(folder.path)/socket", server.loops.all[0])
        try folder.write("configuration", Array(configuration(of: folder.path, before: server.address).utf8))
        let process = try await loop.run { [self] in
            // Should the tests crash, the system kills what they started.
            try ChildProcess(
                "setpriv", ["--pdeathsig", "KILL"] + command(folder.path),
                environment: ["PATH": "/usr/sbin:/usr/bin:/sbin:/bin"], on: loop)
        }
        let errors = Log<UInt8>()
        let reading = loop.spawn {
            do { while let bytes = try await process.errors.read() { bytes.forEach(errors.add) } } catch {}
        }
        let address = ListenAddress.unix(path: path)
        let isReady = await eventually(on: loop) {
            do { return try RawClient(to: address).descriptor >= 0 } catch { return false }
        }
        guard isReady else { throw NotReady(errors: String(decoding: errors.all, as: UTF8.self)) }
        let result: Swift.Result<Result, any Error>
        do { result = .success(try await work(address)) } catch { result = .failure(error) }
        try await loop.run { process.send(signal: SIGKILL) }
        await reading.value
        try await loop.run {
            _ = await process.ended()
            for stream in [process.input, process.output, process.errors] { stream.close() }
        }
        return try result.get()
    }

    struct NotReady: Error { let errors: String }

    private func command(_ folder: String) -> [String] {
        switch self {
        case .nginx, .openNginx: ["nginx", "-e", "stderr", "-p", folder, "-c", "\(folder)/configuration"]
        case .haproxy, .openHaproxy: ["haproxy", "-db", "-f", "\(folder)/configuration"]
        }
    }

    /// Who says nothing for half a second is done here: many of those requests never end.
    private func configuration(of folder: String, before server: ListenAddress) -> String {
        switch self {
        case .nginx, .openNginx:
            """
            daemon off;
            master_process off;
            pid \(folder)/pid;
            events { worker_connections 256; }
            http {
                access_log off;
                client_header_timeout 500ms;
                client_body_timeout 500ms;
                keepalive_timeout 500ms;
                lingering_timeout 500ms;
                client_body_temp_path \(folder);
                proxy_temp_path \(folder);
                fastcgi_temp_path \(folder);
                uwsgi_temp_path \(folder);
                scgi_temp_path \(folder);
                upstream back { server \(server); keepalive 4; }
                server {
                    listen unix:\(folder)/socket;
                    \(self == .openNginx ? Self.openNginxSettings : "")
                    location / {
                        proxy_pass http://back;
                        proxy_http_version 1.1;
                        proxy_set_header Connection "";
                        proxy_set_header Host $http_host;
                    }
                }
            }
            """
        case .haproxy, .openHaproxy:
            """
            defaults
                mode http
                maxconn 100
                timeout connect 20s
                timeout server 60s
                timeout client 500ms
                timeout http-request 500ms
                timeout http-keep-alive 500ms
            frontend front
                bind unix@\(folder)/socket
                \(self == .openHaproxy ? "option accept-invalid-http-request" : "")
                default_backend back
            backend back
                http-reuse always
                \(self == .openHaproxy ? "option accept-invalid-http-response" : "")
                server one \(server) pool-max-conn 4

            """
        }
    }

    private static let openNginxSettings = """
        ignore_invalid_headers off;
        underscores_in_headers on;
        merge_slashes off;
        proxy_request_buffering off;
        """
}
