extension Collection<UInt8> {
    /// Lends the bytes to C in one piece, copying only where they do not lie in one piece.
    func withBytes<Result>(_ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
        withContiguousStorageIfAvailable(body) ?? Array(self).withUnsafeBufferPointer(body)
    }
}

extension Array<UInt8> {
    /// The bytes that a C function writes into the room it is given; all of it is filled.
    init(count: Int, filledBy fill: (UnsafeMutablePointer<UInt8>) -> Void) {
        self.init(unsafeUninitializedCapacity: count) { buffer, filled in
            if let start = buffer.baseAddress { fill(start) }
            filled = count
        }
    }
}
