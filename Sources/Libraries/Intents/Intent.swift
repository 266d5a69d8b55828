import Time

/// What somebody who writes to an Internet provider wants.
package enum Intent: String, Sendable, CaseIterable {
    case balance
    case howToPay = "how-to-pay"
    case paid
    case invoice
    case service
    case noInternet = "no-internet"
    case slow
    case wifiPassword = "wifi-password"
    case changePlan = "change-plan"
    case recharge
    case promise
    case signUp = "sign-up"
    case office
    case person
    case complaint
    case thanks
    case greeting
    case farewell
    /// Stops what was begun in the conversation.
    case cancel
    /// Gives the service up.
    case leave
    case yes
    case no
    case menu
    case unknown

    /// Said beside what is wanted, out of courtesy.
    package var isCourtesy: Bool { self == .greeting || self == .thanks || self == .farewell }
}

/// What was understood of a message.
package struct Understanding: Sendable, Equatable {
    package var intent: Intent
    /// In percent.
    package var confidence: Int
    /// The second most likely intent, or a second wish.
    package var runnerUp: Intent?
    package var runnerUpConfidence: Int
    package var amount: WrittenAmount?
    package var days: Int?
    package var day: Day?
    /// The number of a service, contract or customer, if the message names one.
    package var number: String?

    /// Below it nothing was understood.
    package static let leastConfidence = 55

    /// The understanding of a message without words.
    package static let nothing = Understanding(intent: .unknown, confidence: 0, runnerUp: nil, runnerUpConfidence: 0)
}

/// An amount as it is written, in hundredths of a currency that the message need not name.
package struct WrittenAmount: Sendable, Equatable {
    package let hundredths: Int64
    /// Written with a sign or a word of money; otherwise it is the message's only number that is nothing else.
    package let isSure: Bool
}
