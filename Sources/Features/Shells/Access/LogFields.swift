import HTTP
import Identifiers
import Telemetry
import Tenancy

extension Log.Field {
    package static func request(_ request: Request) -> Log.Field { Log.Field("request", request.id) }
    package static func tenant(_ tenant: Tenant) -> Log.Field { Log.Field("tenant", tenant.slug) }
}
