import Addresses
import CCurl

/// libcurl's handle of one transfer, configured to reach only the checked address, and freed on deinit.
final class EasyHandle {
    let pointer: UnsafeMutableRawPointer
    private var headers: UnsafeMutablePointer<curl_slist>?
    private var route: UnsafeMutablePointer<curl_slist>?
    private let reason = UnsafeMutableBufferPointer<CChar>.allocate(capacity: Int(CURL_ERROR_SIZE))

    init(for transfer: Transfer, isBodyEmpty: Bool) {
        guard let easy = curl_easy_init() else { preconditionFailure("libcurl has no memory left") }
        pointer = easy
        reason.initialize(repeating: 0)
        ccurl_set_error_buffer(pointer, reason.baseAddress)
        setRoute(transfer)
        setConnection(transfer)
        setTrust(transfer.request.trust)
        setRequest(transfer.request, isBodyEmpty: isBodyEmpty)
        let context = Unmanaged.passUnretained(transfer).toOpaque()
        ccurl_set_callbacks(pointer, context, headArrived, bodyArrived, openSocket, beforeRequest)
        ccurl_set_upload(pointer, context, bodyWanted, rewindWanted)
    }

    deinit {
        curl_easy_cleanup(pointer)
        curl_slist_free_all(headers)
        curl_slist_free_all(route)
        reason.deallocate()
    }
}

// Options.
extension EasyHandle {
    private func setRoute(_ transfer: Transfer) {
        set(CURLOPT_URL, transfer.address.text)
        set(CURLOPT_PATH_AS_IS, 1)
        set(CURLOPT_PROTOCOLS_STR, transfer.address.scheme.rawValue)
        // Pins the connection to the checked address, whatever the name resolves to now; only connections to that
        // address are reused.
        route = curl_slist_append(nil, "::\(bracketed(transfer.peer)):\(transfer.address.port)")
        check(ccurl_set_list(pointer, CURLOPT_CONNECT_TO, route))
        set(CURLOPT_FOLLOWLOCATION, 0)
        // Also ignores the environment's proxy.
        set(CURLOPT_PROXY, "")
        set(CURLOPT_NOPROXY, "*")
        set(CURLOPT_NETRC, Int(CURL_NETRC_IGNORED.rawValue))
    }

    private func setConnection(_ transfer: Transfer) {
        set(CURLOPT_NOSIGNAL, 1)
        set(CURLOPT_CONNECTTIMEOUT_MS, milliseconds(transfer.request.connectDeadline))
        set(CURLOPT_HTTP_VERSION, Int(transfer.isStreamed ? CURL_HTTP_VERSION_1_1 : CURL_HTTP_VERSION_2TLS))
        // Prefers one multiplexed connection to many. Without TLS there is no HTTP/2 to wait for.
        set(CURLOPT_PIPEWAIT, transfer.address.scheme == .https && !transfer.isStreamed ? 1 : 0)
        set(CURLOPT_TCP_KEEPALIVE, 1)
    }

    private func setTrust(_ trust: WebRequest.Trust) {
        set(CURLOPT_SSLVERSION, Int(CURL_SSLVERSION_TLSv1_2))
        let isChecked = trust == .system || trust.hasAuthorities
        set(CURLOPT_SSL_VERIFYPEER, isChecked ? 1 : 0)
        set(CURLOPT_SSL_VERIFYHOST, isChecked ? 2 : 0)
        switch trust {
        case .system, .anyone: break
        case .authorities(let file):
            set(CURLOPT_CAINFO, file)
            check(ccurl_set_text(pointer, CURLOPT_CAPATH, nil))
        case .publicKey(let hash): set(CURLOPT_PINNEDPUBLICKEY, "sha256//" + hash)
        }
    }

    private func setRequest(_ request: WebRequest, isBodyEmpty: Bool) {
        switch request.body {
        case .none where request.method == "HEAD": set(CURLOPT_NOBODY, 1)
        case .none where !["POST", "PUT", "PATCH"].contains(request.method): set(CURLOPT_HTTPGET, 1)
        case .none: setUpload(length: 0)
        case .bytes(let bytes): setUpload(length: bytes.count)
        case .stream(let length, _): setUpload(length: length ?? -1)
        }
        set(CURLOPT_CUSTOMREQUEST, request.method)
        // libcurl retries a request when a kept connection turns out dead, unless it has a body that cannot be rewound;
        // a non-idempotent one without a body therefore needs a fresh connection.
        if !request.isIdempotent && isBodyEmpty { set(CURLOPT_FRESH_CONNECT, 1) }
        if request.headers["User-Agent"] == nil { set(CURLOPT_USERAGENT, "Mastil") }
        // Otherwise libcurl waits a second for `100 Continue` before sending a body.
        headers = curl_slist_append(nil, "Expect:")
        for field in request.headers.fields {
            headers = curl_slist_append(
                headers, field.value.isEmpty ? "\(field.name);" : "\(field.name): \(field.value)")
        }
        check(ccurl_set_list(pointer, CURLOPT_HTTPHEADER, headers))
    }

    private func setUpload(length: Int) {
        set(CURLOPT_UPLOAD, 1)
        check(ccurl_set_large(pointer, CURLOPT_INFILESIZE_LARGE, curl_off_t(length)))
    }

    private func set(_ option: CURLoption, _ value: Int) { check(ccurl_set_long(pointer, option, value)) }
    private func set(_ option: CURLoption, _ value: String) { check(ccurl_set_text(pointer, option, value)) }

    /// An option unknown to this libcurl must fail: some of them are security settings.
    private func check(_ result: CURLcode) {
        precondition(result == CURLE_OK, "libcurl refused an option: \(String(cString: curl_easy_strerror(result)))")
    }

    private func milliseconds(_ span: Duration) -> Int {
        let (seconds, attoseconds) = span.components
        return max(1, Int(clamping: seconds) * 1000 + Int(attoseconds / 1_000_000_000_000_000))
    }

    private func bracketed(_ address: IPAddress) -> String {
        address.isV4 ? "\(address)" : "[\(address)]"
    }
}

extension WebRequest.Trust {
    fileprivate var hasAuthorities: Bool { if case .authorities = self { true } else { false } }
}

// Errors.
extension EasyHandle {
    func error(_ result: CURLcode, for request: WebRequest) -> WebError? {
        switch result {
        case CURLE_OK: nil
        case CURLE_COULDNT_CONNECT, CURLE_COULDNT_RESOLVE_HOST: .notConnected(text(result))
        // The overall deadline is our own timer, so this is the connect timeout.
        case CURLE_OPERATION_TIMEDOUT: .notConnected("it took longer than \(request.connectDeadline)")
        case CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CONNECT_ERROR, CURLE_SSL_CACERT_BADFILE,
            CURLE_SSL_PINNEDPUBKEYNOTMATCH, CURLE_SSL_CERTPROBLEM, CURLE_SSL_CIPHER, CURLE_SSL_ISSUER_ERROR:
            .untrusted(text(result))
        default: .interrupted(text(result))
        }
    }

    private func text(_ result: CURLcode) -> String {
        let detail = reason.baseAddress.map { String(cString: $0) } ?? ""
        return detail.isEmpty ? String(cString: curl_easy_strerror(result)) : detail
    }
}
