import CCurl
import Loop

/// A libcurl transfer, notified on the loop when it ends.
package protocol CurlTransfer: AnyObject {
    func ended(_ result: CURLcode)
    /// The client is closing.
    func closed()
}

/// libcurl's multi handle on an event loop: libcurl names the sockets and timeouts, and the loop reports them. On the
/// loop's thread only.
package final class Transfers: @unchecked Sendable {
    // Unchecked: created anywhere, then touched on the loop only.
    package let loop: EventLoop
    private let multi: UnsafeMutableRawPointer
    private var sockets: [curl_socket_t: Socket] = [:]
    private var timer: LoopTimer?
    private var underWay: [UnsafeMutableRawPointer: any CurlTransfer] = [:]
    package private(set) var isClosed = false

    private static let library: Void = ccurl_initialise()

    package init(on loop: EventLoop, limit: Int, limitPerHost: Int) {
        _ = Self.library
        guard let multi = curl_multi_init() else { preconditionFailure("libcurl has no memory left") }
        self.loop = loop
        self.multi = multi
        ccurl_multi_set_long(multi, CURLMOPT_MAX_TOTAL_CONNECTIONS, limit)
        ccurl_multi_set_long(multi, CURLMOPT_MAX_HOST_CONNECTIONS, limitPerHost)
        ccurl_multi_set_long(multi, CURLMOPT_MAXCONNECTS, limit)
        ccurl_multi_set_callbacks(multi, Unmanaged.passUnretained(self).toOpaque(), socketChanged, timerChanged)
    }

    deinit { precondition(isClosed, "A client was let go without being closed") }

    var count: Int { underWay.count }

    package func add(_ transfer: any CurlTransfer, _ easy: UnsafeMutableRawPointer) {
        underWay[easy] = transfer
        let result = curl_multi_add_handle(multi, easy)
        precondition(result == CURLM_OK, "libcurl refused a transfer: \(String(cString: curl_multi_strerror(result)))")
    }

    package func remove(_ easy: UnsafeMutableRawPointer) {
        guard underWay.removeValue(forKey: easy) != nil else { return }
        curl_multi_remove_handle(multi, easy)
    }

    package func close() {
        guard !isClosed else { return }
        isClosed = true
        for transfer in Array(underWay.values) { transfer.closed() }
        curl_multi_cleanup(multi)
        if let timer { loop.cancel(timer) }
        timer = nil
    }

    private func act(on socket: curl_socket_t, _ events: Int32) {
        var running: Int32 = 0
        curl_multi_socket_action(multi, socket, events, &running)
        var left: Int32 = 0
        while let message = curl_multi_info_read(multi, &left) {
            guard message.pointee.msg == CURLMSG_DONE, let easy = message.pointee.easy_handle else { continue }
            // Read before the handle is removed, which frees the message.
            let result = ccurl_result(message)
            underWay[easy]?.ended(result)
        }
    }
}

// libcurl's requests to the loop.
extension Transfers {
    fileprivate func watch(_ socket: curl_socket_t, for what: Int32) {
        var interest: Readiness = []
        if what & CURL_POLL_REMOVE == 0 {
            if what & CURL_POLL_IN != 0 { interest.insert(.input) }
            if what & CURL_POLL_OUT != 0 { interest.insert(.output) }
        }
        switch (sockets[socket], interest.isEmpty) {
        case (nil, true): break
        case (nil, false):
            let handler = Socket(socket, of: self)
            sockets[socket] = handler
            loop.add(socket, handler: handler, for: interest)
        case (.some, false): loop.change(socket, to: interest)
        case (.some, true):
            sockets[socket] = nil
            loop.remove(socket)
        }
    }

    fileprivate func wait(milliseconds: Int) {
        if let timer { loop.cancel(timer) }
        timer = nil
        guard milliseconds >= 0 else { return }
        timer = loop.after(.milliseconds(milliseconds)) { [unowned self] in
            timer = nil
            act(on: CURL_SOCKET_TIMEOUT, 0)
        }
    }

    private final class Socket: ReadinessHandler {
        private let socket: curl_socket_t
        private unowned let transfers: Transfers

        init(_ socket: curl_socket_t, of transfers: Transfers) {
            self.socket = socket
            self.transfers = transfers
        }

        func isReady(for readiness: Readiness) {
            var events: Int32 = 0
            // Without event bits libcurl checks the socket itself and finds the error.
            if readiness.isDisjoint(with: .ended) {
                if readiness.contains(.input) { events |= CURL_CSELECT_IN }
                if readiness.contains(.output) { events |= CURL_CSELECT_OUT }
            }
            transfers.act(on: socket, events)
        }
    }
}

private let socketChanged: curl_socket_callback = { _, socket, what, context, _ in
    guard let context else { return 0 }
    Unmanaged<Transfers>.fromOpaque(context).takeUnretainedValue().watch(socket, for: what)
    return 0
}

private let timerChanged: curl_multi_timer_callback = { _, milliseconds, context in
    guard let context else { return 0 }
    Unmanaged<Transfers>.fromOpaque(context).takeUnretainedValue().wait(milliseconds: milliseconds)
    return 0
}
