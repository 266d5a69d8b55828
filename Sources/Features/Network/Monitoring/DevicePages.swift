import Access
import Declarations
import HTML
import Identifiers
import Locale
import Nouns
import Panel
import Routers
import Tenancy
import Time

/// Says that nothing is polled, in red, with the way to turn it on.
struct MonitorOff: View {
    let monitor: MonitorSwitch
    let visit: Visit

    var body: Markup {
        if !monitor.isOn {
            p(.class("notice notice-bad"), .role("alert")) {
                strong { DeviceWords.isOff.text(for: visit.reader) }
                if let at = monitor.changedAt {
                    " \(at.text(.short, in: visit.tenant.timeZone, for: visit.reader)), \(monitor.changedBy). "
                }
                if visit.mayAct(with: .networkManage) {
                    a(.href(DeviceRoutes.switchPath), .data("dialog", "")) {
                        DeviceWords.turnOn.text(for: visit.reader)
                    }
                }
            }
        }
    }
}

struct DevicesPage: View {
    let monitor: MonitorSwitch
    let list: ListPage<DeviceInState>
    let visit: Visit

    var body: Markup {
        MonitorOff(monitor: monitor, visit: visit)
        list
        if monitor.isOn, visit.mayAct(with: .networkOperate) {
            form(.class("inline"), .method(.post), .action("\(Device.path)/poll")) {
                button(.type("submit")) { DeviceWords.pollNow.text(for: visit.reader) }
            }
        }
    }
}

/// A device's page: its state with the proof, its data, and what hangs on it.
struct DevicePage: View {
    let device: Device
    let state: DeviceState
    let monitor: MonitorSwitch
    let options: [String: FieldOptions]
    let below: [DeviceInState]
    let charts: DeviceCharts
    let parts: [Markup]
    let visit: Visit

    private var reader: Reader { visit.reader }

    var body: Markup {
        Crumb(DeviceInState.list, visit: visit)
        PageHeading(device.name) {
            if visit.mayAct(with: .networkManage) {
                a(.class("button"), .href("\(device.panelPath)/edit")) {
                    Icon.edit
                    span { DeviceWords.edit.text(for: reader) }
                }
            }
        }
        MonitorOff(monitor: monitor, visit: visit)
        p(.class("subject")) { StateMark(state.standing, for: reader) }
        DeviceProof(device: device, state: state, visit: visit)
        for part in parts { part }
        charts
        NounFacts(device, options: options, for: reader)
        if let router = device.router {
            p { a(.class("button"), .href("/panel/routers/\(router)")) { DeviceWords.seeRouter.text(for: reader) } }
        }
        if !below.isEmpty { DevicesBelow(below: below, reader: reader) }
    }
}

/// What the last polls showed, each with its date.
private struct DeviceProof: View {
    let device: Device
    let state: DeviceState
    let visit: Visit

    private var reader: Reader { visit.reader }

    var body: Markup {
        dl(.class("facts card")) {
            fact(.since, state.since.map(moment))
            fact(.polled, state.polledAt.map(moment))
            fact(.proof, proof)
            if !state.identity.isEmpty { fact(.identity, state.identity) }
            if !state.model.isEmpty { fact(.model, state.model) }
            if let uptime = state.uptime { fact(.uptime, DeviceWords.text(ofSeconds: uptime, for: reader)) }
        }
    }

    private var proof: String? {
        if !state.trouble.isEmpty {
            let reason = DeviceTrouble(rawValue: state.trouble)?.text(for: reader) ?? state.trouble
            guard state.failedPolls > 0 else { return reason }
            return "\(reason) (\(DeviceWords.failures.text(for: reader, .count(state.failedPolls))))"
        }
        guard let method = Device.Method(rawValue: state.answeredBy) else { return nil }
        let answered = DeviceWords.answeredBy.text(for: reader, .text("method", method.text(for: reader)))
        guard state.latency != nil else { return answered }
        return "\(answered) · \(DeviceWords.latency.text(for: reader)): \(state.latencyText)"
    }

    private func moment(_ instant: Instant) -> String { instant.text(.short, in: visit.tenant.timeZone, for: reader) }

    private func fact(_ words: DeviceWords, _ text: String?) -> Markup {
        div {
            dt { words.text(for: reader) }
            dd {
                if let text {
                    text
                } else {
                    span(.class("hint")) { DeviceWords.never.text(for: reader) }
                }
            }
        }
    }
}

private struct DevicesBelow: View {
    let below: [DeviceInState]
    let reader: Reader

    var body: Markup {
        section(.class("card"), .aria("label", DeviceWords.below.text(for: reader))) {
            h2 { DeviceWords.below.text(for: reader) }
            ul {
                for one in below {
                    li {
                        a(.href(one.device.panelPath)) { one.device.name }
                        " "
                        StateMark(one.state.standing, for: reader)
                    }
                }
            }
        }
    }
}
