import Addresses
import Loop
import RouterOS
import RouterOSLab
import Testing

@Suite struct FaultTests {
    /// What is left of a change that met the fault, and what its caller was told.
    private static func change(_ fault: LabFault.Kind) async throws -> (isDone: Bool, error: RouterError?) {
        try await withLab(.customers(1), deadlines: .short) { bench in
            await bench.lab.set([LabFault(fault, at: "/ppp/secret/set", times: 1)])
            let error = await failure {
                try await bench.run("/ppp/secret/set", [".id": "cliente00001", "profile": "Morosos"])
            }
            let session = try await bench.open()
            let row = try await session.rows(of: RouterCommand("/ppp/secret/print")).first
            session.close()
            return (row?["profile"] == "Morosos", error)
        }
    }

    @Test(
        arguments: [
            (.cutAfterBytes(3), false), (.cutAfterBytes(10_000), true), (.cutAtFirstWord, true), (.hang, false),
            (.halfOpen, false), (.garbage, true), (.wrongTag, true),
        ] as [(LabFault.Kind, Bool)])
    func `a change that meets a fault is told as one that may have been done`(fault: LabFault.Kind, isDone: Bool)
        async throws
    {
        let (wasDone, error) = try await Self.change(fault)
        #expect(wasDone == isDone)
        #expect(error?.mayHaveBeenDone == true)
    }

    @Test func `what was answered before the cut has its answer`() async throws {
        let (wasDone, error) = try await Self.change(.cutAfterDone)
        #expect(wasDone && error == nil)
    }

    @Test func `success may have changed nothing, which only reading back shows`() async throws {
        let (wasDone, error) = try await Self.change(.changeNothing)
        #expect(!wasDone && error == nil)
    }

    @Test func `a slow router is waited for, one that refuses is not`() async throws {
        try await withLab(.customers(1), deadlines: .short) { bench in
            await bench.lab.set([LabFault(.slow(.milliseconds(30)), at: "/ppp")])
            let rows = try await bench.rows("/ppp/secret/print")
            #expect(rows.count == 1)
            await bench.lab.set([LabFault(.slow(.seconds(30)), at: "/ppp")])
            #expect(
                await failure { try await bench.rows("/ppp/secret/print") }
                    == .deadlineExceeded(.milliseconds(600), .maybeDone))
            await bench.lab.set([LabFault(.refuseLogin)])
            #expect(await failure { try await bench.open() } == .loginRefused("invalid user name or password (6)"))
        }
    }

    @Test func `a router restored from an old backup has forgotten what came after`() async throws {
        try await withLab(.customers(5)) { bench in
            await bench.lab.inspect { $0.keepBackup("viejo") }
            try await bench.run("/ppp/secret/set", [".id": "cliente00003", "profile": "Morosos"])
            try await bench.run("/ppp/secret/add", ["name": "nuevo"])
            await bench.lab.inspect { _ = $0.restoreBackup("viejo") }
            #expect(await failure { try await bench.rows("/ppp/secret/print") } != nil)
            let session = try await bench.open()
            let secrets = try await session.rows(of: RouterCommand("/ppp/secret/print"))
            #expect(secrets.count == 5 && secrets[2]["profile"] == "Plan10")
            #expect(try await session.rows(of: RouterCommand("/ppp/active/print")).isEmpty)
            await bench.lab.advance(by: .seconds(5))
            #expect(try await session.rows(of: RouterCommand("/ppp/active/print")).count == 5)
            session.close()
        }
    }

    @Test func `faults are switched at a port of their own, where none reaches`() async throws {
        try await withLab(.customers(1), deadlines: .short) { bench in
            let port = try await bench.lab.listenForControl()
            let control = try await RouterSession.open(
                to: RouterAddress(.loopback, port: port), as: RouterCredentials(name: "", password: ""), on: bench.loop)
            _ = try await control.run(RouterCommand("/lab/faults/set", ["faults": "hang@/ppp/secret/print+1*1"]))
            #expect(try await bench.rows("/ppp/secret/print").count == 1)
            #expect(await failure { try await bench.rows("/ppp/secret/print") } != nil)
            try await bench.open().close()
            let journal = try await control.rows(of: RouterCommand("/lab/journal/print"))
            #expect(journal.isEmpty)
            let wrong = await refusal { try await control.run(RouterCommand("/lab/faults/set", ["faults": "fire"])) }
            #expect(wrong?.hasPrefix("'fire' is no fault") == true)
            #expect(try await control.run(RouterCommand("/lab/export")).returned?.contains("/ppp secret") == true)
            control.close()
        }
    }

    @Test func `faults are read from a line`() throws {
        #expect(
            try LabFault.parse("cut-bytes=3@/ppp/secret/set*1,slow=200ms,wrong-tag+2") == [
                LabFault(.cutAfterBytes(3), at: "/ppp/secret/set", times: 1), LabFault(.slow(.milliseconds(200))),
                LabFault(.wrongTag, skipping: 2),
            ])
        for text in ["cut-bytes", "cut-bytes=0", "slow=x", "hang*x", "hang*-1", "nada"] {
            #expect(throws: LabFault.Unreadable.self) { try LabFault.parse(text) }
        }
    }
}
