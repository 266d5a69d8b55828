-- wrk's part of the acts: names a zone anew, of those of a file drawn at random, and tells what came of it.
local zones, count = {}, 0

function init(args)
    for line in io.lines(args[1]) do
        local host, path = line:match("^(%S+) (%S+)$")
        zones[#zones + 1] = {host, path}
    end
    math.randomseed(os.time())
end

function request()
    local zone = zones[math.random(#zones)]
    count = count + 1
    wrk.headers["Host"], wrk.headers["Origin"] = zone[1], "http://" .. zone[1]
    return wrk.format("POST", zone[2], nil, "name=Zona+" .. math.random(1e9) .. count)
end

function done(summary, latency, _)
    local errors = summary.errors
    io.write(string.format(
        '\n{"requests": %d, "seconds": %.6f, "bytes": %d, "p50": %.3f, "p99": %.3f, "refused": %d, "broken": %d}\n',
        summary.requests, summary.duration / 1e6, summary.bytes, latency:percentile(50) / 1e3, latency:percentile(99) / 1e3,
        errors.status, errors.connect + errors.read + errors.write + errors.timeout))
end
