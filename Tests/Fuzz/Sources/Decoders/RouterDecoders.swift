@testable import RouterOS
@testable import RouterOSLab

/// Sentences of RouterOS: the driver and the lab, which share no code, read the same whatever comes, however it is cut.
enum SentenceReading {
    static func check(_ bytes: UnsafeRawBufferPointer) {
        guard let first = bytes.first else { return }
        let rest = UnsafeRawBufferPointer(rebasing: bytes[1...])
        let cut = min(Int(first), rest.count)
        let whole = driver([rest])
        let pieces = [rest[..<cut], rest[cut...]].map { UnsafeRawBufferPointer(rebasing: $0) }
        precondition(driver(pieces) == whole, "The cut changes what is read")
        precondition(lab(pieces) == whole, "The lab reads something else")
    }

    private static func driver(_ pieces: [UnsafeRawBufferPointer]) -> [[[UInt8]]] {
        var limits = RouterLimits()
        (limits.sentenceWords, limits.sentenceBytes) = (.max, .max)
        var reader = SentenceReader(limits: limits)
        var sentences: [[[UInt8]]] = []
        for piece in pieces {
            reader.append(piece)
            do throws(WireFault) {
                while let sentence = try reader.next() {
                    sentences.append(sentence.words.map { Array(sentence.bytes[$0]) })
                    look(at: sentence)
                }
            } catch {
                return sentences
            }
        }
        return sentences
    }

    private static func look(at sentence: Sentence) {
        let row = RouterRow(sentence)
        for name in row.names { _ = (row[name], row.number(name), row.counters(name), row.clock(name)) }
        do throws(WireFault) { _ = try Answer(sentence) } catch {}
    }

    private static func lab(_ pieces: [UnsafeRawBufferPointer]) -> [[[UInt8]]] {
        var reader = LabReader()
        var sentences: [[[UInt8]]] = []
        for piece in pieces {
            reader.append(piece)
            do throws(LabReader.Nonsense) {
                while let sentence = try reader.next() {
                    _ = LabCommand(sentence.words)
                    sentences.append(
                        sentence.words.map { word in
                            var bytes: [UInt8] = []
                            LabText.append(word, to: &bytes)
                            return bytes
                        })
                }
            } catch {
                return sentences
            }
        }
        return sentences
    }
}

/// Values of a router: none traps, and what is read as a span or a rate is written so that it reads the same.
enum ValueReading {
    static func check(_ bytes: UnsafeRawBufferPointer) {
        let text = String(decoding: bytes, as: UTF8.self)
        if let span = RouterDuration.parse(text) {
            precondition(RouterDuration.parse(RouterDuration.text(span)) == span, "Written again it is another span")
        }
        if let rate = RouterRate.parse(text) {
            precondition(RouterRate.parse(RouterRate.text(rate)) == rate, "Written again it is another rate")
        }
        _ = (RouterRateLimit(text), RouterClock(text), RouterVersion(text), RouterTrap(message: text).kind)
        _ = (LabSpan.parse(text), LabRate.pair(text), LabVersion(text))
        do throws(LabFault.Unreadable) { _ = try LabFault.parse(text) } catch {}
        do throws(LabTrap) {
            _ = try LabQuery(text.split(separator: "\n").map(String.init)).matches { _ in text }
        } catch {}
    }
}
