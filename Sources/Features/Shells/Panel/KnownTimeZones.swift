/// The time zones of the supported countries, for a select.
package enum KnownTimeZones {
    package static func names(besides own: String) -> [String] {
        all.contains(own) ? all : [own] + all
    }

    private static let all = [
        "America/Argentina/Buenos_Aires", "America/Asuncion", "America/Bogota", "America/Cancun", "America/Caracas",
        "America/Chicago", "America/Chihuahua", "America/Costa_Rica", "America/El_Salvador", "America/Guatemala",
        "America/Guayaquil", "America/Havana", "America/Hermosillo", "America/La_Paz", "America/Lima",
        "America/Los_Angeles",
        "America/Managua", "America/Manaus", "America/Mazatlan", "America/Mexico_City", "America/Monterrey",
        "America/Montevideo", "America/New_York", "America/Panama", "America/Puerto_Rico", "America/Punta_Arenas",
        "America/Santiago", "America/Santo_Domingo", "America/Sao_Paulo", "America/Tegucigalpa", "America/Tijuana",
        "Atlantic/Canary", "Europe/Madrid", "Pacific/Easter", "Pacific/Galapagos",
    ]
}
