import Synchronization
import Telemetry
import Testing

@Suite struct MetricsTests {
    @Test func `the text is OpenMetrics 1_0 to the letter`() {
        let metrics = Metrics()
        let good = metrics.counter("http_requests", "Requests answered.", ["status": "2xx"])
        let open = metrics.gauge("connections_open", "Sockets that are open now.")
        let bad = metrics.counter("http_requests", "Requests answered.", ["status": "5xx", "path": "a\\b\"c\nd"])
        let took = metrics.histogram(
            "http_request_seconds", "From head to last byte.", ["route": "/"], buckets: [0.005, 0.5, 1])
        metrics.gauge("process_memory_bytes", "Resident \\ memory\nnow.") { 12.5 }
        metrics.counter("log_lines_dropped", "Lines nobody read.") { 3 }
        metrics.gauge("nothing", "No number.") { .nan }

        good.add()
        good.add(4)
        bad.add()
        open.set(7)
        open.add(-2)
        for value in [0.005, 0.25, 0.25, 2] { took.observe(value) }
        took.observe(Duration.milliseconds(1))

        #expect(
            String(decoding: metrics.render(), as: UTF8.self) == #"""
                # TYPE http_requests counter
                # HELP http_requests Requests answered.
                http_requests_total{status="2xx"} 5
                http_requests_total{status="5xx",path="a\\b\"c\nd"} 1
                # TYPE connections_open gauge
                # HELP connections_open Sockets that are open now.
                connections_open 5
                # TYPE http_request_seconds histogram
                # UNIT http_request_seconds seconds
                # HELP http_request_seconds From head to last byte.
                http_request_seconds_bucket{route="/",le="0.005"} 2
                http_request_seconds_bucket{route="/",le="0.5"} 4
                http_request_seconds_bucket{route="/",le="1.0"} 4
                http_request_seconds_bucket{route="/",le="+Inf"} 5
                http_request_seconds_count{route="/"} 5
                http_request_seconds_sum{route="/"} 2.506
                # TYPE process_memory_bytes gauge
                # UNIT process_memory_bytes bytes
                # HELP process_memory_bytes Resident \\ memory\nnow.
                process_memory_bytes 12.5
                # TYPE log_lines_dropped counter
                # HELP log_lines_dropped Lines nobody read.
                log_lines_dropped_total 3
                # TYPE nothing gauge
                # HELP nothing No number.
                nothing NaN
                # EOF

                """#)
    }

    @Test func `nothing counted from many threads is lost`() async {
        let metrics = Metrics()
        let counter = metrics.counter("a", "A.")
        let gauge = metrics.gauge("b", "B.")
        let histogram = metrics.histogram("c", "C.", buckets: [1])
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<8 {
                group.addTask {
                    for _ in 0..<5000 {
                        counter.add()
                        gauge.add(2)
                        histogram.observe(0.5)
                    }
                }
            }
        }
        #expect(counter.value == 40_000)
        #expect(gauge.value == 80_000)
        let text = String(decoding: metrics.render(), as: UTF8.self)
        #expect(text.contains("c_bucket{le=\"+Inf\"} 40000\n"))
        #expect(text.contains("c_sum 20000\n"))
    }
}
