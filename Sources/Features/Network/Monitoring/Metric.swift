import Locale

/// What is measured of a device. Values are whole numbers of the metric's unit.
package enum Metric: String, MessageCatalogue {
    /// 100 for a poll that was answered, 0 for one that was not: its mean is the availability.
    case available
    /// In microseconds, as the next.
    case latency, jitter
    case loss
    /// In bits a second, of an interface.
    case trafficIn = "traffic_in"
    case trafficOut = "traffic_out"
    /// In dBm, as the noise.
    case signal, noise
    case ccq, capacity, stations, cpu, memory
    /// In tenths of a degree and of a volt.
    case temperature, voltage
    /// In bits a second, of the radio.
    case radioSent = "radio_sent"
    case radioReceived = "radio_received"

    package var message: Message {
        switch self {
        case .available: Message(es: "Disponibilidad", en: "Availability", pt: "Disponibilidade")
        case .latency: Message(es: "Latencia", en: "Latency", pt: "Latência")
        case .jitter: Message(es: "Jitter", en: "Jitter", pt: "Jitter")
        case .loss: Message(es: "Pérdida", en: "Loss", pt: "Perda")
        case .trafficIn: Message(es: "Tráfico entrante", en: "Traffic in", pt: "Tráfego de entrada")
        case .trafficOut: Message(es: "Tráfico saliente", en: "Traffic out", pt: "Tráfego de saída")
        case .signal: Message(es: "Señal", en: "Signal", pt: "Sinal")
        case .noise: Message(es: "Ruido", en: "Noise", pt: "Ruído")
        case .ccq: Message(es: "CCQ", en: "CCQ", pt: "CCQ")
        case .capacity: Message(es: "Capacidad", en: "Capacity", pt: "Capacidade")
        case .stations: Message(es: "Estaciones conectadas", en: "Connected stations", pt: "Estações conectadas")
        case .cpu: Message(es: "CPU", en: "CPU", pt: "CPU")
        case .memory: Message(es: "Memoria usada", en: "Memory used", pt: "Memória usada")
        case .temperature: Message(es: "Temperatura", en: "Temperature", pt: "Temperatura")
        case .voltage: Message(es: "Voltaje", en: "Voltage", pt: "Tensão")
        case .radioSent: Message(es: "Tasa de envío", en: "Send rate", pt: "Taxa de envio")
        case .radioReceived: Message(es: "Tasa de recepción", en: "Receive rate", pt: "Taxa de recepção")
        }
    }

    var unit: String {
        switch self {
        case .available, .loss, .ccq, .capacity, .cpu, .memory: "%"
        case .latency, .jitter: "ms"
        case .trafficIn, .trafficOut, .radioSent, .radioReceived: "Mb/s"
        case .signal, .noise: "dBm"
        case .stations: ""
        case .temperature: "°C"
        case .voltage: "V"
        }
    }

    /// Whole units of storage in one that is shown.
    private var scale: Double {
        switch self {
        case .latency, .jitter: 1000
        case .trafficIn, .trafficOut, .radioSent, .radioReceived: 1_000_000
        case .temperature, .voltage: 10
        default: 1
        }
    }

    func shown(_ value: Double) -> Double { value / scale }
    func stored(_ value: Double) -> Double { value * scale }

    /// With two decimals at most: "12.5 ms", "-61 dBm".
    package func text(_ value: Double, for reader: Reader) -> String {
        let hundredths = Int((shown(value) * 100).rounded())
        let (whole, rest) = (abs(hundredths) / 100, abs(hundredths) % 100)
        var decimals = rest == 0 ? "" : rest % 10 == 0 ? "\(rest / 10)" : rest < 10 ? "0\(rest)" : "\(rest)"
        if self == .available || abs(hundredths) < 10_000 {
            if !decimals.isEmpty { decimals = ".\(decimals)" }
        } else {
            decimals = ""
        }
        let number = (hundredths < 0 ? "-" : "") + whole.text(for: reader) + decimals
        return unit.isEmpty ? number : unit == "%" ? "\(number) %" : "\(number) \(unit)"
    }
}
