import CCurl

/// libcurl's handle of one delivery, freed on deinit.
final class SMTPHandle {
    let pointer: UnsafeMutableRawPointer
    private var recipients: UnsafeMutablePointer<curl_slist>?
    private let reason = UnsafeMutableBufferPointer<CChar>.allocate(capacity: Int(CURL_ERROR_SIZE))

    init(for message: MailMessage, to relay: MailRelay) {
        guard let easy = curl_easy_init() else { preconditionFailure("libcurl has no memory left") }
        pointer = easy
        reason.initialize(repeating: 0)
        ccurl_set_error_buffer(pointer, reason.baseAddress)
        setRelay(relay)
        // EHLO names the sender's domain rather than this machine.
        set(CURLOPT_URL, relay.url + message.sender.domain)
        set(CURLOPT_MAIL_FROM, "<\(message.sender.address)>")
        recipients = curl_slist_append(nil, "<\(message.recipient.address)>")
        check(ccurl_set_list(pointer, CURLOPT_MAIL_RCPT, recipients))
        set(CURLOPT_UPLOAD, 1)
    }

    deinit {
        curl_easy_cleanup(pointer)
        curl_slist_free_all(recipients)
        reason.deallocate()
    }

    private func setRelay(_ relay: MailRelay) {
        set(CURLOPT_NOSIGNAL, 1)
        set(CURLOPT_PROTOCOLS_STR, relay.security == .encrypted ? "smtps" : "smtp")
        set(CURLOPT_PROXY, "")
        set(CURLOPT_NOPROXY, "*")
        set(CURLOPT_NETRC, Int(CURL_NETRC_IGNORED.rawValue))
        set(CURLOPT_CONNECTTIMEOUT_MS, 15_000)
        set(CURLOPT_TIMEOUT_MS, 90_000)
        set(CURLOPT_SSLVERSION, Int(CURL_SSLVERSION_TLSv1_2))
        set(CURLOPT_SSL_VERIFYPEER, 1)
        set(CURLOPT_SSL_VERIFYHOST, 2)
        if relay.security == .startTLS { set(CURLOPT_USE_SSL, Int(CURLUSESSL_ALL.rawValue)) }
        if let authorities = relay.authorities {
            set(CURLOPT_CAINFO, authorities)
            check(ccurl_set_text(pointer, CURLOPT_CAPATH, nil))
        }
        if let user = relay.user {
            set(CURLOPT_USERNAME, user)
            set(CURLOPT_PASSWORD, relay.password ?? "")
        }
    }

    func error(_ result: CURLcode, _ reply: String) -> MailError {
        let code = ccurl_response_code(pointer)
        switch result {
        case CURLE_COULDNT_CONNECT, CURLE_COULDNT_RESOLVE_HOST: return .notConnected(text(result))
        case CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CONNECT_ERROR, CURLE_SSL_CACERT_BADFILE, CURLE_USE_SSL_FAILED:
            return .untrusted(text(result))
        case CURLE_LOGIN_DENIED: return .notAdmitted(reply)
        case CURLE_OPERATION_TIMEDOUT, CURLE_RECV_ERROR, CURLE_GOT_NOTHING: return .interrupted(text(result))
        default: break
        }
        switch code {
        case 530, 534, 535, 538: return .notAdmitted(reply)
        case 400..<500: return .postponed(reply)
        case 500..<600: return .refused(reply)
        default: return .interrupted(text(result))
        }
    }

    private func text(_ result: CURLcode) -> String {
        let detail = reason.baseAddress.map { String(cString: $0) } ?? ""
        return detail.isEmpty ? String(cString: curl_easy_strerror(result)) : detail
    }

    private func set(_ option: CURLoption, _ value: Int) { check(ccurl_set_long(pointer, option, value)) }
    private func set(_ option: CURLoption, _ value: String) { check(ccurl_set_text(pointer, option, value)) }

    /// An option unknown to this libcurl must fail: some of them are security settings.
    private func check(_ result: CURLcode) {
        precondition(result == CURLE_OK, "libcurl refused an option: \(String(cString: curl_easy_strerror(result)))")
    }
}
