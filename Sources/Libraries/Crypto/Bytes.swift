extension Collection<UInt8> {
    /// Lends the bytes to C contiguously, copying only where they are not.
    func withBytes<Result>(_ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
        withContiguousStorageIfAvailable(body) ?? Array(self).withUnsafeBufferPointer(body)
    }
}

extension Array<UInt8> {
    /// Bytes written by a C function into a buffer that it fills whole.
    init(count: Int, filledBy fill: (UnsafeMutablePointer<UInt8>) -> Void) {
        self.init(unsafeUninitializedCapacity: count) { buffer, filled in
            if let start = buffer.baseAddress { fill(start) }
            filled = count
        }
    }
}
