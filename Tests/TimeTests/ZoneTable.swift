// Made with Python 3.11's zoneinfo over tzdata 2025b: every change of the clock from 2024 to 2030 (2025 for the last
// three), and what clocks show at some moments. A row that fails after tzdata was renewed tells of a country that changed
// its mind; make it anew.

struct ZoneChange: Sendable, CustomStringConvertible {
    let zone: String
    let at: Int64
    let from: Int64
    let to: Int64
    let abbreviation: String

    var description: String { "\(zone) at \(at)" }

    static let all = rows.map { ZoneChange(zone: $0.0, at: $0.1, from: $0.2, to: $0.3, abbreviation: $0.4) }
}

struct ZoneReading: Sendable, CustomStringConvertible {
    let zone: String
    let at: Int64
    let day: String
    let clock: String
    let offset: Int
    let abbreviation: String

    var description: String { "\(zone) at \(at)" }

    static let all = readings.map {
        ZoneReading(zone: $0.0, at: $0.1, day: $0.2, clock: $0.3, offset: $0.4, abbreviation: $0.5)
    }
}

private let rows: [(String, Int64, Int64, Int64, String)] = [
    ("America/Santiago", 1712458800, -10800, -14400, "-04"),
    ("America/Santiago", 1725768000, -14400, -10800, "-03"),
    ("America/Santiago", 1743908400, -10800, -14400, "-04"),
    ("America/Santiago", 1757217600, -14400, -10800, "-03"),
    ("America/Santiago", 1775358000, -10800, -14400, "-04"),
    ("America/Santiago", 1788667200, -14400, -10800, "-03"),
    ("America/Santiago", 1806807600, -10800, -14400, "-04"),
    ("America/Santiago", 1820116800, -14400, -10800, "-03"),
    ("America/Santiago", 1838257200, -10800, -14400, "-04"),
    ("America/Santiago", 1851566400, -14400, -10800, "-03"),
    ("America/Santiago", 1870311600, -10800, -14400, "-04"),
    ("America/Santiago", 1883016000, -14400, -10800, "-03"),
    ("America/Santiago", 1901761200, -10800, -14400, "-04"),
    ("America/Santiago", 1915070400, -14400, -10800, "-03"),
    ("America/Asuncion", 1711249200, -10800, -14400, "-04"),
    ("America/Asuncion", 1728187200, -14400, -10800, "-03"),
    ("America/Havana", 1710046800, -18000, -14400, "CDT"),
    ("America/Havana", 1730610000, -14400, -18000, "CST"),
    ("America/Havana", 1741496400, -18000, -14400, "CDT"),
    ("America/Havana", 1762059600, -14400, -18000, "CST"),
    ("America/Havana", 1772946000, -18000, -14400, "CDT"),
    ("America/Havana", 1793509200, -14400, -18000, "CST"),
    ("America/Havana", 1805000400, -18000, -14400, "CDT"),
    ("America/Havana", 1825563600, -14400, -18000, "CST"),
    ("America/Havana", 1836450000, -18000, -14400, "CDT"),
    ("America/Havana", 1857013200, -14400, -18000, "CST"),
    ("America/Havana", 1867899600, -18000, -14400, "CDT"),
    ("America/Havana", 1888462800, -14400, -18000, "CST"),
    ("America/Havana", 1899349200, -18000, -14400, "CDT"),
    ("America/Havana", 1919912400, -14400, -18000, "CST"),
    ("Europe/Madrid", 1711846800, 3600, 7200, "CEST"),
    ("Europe/Madrid", 1729990800, 7200, 3600, "CET"),
    ("Europe/Madrid", 1743296400, 3600, 7200, "CEST"),
    ("Europe/Madrid", 1761440400, 7200, 3600, "CET"),
    ("Europe/Madrid", 1774746000, 3600, 7200, "CEST"),
    ("Europe/Madrid", 1792890000, 7200, 3600, "CET"),
    ("Europe/Madrid", 1806195600, 3600, 7200, "CEST"),
    ("Europe/Madrid", 1824944400, 7200, 3600, "CET"),
    ("Europe/Madrid", 1837645200, 3600, 7200, "CEST"),
    ("Europe/Madrid", 1856394000, 7200, 3600, "CET"),
    ("Europe/Madrid", 1869094800, 3600, 7200, "CEST"),
    ("Europe/Madrid", 1887843600, 7200, 3600, "CET"),
    ("Europe/Madrid", 1901149200, 3600, 7200, "CEST"),
    ("Europe/Madrid", 1919293200, 7200, 3600, "CET"),
    ("America/New_York", 1710054000, -18000, -14400, "EDT"),
    ("America/New_York", 1730613600, -14400, -18000, "EST"),
    ("America/New_York", 1741503600, -18000, -14400, "EDT"),
    ("America/New_York", 1762063200, -14400, -18000, "EST"),
    ("America/Tijuana", 1710064800, -28800, -25200, "PDT"),
    ("America/Tijuana", 1730624400, -25200, -28800, "PST"),
    ("America/Tijuana", 1741514400, -28800, -25200, "PDT"),
    ("America/Tijuana", 1762074000, -25200, -28800, "PST"),
    ("Australia/Lord_Howe", 1712415600, 39600, 37800, "+1030"),
    ("Australia/Lord_Howe", 1728142200, 37800, 39600, "+11"),
    ("Australia/Lord_Howe", 1743865200, 39600, 37800, "+1030"),
    ("Australia/Lord_Howe", 1759591800, 37800, 39600, "+11"),
]

private let readings: [(String, Int64, String, String, Int, String)] = [
    ("America/Mexico_City", 1719813600, "2024-07-01", "00:00:00", -21600, "CST"),
    ("America/Mexico_City", 1799982000, "2027-01-14", "21:00:00", -21600, "CST"),
    ("America/Mexico_City", 1924988400, "2030-12-31", "17:00:00", -21600, "CST"),
    ("America/Lima", 1719813600, "2024-07-01", "01:00:00", -18000, "-05"),
    ("America/Lima", 1799982000, "2027-01-14", "22:00:00", -18000, "-05"),
    ("America/Lima", 1924988400, "2030-12-31", "18:00:00", -18000, "-05"),
    ("America/Bogota", 1719813600, "2024-07-01", "01:00:00", -18000, "-05"),
    ("America/Bogota", 1799982000, "2027-01-14", "22:00:00", -18000, "-05"),
    ("America/Bogota", 1924988400, "2030-12-31", "18:00:00", -18000, "-05"),
    ("America/Sao_Paulo", 1719813600, "2024-07-01", "03:00:00", -10800, "-03"),
    ("America/Sao_Paulo", 1799982000, "2027-01-15", "00:00:00", -10800, "-03"),
    ("America/Sao_Paulo", 1924988400, "2030-12-31", "20:00:00", -10800, "-03"),
    ("UTC", 1719813600, "2024-07-01", "06:00:00", 0, "UTC"),
    ("UTC", 1799982000, "2027-01-15", "03:00:00", 0, "UTC"),
    ("UTC", 1924988400, "2030-12-31", "23:00:00", 0, "UTC"),
    ("Asia/Kathmandu", 1719813600, "2024-07-01", "11:45:00", 20700, "+0545"),
    ("Asia/Kathmandu", 1799982000, "2027-01-15", "08:45:00", 20700, "+0545"),
    ("Asia/Kathmandu", 1924988400, "2031-01-01", "04:45:00", 20700, "+0545"),
    ("America/Guayaquil", 1719813600, "2024-07-01", "01:00:00", -18000, "-05"),
    ("America/Guayaquil", 1799982000, "2027-01-14", "22:00:00", -18000, "-05"),
    ("America/Guayaquil", 1924988400, "2030-12-31", "18:00:00", -18000, "-05"),
    ("America/Argentina/Buenos_Aires", 1719813600, "2024-07-01", "03:00:00", -10800, "-03"),
    ("America/Argentina/Buenos_Aires", 1799982000, "2027-01-15", "00:00:00", -10800, "-03"),
    ("America/Argentina/Buenos_Aires", 1924988400, "2030-12-31", "20:00:00", -10800, "-03"),
    ("America/Caracas", 1719813600, "2024-07-01", "02:00:00", -14400, "-04"),
    ("America/Caracas", 1799982000, "2027-01-14", "23:00:00", -14400, "-04"),
    ("America/Caracas", 1924988400, "2030-12-31", "19:00:00", -14400, "-04"),
    ("America/Asuncion", 1719813600, "2024-07-01", "02:00:00", -14400, "-04"),
    ("America/Asuncion", 1799982000, "2027-01-15", "00:00:00", -10800, "-03"),
    ("America/Asuncion", 1924988400, "2030-12-31", "20:00:00", -10800, "-03"),
    ("America/Mexico_City", 1656655200, "2022-07-01", "01:00:00", -18000, "CDT"),
    ("America/Mexico_City", -2208988800, "1899-12-31", "17:23:24", -23796, "LMT"),
    ("America/Sao_Paulo", 1546304400, "2018-12-31", "23:00:00", -7200, "-02"),
    ("Europe/Madrid", -612835200, "1950-08-01", "01:00:00", 3600, "CET"),
    ("Asia/Kathmandu", 486432000, "1985-06-01", "05:30:00", 19800, "+0530"),
    ("Pacific/Apia", 1325235600, "2011-12-29", "23:00:00", -36000, "-10"),
    ("Pacific/Apia", 1325239200, "2011-12-31", "00:00:00", 50400, "+14"),
    ("Europe/Dublin", 4055011200, "2098-07-01", "01:00:00", 3600, "IST"),
    ("Europe/Madrid", 4118076000, "2100-07-01", "00:00:00", 7200, "CEST"),
    ("America/Santiago", 4070919600, "2099-01-01", "00:00:00", -10800, "-03"),
    ("America/Havana", 2761185600, "2057-07-01", "00:00:00", -14400, "CDT"),
    ("America/New_York", 13574581200, "2400-02-29", "00:00:00", -18000, "EST"),
]
