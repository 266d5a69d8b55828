import Access
import Declarations
import HTML
import Locale

/// The keyboard shortcuts, and a switch for single-letter ones.
struct KeysPage: View {
    let visit: Visit

    var body: Markup {
        let reader = visit.reader
        let isOn = Preferences(of: visit.request).hasShortcuts
        h1 { PanelWords.keys.text(for: reader) }
        dl(.class("keys")) {
            line(["Ctrl", "K"], PanelWords.keySearch, reader)
            line(["/"], .keyFilter, reader)
            line(["j", "k"], .keyRows, reader)
            line(["x"], .keySelect, reader)
            line(["n"], .keyNew, reader)
            line(["p"], .keyPay, reader)
            line(["?"], .keys, reader)
            line(["Esc"], .close, reader)
            for part in visit.menu where part.entries.contains(where: visit.mayOpen) {
                line(["g", part.section.key], part.section.heading, reader)
            }
            if !visit.settings.isEmpty { line(["g", SettingsLink.key], PanelWords.settings, reader) }
        }
        form(.class("keys-switch"), .method(.post), .action("/panel/preferences")) {
            input(.type("hidden"), .name("next"), .value("/panel/keys"))
            p(.class("hint")) { (isOn ? PanelWords.keysAreOn : .keysAreOff).text(for: reader) }
            button(.type("submit"), .name("keys"), .value(isOn ? "off" : "on")) {
                (isOn ? PanelWords.turnKeysOff : .turnKeysOn).text(for: reader)
            }
        }
    }

    private func line(_ keys: [String], _ words: PanelWords, _ reader: Reader) -> Markup {
        line(keys, words.message, reader)
    }

    private func line(_ keys: [String], _ text: Message, _ reader: Reader) -> Markup {
        div {
            dt { text.text(for: reader) }
            dd { for key in keys { kbd { key } } }
        }
    }
}
