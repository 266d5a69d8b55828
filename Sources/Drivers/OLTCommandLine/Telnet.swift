/// The negotiation of telnet's options (RFC 854): the other side may echo and suppress go-ahead, and learns a window so
/// wide that it wraps no line.
struct Telnet {
    private enum State {
        case text, command
        case option(UInt8)
        case subnegotiation(endsWith: Bool)
    }

    private static let (interpret, subBegin, subEnd): (UInt8, UInt8, UInt8) = (255, 250, 240)
    private static let (will, wont, doIt, dont): (UInt8, UInt8, UInt8, UInt8) = (251, 252, 253, 254)
    private static let (echo, suppressGoAhead, terminalType, window): (UInt8, UInt8, UInt8, UInt8) = (1, 3, 24, 31)

    private var state = State.text

    /// Splits what came into text and what is to be answered.
    mutating func take(_ bytes: some Sequence<UInt8>) -> (text: [UInt8], answer: [UInt8]) {
        var (text, answer): ([UInt8], [UInt8]) = ([], [])
        for byte in bytes {
            switch state {
            case .text: if byte == Self.interpret { state = .command } else { text.append(byte) }
            case .command:
                switch byte {
                case Self.interpret:
                    text.append(byte)
                    state = .text
                case Self.subBegin: state = .subnegotiation(endsWith: false)
                case Self.will, Self.wont, Self.doIt, Self.dont: state = .option(byte)
                default: state = .text
                }
            case .option(let verb):
                answer += Self.answer(to: verb, byte)
                state = .text
            case .subnegotiation(let endsWith):
                if endsWith, byte == Self.subEnd {
                    state = .text
                } else {
                    state = .subnegotiation(endsWith: byte == Self.interpret)
                }
            }
        }
        return (text, answer)
    }

    private static func answer(to verb: UInt8, _ option: UInt8) -> [UInt8] {
        switch (verb, option) {
        case (will, echo), (will, suppressGoAhead): [interpret, doIt, option]
        case (will, _): [interpret, dont, option]
        case (doIt, suppressGoAhead): [interpret, will, option]
        case (doIt, window):
            [interpret, will, window, interpret, subBegin, window, 1, 244, 0, 50, interpret, subEnd]
        case (doIt, _): [interpret, wont, option]
        default: []
        }
    }
}
