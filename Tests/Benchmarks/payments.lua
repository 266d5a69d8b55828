-- wrk's part of the payments: a payment with an id of its own by a customer drawn from a file, and what came of it.
local customers = {}

function init(args)
    for line in io.lines(args[1]) do customers[#customers + 1] = line end
    math.randomseed(os.time())
end

local function id()
    local function digits(count)
        local text = ""
        for _ = 1, count do text = text .. string.format("%x", math.random(0, 15)) end
        return text
    end
    return digits(8) .. "-" .. digits(4) .. "-7" .. digits(3) .. "-8" .. digits(3) .. "-" .. digits(12)
end

function request()
    -- No amount twice: a second one of the same customer would wait for a person.
    return wrk.format("POST", "/api/v1/payments", nil, string.format(
        '{"id":"%s","customer":"%s","method":"cash","amount":%d}', id(), customers[math.random(#customers)],
        math.random(1, 100000000)))
end

function done(summary, latency, _)
    local errors = summary.errors
    io.write(string.format(
        '\n{"requests": %d, "seconds": %.6f, "bytes": %d, "p50": %.3f, "p99": %.3f, "refused": %d, "broken": %d}\n',
        summary.requests, summary.duration / 1e6, summary.bytes, latency:percentile(50) / 1e3, latency:percentile(99) / 1e3,
        errors.status, errors.connect + errors.read + errors.write + errors.timeout))
end
