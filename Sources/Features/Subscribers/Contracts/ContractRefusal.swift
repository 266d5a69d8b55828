import Access
import HTTP
import Locale

package enum ContractRefusal: Refusal, Equatable {
    case noTemplate, templateChanged, templateUnchanged
    case unknownCustomer, conditionsMissing, conditionsTooLong, identificationMissing, reasonMissing
    case alreadySigned, annulled

    package var status: Status {
        switch self {
        case .noTemplate, .templateChanged, .templateUnchanged, .alreadySigned, .annulled: .conflict
        case .unknownCustomer, .conditionsMissing, .conditionsTooLong, .identificationMissing, .reasonMissing:
            .unprocessableContent
        }
    }

    package var code: String {
        switch self {
        case .noTemplate: "no_contract_template"
        case .templateChanged: "contract_template_changed"
        case .templateUnchanged: "contract_template_unchanged"
        case .unknownCustomer: "unknown_customer"
        case .conditionsMissing: "conditions_missing"
        case .conditionsTooLong: "conditions_too_long"
        case .identificationMissing: "identification_missing"
        case .reasonMissing: "reason_missing"
        case .alreadySigned: "contract_signed"
        case .annulled: "contract_annulled"
        }
    }

    package var message: Message {
        switch self {
        case .noTemplate: ContractWords.noTemplate.message
        case .templateChanged: ContractWords.templateChanged.message
        case .templateUnchanged: ContractWords.templateUnchanged.message
        case .unknownCustomer: ContractWords.unknownCustomer.message
        case .conditionsMissing: ContractWords.conditionsMissing.message
        case .conditionsTooLong: ContractWords.conditionsTooLong.message
        case .identificationMissing: ContractWords.identificationMissing.message
        case .reasonMissing: ContractWords.reasonMissing.message
        case .alreadySigned: ContractWords.alreadySigned.message
        case .annulled: ContractWords.isAnnulled.message
        }
    }
}
