/// Where a streamed response goes: a connection, or memory in tests.
protocol BodySink: Sendable {
    /// Returns when there is room for more.
    func write(_ bytes: [UInt8]) async throws(RequestError)
}

package struct BodyWriter: Sendable {
    let sink: any BodySink

    /// Suspends while the client is slower than we are; throws once it is gone.
    package func write(_ bytes: [UInt8]) async throws(RequestError) {
        if !bytes.isEmpty { try await sink.write(bytes) }
    }
}
