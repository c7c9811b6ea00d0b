import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { request } from 'node:http';
import { after, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { createProxy } from '@interven/gateway';
import { IntervenClient } from '@interven/sdk-js';
import { freePort } from './running/product.mjs';
import { APPROVE_PAYMENTS, FORBID_DELETION, REDACT_PII, tenant } from './running/tenant.mjs';

/** A destination that answers with what it was sent. */
const seen = [];
const destination = createServer((incoming, response) => {
  const chunks = [];
  incoming.on('data', chunk => chunks.push(chunk)).on('end', () => {
    seen.push({ method: incoming.method, url: incoming.url, headers: incoming.headers, body: Buffer.concat(chunks) });
    response.writeHead(201, { 'content-type': 'text/plain', 'x-own': 'yes' }).end(Buffer.concat(chunks));
  });
});
await new Promise(done => destination.listen(0, '127.0.0.1', done));
const there = `http://127.0.0.1:${destination.address().port}`;
after(() => destination.close());

async function proxied(client, options = {}) {
  const lines = [];
  const proxy = createProxy({ client, mode: 'enforce', log: line => lines.push(line), ...options });
  await new Promise(done => proxy.listen(0, '127.0.0.1', done));
  after(() => proxy.close());
  const base = `http://127.0.0.1:${proxy.address().port}`;
  const send = (method, path, body, headers = {}) => fetch(`${base}/proxy/${there}${path}`, { method, body, headers: { 'content-type': 'application/json', ...headers }, redirect: 'manual' });
  return { base, lines, send };
}

test('a call goes through as it is, and so does its answer', async () => {
  const given = await tenant();
  const { send } = await proxied(given.client());
  const body = '{ "n": 1.50,  "big": 12345678901234567890 }';
  const answer = await send('POST', '/v1/read-ledger?id=7', body, { authorization: 'Bearer own', 'x-mine': '1' });
  assert.deepEqual([answer.status, answer.headers.get('x-own'), await answer.text()], [201, 'yes', body]);
  const { url, headers } = seen.at(-1);
  assert.deepEqual([url, headers.authorization, headers['x-mine'], headers.host], ['/v1/read-ledger?id=7', 'Bearer own', '1', there.slice(7)]);
  assert.ok(!JSON.stringify(headers).includes(given.apiKey));
  assert.equal((await send('GET', '/v1/read-ledger')).status, 201);
});

test('a denied call does not arrive, and a sanitised one does so sanitised', async () => {
  const given = await tenant(FORBID_DELETION, REDACT_PII);
  const { send } = await proxied(given.client());
  const before = seen.length;
  const denied = await send('POST', '/delete-ledger', '{}');
  const problem = await denied.json();
  assert.deepEqual([denied.status, problem.reason, problem.decision, problem.trace_id], [403, 'LEDGER_STAYS', 'DENY', denied.headers.get('x-interven-trace-id')]);
  assert.equal(seen.length, before);
  await send('POST', '/send-note', JSON.stringify({ text: 'ask jane.roe@contoso.com' }));
  assert.equal(seen.at(-1).body.toString(), '{"text":"ask [REDACTED:EMAIL_ADDRESS]"}');
  await send('POST', '/send-note', 'ask jane.roe@contoso.com', { 'content-type': 'text/plain' });
  assert.equal(seen.at(-1).body.toString(), 'ask [REDACTED:EMAIL_ADDRESS]');
  await send('POST', '/send-note', gzipSync('{"text":"ask jane.roe@contoso.com"}'), { 'content-encoding': 'gzip' });
  assert.deepEqual([seen.at(-1).body.toString(), seen.at(-1).headers['content-encoding']], ['{"text":"ask [REDACTED:EMAIL_ADDRESS]"}', undefined]);
});

test('a call waits for a person; whoever hangs up does not go on', async () => {
  const given = await tenant(APPROVE_PAYMENTS);
  const { send, lines } = await proxied(given.client());
  const paying = send('POST', '/pay-out', '{"amount":5}');
  const { approval_id } = await given.pending();
  await given.approve(approval_id);
  assert.equal((await paying).status, 201);
  assert.ok(lines.some(line => line.includes(`waiting for approval ${approval_id}`)));
  const impatient = await proxied(given.client(), { approvalTimeout: 100 });
  const late = await impatient.send('POST', '/pay-out', '{"amount":6}');
  assert.equal(late.status, 403);
  assert.ok((await late.json()).approval_id);
});

test('what readers may read in two ways, or the proxy cannot look into, is not sent', async () => {
  const given = await tenant();
  const { send } = await proxied(given.client());
  const before = seen.length;
  const statuses = [];
  for (const [body, headers] of [
    ['{"a":1,"a":2}', {}], ['{"a":1,"\\u0061":2}', {}], ['x', { 'content-encoding': 'zstd' }], ['x', { 'content-encoding': 'gzip' }], ['x'.repeat(300_000), {}], ['x'.repeat(1_100_000), {}],
  ])
    statuses.push((await send('POST', '/read-ledger', body, headers)).status);
  assert.deepEqual(statuses, [400, 400, 415, 400, 413, 413]);
  assert.equal(seen.length, before);
});

test('an outage or a wrong key sends nothing on; the one switch covers the outage', async () => {
  const given = await tenant();
  const gatewayUrl = `http://127.0.0.1:${await freePort()}`;
  const status = async client => (await (await proxied(client)).send('POST', '/read-ledger', '{}')).status;
  assert.equal(await status(given.client({ gatewayUrl, retries: 0 })), 503);
  assert.equal(await status(given.client({ gatewayUrl, retries: 0, failClosed: false })), 201);
  assert.equal(await status(new IntervenClient({ apiKey: 'iv_live_none', gatewayUrl: given.client().settings.gatewayUrl, failClosed: false })), 502);
});

test('monitor asks, tells, and lets everything pass', async () => {
  const given = await tenant(FORBID_DELETION);
  const { send, lines } = await proxied(given.client(), { mode: 'monitor' });
  assert.equal((await send('POST', '/delete-ledger', '{}')).status, 201);
  assert.match(lines.at(-1), /DENY \[.*LEDGER_STAYS.*passed/);
  const out = await proxied(given.client({ gatewayUrl: 'http://127.0.0.1:9', retries: 0 }), { mode: 'monitor' });
  assert.equal((await out.send('POST', '/delete-ledger', '{}')).status, 201);
});

test('pages in browsers and other names do not get through; what is no address is not found', async () => {
  const given = await tenant();
  const { base } = await proxied(given.client());
  const status = (path, headers = {}) => new Promise((done, failed) => request(base + path, { headers }, response => done(response.resume().statusCode)).on('error', failed).end());
  const path = `/proxy/${there}/read-ledger`;
  assert.equal(await status(path, { host: 'evil.example' }), 403);
  assert.equal(await status(path, { origin: 'https://evil.example' }), 403);
  assert.equal(await status(path, { 'sec-fetch-site': 'cross-site' }), 403);
  assert.equal(await status(path, { origin: 'http://localhost:3000' }), 201);
  assert.equal(await status(path.replace('http://', 'http:/')), 201);
  for (const bad of ['/', '/proxy/', '/proxy/ftp://x/', '/proxy/file:///etc/passwd', '/proxy/http://user:pass@x/'])
    assert.equal(await status(bad), 404, bad);
  assert.equal(await status('/health'), 200);
});
