-- Posts one request over and over. Set by the environment:
--   LOAD_KEY    bearer token        LOAD_BODY  file with the request
--   LOAD_KEYED  prefix of an Idempotency-Key that is new for each request; empty for none
--   LOAD_PAUSE  mean pause before each request of a connection, ms; 0 for none
--   LOAD_CHECK  1: count answers that are no durable ALLOW
--   LOAD_KEYS   file with bearer tokens, one a line, that are used in turn
local file = assert(io.open(os.getenv("LOAD_BODY"), "rb"))
local body = file:read("*a")
file:close()
local keyed = os.getenv("LOAD_KEYED") or ""
local pause = tonumber(os.getenv("LOAD_PAUSE") or "0")
local headers = { ["Content-Type"] = "application/json", ["Authorization"] = "Bearer " .. (os.getenv("LOAD_KEY") or "none") }
local plain
local sent = 0
local tokens = {}
if os.getenv("LOAD_KEYS") then
  for token in io.lines(os.getenv("LOAD_KEYS")) do tokens[#tokens + 1] = "Bearer " .. token end
end
wrong = 0

function setup(thread)
  worker = thread
end

-- Not before: the host is known only now.
function init()
  plain = wrk.format("POST", "/v1/scan", headers, body)
end

function request()
  if keyed == "" and #tokens == 0 then return plain end
  sent = sent + 1
  if #tokens > 0 then headers["Authorization"] = tokens[sent % #tokens + 1] end
  if keyed == "" then return wrk.format("POST", "/v1/scan", headers, body) end
  headers["Idempotency-Key"] = keyed .. sent
  return wrk.format("POST", "/v1/scan", headers, body)
end

if pause > 0 then
  function delay()
    return math.random(0, 2 * pause)
  end
end

if os.getenv("LOAD_CHECK") == "1" then
  function response(status, _, answer)
    if status ~= 200 or not answer:find('"decision":"ALLOW"', 1, true) or answer:find('"durable":false', 1, true) then
      wrong = wrong + 1
    end
  end
end

-- requests, seconds, failed, p50, p95, p99 in ms
function done(summary, latency)
  local errors = summary.errors
  local failed = errors.connect + errors.read + errors.write + errors.status + errors.timeout + (worker:get("wrong") or 0)
  print(string.format("RESULT %d %.3f %d %.2f %.2f %.2f", summary.requests, summary.duration / 1e6, failed,
    latency:percentile(50) / 1000, latency:percentile(95) / 1000, latency:percentile(99) / 1000))
end
