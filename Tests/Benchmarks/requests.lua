-- wrk's part: asks for the paths of a file, drawn at random, and tells what came of it as one line of JSON.
local requests = {}

function init(args)
    for path in io.lines(args[1]) do
        requests[#requests + 1] = wrk.format("GET", path)
    end
    -- A single path is that of the URL, which wrk sends without asking a script.
    if #requests > 1 then
        request = function() return requests[math.random(#requests)] end
    end
end

function done(summary, latency, _)
    local errors = summary.errors
    io.write(string.format(
        '\n{"requests": %d, "seconds": %.6f, "bytes": %d, "p50": %.3f, "p99": %.3f, "refused": %d, "broken": %d}\n',
        summary.requests, summary.duration / 1e6, summary.bytes, latency:percentile(50) / 1e3, latency:percentile(99) / 1e3,
        errors.status, errors.connect + errors.read + errors.write + errors.timeout))
end
