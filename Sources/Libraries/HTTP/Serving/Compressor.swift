import CBrotli
import CZlib

/// A body being compressed. Each write is flushed, so that the client can read it at once, which costs a few bytes.
final class Compressor {
    private enum State {
        case gzip(UnsafeMutablePointer<z_stream>)
        case brotli(OpaquePointer)
    }

    private let state: State

    init(_ coding: ContentCoding) {
        switch coding {
        case .gzip:
            let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
            stream.initialize(to: z_stream())
            // Adding 16 to the window bits selects gzip's frame instead of zlib's.
            let result = deflateInit2_(
                stream, Self.gzipLevel, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
                Int32(MemoryLayout<z_stream>.size))
            precondition(result == Z_OK, "zlib has no memory")
            state = .gzip(stream)
        case .brotli:
            guard let encoder = BrotliEncoderCreateInstance(nil, nil, nil) else {
                preconditionFailure("brotli has no memory")
            }
            BrotliEncoderSetParameter(encoder, BROTLI_PARAM_QUALITY, Self.brotliQuality)
            BrotliEncoderSetParameter(encoder, BROTLI_PARAM_LGWIN, Self.brotliWindow)
            state = .brotli(encoder)
        }
    }

    deinit {
        switch state {
        case .gzip(let stream):
            deflateEnd(stream)
            stream.deallocate()
        case .brotli(let encoder): BrotliEncoderDestroyInstance(encoder)
        }
    }

    // Pages are compressed for each request: a medium level, which takes a fraction of a millisecond for 20 kB.
    private static let gzipLevel: Int32 = 4
    private static let brotliQuality: UInt32 = 4
    private static let brotliWindow: UInt32 = 18

    func compress(_ bytes: [UInt8], isLast: Bool) -> [UInt8] {
        switch state {
        case .gzip(let stream): Self.deflated(bytes, by: stream, isLast: isLast)
        case .brotli(let encoder): Self.encoded(bytes, by: encoder, isLast: isLast)
        }
    }

    private static func deflated(
        _ bytes: [UInt8], by stream: UnsafeMutablePointer<z_stream>, isLast: Bool
    ) -> [UInt8] {
        bytes.withUnsafeBufferPointer { source in
            stream.pointee.next_in = UnsafeMutablePointer(mutating: source.baseAddress)
            stream.pointee.avail_in = UInt32(source.count)
            return collect(atLeast: bytes.count / 3 + 64) { buffer in
                stream.pointee.next_out = buffer.baseAddress
                stream.pointee.avail_out = UInt32(buffer.count)
                deflate(stream, isLast ? Z_FINISH : Z_SYNC_FLUSH)
                return buffer.count - Int(stream.pointee.avail_out)
            }
        }
    }

    private static func encoded(_ bytes: [UInt8], by encoder: OpaquePointer, isLast: Bool) -> [UInt8] {
        bytes.withUnsafeBufferPointer { source in
            var input = source.baseAddress
            var remaining = source.count
            return collect(atLeast: bytes.count / 3 + 64) { buffer in
                var output = buffer.baseAddress
                var room = buffer.count
                BrotliEncoderCompressStream(
                    encoder, isLast ? BROTLI_OPERATION_FINISH : BROTLI_OPERATION_FLUSH, &remaining, &input, &room,
                    &output, nil)
                return buffer.count - room
            }
        }
    }

    /// Repeats until a buffer is not filled, which means there is no more output.
    private static func collect(
        atLeast size: Int, _ produce: (UnsafeMutableBufferPointer<UInt8>) -> Int
    ) -> [UInt8] {
        var whole: [UInt8] = []
        while true {
            var isFull = false
            let part = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
                let room = UnsafeMutableBufferPointer(rebasing: buffer[..<size])
                count = produce(room)
                isFull = count == size
            }
            if whole.isEmpty { whole = part } else { whole += part }
            if !isFull { return whole }
        }
    }
}
