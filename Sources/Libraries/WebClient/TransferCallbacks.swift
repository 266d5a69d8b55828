import Addresses
import CCurl
import CSystem
import Glibc

// libcurl's callbacks, on the loop's thread, with the transfer as context.

private func transfer(_ context: UnsafeMutableRawPointer?) -> Transfer? {
    context.map { Unmanaged<Transfer>.fromOpaque($0).takeUnretainedValue() }
}

let headArrived: curl_write_callback = { bytes, size, count, context in
    let line = UnsafeRawBufferPointer(start: bytes, count: size * count)
    return transfer(context)?.receiveHead(line) == true ? line.count : 0
}

let bodyArrived: curl_write_callback = { bytes, size, count, context in
    transfer(context)?.receive(UnsafeRawBufferPointer(start: bytes, count: size * count)) ?? 0
}

let bodyWanted: curl_read_callback = { buffer, size, count, context in
    transfer(context)?.fill(UnsafeMutableRawBufferPointer(start: buffer, count: size * count))
        ?? Int(CURL_READFUNC_ABORT)
}

let rewindWanted: curl_seek_callback = { context, offset, origin in
    let isRewound = offset == 0 && origin == SEEK_SET && transfer(context)?.rewind() == true
    return isRewound ? CURL_SEEKFUNC_OK : CURL_SEEKFUNC_FAIL
}

/// Called before a socket is created.
let openSocket: curl_opensocket_callback = { context, _, address in
    guard let address, let offset = MemoryLayout<curl_sockaddr>.offset(of: \.addr),
        let peer = IPAddress.read(UnsafeRawPointer(address) + offset),
        transfer(context)?.admits(peer.address, port: peer.port) == true
    else { return CURL_SOCKET_BAD }
    let kind = address.pointee.socktype | Int32(SOCK_CLOEXEC.rawValue)
    return socket(address.pointee.family, kind, address.pointee.protocol)
}

/// Called before anything is sent, also on a reused connection.
let beforeRequest: curl_prereq_callback = { context, peer, _, port, _ in
    guard let peer, let address = IPAddress(String(cString: peer)), let port = UInt16(exactly: port),
        transfer(context)?.admits(address, port: port) == true
    else { return CURL_PREREQFUNC_ABORT }
    return CURL_PREREQFUNC_OK
}
