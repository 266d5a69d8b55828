import Loop
import TestSupport
import Testing

@Suite struct OutageTests {
    @Test func `who asks while PostgreSQL is down is told to come back, and is served once it is up again`()
        async throws
    {
        try await PrivateCluster.with { cluster in
            try await Installation.with(on: cluster.server) { installation in
                try await RunningMastil.serve(installation) { mastil in try await crash(cluster, under: mastil) }
            }
        }
    }

    /// A table that says what PostgreSQL says when its disk is full: a real one would fill the machine's.
    @Test func `who saves something while PostgreSQL has no room is told so, and the operator's health page says it`()
        async throws
    {
        try await Installation.with { installation in
            try await RunningMastil.serve(installation) { mastil in
                let person = try await mastil.person(of: "norte")
                _ = try await installation.sql(
                    """
                    CREATE FUNCTION refuse_to_write() RETURNS trigger LANGUAGE plpgsql AS $$
                    BEGIN RAISE EXCEPTION 'could not extend file' USING ERRCODE = 'disk_full'; END $$
                    """)
                _ = try await installation.sql(
                    "CREATE TRIGGER full_disk BEFORE INSERT ON coverage_zones EXECUTE FUNCTION refuse_to_write()")
                let refused = try await person.post("/panel/zones", form: "name=Cerro")
                #expect(refused.status == 503 && refused.text.contains("El servidor se quedó sin espacio"))
                #expect(try await person.get("/panel/zones").status == 200)
                let health = try await mastil.operators.get("/health/ready")
                #expect(health.status == 200)
                #expect(health.text.contains(#""reason":"its disk was full within the last 5 minutes""#))
                #expect(mastil.log.contains("disk_full"))
                _ = try await installation.sql("DROP TRIGGER full_disk ON coverage_zones")
                #expect(try await person.post("/panel/zones", form: "name=Cerro").status == 303)
            }
        }
    }

    private func crash(_ cluster: PrivateCluster, under mastil: RunningMastil) async throws {
        let crowd = Crowd()
        let customer = try await mastil.installation.customer(1, of: "norte")
        let questions = [
            (try await mastil.program(of: "norte"), path: "/api/v1/customers/\(customer.id)"),
            (try await mastil.person(of: "sur"), path: "/panel/customers"),
        ]
        try await crowd.ask(questions, 32) {
            try await eventually("all are served") { crowd.answers.count > 200 }
            #expect(crowd.answers.allSatisfy { $0.status == 200 })

            try await cluster.crash()
            let down = Monotonic.read()
            try await eventually("an outage is told of") { crowd.answers(since: down).count > 100 }
            #expect(crowd.answers(since: down).allSatisfy { $0.status == 503 })
            let health = try await mastil.operators.get("/health/ready")
            #expect(health.status == 503)
            #expect(health.text.contains(#""name":"postgresql","status":"failed""#))
            #expect(try await mastil.operators.get("/health/live").status == 200)

            try await cluster.start()
            let up = Monotonic.read()
            try await eventually("all are served again") {
                let last = crowd.answers.suffix(100)
                return crowd.answers(since: up).count >= 100 && last.allSatisfy { $0.status == 200 }
            }
            #expect(try await mastil.operators.get("/health/ready").status == 200)
        }
        #expect(crowd.failures.isEmpty && crowd.turnedAway == 0)
        #expect(crowd.answers.allSatisfy { $0.status == 200 || $0.status == 503 && $0.retryAfter == "2" })
        // Nobody is left hanging: far below the minute after which a client gives up.
        #expect(crowd.answers.allSatisfy { $0.took <= .seconds(20) })
        #expect(!mastil.hasEnded)
    }
}
