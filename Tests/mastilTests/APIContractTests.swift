import API
import Access
import Assembly
import Backups
import BankAccounts
import BankFiles
import Collection
import Conversations
import Customers
import Declarations
import Events
import HTTP
import Identifiers
import Invoices
import JSON
import Ledger
import Locale
import Loop
import Notices
import Payments
import Postgres
import Routers
import ShellSupport
import Stock
import Tenancy
import TenantSupport
import TestSupport
import Testing
import Time
import Vault

@testable import Contracts
@testable import mastil

/// Every route of the program's API, held against what the program says of it.
@Suite struct APIContractTests {
    /// A request that each operation answers well; one that is missing fails the test.
    static let examples: [String: (path: String, body: String)] = [
        "GET /api/v1": ("/api/v1", ""),
        "GET /api/v1/search": ("/api/v1/search?q=ana", ""),
        "GET /api/v1/customers": ("/api/v1/customers?limit=2", ""),
        "POST /api/v1/customers": ("/api/v1/customers", #"{"name":"Ana","since":"2026-01-31"}"#),
        "GET /api/v1/customers/{id}": ("CUSTOMER", ""),
        "PATCH /api/v1/customers/{id}": ("CUSTOMER", #"{"phone":"55 0000 0000"}"#),
        "GET /api/v1/likely-duplicates": ("/api/v1/likely-duplicates?limit=2", ""),
        "GET /api/v1/customer-merges": ("/api/v1/customer-merges?limit=2", ""),
        "POST /api/v1/customers/{id}/merges": ("/api/v1/customers/SOMEBODY/merges", #"{"duplicate":"DUPLICATE"}"#),
        "GET /api/v1/customer-merges/{id}": ("/api/v1/customer-merges/MERGED", ""),
        "POST /api/v1/customer-merges/{id}/separations": ("/api/v1/customer-merges/MERGED/separations", "{}"),
        "POST /api/v1/customers/{id}/payer": ("/api/v1/customers/ORPHAN/payer", #"{"payer":"SOMEBODY"}"#),
        "GET /api/v1/customers/{id}/payer": ("/api/v1/customers/CHAPEL/payer", ""),
        "DELETE /api/v1/customers/{id}/payer": ("/api/v1/customers/CHAPEL/payer", ""),
        "GET /api/v1/customers/{id}/balance": ("/api/v1/customers/SOMEBODY/balance", ""),
        "GET /api/v1/customers/{id}/statement": ("/api/v1/customers/SOMEBODY/statement?limit=2", ""),
        "GET /api/v1/invoices": ("/api/v1/invoices?kind=invoice&state=pending&limit=2", ""),
        "GET /api/v1/invoices/{id}": ("/api/v1/invoices/BILLED", ""),
        "GET /api/v1/invoices/{id}/lines": ("/api/v1/invoices/BILLED/lines", ""),
        "GET /api/v1/invoices/{id}/pdf": ("/api/v1/invoices/BILLED/pdf", ""),
        "POST /api/v1/customers/{id}/invoices": (
            "/api/v1/customers/SOMEBODY/invoices", #"{"items":[{"name":"Visita","price":500,"quantity":2}]}"#
        ),
        "POST /api/v1/invoices/{id}/credit-notes": (
            "/api/v1/invoices/BILLED/credit-notes", #"{"amount":100,"reason":"Falla"}"#
        ),
        "POST /api/v1/invoices/{id}/voids": ("/api/v1/invoices/WRONG/voids", #"{"reason":"Error"}"#),
        "GET /api/v1/billing-preview": ("/api/v1/billing-preview", ""),
        "POST /api/v1/billing-runs": ("/api/v1/billing-runs", "{}"),
        "GET /api/v1/billing-runs": ("/api/v1/billing-runs?limit=2", ""),
        "GET /api/v1/billing-runs/{id}": ("/api/v1/billing-runs/ISSUED", ""),
        "GET /api/v1/bank-accounts": ("/api/v1/bank-accounts", ""),
        "POST /api/v1/bank-accounts": (
            "/api/v1/bank-accounts", #"{"bank":"BBVA","holder":"Norte","account":"0118359719"}"#
        ),
        "GET /api/v1/bank-accounts/{id}": ("/api/v1/bank-accounts/BANK", ""),
        "PATCH /api/v1/bank-accounts/{id}": ("/api/v1/bank-accounts/BANK", #"{"note":"Solo transferencias"}"#),
        "DELETE /api/v1/bank-accounts/{id}": ("/api/v1/bank-accounts/BANK", ""),
        "GET /api/v1/imports": ("/api/v1/imports?state=tried&limit=2", ""),
        "POST /api/v1/imports": ("/api/v1/imports", #"{"name":"clientes.csv","content":"Tm9tYnJlCkFuYQo="}"#),
        "GET /api/v1/imports/{id}": ("/api/v1/imports/CHECKED", ""),
        "DELETE /api/v1/imports/{id}": ("/api/v1/imports/SENT", ""),
        "POST /api/v1/imports/{id}/trials": ("/api/v1/imports/SENT/trials", #"{"fields":["name"]}"#),
        "GET /api/v1/imports/{id}/rows": ("/api/v1/imports/CHECKED/rows?outcome=refused&limit=2", ""),
        "POST /api/v1/imports/{id}/commits": ("/api/v1/imports/CHECKED/commits", "{}"),
        "POST /api/v1/imports/{id}/undoings": ("/api/v1/imports/BROUGHT/undoings", "{}"),
        "GET /api/v1/notices": ("/api/v1/notices?state=waiting&limit=2", ""),
        "GET /api/v1/notices/{id}": ("/api/v1/notices/NOTICED", ""),
        "GET /api/v1/conversations": ("/api/v1/conversations?state=open&limit=2", ""),
        "GET /api/v1/conversations/{id}": ("/api/v1/conversations/TALK1", ""),
        "GET /api/v1/conversations/{id}/messages": ("/api/v1/conversations/TALK1/messages?limit=2", ""),
        "GET /api/v1/messages/{id}": ("/api/v1/messages/SPOKEN", ""),
        "POST /api/v1/conversations/{id}/messages": (
            "/api/v1/conversations/TALK1/messages", #"{"text":"Buenas","buttons":["Mi saldo"]}"#
        ),
        "POST /api/v1/conversations/{id}/notes": ("/api/v1/conversations/TALK1/notes", #"{"text":"Ojo"}"#),
        "POST /api/v1/conversations/{id}/assignments": (
            "/api/v1/conversations/TALK1/assignments", #"{"staff":null}"#
        ),
        "POST /api/v1/conversations/{id}/handovers": (
            "/api/v1/conversations/TALK1/handovers", #"{"reason":"upset"}"#
        ),
        "POST /api/v1/conversations/{id}/closings": ("/api/v1/conversations/TALK2/closings", "{}"),
        "POST /api/v1/conversations/{id}/reopenings": ("/api/v1/conversations/TALK3/reopenings", "{}"),
        "POST /api/v1/conversations/{id}/links": (
            "/api/v1/conversations/TALK4/links", #"{"customer":"SOMEBODY"}"#
        ),
        "GET /api/v1/bank-files": ("/api/v1/bank-files?state=committed&limit=2", ""),
        "POST /api/v1/bank-files": (
            "/api/v1/bank-files", #"{"account":"OWNED","name":"enero.csv","content":"RmVjaGEsQWJvbm8K"}"#
        ),
        "GET /api/v1/bank-files/{id}": ("/api/v1/bank-files/COMMITTED", ""),
        "POST /api/v1/bank-files/{id}/commits": ("/api/v1/bank-files/LOOKED/commits", "{}"),
        "POST /api/v1/bank-files/{id}/undoings": ("/api/v1/bank-files/REGRETTED/undoings", "{}"),
        "GET /api/v1/bank-files/{id}/lines": (
            "/api/v1/bank-files/COMMITTED/lines?state=unidentified&limit=2", ""
        ),
        "GET /api/v1/bank-lines/{id}": ("/api/v1/bank-lines/LINE1", ""),
        "POST /api/v1/bank-lines/{id}/assignments": (
            "/api/v1/bank-lines/LINE1/assignments", #"{"customer":"SOMEBODY"}"#
        ),
        "POST /api/v1/bank-lines/{id}/dismissals": (
            "/api/v1/bank-lines/LINE2/dismissals", #"{"reason":"Intereses"}"#
        ),
        "POST /api/v1/customers/{id}/failed-visits": (
            "/api/v1/customers/SOMEBODY/failed-visits", #"{"note":"Casa cerrada"}"#
        ),
        "GET /api/v1/tills": ("/api/v1/tills", ""),
        "POST /api/v1/tills": ("/api/v1/tills", #"{"name":"Caja 2"}"#),
        "GET /api/v1/tills/{id}": ("/api/v1/tills/TILL", ""),
        "PATCH /api/v1/tills/{id}": ("/api/v1/tills/TILL", #"{"office":"Centro"}"#),
        "GET /api/v1/shifts": ("/api/v1/shifts?state=open&limit=2", ""),
        "POST /api/v1/shifts": ("/api/v1/shifts", #"{"till":"TILL","float":50000}"#),
        "GET /api/v1/shifts/{id}": ("/api/v1/shifts/SHIFT", ""),
        "POST /api/v1/shifts/{id}/movements": (
            "/api/v1/shifts/SHIFT/movements", #"{"kind":"added","amount":100,"note":"Cambio"}"#
        ),
        "GET /api/v1/shifts/{id}/movements": ("/api/v1/shifts/SHIFT/movements", ""),
        "POST /api/v1/shifts/{id}/undone-movements": (
            "/api/v1/shifts/SHIFT/undone-movements", #"{"number":2,"reason":"Prueba"}"#
        ),
        "GET /api/v1/shifts/{id}/loose-payments": ("/api/v1/shifts/SHIFT/loose-payments", ""),
        "POST /api/v1/shifts/{id}/payments": ("/api/v1/shifts/SHIFT/payments", "{}"),
        "POST /api/v1/shifts/{id}/closes": ("/api/v1/shifts/SHIFT/closes", #"{"counted":0,"reason":"Prueba"}"#),
        "GET /api/v1/gateways": ("/api/v1/gateways?limit=2", ""),
        "GET /api/v1/online-payments": ("/api/v1/online-payments?state=opening&limit=2", ""),
        "GET /api/v1/online-payments/{id}": ("/api/v1/online-payments/ONLINE", ""),
        "POST /api/v1/online-payments": (
            "/api/v1/online-payments", #"{"customer":"SOMEBODY","gateway":"stripe","way":"hosted","amount":100}"#
        ),
        "GET /api/v1/expenses": ("/api/v1/expenses?limit=2", ""),
        "POST /api/v1/expenses": ("/api/v1/expenses", #"{"category":"rent","amount":100,"account":"transfer"}"#),
        "GET /api/v1/expenses/{id}": ("/api/v1/expenses/SPENT", ""),
        "POST /api/v1/expenses/{id}/reversals": ("/api/v1/expenses/SPENT/reversals", #"{"reason":"Error"}"#),
        "GET /api/v1/payments": ("/api/v1/payments?state=applied&limit=2", ""),
        "POST /api/v1/payments": (
            "/api/v1/payments", #"{"customer":"SOMEBODY","method":"cash","amount":100,"note":"Gracias"}"#
        ),
        "GET /api/v1/payments/{id}": ("/api/v1/payments/PAID", ""),
        "GET /api/v1/receipts": ("/api/v1/receipts?limit=2", ""),
        "GET /api/v1/receipts/{id}": ("/api/v1/receipts/PAID", ""),
        "GET /api/v1/payments/{id}/receipt": ("/api/v1/payments/PAID/receipt", ""),
        "GET /api/v1/payments/{id}/tickets/80": ("/api/v1/payments/PAID/tickets/80", ""),
        "GET /api/v1/payments/{id}/tickets/58": ("/api/v1/payments/PAID/tickets/58", ""),
        "POST /api/v1/payments/{id}/reversals": ("/api/v1/payments/PAID/reversals", #"{"reason":"Error"}"#),
        "POST /api/v1/payments/{id}/chargebacks": ("/api/v1/payments/CONTESTED/chargebacks", #"{"reason":"Banco"}"#),
        "GET /api/v1/adjustments": ("/api/v1/adjustments?kind=refund&limit=2", ""),
        "GET /api/v1/adjustments/{id}": ("/api/v1/adjustments/GIVEN", ""),
        "POST /api/v1/customers/{id}/refunds": (
            "/api/v1/customers/GENEROUS/refunds", #"{"amount":100,"method":"cash"}"#
        ),
        "POST /api/v1/customers/{id}/withholdings": (
            "/api/v1/customers/RETAINED/withholdings",
            #"{"charge":"CHARGED","amount":1,"tax":"ISR","certificate":"C1","day":"2026-11-01"}"#
        ),
        "POST /api/v1/adjustments/{id}/approvals": ("/api/v1/adjustments/ASKED/approvals", "{}"),
        "POST /api/v1/adjustments/{id}/rejections": (
            "/api/v1/adjustments/UNWISE/rejections", #"{"reason":"Error"}"#
        ),
        "POST /api/v1/adjustments/{id}/reversals": ("/api/v1/adjustments/GIVEN/reversals", #"{"reason":"Error"}"#),
        "POST /api/v1/payments/{id}/approvals": ("/api/v1/payments/HELD/approvals", "{}"),
        "POST /api/v1/payments/{id}/rejections": ("/api/v1/payments/DOUBTED/rejections", #"{"reason":"Error"}"#),
        "GET /api/v1/collection/policy": ("/api/v1/collection/policy", ""),
        "PATCH /api/v1/collection/policy": ("/api/v1/collection/policy", #"{"on":true}"#),
        "GET /api/v1/collection/runs": ("/api/v1/collection/runs", ""),
        "POST /api/v1/collection/runs": ("/api/v1/collection/runs", #"{"stage":"notice"}"#),
        "GET /api/v1/collection/runs/{id}": ("/api/v1/collection/runs/RUN", ""),
        "GET /api/v1/services/{id}/decision": ("/api/v1/services/ACTIVE/decision", ""),
        "GET /api/v1/promises": ("/api/v1/promises?state=open", ""),
        "POST /api/v1/customers/{id}/promises": (
            "/api/v1/customers/DEBTOR/promises", #"{"amount":500}"#
        ),
        "GET /api/v1/promises/{id}": ("/api/v1/promises/PROMISE", ""),
        "POST /api/v1/promises/{id}/cancellations": ("/api/v1/promises/PROMISE/cancellations", "{}"),
        "POST /api/v1/customers/{id}/holds": ("/api/v1/customers/SOMEBODY/holds", #"{"reason":"Viaje"}"#),
        "GET /api/v1/holds/{id}": ("/api/v1/holds/GRACE", ""),
        "DELETE /api/v1/holds/{id}": ("/api/v1/holds/GRACE", ""),
        "GET /api/v1/events": ("/api/v1/events?limit=2", ""),
        "GET /api/v1/events/stream": ("/api/v1/events/stream", ""),
        "GET /api/v1/events/{id}": ("/api/v1/events/HAPPENED", ""),
        "GET /api/v1/webhooks": ("/api/v1/webhooks", ""),
        "POST /api/v1/webhooks": (
            "/api/v1/webhooks", #"{"name":"n8n","address":"https://example.com/in","kinds":["customer.created"]}"#
        ),
        "GET /api/v1/webhooks/{id}": ("/api/v1/webhooks/WEBHOOK", ""),
        "PATCH /api/v1/webhooks/{id}": ("/api/v1/webhooks/WEBHOOK", #"{"state":"paused"}"#),
        "DELETE /api/v1/webhooks/{id}": ("/api/v1/webhooks/WEBHOOK", ""),
        "POST /api/v1/webhooks/{id}/secrets": ("/api/v1/webhooks/WEBHOOK/secrets", "{}"),
        "POST /api/v1/webhooks/{id}/tests": ("/api/v1/webhooks/WEBHOOK/tests", "{}"),
        "GET /api/v1/webhooks/{id}/deliveries": ("/api/v1/webhooks/WEBHOOK/deliveries?limit=1", ""),
        "GET /api/v1/webhooks/{id}/deliveries/{event}": ("/api/v1/webhooks/WEBHOOK/deliveries/EVENT", ""),
        "POST /api/v1/webhooks/{id}/deliveries/{event}/replays": (
            "/api/v1/webhooks/WEBHOOK/deliveries/EVENT/replays", "{}"
        ),
        "GET /api/v1/zones": ("/api/v1/zones", ""),
        "GET /api/v1/routers": ("/api/v1/routers", ""),
        "POST /api/v1/routers": (
            "/api/v1/routers",
            #"{"name":"Cerro","address":"10.0.0.2","login":"api_bot","password":"x","cut_list":"morosos"}"#
        ),
        "GET /api/v1/routers/{id}": ("/api/v1/routers/ROUTER", ""),
        "PATCH /api/v1/routers/{id}": ("/api/v1/routers/ROUTER", #"{"cut":"disable"}"#),
        "GET /api/v1/routers/{id}/health": ("/api/v1/routers/ROUTER/health", ""),
        "POST /api/v1/routers/{id}/comparisons": ("/api/v1/routers/ROUTER/comparisons", "{}"),
        "POST /api/v1/routers/{id}/moves": (
            "/api/v1/routers/ROUTER/moves", #"{"to":"RESERVE","trial":true}"#
        ),
        "GET /api/v1/routers/{id}/departure": ("/api/v1/routers/ROUTER/departure", ""),
        "DELETE /api/v1/routers/{id}": ("/api/v1/routers/SPARE", ""),
        "GET /api/v1/network/findings": ("/api/v1/network/findings", ""),
        "GET /api/v1/routers/{id}/audit": ("/api/v1/routers/ROUTER/audit", ""),
        "POST /api/v1/routers/{id}/audits": ("/api/v1/routers/ROUTER/audits", "{}"),
        "POST /api/v1/network/findings/{id}/fixes": ("/api/v1/network/findings/FINDING1/fixes", "{}"),
        "POST /api/v1/network/findings/{id}/ignores": (
            "/api/v1/network/findings/FINDING2/ignores", #"{"reason":"Es de respaldo"}"#
        ),
        "DELETE /api/v1/network/findings/{id}/ignores": ("/api/v1/network/findings/FINDING3/ignores", ""),
        "GET /api/v1/routers/{id}/backups": ("/api/v1/routers/ROUTER/backups", ""),
        "POST /api/v1/routers/{id}/backups": ("/api/v1/routers/ROUTER/backups", "{}"),
        "GET /api/v1/router-backups/{id}/difference": ("/api/v1/router-backups/COPY/difference", ""),
        "GET /api/v1/router-backups/{id}/file": ("/api/v1/router-backups/COPY/file", ""),
        "GET /api/v1/services/{id}/access-point": ("/api/v1/services/BOUND/access-point", ""),
        "POST /api/v1/services/{id}/access-point": (
            "/api/v1/services/ACTIVE/access-point", #"{"router":"ROUTER","name":"ana"}"#
        ),
        "DELETE /api/v1/services/{id}/access-point": ("/api/v1/services/BOUND/access-point", ""),
        "GET /api/v1/services/{id}/network": ("/api/v1/services/BOUND/network", ""),
        "POST /api/v1/services/{id}/repairs": ("/api/v1/services/BOUND/repairs", "{}"),
        "GET /api/v1/tickets": ("/api/v1/tickets?state=new&customer=SOMEBODY&limit=2", ""),
        "POST /api/v1/tickets": ("/api/v1/tickets", #"{"title":"Lento","customer":"SOMEBODY"}"#),
        "GET /api/v1/tickets/{id}": ("/api/v1/tickets/TICKET1", ""),
        "PATCH /api/v1/tickets/{id}": ("/api/v1/tickets/TICKET1", #"{"priority":"high"}"#),
        "POST /api/v1/tickets/{id}/states": ("/api/v1/tickets/TICKET1/states", #"{"state":"in_progress"}"#),
        "POST /api/v1/tickets/{id}/assignments": ("/api/v1/tickets/TICKET1/assignments", #"{"assignee":null}"#),
        "GET /api/v1/tickets/{id}/entries": ("/api/v1/tickets/TICKET1/entries", ""),
        "POST /api/v1/tickets/{id}/entries": ("/api/v1/tickets/TICKET1/entries", #"{"text":"Lo vemos hoy"}"#),
        "GET /api/v1/field-jobs": ("/api/v1/field-jobs?state=new&limit=2", ""),
        "POST /api/v1/field-jobs": ("/api/v1/field-jobs", #"{"customer":"SOMEBODY","kind":"visit"}"#),
        "GET /api/v1/field-jobs/{id}": ("/api/v1/field-jobs/FIELDJOB1", ""),
        "PATCH /api/v1/field-jobs/{id}": ("/api/v1/field-jobs/FIELDJOB1", #"{"minutes":90}"#),
        "POST /api/v1/field-jobs/{id}/starts": ("/api/v1/field-jobs/FIELDJOB1/starts", "{}"),
        "POST /api/v1/field-jobs/{id}/reports": (
            "/api/v1/field-jobs/FIELDJOB1/reports",
            #"{"checked":["Equipo retirado","Cables y fuente completos"],"report":"Retirado"}"#
        ),
        "POST /api/v1/field-jobs/{id}/cancellations": (
            "/api/v1/field-jobs/FIELDJOB2/cancellations", #"{"reason":"No estaba"}"#
        ),
        "GET /api/v1/stock-products": ("/api/v1/stock-products?limit=2", ""),
        "GET /api/v1/stock-units": ("/api/v1/stock-units?limit=2", ""),
        "GET /api/v1/stock-units/{id}": ("/api/v1/stock-units/PIECE1", ""),
        "POST /api/v1/stock-units/{id}/moves": ("/api/v1/stock-units/PIECE1/moves", #"{"place":"lost"}"#),
        "GET /api/v1/incidents": ("/api/v1/incidents?state=open&limit=2", ""),
        "POST /api/v1/incidents": ("/api/v1/incidents", #"{"title":"Torre","site":"SITEONE"}"#),
        "GET /api/v1/incidents/{id}": ("/api/v1/incidents/OUTAGE1", ""),
        "POST /api/v1/incidents/{id}/acknowledgements": ("/api/v1/incidents/OUTAGE1/acknowledgements", "{}"),
        "POST /api/v1/incidents/{id}/news": ("/api/v1/incidents/OUTAGE1/news", #"{"expected_minutes":30}"#),
        "POST /api/v1/incidents/{id}/resolutions": ("/api/v1/incidents/OUTAGE2/resolutions", "{}"),
        "GET /api/v1/maintenances": ("/api/v1/maintenances?limit=2", ""),
        "POST /api/v1/maintenances": (
            "/api/v1/maintenances", #"{"title":"Torre","time":"23:59","minutes":60}"#
        ),
        "GET /api/v1/maintenances/{id}": ("/api/v1/maintenances/WINDOW", ""),
        "POST /api/v1/maintenances/{id}/cancellations": ("/api/v1/maintenances/WINDOW/cancellations", "{}"),
        "GET /api/v1/bot-questions": ("/api/v1/bot-questions", ""),
        "POST /api/v1/bot-questions": ("/api/v1/bot-questions", #"{"question":"¿Van a Tula?","answer":"Sí."}"#),
        "GET /api/v1/bot-questions/{id}": ("/api/v1/bot-questions/FAQONE", ""),
        "PATCH /api/v1/bot-questions/{id}": ("/api/v1/bot-questions/FAQONE", #"{"answer":"No."}"#),
        "DELETE /api/v1/bot-questions/{id}": ("/api/v1/bot-questions/FAQTWO", ""),
        "GET /api/v1/campaigns": ("/api/v1/campaigns?state=draft&limit=2", ""),
        "POST /api/v1/campaigns": (
            "/api/v1/campaigns", #"{"title":"Mejora","subject":"Mejora","text":"Hola [nombre]","standing":"prospect"}"#
        ),
        "GET /api/v1/campaigns/{id}": ("/api/v1/campaigns/CAMPAIGN1", ""),
        "GET /api/v1/campaigns/{id}/forecast": ("/api/v1/campaigns/CAMPAIGN1/forecast", ""),
        "GET /api/v1/campaigns/{id}/recipients": ("/api/v1/campaigns/CAMPAIGN2/recipients?limit=2", ""),
        "POST /api/v1/campaigns/{id}/starts": ("/api/v1/campaigns/CAMPAIGN1/starts", "{}"),
        "POST /api/v1/campaigns/{id}/pauses": ("/api/v1/campaigns/CAMPAIGN2/pauses", "{}"),
        "POST /api/v1/campaigns/{id}/continuations": ("/api/v1/campaigns/CAMPAIGN3/continuations", "{}"),
        "POST /api/v1/campaigns/{id}/stops": ("/api/v1/campaigns/CAMPAIGN4/stops", "{}"),
        "GET /api/v1/sites": ("/api/v1/sites", ""),
        "POST /api/v1/sites": ("/api/v1/sites", #"{"name":"Nodo 3","kind":"node"}"#),
        "GET /api/v1/sites/{id}": ("/api/v1/sites/SITEONE", ""),
        "PATCH /api/v1/sites/{id}": ("/api/v1/sites/SITEONE", #"{"ports":16}"#),
        "DELETE /api/v1/sites/{id}": ("/api/v1/sites/SITETWO", ""),
        "GET /api/v1/sites/{id}/services": ("/api/v1/sites/SITEONE/services", ""),
        "GET /api/v1/services/{id}/place": ("/api/v1/services/PLACED/place", ""),
        "POST /api/v1/services/{id}/place": ("/api/v1/services/ACTIVE/place", #"{"site":"SITEONE"}"#),
        "DELETE /api/v1/services/{id}/place": ("/api/v1/services/PLACED/place", ""),
        "GET /api/v1/access-servers": ("/api/v1/access-servers", ""),
        "POST /api/v1/access-servers": ("/api/v1/access-servers", #"{"name":"Nodo 3","address":"10.0.0.13"}"#),
        "GET /api/v1/access-servers/{id}": ("/api/v1/access-servers/NASONE", ""),
        "PATCH /api/v1/access-servers/{id}": ("/api/v1/access-servers/NASONE", #"{"port":1700}"#),
        "POST /api/v1/access-servers/{id}/secrets": ("/api/v1/access-servers/NASONE/secrets", "{}"),
        "DELETE /api/v1/access-servers/{id}": ("/api/v1/access-servers/NASTWO", ""),
        "GET /api/v1/services/{id}/traffic": ("/api/v1/services/ACTIVE/traffic", ""),
        "GET /api/v1/voucher-batches": ("/api/v1/voucher-batches?limit=1", ""),
        "POST /api/v1/voucher-batches": (
            "/api/v1/voucher-batches", #"{"name":"Plaza","size":3,"span":2,"unit":"hours","price":1500}"#
        ),
        "GET /api/v1/voucher-batches/{id}": ("/api/v1/voucher-batches/BATCH", ""),
        "GET /api/v1/voucher-batches/{id}/vouchers": ("/api/v1/voucher-batches/BATCH/vouchers", ""),
        "POST /api/v1/voucher-batches/{id}/sales": (
            "/api/v1/voucher-batches/BATCH/sales", #"{"count":1,"account":"cash"}"#
        ),
        "POST /api/v1/voucher-batches/{id}/voidings": (
            "/api/v1/voucher-batches/BATCH/voidings", #"{"first":2,"last":2,"reason":"Mal impresa"}"#
        ),
        "GET /api/v1/devices": ("/api/v1/devices", ""),
        "POST /api/v1/devices": ("/api/v1/devices", #"{"name":"Switch 3","kind":"switch","address":"10.0.0.23"}"#),
        "GET /api/v1/devices/{id}": ("/api/v1/devices/DEVONE", ""),
        "GET /api/v1/devices/{id}/state": ("/api/v1/devices/DEVONE/state", ""),
        "GET /api/v1/devices/{id}/samples": ("/api/v1/devices/DEVONE/samples?span=week", ""),
        "GET /api/v1/devices/{id}/signals": ("/api/v1/devices/DEVONE/signals", ""),
        "PATCH /api/v1/devices/{id}": ("/api/v1/devices/DEVONE", #"{"kind":"switch"}"#),
        "DELETE /api/v1/devices/{id}": ("/api/v1/devices/DEVTWO", ""),
        "GET /api/v1/fleet/controllers": ("/api/v1/fleet/controllers", ""),
        "POST /api/v1/fleet/controllers": (
            "/api/v1/fleet/controllers", #"{"name":"UISP","address":"https://uisp.example.net","token":"abc"}"#
        ),
        "GET /api/v1/fleet/controllers/{id}": ("/api/v1/fleet/controllers/UISPONE", ""),
        "PATCH /api/v1/fleet/controllers/{id}": ("/api/v1/fleet/controllers/UISPONE", #"{"name":"UISP 2"}"#),
        "DELETE /api/v1/fleet/controllers/{id}": ("/api/v1/fleet/controllers/UISPTWO", ""),
        "GET /api/v1/fleet/devices": ("/api/v1/fleet/devices", ""),
        "GET /api/v1/fleet/devices/{id}": ("/api/v1/fleet/devices/UISPONE", ""),
        "POST /api/v1/services/{id}/antenna": ("/api/v1/services/ACTIVE/antenna", #"{"device":"UISPONE"}"#),
        "GET /api/v1/olts": ("/api/v1/olts", ""),
        "POST /api/v1/olts": (
            "/api/v1/olts",
            #"{"name":"OLT 3","address":"10.0.0.33","login":"mastil","password":"x","ports":"0/1/0-7"}"#
        ),
        "GET /api/v1/olts/{id}": ("/api/v1/olts/OLTONE", ""),
        "PATCH /api/v1/olts/{id}": ("/api/v1/olts/OLTONE", #"{"weak_power":28}"#),
        "GET /api/v1/olts/{id}/health": ("/api/v1/olts/OLTONE/health", ""),
        "POST /api/v1/olts/{id}/readings": ("/api/v1/olts/OLTONE/readings", "{}"),
        "DELETE /api/v1/olts/{id}": ("/api/v1/olts/OLTTWO", ""),
        "GET /api/v1/olt/service-templates": ("/api/v1/olt/service-templates", ""),
        "POST /api/v1/olt/service-templates": (
            "/api/v1/olt/service-templates",
            #"{"name":"300 megas","line_profile":"30","service_profile":"30"}"#
        ),
        "GET /api/v1/olt/service-templates/{id}": ("/api/v1/olt/service-templates/TPLONE", ""),
        "GET /api/v1/olt/service-templates/{id}/commands": ("/api/v1/olt/service-templates/TPLONE/commands", ""),
        "PATCH /api/v1/olt/service-templates/{id}": ("/api/v1/olt/service-templates/TPLONE", #"{"vlan":200}"#),
        "DELETE /api/v1/olt/service-templates/{id}": ("/api/v1/olt/service-templates/TPLTWO", ""),
        "GET /api/v1/onus": ("/api/v1/onus", ""),
        "POST /api/v1/onus": (
            "/api/v1/onus",
            #"{"serial":"HWTC11E70E9C","service":"ONUSERVICE","template":"TPLONE","olt":"OLTONE","port":"0/1/0"}"#
        ),
        "GET /api/v1/onus/{id}": ("/api/v1/onus/ONUONE", ""),
        "POST /api/v1/onus/{id}/retries": ("/api/v1/onus/ONUONE/retries", "{}"),
        "POST /api/v1/onus/{id}/restarts": ("/api/v1/onus/ONUONE/restarts", "{}"),
        "DELETE /api/v1/onus/{id}": ("/api/v1/onus/ONUTWO", ""),
        "GET /api/v1/asking-onus": ("/api/v1/asking-onus", ""),
        "GET /api/v1/monitor": ("/api/v1/monitor", ""),
        "POST /api/v1/monitor/switches": ("/api/v1/monitor/switches", #"{"on":false}"#),
        "GET /api/v1/voice-decks": ("/api/v1/voice-decks", ""),
        "POST /api/v1/voice-decks": (
            "/api/v1/voice-decks",
            #"{"name":"Venta 3"}"#
        ),
        "GET /api/v1/voice-decks/{id}": ("/api/v1/voice-decks/DECK1", ""),
        "PATCH /api/v1/voice-decks/{id}": ("/api/v1/voice-decks/DECK1", #"{"note":"Mayorista"}"#),
        "DELETE /api/v1/voice-decks/{id}": ("/api/v1/voice-decks/DECK2", ""),
        "POST /api/v1/voice-decks/{id}/rates": (
            "/api/v1/voice-decks/DECK1/rates", #"{"csv":"52,México,0.12\n521,Celular,0.25","whole":true}"#
        ),
        "GET /api/v1/voice-accounts": ("/api/v1/voice-accounts", ""),
        "POST /api/v1/voice-accounts": (
            "/api/v1/voice-accounts",
            #"{"name":"Centro","customer":"SOMEBODY","deck":"DECK1","addresses":"203.0.113.33"}"#
        ),
        "GET /api/v1/voice-accounts/{id}": ("/api/v1/voice-accounts/SIPCUSTOMER1", ""),
        "PATCH /api/v1/voice-accounts/{id}": ("/api/v1/voice-accounts/SIPCUSTOMER1", #"{"channels":20}"#),
        "DELETE /api/v1/voice-accounts/{id}": ("/api/v1/voice-accounts/SIPCUSTOMER2", ""),
        "GET /api/v1/voice-carriers": ("/api/v1/voice-carriers", ""),
        "POST /api/v1/voice-carriers": (
            "/api/v1/voice-carriers",
            #"{"name":"Mayorista 3","address":"198.51.100.33","deck":"DECK1"}"#
        ),
        "GET /api/v1/voice-carriers/{id}": ("/api/v1/voice-carriers/CARRIER1", ""),
        "PATCH /api/v1/voice-carriers/{id}": ("/api/v1/voice-carriers/CARRIER1", #"{"state":"paused"}"#),
        "DELETE /api/v1/voice-carriers/{id}": ("/api/v1/voice-carriers/CARRIER2", ""),
        "GET /api/v1/voice-blocks": ("/api/v1/voice-blocks", ""),
        "POST /api/v1/voice-blocks": (
            "/api/v1/voice-blocks",
            #"{"prefix":"5399","kind":"destination"}"#
        ),
        "GET /api/v1/voice-blocks/{id}": ("/api/v1/voice-blocks/BLOCKED1", ""),
        "PATCH /api/v1/voice-blocks/{id}": ("/api/v1/voice-blocks/BLOCKED1", #"{"reason":"Fraude"}"#),
        "DELETE /api/v1/voice-blocks/{id}": ("/api/v1/voice-blocks/BLOCKED2", ""),
        "GET /api/v1/voice-calls": ("/api/v1/voice-calls", ""),
        "GET /api/v1/voice-calls/{id}": ("/api/v1/voice-calls/SIPCUSTOMER1", ""),
        "GET /api/v1/voice-policy": ("/api/v1/voice-policy", ""),
        "PATCH /api/v1/voice-policy": ("/api/v1/voice-policy", #"{"short_calls":40}"#),
        "GET /api/v1/radius-sessions": ("/api/v1/radius-sessions", ""),
        "GET /api/v1/radius-rejections": ("/api/v1/radius-rejections", ""),
        "GET /api/v1/services/{id}/radius-access": ("/api/v1/services/DIALLED/radius-access", ""),
        "POST /api/v1/services/{id}/radius-access": (
            "/api/v1/services/ACTIVE/radius-access", #"{"login":"eva","password":"clave"}"#
        ),
        "DELETE /api/v1/services/{id}/radius-access": ("/api/v1/services/DIALLED/radius-access", ""),
        "GET /api/v1/leaks": ("/api/v1/leaks", ""),
        "GET /api/v1/network/addresses": ("/api/v1/network/addresses?address=10.20.0.2", ""),
        "GET /api/v1/reports/collected": ("/api/v1/reports/collected?from=2026-01-01", ""),
        "GET /api/v1/reports/due": ("/api/v1/reports/due", ""),
        "GET /api/v1/reports/result": ("/api/v1/reports/result", ""),
        "GET /api/v1/reports/churn": ("/api/v1/reports/churn?from=2026-01-01", ""),
        "GET /api/v1/reports/sales": ("/api/v1/reports/sales?from=2026-01-01&to=2026-12-31", ""),
        "GET /api/v1/reports/cash": ("/api/v1/reports/cash", ""),
        "GET /api/v1/reports/journal": ("/api/v1/reports/journal?from=2026-01-01", ""),
        "GET /api/v1/network/differences": ("/api/v1/network/differences", ""),
        "GET /api/v1/services": ("/api/v1/services?state=active", ""),
        "POST /api/v1/customers/{id}/services": ("/api/v1/customers/SOMEBODY/services", #"{"plan":"SOLD"}"#),
        "GET /api/v1/services/{id}": ("/api/v1/services/ACTIVE", ""),
        "PATCH /api/v1/services/{id}": ("/api/v1/services/ACTIVE", #"{"contact":"Luz"}"#),
        "POST /api/v1/services/{id}/activations": ("/api/v1/services/PENDING/activations", "{}"),
        "POST /api/v1/services/{id}/plan-changes": ("/api/v1/services/ACTIVE/plan-changes", #"{"plan":"BETTER"}"#),
        "GET /api/v1/services/{id}/plan-change-cost": ("/api/v1/services/ACTIVE/plan-change-cost?plan=BETTER", ""),
        "POST /api/v1/services/{id}/price-changes": ("/api/v1/services/ACTIVE/price-changes", #"{"price":5}"#),
        "POST /api/v1/services/{id}/freezes": ("/api/v1/services/ACTIVE/freezes", "{}"),
        "POST /api/v1/services/{id}/moves": ("/api/v1/services/ACTIVE/moves", #"{"address":"Calle 2"}"#),
        "POST /api/v1/services/{id}/cancellations": (
            "/api/v1/services/ACTIVE/cancellations", #"{"reason":"price"}"#
        ),
        "POST /api/v1/services/{id}/cuts": ("/api/v1/services/ACTIVE/cuts", #"{"reason":"unpaid"}"#),
        "POST /api/v1/services/{id}/charges": (
            "/api/v1/services/ACTIVE/charges", #"{"name":"Antena","amount":500}"#
        ),
        "POST /api/v1/services/{id}/credits": ("/api/v1/services/ACTIVE/credits", #"{"name":"Falla","amount":500}"#),
        "GET /api/v1/billing-settings": ("/api/v1/billing-settings", ""),
        "PATCH /api/v1/billing-settings": ("/api/v1/billing-settings", #"{"due_days":10}"#),
        "POST /api/v1/services/{id}/promotions": ("/api/v1/services/ACTIVE/promotions", #"{"percent":50}"#),
        "POST /api/v1/services/{id}/day-credits": (
            "/api/v1/services/PREPAID/day-credits", #"{"days":2,"reason":"Falla"}"#
        ),
        "POST /api/v1/services/{id}/days": ("/api/v1/services/PREPAID/days", #"{"days":7}"#),
        "DELETE /api/v1/services/{id}/cut": ("/api/v1/services/CUT/cut", ""),
        "DELETE /api/v1/services/{id}/freeze": ("/api/v1/services/FROZEN/freeze", ""),
        "GET /api/v1/customers/{id}/fiscal-profiles": ("/api/v1/customers/SOMEBODY/fiscal-profiles", ""),
        "POST /api/v1/customers/{id}/fiscal-profiles": (
            "/api/v1/customers/SOMEBODY/fiscal-profiles", #"{"legal_name":"LUZ","tax_id":"XAXX010101000"}"#
        ),
        "GET /api/v1/fiscal-profiles/{id}": ("/api/v1/fiscal-profiles/PROFILE", ""),
        "PATCH /api/v1/fiscal-profiles/{id}": ("/api/v1/fiscal-profiles/PROFILE", #"{"regime":"601"}"#),
        "GET /api/v1/plans": ("/api/v1/plans", ""),
        "POST /api/v1/plans": ("/api/v1/plans", #"{"name":"Hogar","price":30000,"download":8000,"upload":3000}"#),
        "GET /api/v1/plans/{id}": ("/api/v1/plans/SOLD", ""),
        "PATCH /api/v1/plans/{id}": ("/api/v1/plans/SOLD", #"{"price":35000}"#),
        "POST /api/v1/plans/{id}/retirement": ("/api/v1/plans/SOLD/retirement", "{}"),
        "DELETE /api/v1/plans/{id}/retirement": ("/api/v1/plans/SOLD/retirement", ""),
        "DELETE /api/v1/plans/{id}": ("/api/v1/plans/UNWANTED", ""),
        "GET /api/v1/contracts": ("/api/v1/contracts?state=pending", ""),
        "POST /api/v1/contracts": ("/api/v1/contracts", #"{"customer":"SOMEBODY","conditions":"Plan\nPrecio"}"#),
        "GET /api/v1/contracts/{id}": ("/api/v1/contracts/AGREED", ""),
        "POST /api/v1/contracts/{id}/annulments": ("/api/v1/contracts/AGREED/annulments", #"{"reason":"Error"}"#),
        "GET /api/v1/contracts/{id}/pdf": ("/api/v1/contracts/AGREED/pdf", ""),
        "GET /api/v1/openapi.json": ("/api/v1/openapi.json", ""),
        "GET /api/v1/docs": ("/api/v1/docs", ""),
    ]

    @Test func `every answer is one that the description tells of`() async throws {
        try await withTenants(in: Rooms.declarations) { norte, _ in
            let program = Program(norte, try await norte.token(norte.everything))
            for name in ["Uno", "Dos", "Tres"] {
                _ = try await program.ask("POST", "/api/v1/customers", body: #"{"name":"\#(name)"}"#, key: name)
            }
            let first = try await program.ask("GET", "/api/v1/customers?limit=1").headers["Link"]
            #expect(first != nil)
            let id: String? = try await norte.database.value(
                "SELECT customer_id::text FROM customers WHERE tenant_id = \(norte.database.tenant) LIMIT 1")
            try await norte.database.sealEvents()
            let happened: String? = try await norte.database.value(
                """
                SELECT event_id::text FROM events
                WHERE tenant_id = \(norte.database.tenant) AND kind = 'customer.created' LIMIT 1
                """)
            let webhook = try await norte.site.webhook(of: norte)
            try await ContractTemplate.publish(
                "{condiciones}", after: 0, by: norte.commandLine, in: norte.database)
            let agreed = try await program.ask(
                "POST", "/api/v1/contracts", body: #"{"customer":"\#(id ?? "")","conditions":"Plan"}"#, key: "agreed"
            ).headers["Location"].map { String($0.suffix(36)) }
            // The second and the third are of the same amount, so they wait.
            var payments: [String] = []
            for key in ["paid", "held", "doubted"] {
                let made = try await program.ask(
                    "POST", "/api/v1/payments", body: #"{"customer":"\#(id ?? "")","method":"cash","amount":500}"#,
                    key: key)
                payments.append(made.headers["Location"].map { String($0.suffix(36)) } ?? "")
            }
            let generous = try await norte.debtor("Generosa")
            for key in ["contested", "favour"] {
                let made = try await program.ask(
                    "POST", "/api/v1/payments",
                    body: #"{"customer":"\#(generous)","method":"cash","amount":\#(key.utf8.count * 1000)}"#,
                    key: key)
                payments.append(made.headers["Location"].map { String($0.suffix(36)) } ?? "")
            }
            let retained = try await norte.debtor("Retenida")
            let charged: String? = try await norte.database.value(
                """
                SELECT charge_id::text FROM ledger_charges
                WHERE tenant_id = \(norte.database.tenant) AND customer_id = \(UUID(retained))
                """)
            var refunds: [String] = []
            for permissions: Set<Permission> in [[.paymentsApply], [], []] {
                let teller = Principal(.commandLine, permissions: permissions, of: norte.site.catalogue, at: norte.now)
                let refund = try await PaymentActs(randomness: norte.site.randomness).adjust(
                    NewAdjustment(
                        .refund, of: Money(minor: 100, norte.tenant.currency),
                        on: norte.tenant.timeZone.day(at: norte.now),
                        by: "cash", reference: ""), of: try #require(Customer.ID(generous)), of: norte.tenant,
                    by: teller,
                    in: norte.database)
                refunds.append("\(refund.id)")
            }
            let shown = try #require(UUID(payments[0]))
            let sealed = try await norte.site.vault.seal(
                [0x89, 0x50], for: SecretField("picture", of: "payment_evidence", row: shown), at: norte.now,
                in: norte.database)
            try await norte.database.execute(
                """
                INSERT INTO payment_evidence (tenant_id, payment_id, digest, picture, made_at)
                VALUES (\(norte.database.tenant), \(shown), \([UInt8](repeating: 1, count: 32)), \(sealed), \(norte.now))
                """)
            try await norte.database.execute(
                """
                INSERT INTO receipt_readings (
                    tenant_id, payment_id, amount, amount_sure, day, day_sure, reference, reference_sure, bank,
                    destination, standing, doubts, effect, signature, made_at)
                VALUES (
                    \(norte.database.tenant), \(shown), 100, 95, '2026-01-01', 90, 'ABC123', 90, 'BBVA', '4821', 'done',
                    '{new_customer}', 'people', '', \(norte.now))
                """)
            try await BillingSettings(firstDay: norte.tenant.timeZone.day(at: norte.now).month.first).put(
                of: norte.tenant, by: norte.commandLine, in: norte.database)
            var invoices: [String] = []
            for key in ["billed", "wrong"] {
                let made = try await program.ask(
                    "POST", "/api/v1/customers/\(id ?? "")/invoices",
                    body: #"{"items":[{"name":"Visita","price":50000}]}"#, key: key)
                invoices.append(made.headers["Location"].map { String($0.suffix(36)) } ?? "")
            }
            let bank = try await program.ask(
                "POST", "/api/v1/bank-accounts", body: #"{"bank":"BBVA","holder":"Norte","account":"0118359710"}"#,
                key: "bank"
            ).headers["Location"].map { String($0.suffix(36)) }
            let sold = try await program.ask(
                "POST", "/api/v1/plans", body: #"{"name":"Uno","price":1,"download":1,"upload":1}"#, key: "sold"
            ).headers["Location"].map { String($0.suffix(36)) }
            let better = try await program.ask(
                "POST", "/api/v1/plans", body: #"{"name":"Dos","price":2,"download":1,"upload":1}"#, key: "better"
            ).headers["Location"].map { String($0.suffix(36)) }
            let unwanted = try await program.ask(
                "POST", "/api/v1/plans", body: #"{"name":"Tres","price":3,"download":1,"upload":1}"#, key: "unwanted"
            ).headers["Location"].map { String($0.suffix(36)) }
            let byDays = try await program.ask(
                "POST", "/api/v1/plans",
                body: #"{"name":"Días","price":700,"download":1,"upload":1,"charge":"by_days","days":7}"#, key: "days"
            ).headers["Location"].map { String($0.suffix(36)) }
            let profile = try await program.ask(
                "POST", "/api/v1/customers/\(id ?? "")/fiscal-profiles",
                body: #"{"legal_name":"ANA","tax_id":"XAXX010101000"}"#, key: "profile"
            ).headers["Location"].map { String($0.suffix(36)) }
            _ = try await norte.collected()
            let (debtor, promiser) = (try await norte.debtor("Deudora"), try await norte.debtor("Prometedora"))
            func made(_ path: String, _ body: String) async throws -> String {
                try await program.ask("POST", "/api/v1/\(path)", body: body, key: "\(norte.site.randomness.next())")
                    .headers["Location"].map { String($0.suffix(36)) } ?? ""
            }
            let duplicate = try await norte.debtor("Repetida")
            let paidFor = try await norte.debtor("Pagada")
            _ = try await made("customers/\(paidFor)/payer", #"{"payer":"\#(id ?? "")"}"#)
            let childless = try await norte.debtor("Sola")
            let merged = try await made(
                "customers/\(id ?? "")/merges", #"{"duplicate":"\#(try await norte.debtor("Doble"))"}"#)
            try await norte.database.execute(
                "INSERT INTO device_ranges (tenant_id, range) VALUES (\(norte.database.tenant), '10.0.0.0/8')")
            var routers: [String] = []
            for name in ["Torre", "Otra", "Reserva"] {
                routers.append(
                    try await made(
                        "routers",
                        #"{"name":"\#(name)","address":"10.0.0.1","login":"api_bot","password":"x","cut_list":"m","mode":"active"}"#
                    ))
            }
            let audited = try await norte.audited(routers[0])
            let nas = [
                try await made("access-servers", #"{"name":"Nodo 1","address":"10.0.0.11"}"#),
                try await made("access-servers", #"{"name":"Nodo 2","address":"10.0.0.12"}"#),
            ]
            let sites = [
                try await made("sites", #"{"name":"Sectorial 1","kind":"sector"}"#),
                try await made("sites", #"{"name":"Sectorial 2","kind":"sector"}"#),
            ]
            let batch = try await made(
                "voucher-batches", #"{"name":"Centro","size":3,"span":1,"unit":"days","price":2000}"#)
            let outages = [
                try await made("incidents", #"{"title":"Uno"}"#), try await made("incidents", #"{"title":"Dos"}"#),
            ]
            let ticket = try await made("tickets", #"{"title":"Lento","customer":"\#(id ?? "")"}"#)
            let errands = [
                try await made("field-jobs", #"{"kind":"recovery","customer":"\#(id ?? "")"}"#),
                try await made("field-jobs", #"{"kind":"visit","customer":"\#(id ?? "")"}"#),
            ]
            let piece = try await norte.stocked()
            let window = try await made("maintenances", #"{"title":"Cambio","time":"23:59","minutes":60}"#)
            let faqs = [
                try await made("bot-questions", #"{"question":"¿Uno?","answer":"Uno"}"#),
                try await made("bot-questions", #"{"question":"¿Dos?","answer":"Dos"}"#),
            ]
            _ = try await made("customers", #"{"name":"Prospecta"}"#)
            var campaigns: [String] = []
            for number in 1...4 {
                campaigns.append(
                    try await made(
                        "campaigns",
                        #"{"title":"\#(number)","subject":"Mejora","text":"Hola [nombre]","standing":"prospect"}"#))
                if number > 1 { _ = try await made("campaigns/\(campaigns[number - 1])/starts", "{}") }
                if number == 3 { _ = try await made("campaigns/\(campaigns[number - 1])/pauses", "{}") }
            }
            let watched = [
                try await made("devices", #"{"name":"Sector 1","address":"10.0.0.21"}"#),
                try await made("devices", #"{"name":"Sector 2","address":"10.0.0.22"}"#),
            ]
            let fleet = [try await norte.antenna(), try await norte.antenna()]
            let spent = try await made("expenses", #"{"category":"power","amount":100,"account":"card"}"#)
            try await norte.database.execute(
                """
                INSERT INTO gateways (
                    tenant_id, provider, gateway_id, is_on, secret, secret_end, hook, account, is_live, examined_at)
                VALUES (\(norte.database.tenant), 'stripe', \(norte.tenant.id), true, '', '', \("\(norte.tenant.id)"), 'Norte',
                    false, \(norte.now))
                """)
            let online = try await made(
                "online-payments", #"{"customer":"\#(id ?? "")","gateway":"stripe","way":"hosted","amount":100}"#)
            let deposits = try await norte.deposits()
            var talks: [ChatMessage] = []
            for name in ["Uno", "Dos", "Tres", "Cuatro"] {
                let inbound = InboundMessage(
                    .whatsapp, account: nil, from: name, name: name, providerID: name, body: "Hola", sentAt: norte.now)
                talks.append(try #require(try await norte.database.receive(inbound, of: norte.tenant, at: norte.now)))
            }
            try await norte.database.close(
                talks[2].conversation, by: MessageAuthor(.system, name: "Prueba"), at: norte.now)
            let kind = NoticeKind("aviso", Message(es: "Prueba", en: "Test", pt: "Teste"))
            let told = try #require(id.flatMap { Customer.ID($0) })
            try await norte.database.notify(
                told, of: kind, about: told.uuid, subject: "Avería", text: "Ya se atiende", at: norte.now)
            let noticed = try #require(try await norte.database.notices(of: told, limit: 1).first).id
            let till = try await made("tills", #"{"name":"Caja 1"}"#)
            let shift = try await made("shifts", #"{"float":100}"#)
            _ = try await made("shifts/\(shift)/movements", #"{"kind":"added","amount":100,"note":"Cambio"}"#)
            let promise = try await made("customers/\(promiser)/promises", #"{"amount":500}"#)
            let grace = try await made("customers/\(id ?? "")/holds", #"{"reason":"Viaje"}"#)
            let run = try await made("collection/runs", "{}")
            /// A service of its own for each operation, in the state that it needs.
            func service(
                on plan: String? = nil, _ acts: (path: String, body: String)...
            ) async throws -> String {
                let key = "\(norte.site.randomness.next())"
                let sold = try await program.ask(
                    "POST", "/api/v1/customers/\(id ?? "")/services", body: #"{"plan":"\#(plan ?? sold ?? "")"}"#,
                    key: key
                ).headers["Location"].map { String($0.suffix(36)) }
                for act in acts {
                    _ = try await program.ask(
                        "POST", "/api/v1/services/\(sold ?? "")/\(act.path)", body: act.body, key: key + act.path)
                }
                return sold ?? ""
            }
            var (olts, templates, units): ([String], [String], [String]) = ([], [], [])
            for number in 1...2 {
                let body =
                    #""address":"10.0.0.3\#(number)","login":"mastil","password":"x","ports":"0/1/0-7","mode":"active""#
                olts.append(try await made("olts", #"{"name":"OLT \#(number)",\#(body)}"#))
                templates.append(
                    try await made(
                        "olt/service-templates",
                        #"{"name":"\#(number)00 megas","line_profile":"10","service_profile":"10"}"#))
            }
            for serial in ["HWTC11E70E9A", "HWTC11E70E9B"] {
                let order = #""olt":"\#(olts[0])","port":"0/1/0","template":"\#(templates[0])""#
                units.append(
                    try await made(
                        "onus", #"{"serial":"\#(serial)","service":"\#(try await service())",\#(order)}"#))
            }
            try await norte.database.execute(
                "UPDATE onus SET is_online = TRUE WHERE tenant_id = \(norte.database.tenant)")
            let unlit = try await service()
            let asked = try await AskedBilling.ask(
                of: norte.tenant, by: norte.commandLine, from: norte.site.randomness, in: norte.database)
            try await GoOnBilling(asked.id).go(
                of: norte.tenant, at: norte.now, from: norte.site.randomness, in: norte.database)
            let voice = try await Self.telephony(of: norte, for: id ?? "", made: made)
            let activation = ("activations", "{}")
            for operation in API.contract(
                of: norte.site.context(of: Rooms.list).apiRoutes)
            {
                guard let example = Self.examples[operation.title] else {
                    Issue.record("\(operation.title) has no example here")
                    continue
                }
                let served =
                    switch example.path.split(separator: "/").dropFirst(3).first {
                    case "ACTIVE": try await service(activation)
                    case "PENDING": try await service()
                    case "PREPAID": try await service(on: byDays, activation)
                    case "BOUND":
                        try await service(
                            activation,
                            (
                                "access-point",
                                #"{"router":"\#(routers[0])","name":"c\#(norte.site.randomness.next())"}"#
                            ))
                    case "PLACED":
                        try await service(activation, ("place", #"{"site":"\#(sites[0])"}"#))
                    case "DIALLED":
                        try await service(
                            activation, ("radius-access", #"{"login":"d\#(norte.site.randomness.next())"}"#))
                    case "CUT": try await service(activation, ("cuts", #"{"reason":"unpaid"}"#))
                    case "FROZEN": try await service(activation, ("freezes", "{}"))
                    case "SENT": try await Self.importOfOne(as: "draft", at: norte)
                    case "CHECKED": try await Self.importOfOne(as: "tried", at: norte)
                    case "BROUGHT": try await Self.importOfOne(as: "done", at: norte)
                    default: ""
                    }
                let path =
                    example.path == "CUSTOMER"
                    ? "/api/v1/customers/\(id ?? "")"
                    : example.path.replacing("WEBHOOK", with: webhook.id).replacing("EVENT", with: webhook.event)
                        .replacing("HAPPENED", with: happened ?? "").replacing("AGREED", with: agreed ?? "")
                        .replacing("SOLD", with: sold ?? "").replacing("UNWANTED", with: unwanted ?? "")
                        .replacing("SOMEBODY", with: id ?? "").replacing("BOUND", with: served)
                        .replacing("ROUTER", with: routers[0]).replacing("SPARE", with: routers[1])
                        .replacing("NASONE", with: nas[0]).replacing("BATCH", with: batch).replacing(
                            "PLACED", with: served
                        )
                        .replacing("TICKET1", with: ticket)
                        .replacing("PIECE1", with: piece).replacing("FIELDJOB1", with: errands[0])
                        .replacing("FIELDJOB2", with: errands[1])
                        .replacing("FAQONE", with: faqs[0]).replacing("FAQTWO", with: faqs[1])
                        .replacing("CAMPAIGN1", with: campaigns[0]).replacing("CAMPAIGN2", with: campaigns[1])
                        .replacing("CAMPAIGN3", with: campaigns[2]).replacing("CAMPAIGN4", with: campaigns[3])
                        .replacing("OUTAGE1", with: outages[0]).replacing("OUTAGE2", with: outages[1])
                        .replacing("WINDOW", with: window).replacing("SITEONE", with: sites[0]).replacing(
                            "SITETWO", with: sites[1]
                        )
                        .replacing("UISPONE", with: fleet[0]).replacing("UISPTWO", with: fleet[1])
                        .replacing("OLTONE", with: olts[0]).replacing("OLTTWO", with: olts[1])
                        .replacing("TPLONE", with: templates[0]).replacing("TPLTWO", with: templates[1])
                        .replacing("ONUONE", with: units[0]).replacing("ONUTWO", with: units[1])
                        .replacing("DEVONE", with: watched[0]).replacing("DEVTWO", with: watched[1])
                        .replacing("DECK1", with: voice.decks[0]).replacing("DECK2", with: voice.decks[1])
                        .replacing("SIPCUSTOMER1", with: voice.accounts[0])
                        .replacing("SIPCUSTOMER2", with: voice.accounts[1])
                        .replacing("CARRIER1", with: voice.carriers[0]).replacing("CARRIER2", with: voice.carriers[1])
                        .replacing("BLOCKED1", with: voice.blocks[0]).replacing("BLOCKED2", with: voice.blocks[1])
                        .replacing("NASTWO", with: nas[1]).replacing("DIALLED", with: served)
                        .replacing("FINDING1", with: audited.findings[0])
                        .replacing("FINDING2", with: audited.findings[1])
                        .replacing("FINDING3", with: audited.findings[2]).replacing("COPY", with: audited.backup)
                        .replacing("PROFILE", with: profile ?? "").replacing("ACTIVE", with: served)
                        .replacing("PENDING", with: served).replacing("PREPAID", with: served).replacing(
                            "CUT", with: served
                        )
                        .replacing("SENT", with: served).replacing("CHECKED", with: served)
                        .replacing("BROUGHT", with: served).replacing("FROZEN", with: served).replacing(
                            "PAID", with: payments[0]
                        )
                        .replacing("HELD", with: payments[1]).replacing("CONTESTED", with: payments[3])
                        .replacing("GENEROUS", with: generous).replacing("RETAINED", with: retained)
                        .replacing("GIVEN", with: refunds[0]).replacing("ASKED", with: refunds[1])
                        .replacing("UNWISE", with: refunds[2])
                        .replacing("DEBTOR", with: debtor).replacing("PROMISE", with: promise)
                        .replacing("GRACE", with: grace).replacing("RUN", with: run)
                        .replacing("DOUBTED", with: payments[2])
                        .replacing("ISSUED", with: "\(asked.id)").replacing("BILLED", with: invoices[0]).replacing(
                            "WRONG", with: invoices[1]
                        )
                        .replacing("BANK", with: bank ?? "").replacing("MERGED", with: merged)
                        .replacing("COMMITTED", with: deposits.committed).replacing("LOOKED", with: deposits.ready)
                        .replacing("TILL", with: till).replacing("SHIFT", with: shift).replacing("SPENT", with: spent)
                        .replacing("REGRETTED", with: deposits.regretted).replacing("LINE1", with: deposits.lines[0])
                        .replacing("LINE2", with: deposits.lines[1])
                        .replacing("ORPHAN", with: childless).replacing("CHAPEL", with: paidFor)
                        .replacing("BETTER", with: better ?? "").replacing("ONLINE", with: online).replacing(
                            "SPOKEN", with: "\(talks[0].id)"
                        )
                        .replacing("TALK1", with: "\(talks[0].conversation)").replacing("NOTICED", with: "\(noticed)")
                        .replacing("TALK2", with: "\(talks[1].conversation)")
                        .replacing("TALK3", with: "\(talks[2].conversation)")
                        .replacing("TALK4", with: "\(talks[3].conversation)")
                let body = example.body.replacing("UISPONE", with: fleet[0]).replacing("ONUSERVICE", with: unlit)
                    .replacing("OLTONE", with: olts[0])
                    .replacing("TPLONE", with: templates[0]).replacing("SOMEBODY", with: id ?? "").replacing(
                        "SOLD", with: sold ?? ""
                    )
                    .replacing("BETTER", with: better ?? "").replacing("CHARGED", with: charged ?? "")
                    .replacing("DUPLICATE", with: duplicate)
                    .replacing("ROUTER", with: routers[0]).replacing("RESERVE", with: routers[2])
                    .replacing("SITEONE", with: sites[0]).replacing("DECK1", with: voice.decks[0])
                    .replacing("TILL", with: till).replacing("OWNED", with: deposits.account)
                var answers: [Answer] = []
                for (token, key, tag, sent) in [
                    (true, "k", "*", body), (true, "k", "*", body),
                    (true, "k", "*", #"{"name":"other"}"#),
                    (true, nil, nil, body), (true, nil, "\"x\"", body), (false, "k", "*", body),
                    (true, "bad", "*", #"{"unknown":1}"#), (true, "bad", "*", "{"),
                ] {
                    answers.append(
                        try await program.ask(
                            operation.method, path, body: body.isEmpty ? "" : sent, key: key, tag: tag,
                            isKnown: token))
                }
                #expect(
                    [.ok, .created, .accepted, .noContent].contains(answers[0].status),
                    "\(operation.title): \(answers[0].text)")
                answers.append(
                    try await program.ask(operation.method, path + "?unknown=1", body: example.body, key: "q"))
                for answer in answers {
                    #expect(
                        operation.problems(with: answer.status, answer.bytes, answer.headers) == [],
                        "\(operation.title): \(answer.status) \(answer.text.prefix(300))")
                }
            }
        }
    }

    /// Two of each noun of telephony, and a call under the first account's id.
    private static func telephony(
        of norte: TestTenant, for customer: String, made: (String, String) async throws -> String
    ) async throws -> (decks: [String], accounts: [String], carriers: [String], blocks: [String]) {
        var (decks, accounts, carriers, blocks): ([String], [String], [String], [String]) = ([], [], [], [])
        for number in 1...2 {
            decks.append(try await made("voice-decks", #"{"name":"Venta \#(number)"}"#))
            let about = #""deck":"\#(decks[0])","name":"N \#(number)""#
            accounts.append(
                try await made(
                    "voice-accounts", #"{\#(about),"customer":"\#(customer)","addresses":"203.0.113.3\#(number)"}"#))
            carriers.append(try await made("voice-carriers", #"{\#(about),"address":"198.51.100.3\#(number)"}"#))
            blocks.append(try await made("voice-blocks", #"{"prefix":"539\#(number)","kind":"destination"}"#))
        }
        let account = UUID(accounts[0])
        try await norte.database.execute(
            """
            INSERT INTO voice_calls (
                tenant_id, call_id, number, account_id, sip_id, caller, dialled, callee, destination, state, started_at,
                ended_at, deadline)
            VALUES (
                \(norte.database.tenant), \(account), 1, \(account), 'x', '1', '2', '2', 'México', 'failed', \(norte.now),
                \(norte.now), \(norte.now))
            """)
        return (decks, accounts, carriers, blocks)
    }

    /// Of a file with one row that goes in and one that does not. No other is under way.
    private static func importOfOne(as state: String, at norte: TestTenant) async throws -> String {
        let (database, id) = (
            norte.database, UUID.v7(milliseconds: norte.now.milliseconds, from: norte.site.randomness)
        )
        _ = try await database.batch([
            "UPDATE imports SET state = 'undone', ended_at = \(norte.now) WHERE tenant_id = \(database.tenant) AND state IN ('committing', 'undoing')",
            """
            INSERT INTO imports (
                tenant_id, import_id, number, name, file, state, titles, samples, fields, day_doubts, amount_doubts,
                row_count, actor_kind, actor, made_at, ended_at)
            SELECT \(database.tenant), \(id), coalesce(max(number), 0) + 1, 'clientes.csv',
                \(Array("Nombre\nAna\n\n".utf8)), \(state), '{Nombre}', '{Ana}', '{name}', '{false}', '{false}', 2, 'staff',
                'Olga', \(norte.now), \(state == "done" ? norte.now : nil)
            FROM imports WHERE tenant_id = \(database.tenant)
            """,
            """
            INSERT INTO import_rows (
                tenant_id, import_id, line, name, reference, digest, outcome, evidence, fault_columns, fault_reasons,
                fault_values)
            VALUES
                (\(database.tenant), \(id), 2, 'Ana', '', '', 'created', '{}', '{}', '{}', '{}'),
                (\(database.tenant), \(id), 3, '', '', '', 'refused', '{}', '{0}', '{missing}', '{""}')
            """,
        ])
        return "\(id)"
    }

    /// The checker itself must find what is wrong.
    @Test func `an answer that is not as described is noticed`() async throws {
        try await withTenants(in: Rooms.declarations) { norte, _ in
            let operations = API.contract(
                of: norte.site.context(of: Rooms.list).apiRoutes)
            let read = try #require(operations.first { $0.title == "GET /api/v1/customers/{id}" })
            #expect(!read.problems(with: .ok, Array("{}".utf8), ["ETag": "\"x\""]).isEmpty)
            #expect(!read.problems(with: .accepted, [], [:]).isEmpty)
            #expect(!read.problems(with: .notFound, Array(#"{"title":"x"}"#.utf8), [:]).isEmpty)
        }
    }

    @Test func `each visitor reads the description in their own language and company's name`() async throws {
        try await withTenants(in: Rooms.declarations) { norte, sur in
            for (tenant, language, summary) in [
                (norte, "es", "Lista de clientes"), (sur, "en", "The customers"), (sur, "pt-BR", "Lista de clientes"),
            ] {
                let program = Program(tenant, "")
                let json = try await program.ask("GET", "/api/v1/openapi.json", isKnown: false, language: language)
                let page = try await program.ask("GET", "/api/v1/docs", isKnown: false, language: language)
                #expect(json.text.contains(summary) && page.text.contains(summary))
                #expect(json.text.contains(tenant.tenant.name) && page.text.contains(tenant.tenant.name))
                #expect(!(json.text + page.text).lowercased().contains("mastil"))
                #expect(page.headers["Content-Security-Policy"]?.contains("default-src 'none'") == true)
                #expect(!page.text.contains("<script") && !page.text.contains("style="))
                #expect(json.headers["Vary"] == "Accept-Language" && json.headers["ETag"] != nil)
            }
        }
    }
}

extension TestTenant {
    /// A UISP with an antenna of the same id.
    fileprivate func antenna() async throws -> String {
        let id = UUID.v7(milliseconds: now.milliseconds, from: site.randomness)
        let number = 1 + Int(site.randomness.next() % 1_000_000)
        _ = try await database.batch([
            """
            INSERT INTO fleet_controllers (
                tenant_id, controller_id, number, name, address, token, fingerprint, ssids, is_on, made_at)
            VALUES (
                \(database.tenant), \(id), \(number), 'UISP', 'https://uisp.example.net', '\\x00', '', '', false, \(now))
            """,
            """
            INSERT INTO fleet_devices (
                tenant_id, device_id, controller_id, number, uid, mac, name, model, role, firmware, status, standing,
                is_authorized, address, ssid, site_uid, site_name, fails_decryption, since, made_at)
            VALUES (
                \(database.tenant), \(id), \(id), \(number), 'u', '', 'Antena', '', '', '', 'active', 'up', true, '', '',
                '', '', false, \(now), \(now))
            """,
        ])
        return "\(id)"
    }
}

extension TestTenant {
    /// Collects by the usual policy.
    fileprivate func collected() async throws {
        var policy = CollectionPolicy(in: tenant.currency)
        policy.isOn = true
        try await policy.put(of: tenant, by: commandLine, in: database)
    }

    /// With three findings, of which the first may be mended, and two backups, of which the newest is told.
    fileprivate func audited(_ router: String) async throws -> (findings: [String], backup: String) {
        let id = try #require(Router.ID(router))
        var findings: [String] = []
        for rule in ["AUD-02", "AUD-08", "AUD-12"] {
            let finding = UUID.v7(milliseconds: now.milliseconds, from: site.randomness)
            try await database.execute(
                """
                INSERT INTO router_findings (
                    tenant_id, finding_id, router_id, rule, subject, found, wanted, commands, undo, is_applicable,
                    opened_at)
                VALUES (
                    \(database.tenant), \(finding), \(id), \(rule), 'WAN1', '', '', '/ip dns set servers=1.1.1.1', '',
                    TRUE, \(now))
                """)
            findings.append("\(finding)")
        }
        let vault = BackupVault(site.vault, randomness: site.randomness, workingOn: Loops.tests.blocking)
        let kept = try #require(try await database.router(id))
        for text in ["/system identity set name=a", "/system identity set name=b"] {
            try await vault.keep(text, hasSecrets: false, of: kept, because: .night, at: now, in: database)
        }
        return (findings, "\(try #require(try await database.backups(of: id, limit: 1).first).id)")
    }

    /// Somebody who owes.
    /// Bank files of an account of their own: one that is committed, with two lines that wait, one that will be undone, and
    /// one that was only looked at.
    fileprivate func deposits() async throws -> (
        account: String, committed: String, regretted: String, ready: String, lines: [String]
    ) {
        var account = BankAccount(id: .make(milliseconds: now.milliseconds, from: site.randomness))
        (account.bank, account.holder, account.account) = ("Banco", "Norte", "0118359711")
        account = try await account.add(of: tenant, by: commandLine, in: database)
        let acts = BankFileActs(vault: site.vault, randomness: site.randomness)
        var files: [BankFile.ID] = []
        for amounts in [["7.00", "8.00"], ["10.00"], ["9.00"]] {
            let rows = amounts.map { "\(tenant.timeZone.day(at: now).iso),DEPOSITO,\($0)\n" }.joined()
            let file = try await acts.upload(
                Array("Fecha,Concepto,Abono\n\(rows)".utf8), named: "enero.csv",
                of: account.id, in: tenant, by: commandLine, in: database)
            files.append(file.id)
            try await work(on: file.id, acts)
        }
        for file in files.prefix(2) {
            _ = try await acts.commit(file, by: commandLine, in: database)
            try await work(on: file, acts)
        }
        let lines: String? = try await database.value(
            """
            SELECT string_agg(line_id::text, ' ' ORDER BY line) AS lines FROM bank_lines
            WHERE tenant_id = \(database.tenant) AND file_id = \(files[0])
            """)
        return (
            "\(account.id)", "\(files[0])", "\(files[1])", "\(files[2])",
            try #require(lines).split(separator: " ").map(String.init)
        )
    }

    private func work(on file: BankFile.ID, _ acts: BankFileActs) async throws {
        try await WorkOnBankFile(file).go(
            of: tenant, by: acts, readingIn: .tests, knowing: site.catalogue, at: now, in: database)
    }

    fileprivate func debtor(_ name: String) async throws -> String {
        let program = Program(self, try await token(everything))
        let made = try await program.ask("POST", "/api/v1/customers", body: #"{"name":"\#(name)"}"#, key: name)
        let id = made.headers["Location"].map { String($0.suffix(36)) } ?? ""
        guard let customer = Customer.ID(id) else { return id }
        let charge: Transaction.ID = .make(milliseconds: now.milliseconds, from: site.randomness)
        let money = Money(minor: 500, tenant.currency)
        try await database.post(
            Transaction(
                id: charge, .charge, of: charge.uuid, on: tenant.timeZone.day(at: now),
                [Posting(.receivable(customer), money), Posting(.income("x"), Money(minor: -500, tenant.currency))]),
            by: .commandLine, at: now)
        return id
    }
}

/// A program of a tenant's, before the whole API.
private struct Program {
    private let tenant: TestTenant
    private let token: String
    private let gate: RequestGate

    init(_ tenant: TestTenant, _ token: String) {
        self.tenant = tenant
        self.token = token
        gate = tenant.gate(
            tenant.site.context(of: Rooms.list).apiRoutes.visits, credential: API.credential, refuse: API.refuse)
    }

    func ask(
        _ method: String, _ path: String, body: String = "", key: String? = nil, tag: String? = nil,
        isKnown: Bool = true, language: String = "es"
    ) async throws -> Answer {
        var fields: [(key: String, value: String)] = [("Accept-Language", language)]
        if isKnown { fields.append(("Authorization", "Bearer \(token)")) }
        if let key { fields.append(("Idempotency-Key", key)) }
        if let tag { fields.append(("If-Match", tag)) }
        if !body.isEmpty { fields.append(("Content-Type", "application/json")) }
        let request = try DirectRequests(on: .tests).request(
            method, path, host: tenant.host, fields: fields, body: Array(body.utf8))
        return Answer(await gate.answer(request))
    }
}

extension TestTenant {
    /// A piece in a warehouse.
    fileprivate func stocked() async throws -> String {
        func id<Noun>() -> ID<Noun> { .make(milliseconds: now.milliseconds, from: site.randomness) }
        let acts = StockActs(randomness: site.randomness)
        var (product, warehouse) = (StockProduct(id: id()), Warehouse(id: id()))
        (product.name, warehouse.name) = ("Antena", "Central")
        _ = try await acts.add(product, by: commandLine, in: database)
        _ = try await acts.add(warehouse, by: commandLine, in: database)
        var receipt = StockReceipt()
        (receipt.warehouse, receipt.serials) = (warehouse.id, "AA1")
        try await acts.receive(receipt, of: product.id, by: commandLine, in: database)
        return "\(try #require(try await database.stockUnit(serial: "AA1")).id)"
    }
}
