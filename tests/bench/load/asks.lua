-- Asks for an approval again and again, each of a call of its own, slowly: one card for each. Set by the environment:
--   LOAD_KEY      bearer token        ASKS_CHANNELS  how many agents ask, each with a channel of its own
--   ASKS_PAUSE    pause before each, ms
local channels = tonumber(os.getenv("ASKS_CHANNELS") or "1")
local pause = tonumber(os.getenv("ASKS_PAUSE") or "1000")
local headers = { ["Content-Type"] = "application/json", ["Authorization"] = "Bearer " .. (os.getenv("LOAD_KEY") or "none") }
local started = os.time() .. "-" .. math.random(1e9)
local sent = 0

function request()
  sent = sent + 1
  return wrk.format("POST", "/v1/scan", headers, string.format(
    '{"method":"POST","url":"https://pay.example/v1/transfer-funds","agent_id":"asks-%d","body":{"amount":%d,"run":"%s"}}', sent % channels, sent, started))
end

function delay()
  return pause
end
