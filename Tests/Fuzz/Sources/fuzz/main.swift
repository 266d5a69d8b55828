// Feeds one decoder, named by DECODER, until the time given is over.
import Decoders
import Glibc

@_silgen_name("LLVMFuzzerRunDriver")
func runDriver(
    _ count: UnsafeMutablePointer<CInt>,
    _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>>,
    _ check: @convention(c) (UnsafePointer<UInt8>?, Int) -> CInt
) -> CInt

nonisolated(unsafe) var chosen: Decoder?

func check(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    // The fuzzer's own buffer ends where the bytes end, so reading past them is found.
    chosen?.run(UnsafeRawBufferPointer(start: start, count: count))
    return 0
}

// In the environment, since libFuzzer starts itself again with arguments of its own.
guard let name = getenv("DECODER"), let decoder = Decoder(rawValue: String(cString: name)) else {
    print("usage: DECODER=\(Decoder.allCases.map(\.rawValue).joined(separator: "|")) fuzz [options of libFuzzer]")
    exit(2)
}
chosen = decoder
var arguments = CommandLine.unsafeArgv
var count = CommandLine.argc
exit(runDriver(&count, &arguments, { check($0, $1) }))
