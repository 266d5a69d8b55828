import Access
import Declarations
import Events
import HTTP
import Identifiers
import Ledger
import Locale
import Nouns
import Panel
import Postgres
import ShellSupport
import Spreadsheets
import Synchronization
import Tenancy
import TenantSupport
import TestSupport
import Testing
import Time
import Zones

@testable import Customers
@testable import Imports
@testable import Plans
@testable import Services

func withImports(_ body: (TestTenant, TestTenant) async throws -> Void) async throws {
    try await withTenants(declaring: .customers, .zones, .plans, .ledger, .services, .imports, body: body)
}

extension TestTenant {
    var acts: ImportActs { ImportActs(sandbox: .tests, randomness: site.randomness) }

    func ana() async throws -> Person {
        try await Person(self, [.customersRead, .customersImport, .zonesManage]) { routes, _ in
            ImportRoutes(acts).add(to: &routes)
        }
    }

    func makeCustomer(_ name: String, _ change: (inout Customer) -> Void = { _ in }) async throws -> Customer {
        var customer = Customer.new(
            .make(milliseconds: now.milliseconds, from: site.randomness), since: Day(iso: "2026-01-01")!)
        customer.name = name
        change(&customer)
        return try await Customer.add([customer], distinct: true, to: tenant, by: commandLine, in: database)[0]
    }

    func makePlan(_ name: String, _ minor: Int64, _ speed: String) async throws {
        var plan = Plan(id: .make(milliseconds: now.milliseconds, from: site.randomness), in: tenant.currency)
        (plan.name, plan.price) = (name, Money(minor: minor, tenant.currency))
        (plan.download, plan.upload) = (Speed(speed)!, Speed(speed)!)
        try await database.insert(plan, at: now)
    }

    /// All that can change, as text: what is appended only, waits in a queue or is about imports is left out.
    func contents() async throws -> [String: String] {
        let owner = try site.test.superuser()
        let appended = [
            "events", "unsealed_events", "event_heads", "ledger_transactions", "ledger_postings", "ledger_charges",
            "imports", "import_rows", "jobs", "idempotency_keys", "sessions", "customer_figures", "search_blocks",
        ]
        let tables = try owner.column(
            """
            SELECT c.table_name FROM information_schema.columns c
            JOIN information_schema.tables t USING (table_schema, table_name)
            WHERE c.table_schema = 'public' AND c.column_name = 'tenant_id' AND t.table_type = 'BASE TABLE'
            """)
        var contents: [String: String] = [:]
        for table in tables where !appended.contains(table) && !table.hasPrefix("job_") && !table.hasPrefix("event") {
            let other = table == "counters" ? "AND name <> 'import' AND last > 0" : ""
            contents[table] = try owner.column(
                """
                SELECT coalesce(string_agg(t::text, E'\\n' ORDER BY t::text), '') FROM \(table) t
                WHERE tenant_id = '\(tenant.id)' \(other)
                """)[0]
        }
        contents["customer_figures"] = try owner.column(
            """
            SELECT coalesce(string_agg(t, ' ' ORDER BY t), '') FROM (
                SELECT figure || value || zone_id || sum(count) AS t FROM customer_figures
                WHERE tenant_id = '\(tenant.id)' GROUP BY figure, value, zone_id HAVING sum(count) <> 0) f
            """)[0]
        return contents
    }

    func customers() async throws -> [Customer] { try await database.customers(after: 0, limit: 10_000) }

    /// What the worker does about a file.
    func goOn(_ id: Import.ID, in other: TenantDatabase? = nil) async throws {
        try await GoOnImport(id).go(
            of: tenant, acts, knowing: site.catalogue, at: now, from: site.randomness, in: other ?? database)
    }

    /// A file as far as what would become of its rows.
    func tried(
        _ text: String, distinct: Bool = false, dayOrder: DayOrder? = nil, decimalMark: DecimalMark? = nil
    ) async throws -> Import {
        let file = try await acts.take(
            Array(text.utf8), named: "clientes.csv", of: tenant, by: commandLine, in: database)
        try await acts.choose(
            file.columns.map(\.field), WrittenNotation(dayOrder: dayOrder, decimalMark: decimalMark),
            distinct: distinct, for: file.id, by: commandLine, in: database)
        try await goOn(file.id)
        return try #require(try await database.fileImport(file.id))
    }

    func committed(_ file: Import) async throws -> Import {
        try await acts.commit(file.id, by: commandLine, in: database)
        try await goOn(file.id)
        return try #require(try await database.fileImport(file.id))
    }
}

@Suite struct ImportTests {
    @Test func `titles of people and of other programs say what columns hold, and others are left to a person`() {
        #expect(
            ImportedField.guess(["N.º", "Nombre completo", "Celular", "DNI/C.I./C.C", "Dirección", "Zona", "MAC"])
                == [nil, .name, .phone, .identification, .address, .zone, nil])
        #expect(
            ImportedField.guess([
                "Custom ID", "First name", "Last name", "Company name", "Email 1", "Phone 1", "Street 1",
            ])
                == [.reference, .firstName, .lastName, .company, .email, .phone, .address])
        #expect(
            ImportedField.guess(["Código do cliente", "Nome", "Sobrenome", "CPF/CNPJ", "Bairro", "Data de cadastro"])
                == [.reference, .firstName, .lastName, .identification, .neighbourhood, .since])
    }

    @Test func `every row is created, merged, known or refused with its reason, and is in once`() async throws {
        try await withImports { norte, sur in
            let ana = try await norte.ana()
            try await norte.database.execute(
                """
                INSERT INTO coverage_zones (tenant_id, zone_id, name)
                VALUES (\(norte.database.tenant), gen_random_uuid(), 'Centro')
                """)
            let known = try await norte.makeCustomer("Ana Paz") { $0.phone = "+525500000055" }
            _ = try await norte.makeCustomer("Luis Mar") { $0.identification = "MALU-800101" }
            let text = """
                Código;Nombre;Teléfono;Correo;RFC;Zona;Alta;Color
                A1;Ana Paz López;55 0000 0055;ana@example.com;;;;rojo
                A2;Inés Ñandú;+52 55 0000 0056;;;centro;31/01/2026;
                A3;;55 0000 0057;;;;;
                A4;Beto;no tiene;;;;;
                A5;Carla;55 0000 0059;;;Norte;;
                A6;Luis M.;;;MALU800101;;;
                A7;Otra Gente;5500000055;;;;;
                A8;Dora;;;;;ayer;
                A2;Inés;;;;;;
                """
            let sent = try await ana.upload("/panel/imports", "file", Array(text.utf8))
            let path = try #require(sent.place).replacing("/columns", with: "")
            let columns = try await ana.see("\(path)/columns").text
            #expect(columns.contains("Ana Paz López · Inés Ñandú") && columns.contains("9 filas"))
            #expect(try await ana.send("\(path)/columns", "c0=reference").status == .unprocessableContent)
            let chosen = "c0=reference&c1=name&c2=phone&c3=email&c4=identification&c5=zone&c6=since"
            #expect(try await ana.send("\(path)/columns", chosen).place == path)
            let id = try #require(Import.ID(String(path.split(separator: "/").last!)))
            try await norte.goOn(id)

            let tried = try #require(try await norte.database.fileImport(id))
            #expect(tried.state == .tried && tried.counts == [.created: 1, .merged: 1, .known: 2, .refused: 5])
            #expect(try await norte.customers().count == 2)
            let rows = try await ana.see("\(path)/rows").text
            for said in [
                "mismo teléfono", "Nombre: falta", "«no tiene» no es un teléfono", "no hay ninguna zona «Norte»",
                "misma identificación", "puede ser Ana Paz", "«ayer» no es una fecha", "como la fila 3",
            ] {
                #expect(rows.contains(said), "\(said)")
            }
            #expect(try await ana.see("\(path)/rows?outcome=created").text.contains("Inés"))
            #expect(!(try await ana.see("\(path)/rows?outcome=created").text.contains("Carla")))

            #expect(try await ana.see("\(path)/commit").text.contains("Clientes nuevos: 1"))
            #expect(try await ana.send("\(path)/commit").place == path)
            for _ in 0..<2 { try await norte.goOn(id) }
            let done = try #require(try await norte.database.fileImport(id))
            #expect(done.state == .done && done.doneCount == 4 && done.counts == tried.counts)
            let all = try await norte.customers()
            #expect(all.map(\.name) == ["Ana Paz", "Luis Mar", "Inés Ñandú"])
            #expect(all[0].email == "ana@example.com" && all[0].id == known.id)
            #expect(all[2].zone != nil && all[2].since.iso == "2026-01-31" && all[2].phone == "+525500000056")
            #expect(try await ana.send("\(path)/commit").status == .conflict)
            let told = try await norte.database.events(limit: 20).filter { $0.kind == EventKind.customersImported.name }
            #expect(told.count == 1)

            let refused = try await ana.see("\(path)/refused.csv").text
            #expect(refused.contains("Motivo") && refused.contains("Carla") && !refused.contains("Inés"))
            #expect(refused.split(separator: "\r\n").count == 6)
            let eve = try await sur.ana()
            for place in ["", "/rows", "/refused.csv", "/columns", "/commit"] {
                #expect(try await eve.see(path + place).status == .notFound)
            }
            #expect(try await eve.send("\(path)/discard").status == .notFound)
        }
    }

    @Test func `the same file twice makes nothing, and a corrected one only what was corrected`() async throws {
        try await withImports { norte, _ in
            let text = "Nombre,Teléfono\nAna Paz,55 0000 0055\nBeto Gil,nada\nCaro Sol,55 0000 0057\n"
            _ = try await norte.committed(try await norte.tried(text))
            #expect(try await norte.customers().map(\.name) == ["Ana Paz", "Caro Sol"])
            let again = try await norte.committed(try await norte.tried(text))
            #expect(again.counts == [.created: 0, .merged: 0, .known: 2, .refused: 1])
            let corrected = try await norte.tried(text.replacing("nada", with: "+525500000056"))
            #expect(corrected.counts == [.created: 1, .merged: 0, .known: 2, .refused: 0])
            _ = try await norte.committed(corrected)
            #expect(try await norte.customers().map(\.name) == ["Ana Paz", "Caro Sol", "Beto Gil"])
        }
    }

    @Test func `two files looked at together do not make the same customer twice`() async throws {
        try await withImports { norte, _ in
            let text = "Nombre,Teléfono\nAna Paz,55 0000 0055\n"
            let (first, second) = (try await norte.tried(text), try await norte.tried(text + "Beto Gil,\n"))
            _ = try await norte.committed(first)
            let stopped = try await norte.committed(second)
            #expect(stopped.state == .tried && stopped.interruption == .changed)
            #expect(stopped.counts[.created] == 1 && stopped.counts[.known] == 1)
            #expect(try await norte.committed(stopped).state == .done)
            #expect(try await norte.customers().map(\.name) == ["Ana Paz", "Beto Gil"])
        }
    }

    @Test func `a worker that dies goes on where it was, each row once`() async throws {
        try await withImports { norte, _ in
            let count = GoOnImport.batch * 2 + 100
            let rows = (0..<count).map { "C\($0),Persona \($0),55\(10_000_000 + $0)" }
            let file = try await norte.tried("Código,Nombre,Teléfono\n" + rows.joined(separator: "\n"))
            #expect(file.counts[.created] == count)
            try await norte.acts.commit(file.id, by: norte.commandLine, in: norte.database)
            var left = 2
            // Each try gets some transactions further than the one before.
            while try await norte.database.fileImport(file.id)?.state == .committing, left < 200 {
                let dying = norte.database.dying(after: left)
                try? await norte.goOn(file.id, in: dying)
                left += 2
            }
            let done = try #require(try await norte.database.fileImport(file.id))
            #expect(done.state == .done && done.doneCount == count)
            let names = try await norte.customers().map(\.name)
            #expect(names.count == count && Set(names).count == count)
        }
    }

    @Test func `days that could be read in two ways are asked about, and refused rows say so`() async throws {
        try await withImports { norte, _ in
            let text = "Nombre,Alta\nAna,03/04/2026\nBeto,05/06/2026\nCaro,01/02/2026\n"
            await #expect(throws: ImportRefusal.dayOrderMissing) { _ = try await norte.tried(text) }
            _ = try await norte.committed(try await norte.tried(text, dayOrder: .monthFirst))
            #expect(try await norte.customers().map(\.since.iso) == ["2026-03-04", "2026-05-06", "2026-01-02"])
            // One day that is no month settles it.
            _ = try await norte.committed(try await norte.tried("Nombre,Alta\nEva,03/04/2026\nFito,25/06/2026\n"))
            #expect(try await norte.customers().suffix(2).map(\.since.iso) == ["2026-04-03", "2026-06-25"])
        }
    }

    @Test func `telephones in three forms are one, Latin-1 is read, and another person may share a telephone`()
        async throws
    {
        try await withImports { norte, _ in
            let text = "Nombre;Celular\nMuñoz Peña;5512345678\nMuñoz Peña;+52 55 1234 5678\nPeña Muñoz;(55) 1234-5678\n"
            let latin = text.unicodeScalars.map { UInt8($0.value) }
            let file = try await norte.acts.take(
                latin, named: "x.csv", of: norte.tenant, by: norte.commandLine, in: norte.database)
            #expect(file.columns[0].sample == "Muñoz Peña · Peña Muñoz")
            let tried = try await norte.tried(text)
            #expect(tried.counts == [.created: 1, .merged: 0, .known: 2, .refused: 0])
            let family = "Nombre;Celular\nAna Gil;5512345678\nBeto Sol;5512345678\n"
            #expect(try await norte.tried(family).counts[.refused] == 1)
            #expect(try await norte.tried(family, distinct: true).counts[.created] == 2)
        }
    }

    @Test func `what is no table is refused in words, and what was not imported is discarded`() async throws {
        try await withImports { norte, _ in
            let ana = try await norte.ana()
            for (bytes, words) in [
                (Array("".utf8), "Elija un archivo"), (Array("Nombre\n".utf8), "no tiene filas"),
                ([0xD0, 0xCF, 0x11, 0xE0], "Excel antiguo"), ([0x50, 0x4B, 0x03, 0x04], "dañado"),
            ] {
                let answer = try await ana.upload("/panel/imports", "file", bytes)
                #expect(answer.status == .unprocessableContent && answer.text.contains(words), "\(words)")
            }
            let file = try await norte.tried("Nombre\nAna\n")
            #expect(try await ana.send("\(file.panelPath)/discard").place == "/panel/imports")
            #expect(try await norte.database.fileImport(file.id) == nil)
            await #expect(throws: ImportRefusal.twice) {
                try await norte.acts.choose(
                    [.name, .name], WrittenNotation(), distinct: false,
                    for: try await norte.acts.take(
                        Array("A,B\nx,y\n".utf8), named: "x", of: norte.tenant, by: norte.commandLine,
                        in: norte.database
                    ).id, by: norte.commandLine, in: norte.database)
            }
        }
    }

    @Test func `services come by their plan with price, state and day, and balances through the ledger`() async throws {
        try await withImports { norte, sur in
            try await norte.makePlan("Básico 10", 30_000, "10M")
            try await norte.makePlan("Fibra 50", 50_000, "50M")
            let old = try await norte.makeCustomer("Luis Mar") { $0.phone = "+525500000099" }
            let text = """
                Nombre;Teléfono;Plan;Velocidad;Precio;Estado;Día de corte;Deuda;Saldo a favor
                Ana Paz;5500000001;básico 10;;$ 300,00;Activo;5;1.250,50;
                Beto Gil;5500000002;;50 Mbps;500;Suspendido;15;;80
                Caro Sol;5500000003;Básico 10;;280;Congelado;31;;
                Dora Luz;5500000004;Antena 3;;;Activo;1;;
                Eva Rey;5500000005;Básico 10;;;Raro;40;mil;
                Luis Mar;5500000099;Fibra 50;;;Por instalar;1;100,00;
                Ana Paz;5500000001;Fibra 50;;;Cancelado;1;;
                Ana Paz;5500000001;;;;;;7;
                """
            let tried = try await norte.tried(text)
            #expect(tried.counts == [.created: 3, .merged: 2, .known: 0, .refused: 3])
            #expect(tried.services == 5 && tried.owed == 135_050 && tried.inFavour == 8_000)
            let ana = try await norte.ana()
            #expect(try await ana.see(tried.panelPath).text.contains("Servicios: 5 · Deuda: $1,350.50"))
            let rows = try await ana.see("\(tried.panelPath)/rows").text
            for said in [
                "no hay ningún plan «Antena 3»", "«Raro» no es un estado", "«40» no es un día del mes",
                "«mil» no es un importe", "ya se importó un saldo", "Fibra 50 $500.00 (Cancelado)",
                "debe $1,250.50", "$80.00 a favor",
            ] {
                #expect(rows.contains(said), "\(said)")
            }
            let done = try await norte.committed(tried)
            #expect(done.state == .done && done.services == 5)
            let customers = Dictionary(uniqueKeysWithValues: try await norte.customers().map { ($0.name, $0) })
            func services(_ name: String) async throws -> [Service] {
                try await norte.database.services(
                    of: try #require(customers[name]).id, on: norte.tenant.timeZone.day(at: norte.now))
            }
            let sold = try await services("Ana Paz")
            #expect(sold.map(\.state) == [.active, .cancelled] && sold[0].billingDay == 5 && !sold[0].isPriceAgreed)
            let beto = try await services("Beto Gil")
            #expect(beto.map(\.planName) == ["Fibra 50"] && beto[0].state == .cut && beto[0].billingDay == 15)
            let caro = try await services("Caro Sol")
            #expect(caro[0].state == .frozen && caro[0].price.minor == 28_000 && caro[0].isPriceAgreed)
            #expect(try await services("Luis Mar").map(\.state) == [.pending])
            #expect(customers["Ana Paz"]?.state == .inDebt && customers["Beto Gil"]?.state == .suspended)
            #expect(customers["Caro Sol"]?.state == .frozen && customers["Luis Mar"]?.id == old.id)
            for (name, minor) in [("Ana Paz", 125_050), ("Beto Gil", -8_000), ("Luis Mar", 10_000)] {
                let balance = try await norte.database.balance(
                    of: try #require(customers[name]).id, in: norte.tenant.currency)
                #expect(balance.balance.minor == Int64(minor), "\(name)")
            }
            // The same file again makes nothing more; a balance of the same customer in another is refused.
            let again = try await norte.tried(text)
            #expect(again.counts[.created] == 0 && again.counts[.merged] == 0)
            let other = try await norte.tried("Nombre,Teléfono,Plan,Deuda\nAna Paz,5500000001,Básico 10,9\n")
            #expect(other.counts[.refused] == 1)
            #expect(try await sur.customers().isEmpty)
        }
    }

    @Test func `an import undone leaves every table as it was, and reversals that net to zero`() async throws {
        try await withImports { norte, _ in
            try await norte.makePlan("Básico 10", 30_000, "10M")
            let old = try await norte.makeCustomer("Luis Mar") { $0.phone = "+525500000099" }
            let ana = try await norte.ana()
            let before = try await norte.contents()
            let rows = (0..<600).map {
                "Persona \($0);55\(10_000_000 + $0);Básico 10;\($0 % 3 == 0 ? "100,50" : "");x\($0)@a.mx"
            }
            let text = """
                Nombre;Teléfono;Plan;Deuda;Correo
                Luis Mar;5500000099;Básico 10;70,00;luis@example.com
                \(rows.joined(separator: "\n"))
                Persona 0;5510000000;Básico 10;;
                """
            let done = try await norte.committed(try await norte.tried(text))
            #expect(done.doneCount == 602 && done.services == 602)
            #expect(try await norte.contents() != before)
            #expect(try await ana.see("\(done.panelPath)/undo").text.contains("se revierten sus saldos"))
            #expect(try await ana.send("\(done.panelPath)/undo").place == done.panelPath)
            var left = 2
            while try await norte.database.fileImport(done.id)?.state == .undoing, left < 200 {
                try? await norte.goOn(done.id, in: norte.database.dying(after: left))
                left += 2
            }
            #expect(try await norte.database.fileImport(done.id)?.state == .undone)
            #expect(try await norte.contents() == before)
            #expect(try await norte.customers() == [old])
            let sum: Int64? = try await norte.database.value(
                "SELECT sum(amount)::bigint FROM ledger_postings WHERE tenant_id = \(norte.database.tenant) AND customer_id IS NOT NULL"
            )
            #expect(sum == 0)
            #expect(try await ana.send("\(done.panelPath)/undo").status == .conflict)
            // And again, as if it had never been.
            let again = try await norte.committed(try await norte.tried(text))
            #expect(again.counts[.created] == 600 && again.state == .done)
        }
    }

    @Test func `undoing leaves whoever has paid since, and says so`() async throws {
        try await withImports { norte, _ in
            let done = try await norte.committed(
                try await norte.tried("Nombre;Deuda\nAna Paz;100,00\nBeto Gil;50,00\n"))
            let ana = try #require(try await norte.customers().first)
            let id: Transaction.ID = .make(milliseconds: norte.now.milliseconds, from: norte.site.randomness)
            let (paid, today) = (Money(minor: 1_000, norte.tenant.currency), norte.tenant.timeZone.day(at: norte.now))
            try await norte.database.post(
                Transaction(
                    id: id, .payment, of: id.uuid, on: today,
                    [Posting(.credit(ana.id), Money(minor: -1_000, paid.currency)), Posting(.money("cash"), paid)]),
                by: norte.commandLine.actor, at: norte.now)
            try await norte.acts.undo(done.id, by: norte.commandLine, in: norte.database)
            try await norte.goOn(done.id)
            #expect(try await norte.customers().map(\.name) == ["Ana Paz"])
            let rows = try await norte.ana().see("\(done.panelPath)/rows").text
            #expect(rows.contains("se queda: ya tiene pagos"))
            #expect(try await norte.database.balance(of: ana.id, in: paid.currency).owed.minor == 10_000)
        }
    }

    @Test func `amounts that could be read in two ways are asked about`() async throws {
        try await withImports { norte, _ in
            let text = "Nombre;Deuda\nAna;1.500\nBeto;2.000\n"
            await #expect(throws: ImportRefusal.decimalMarkMissing) { _ = try await norte.tried(text) }
            let comma = try await norte.tried(text, decimalMark: .comma)
            let point = try await norte.tried(text, decimalMark: .point)
            // One that is no thousand settles it.
            let settled = try await norte.tried(text + "Caro;3.250,10\n")
            #expect(comma.owed == 350_000 && point.owed == 350 && settled.owed == 675_010)
        }
    }

    @Test func `words are whole in every language`() {
        #expect(ImportAPIWords.problems == [])
        typealias Interruption = Import.Interruption
        typealias Kept = ImportRow.Kept
        typealias Evidence = ImportRow.Evidence
        typealias Reason = ImportRow.Fault.Reason
        #expect(ImportWords.problems + ImportRefusal.problems == [])
        #expect(ImportedField.problems + Import.State.problems + ImportRow.Outcome.problems == [])
        #expect(Interruption.problems + Kept.problems + Evidence.problems + Reason.problems == [])
    }
}

extension TenantDatabase {
    /// Answers to so many transactions.
    fileprivate func dying(after count: Int) -> TenantDatabase {
        let left = Countdown(count)
        return guarded(by: "SELECT 1") { _ throws(DatabaseError) in
            if !left.goOn() { throw .connectionLost(outcomeUnknown: false) }
        }
    }
}

private final class Countdown: Sendable {
    private let left: Mutex<Int>

    init(_ count: Int) { left = Mutex(count) }

    func goOn() -> Bool {
        left.withLock { left in
            left -= 1
            return left >= 0
        }
    }
}
