import Foundation
import Images
import Locale
import ReceiptTexts
import Testing
import Time

@testable import ReceiptReading

/// Receipts of invented banks, drawn, sent once more in disguise, and read.
@Suite struct ReceiptReadingTests {
    private static let today = Day(year: 2026, month: 11, day: 30)!
    /// Each is read twice. 300 by hand: RECEIPTS=300.
    private static let count = ProcessInfo.processInfo.environment["RECEIPTS"].flatMap { Int($0) } ?? 15

    private struct Sample: Sendable {
        let truth: DrawnReceipt.Truth
        let facts: ReceiptFacts
        let again: ReceiptFacts
        let signature: [UInt8]
        let signatureAgain: [UInt8]
    }

    private static func currency(of region: Region) -> Currency {
        switch region {
        case .peru: .pen
        case .colombia: .cop
        case .argentina: .ars
        default: .mxn
        }
    }

    private static func sample(_ seed: Int) throws -> Sample {
        var random = SeededRandom(UInt64(seed) &* 7919 &+ 11)
        let (receipt, truth) = DrawnReceipt.make(seed, today: today, &random)
        var disguised = receipt.disguised(&random)
        // The amount is written over.
        if random.next(3) == 0 {
            disguised.amount = receipt.amount.replacingOccurrences(of: "1", with: "7")
        }
        func read(_ receipt: DrawnReceipt) throws -> (ReceiptFacts, [UInt8]) {
            let picture = try ReadReceipt(try receipt.file()).perform()
            return (
                ReceiptFacts(picture.words, currency(of: receipt.region), in: receipt.region, today: today),
                picture.signature
            )
        }
        let (facts, signature) = try read(receipt)
        let (again, signatureAgain) = try read(disguised)
        return Sample(
            truth: truth, facts: facts, again: again, signature: signature, signatureAgain: signatureAgain)
    }

    @Test func `what is read of a receipt is true where it is sure, and what is sent again is found`() async throws {
        let samples = try await withThrowingTaskGroup(of: (Int, Sample).self) { group in
            for seed in 0..<Self.count { group.addTask { (seed, try Self.sample(seed)) } }
            var samples: [Int: Sample] = [:]
            for try await (seed, sample) in group { samples[seed] = sample }
            return samples.sorted { $0.key < $1.key }.map(\.value)
        }
        var (amounts, days, references, found, wrong) = (0, 0, 0, 0, 0)
        for sample in samples {
            let (facts, truth) = (sample.facts, sample.truth)
            if facts.amount?.value.minor == truth.minor { amounts += 1 }
            if facts.day?.value == truth.day { days += 1 }
            if facts.reference?.value == truth.reference { references += 1 }
            // What is wrong must not be sure.
            if let amount = facts.amount, amount.confidence >= ReceiptFacts.sure, amount.value.minor != truth.minor {
                wrong += 1
            }
            if let day = facts.day, day.confidence >= ReceiptFacts.sure, day.value != truth.day { wrong += 1 }
            let isSameReference =
                sample.again.reference.map { ReceiptReference.areAlike($0.value, truth.reference) } ?? false
            if isSameReference || PictureSignature.areSame(sample.signature, sample.signatureAgain) { found += 1 }
        }
        let told = "amounts \(amounts), days \(days), references \(references), found \(found), wrong \(wrong)"
        #expect(found * 100 >= samples.count * 99, "\(told)")
        #expect(wrong * 100 <= samples.count, "\(told)")
        #expect(amounts * 100 >= samples.count * 93, "\(told)")
        #expect(days * 100 >= samples.count * 93, "\(told)")
        #expect(references * 100 >= samples.count * 90, "\(told)")
        if samples.count > 100 { print(told) }
    }
}
