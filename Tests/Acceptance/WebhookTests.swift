import Glibc
import HTTP
import JSON
import TestSupport
import Testing

/// Messages to the outside by workers that are processes.
@Suite struct WebhookTests {
    @Test func `a message whose worker is killed on the way is sent again by another, under the same id`() async throws
    {
        try await Installation.with { installation in
            try await WebhookSink.with { sink in
                let settings = [
                    "MASTIL_WEBHOOK_LOCAL": "127.0.0.1:\(sink.port)", "MASTIL_WEBHOOK_AUTHORITIES": sink.authority,
                ]
                try await RunningMastil.serve(installation, settings: settings) { mastil in
                    let token = try await installation.mastil(
                        "token", "create", "norte", "--name", "n8n", "--permission", "webhooks.manage",
                        "--permission", "customers.read", "--permission", "customers.write")
                    let program = mastil.visitor(of: "norte").with("Authorization", "Bearer \(token)")
                    let made = try await program.with("Idempotency-Key", "1").send(
                        "POST", "/api/v1/webhooks",
                        json: #"{"name":"n8n","address":"\#(sink.address("hang-once"))","kinds":["customer.created"]}"#)
                    guard let secret = try made.json.text("secret") else { throw Failed(made.text) }
                    sink.learn(secret)
                    let customer = try await program.with("Idempotency-Key", "2").send(
                        "POST", "/api/v1/customers", json: #"{"name":"Una Sola"}"#)
                    #expect(customer.status == 201)
                    try await RunningMastil.run("work", for: installation, settings: settings) { killed in
                        try await eventually("the message is on its way") { try sink.messages().count == 1 }
                        try await killed.send(SIGKILL)
                        _ = try await killed.ended()
                    }
                    try await RunningMastil.run("work", for: installation, settings: settings) { _ in
                        try await eventually("it is sent again") { try sink.messages().count == 2 }
                        guard let address = made.location else { throw Failed(made.text) }
                        try await eventually("it has arrived") {
                            try await program.get("\(address)/deliveries").text.contains(#""state":"delivered""#)
                        }
                    }
                }
                let messages = try sink.messages()
                #expect(messages.count == 2 && Set(messages.map(\.id)).count == 1)
                #expect(messages.allSatisfy { $0.valid == [true] && $0.body.contains("Una Sola") })
            }
        }
    }

    @Test func `however many addresses are silent, the house's own work goes on`() async throws {
        try await Installation.with { installation in
            try await WebhookSink.with { sink in
                let settings = [
                    "MASTIL_WEBHOOK_LOCAL": "127.0.0.1:\(sink.port)", "MASTIL_WEBHOOK_AUTHORITIES": sink.authority,
                ]
                try await RunningMastil.serve(installation, settings: settings) { mastil in
                    for slug in ["norte", "sur"] {
                        let token = try await installation.mastil(
                            "token", "create", slug, "--name", "n8n", "--permission", "webhooks.manage",
                            "--permission", "customers.read", "--permission", "customers.write")
                        let program = mastil.visitor(of: slug).with("Authorization", "Bearer \(token)")
                        for number in 1...8 {
                            let made = try await program.with("Idempotency-Key", "\(number)").send(
                                "POST", "/api/v1/webhooks",
                                json:
                                    #"{"name":"\#(number)","address":"\#(sink.address("hang"))","kinds":["customer.created"]}"#
                            )
                            #expect(made.status == 201)
                        }
                        let customer = try await program.with("Idempotency-Key", "9").send(
                            "POST", "/api/v1/customers", json: #"{"name":"Una Sola"}"#)
                        #expect(customer.status == 201)
                    }
                }
                try await RunningMastil.run("work", for: installation, settings: settings) { worker in
                    try await eventually("all of them are asked") { try sink.messages().count == 16 }
                    try await installation.queueJob()
                    try await eventually("the other job is done") { worker.says("job_finished") }
                    #expect(try await installation.sql("SELECT FROM webhook_attempts").isEmpty, "they are asked still")
                }
            }
        }
    }
}
