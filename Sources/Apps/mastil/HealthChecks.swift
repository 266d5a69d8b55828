import Glibc
import Loop
import Platform
import Postgres
import Telemetry
import Time

extension HealthCheck {
    /// Whether both roles can query, and whether PostgreSQL's last write found disk space.
    static func postgres(_ database: Database) -> HealthCheck {
        HealthCheck("postgresql") {
            try await database.check()
            guard let moment = await database.statistics().diskFullAt, Monotonic.read() - moment < .seconds(300) else {
                return .ok
            }
            return .degraded("its disk was full within the last 5 minutes")
        }
    }

    /// Free disk space for the program's own files: uploads, exports, crash reports.
    static func room(in directories: [String], blocking: BlockingPool) -> HealthCheck {
        HealthCheck("disk") {
            try await blocking.run {
                for directory in directories {
                    var disk = statvfs()
                    // The directory is created on demand.
                    guard statvfs(directory, &disk) == 0 else { continue }
                    let (free, whole) = (UInt64(disk.f_bavail), UInt64(disk.f_blocks))
                    let bytes = free.multipliedReportingOverflow(by: UInt64(disk.f_frsize)).partialValue
                    if bytes < 1 << 30 || free < whole / 50 {
                        return .degraded("\(directory) has \(bytes >> 20) MiB left")
                    }
                }
                return .ok
            }
        }
    }

    /// Whether the database is backed up, and the last backup could be restored.
    static func backups(_ database: Database) -> HealthCheck {
        HealthCheck("backups") {
            switch try await database.platform.backupStanding().alarm(at: TimeSource.system.now()) {
            case nil: .ok
            case .never: .degraded("there is no backup of the database")
            case .old: .degraded("the last backup is more than a day old")
            case .failed: .degraded("the last backup failed")
            case .drillFailed: .degraded("the last backup did not pass its restore drill")
            }
        }
    }
}
