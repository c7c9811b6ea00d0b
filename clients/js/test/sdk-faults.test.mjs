import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ApprovalExpiredError, AuthenticationError, BadAnswerError, ConfigurationError, DeniedError, IntervenClient, RateLimitedError, RequestError, UnavailableError } from '@interven/sdk-js';
import { ALLOW, faulty } from './running/faulty.mjs';
import { freePort } from './running/product.mjs';

const REQUEST = { method: 'POST', url: 'tool://js/pay_out', body: { amount: 1 } };
const PENDING = { ...ALLOW, decision: 'REQUIRE_APPROVAL', approval_id: '01912f4e-7c1e-7a55-b0a4-0d6a3d1f9c12' };
const client = (url, options = {}) => new IntervenClient({ apiKey: 'iv_live_x', gatewayUrl: url, retries: 2, timeout: 5_000, ...options });

/** Runs a guarded function against a gateway that answers so; says whether it ran, and what it threw. */
async function guarded(steps, options) {
  const gateway = await faulty(...steps);
  let ran = 0;
  try {
    const payOut = client(gateway.url, options).guard(async function pay_out(args) {
      ran++;
      return args;
    });
    const [value, error] = await payOut({ amount: 1 }).then(value => [value], error => [undefined, error]);
    return { ran, value, error, requests: gateway.requests };
  } finally {
    await gateway.stop();
  }
}

/** The idempotency keys that were sent: there must be one with each request. */
function keys({ requests }) {
  for (const { headers } of requests)
    assert.match(headers['idempotency-key'], /^[0-9a-f-]{36}$/);
  return new Set(requests.map(({ headers }) => headers['idempotency-key']));
}

const unavailable = [
  ['500', [{ status: 500, json: {} }], UnavailableError, 3],
  ['503 with an ALLOW in it', [{ status: 503, json: ALLOW }], UnavailableError, 3],
  ['429', [{ status: 429, json: {} }], RateLimitedError, 3],
  ['a dropped connection', ['drop'], UnavailableError, 3],
  ['an answer that is too late', [{ json: ALLOW, delay: 1000 }], UnavailableError, 3, { timeout: 300 }],
];

for (const [name, steps, kind, asked, options] of unavailable) {
  test(`${name}: the function does not run`, async () => {
    const seen = await guarded(steps, options);
    assert.equal(seen.ran, 0);
    assert.ok(seen.error instanceof kind, String(seen.error));
    // An attempt that was given up on may not have arrived.
    assert.ok(options?.timeout ? seen.requests.length <= asked : seen.requests.length === asked);
    assert.equal(keys(seen).size, 1);
    assert.equal(new Set(seen.requests.map(request => request.body)).size, 1);
  });

  test(`${name}: with the one switch it does`, async () => {
    const seen = await guarded(steps, { ...options, failClosed: false });
    assert.equal(seen.error, undefined);
    assert.deepEqual([seen.ran, seen.value], [1, { amount: 1 }]);
  });
}

const refused = [
  ['no JSON', { text: '<html>ALLOW</html>' }, BadAnswerError],
  ['an empty answer', { text: '' }, BadAnswerError],
  ['a list', { json: [ALLOW] }, BadAnswerError],
  ['null', { text: 'null' }, BadAnswerError],
  ['an unknown decision', { json: { ...ALLOW, decision: 'PERMIT' } }, BadAnswerError],
  ['a decision in small letters', { json: { ...ALLOW, decision: 'allow' } }, BadAnswerError],
  ['no trace', { json: { ...ALLOW, trace_id: undefined } }, BadAnswerError],
  ['SANITIZE without a body', { json: { ...ALLOW, decision: 'SANITIZE' } }, BadAnswerError],
  ['REQUIRE_APPROVAL of nothing', { json: { ...ALLOW, decision: 'REQUIRE_APPROVAL' } }, BadAnswerError],
  ['a wrong key', { status: 401, json: { reason: 'INVALID_KEY', detail: 'No.' } }, AuthenticationError],
  ['a foreign address', { status: 403, json: { reason: 'IP_NOT_ALLOWED' } }, RequestError],
  ['a page that is not there', { status: 404, text: 'not found' }, RequestError],
  ['a body that is too long', { status: 413, json: { reason: 'PAYLOAD_TOO_LARGE' } }, RequestError],
  ['a redirect', { status: 302, text: '', headers: { location: 'http://127.0.0.1:9/' } }, RequestError],
  ['204', { status: 204, text: '' }, RequestError],
  ['206 with an ALLOW', { status: 206, json: ALLOW }, RequestError],
];

for (const [name, step, kind] of refused)
  for (const failClosed of [true, false])
    test(`${name}: the function does not run${failClosed ? '' : ', not even with the switch'}, and is asked about once`, async () => {
      const seen = await guarded([step], { failClosed });
      assert.equal(seen.ran, 0);
      assert.ok(seen.error instanceof kind, String(seen.error));
      assert.equal(seen.requests.length, 1);
    });

test('a gateway that is down: the function does not run', async () => {
  let ran = 0;
  const payOut = client(`http://127.0.0.1:${await freePort()}`).guard(() => ran++, { name: 'pay_out' });
  await assert.rejects(payOut({}), UnavailableError);
  assert.equal(ran, 0);
});

test('a DENY is no outage: the switch does not open it', async () => {
  const seen = await guarded([{ json: { ...ALLOW, decision: 'DENY', reason_codes: ['AUDIT_UNAVAILABLE'], durable: false, retry_after_ms: 5 } }], { failClosed: false });
  assert.equal(seen.ran, 0);
  assert.ok(seen.error instanceof DeniedError);
  assert.equal(seen.requests.length, 3);
});

test('a gateway that comes back is asked again with the same key, and the call runs once', async () => {
  const seen = await guarded([{ status: 500, json: {} }, 'drop', { json: ALLOW }]);
  assert.deepEqual([seen.ran, seen.error, seen.requests.length], [1, undefined, 3]);
  assert.equal(keys(seen).size, 1);
});

test('Retry-After is honoured', async () => {
  const seen = await guarded([{ status: 429, json: {}, headers: { 'retry-after': '1' } }, { json: ALLOW }]);
  assert.equal(seen.ran, 1);
  assert.ok(seen.requests[1].at - seen.requests[0].at >= 990);
});

test('a Retry-After of an hour is not waited for', async () => {
  const seen = await guarded([{ status: 503, json: {}, headers: { 'retry-after': '3600' } }]);
  assert.deepEqual([seen.ran, seen.requests.length], [0, 1]);
});

test('an outage after a person was asked does not open the call', async () => {
  const seen = await guarded([{ json: PENDING }, { status: 500, json: {} }], { failClosed: false });
  assert.equal(seen.ran, 0);
  assert.ok(seen.error instanceof UnavailableError);
});

test('an approval whose execution is taken does not run the call', async () => {
  const seen = await guarded([{ json: PENDING }, { json: { status: 'approved' } }, { status: 409, json: { reason: 'ALREADY_REDEEMED' } }]);
  assert.equal(seen.ran, 0);
  assert.deepEqual(seen.error.reasonCodes, ['ALREADY_REDEEMED']);
});

test('an approval that nobody answered does not run the call, and says so', async () => {
  const seen = await guarded([{ json: PENDING }, { json: { status: 'expired' } }]);
  assert.equal(seen.ran, 0);
  assert.ok(seen.error instanceof ApprovalExpiredError);
  assert.ok(seen.error.reasonCodes.includes('APPROVAL_EXPIRED'));
  assert.match(seen.error.message, /nobody answered/);
});

test('a status that nobody knows does not run the call', async () => {
  const seen = await guarded([{ json: PENDING }, { json: { status: 'maybe' } }]);
  assert.equal(seen.ran, 0);
  assert.ok(seen.error instanceof BadAnswerError);
});

test('a wait outlives a gateway that restarts', async () => {
  const expires_at = new Date(Date.now() + 60_000).toISOString();
  const seen = await guarded([{ json: PENDING }, { json: { status: 'pending', expires_at } }, 'drop', { status: 503, json: {} }, 'drop', 'drop', 'drop',
    { json: { status: 'approved', expires_at } }, { json: { decision: 'ALLOW', trace_id: 't' } }]);
  assert.deepEqual([seen.ran, seen.error], [1, undefined]);
});

test('a gateway that lets waiters go before their time is not rushed at', async () => {
  const pending = { json: { status: 'pending' }, headers: { 'retry-after': '1' } };
  const seen = await guarded([{ json: PENDING }, ...Array(4).fill(pending), { json: { status: 'approved' } }, { json: { decision: 'ALLOW', trace_id: 't' } }], { timeout: 10_000 });
  assert.deepEqual([seen.ran, seen.error], [1, undefined]);
  const rests = seen.requests.slice(2, 6).map((request, i) => request.at - seen.requests[i + 1].at);
  assert.ok(rests.every((rest, i) => rest >= 90 * 2 ** Math.min(i, 4)), rests.join(' '));
});

test('whoever gives up waiting is let go at once', async () => {
  const gateway = await faulty({ json: PENDING }, { json: { status: 'pending' }, delay: 5000 });
  try {
    const controller = new AbortController();
    const started = Date.now();
    const waiting = client(gateway.url, { timeout: 10_000 }).gate(REQUEST, { signal: controller.signal, onApprovalRequired: () => setTimeout(() => controller.abort(), 20) });
    await assert.rejects(waiting, { name: 'AbortError' });
    assert.ok(Date.now() - started < 3000);
  } finally {
    await gateway.stop();
  }
});

test('the environment sets a client up; without a key there is none', () => {
  const before = { ...process.env };
  try {
    process.env.INTERVEN_API_KEY = 'iv_live_env';
    process.env.INTERVEN_GATEWAY_URL = 'https://gateway.example/interven/';
    process.env.INTERVEN_FAIL_OPEN = '1';
    assert.deepEqual({ ...new IntervenClient().settings }, {
      apiKey: 'iv_live_env', gatewayUrl: 'https://gateway.example/interven', timeout: 10_000, retries: 3, failClosed: false,
      agentId: undefined, agentName: undefined, runtimeType: undefined,
    });
    assert.equal(new IntervenClient({ failClosed: true }).settings.failClosed, true);
    process.env.INTERVEN_FAIL_OPEN = 'yes';
    assert.equal(new IntervenClient().settings.failClosed, true);
    delete process.env.INTERVEN_GATEWAY_URL;
    assert.equal(new IntervenClient().settings.gatewayUrl, 'http://127.0.0.1:8080');
    delete process.env.INTERVEN_API_KEY;
    assert.throws(() => new IntervenClient(), ConfigurationError);
    assert.throws(() => new IntervenClient({ apiKey: 'k', gatewayUrl: 'ftp://x' }), ConfigurationError);
  } finally {
    process.env = before;
  }
});

test('no error names the key', async () => {
  for (const steps of [['drop'], [{ status: 401, json: { reason: 'INVALID_KEY' } }], [{ text: 'x' }]]) {
    const { error } = await guarded(steps);
    assert.ok(!JSON.stringify([error.message, String(error.cause), error.stack]).includes('iv_live_x'));
  }
});
