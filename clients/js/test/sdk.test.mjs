import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  ApprovalDeniedError, ApprovalPendingError, AuthenticationError, DeniedError, IntervenClient, RequestError, UnscannableError, WithheldError,
} from '@interven/sdk-js';
import { APPROVE_PAYMENTS, FORBID_DELETION, product, REDACT_PII, tenant } from './running/tenant.mjs';

const PAYMENT = { method: 'POST', url: 'tool://js/pay_out', body: { to: 'ACME', amount: 25_000 } };

test('a scan answers with its decision and its record', async () => {
  const { client } = await tenant(FORBID_DELETION);
  const allowed = await client({ agentId: 'kyc-7' }).scan({ method: 'POST', url: 'tool://js/read_ledger', body: { id: 1 } });
  assert.deepEqual([allowed.decision, allowed.toolName, allowed.operation, allowed.durable], ['ALLOW', 'custom_proxy', 'read_ledger', true]);
  assert.match(allowed.traceId, /^[0-9a-f-]{36}$/);
  const denied = await client().scan({ method: 'POST', url: 'tool://js/delete_ledger' });
  assert.deepEqual([denied.decision, denied.policyName, denied.reasonCodes[0]], ['DENY', 'No deletion', 'LEDGER_STAYS']);
});

test('a denied function does not run, and says why', async () => {
  const { client } = await tenant(FORBID_DELETION);
  let ran = 0;
  const remove = client().guard(async function delete_ledger() {
    ran++;
  });
  await assert.rejects(remove({ id: 7 }), error => error instanceof DeniedError && error.reasonCodes.includes('LEDGER_STAYS') && error.message.includes('No deletion'));
  assert.equal(ran, 0);
});

test('a function runs with the sanitised arguments, whichever way it takes them', async () => {
  const { client } = await tenant(REDACT_PII);
  const send = (...args) => args;
  const object = client().guard(send, { name: 'send_note' });
  assert.deepEqual(await object({ n: 7, text: 'ask jane.roe@contoso.com' }), [{ n: 7, text: 'ask [REDACTED:EMAIL_ADDRESS]' }]);
  const list = client().guard(send, { name: 'send_note' });
  assert.deepEqual(await list('C1', 'ask jane.roe@contoso.com'), ['C1', 'ask [REDACTED:EMAIL_ADDRESS]']);
  const named = client().guard(send, { name: 'send_note', params: ['channel', 'text'] });
  assert.deepEqual(await named('C1', 'ask jane.roe@contoso.com'), ['C1', 'ask [REDACTED:EMAIL_ADDRESS]']);
  await assert.rejects(named('C1', 'x', 'y'), UnscannableError);
});

test('an approved function runs once, in the same call', async () => {
  const { client, pending, approve } = await tenant(APPROVE_PAYMENTS);
  let asked;
  const pay = client().guard(async function pay_out(args) {
    return args.amount;
  }, { onApprovalRequired: answer => asked = answer });
  const paying = pay({ amount: 25_000 });
  const { approval_id } = await pending();
  await approve(approval_id, { note: 'fine' });
  assert.equal(await paying, 25_000);
  assert.equal(asked.approvalId, approval_id);
  assert.match(asked.approvalUrl, /^http/);
  await assert.rejects(client().redeem(approval_id), error => error instanceof RequestError && error.status === 409 && error.reason === 'ALREADY_REDEEMED');
});

test('of two that wait for one approval, one runs', async () => {
  const { client, waitedFor, approve } = await tenant(APPROVE_PAYMENTS);
  let ran = 0;
  const pay = client().guard(() => ran++, { name: 'pay_out' });
  const both = Promise.allSettled([pay({ amount: 5 }), pay({ amount: 5 })]);
  await approve((await waitedFor(2)).approval_id);
  const outcomes = await both;
  assert.equal(ran, 1);
  assert.deepEqual(outcomes.map(one => one.status).sort(), ['fulfilled', 'rejected']);
  assert.ok(outcomes.find(one => one.status === 'rejected').reason instanceof DeniedError);
});

test('a function runs with what a reviewer made of its arguments', async () => {
  const { client, pending, approve } = await tenant(APPROVE_PAYMENTS);
  const paying = client().guard((to, amount) => [to, amount], { name: 'pay_out', params: ['to', 'amount'] })('ACME', 25_000);
  await approve((await pending()).approval_id, { body: { to: 'ACME', amount: 100 } });
  assert.deepEqual(await paying, ['ACME', 100]);
});

test('a denied approval ends the call', async () => {
  const { client, pending, deny } = await tenant(APPROVE_PAYMENTS);
  // Heard from the start: it may end before the denial's own answer is here.
  const refused = assert.rejects(client().gate(PAYMENT), error => error instanceof ApprovalDeniedError && error.reasonCodes.includes('DENIED_BY_REVIEWER'));
  await deny((await pending()).approval_id, { note: 'no' });
  await refused;
});

test('a caller that will not wait longer gets its approval id, and takes the grant later', async () => {
  const { client, approve } = await tenant(APPROVE_PAYMENTS);
  const started = Date.now();
  const waiting = await client().gate(PAYMENT, { approvalTimeout: 300 }).catch(error => error);
  assert.ok(waiting instanceof ApprovalPendingError, String(waiting));
  assert.ok(Date.now() - started < 5000);
  assert.ok(await client().gate(PAYMENT, { approvalTimeout: 0 }).catch(error => error) instanceof ApprovalPendingError);
  await approve(waiting.approvalId);
  const permit = await client().gate(PAYMENT);
  assert.deepEqual([permit.decision, permit.answer.reasonCodes.includes('RECENT_APPROVAL_GRANT')], ['ALLOW', true]);
});

test('a scan that holds its answer is released by the approval itself', async () => {
  const { client, pending, approve } = await tenant(APPROVE_PAYMENTS);
  const held = client().scan({ ...PAYMENT, waitMs: 60_000 });
  await approve((await pending()).approval_id);
  const answer = await held;
  assert.equal(answer.decision, 'ALLOW');
  assert.ok(answer.reasonCodes.includes('APPROVED_BY_REVIEWER'));
});

test('the same idempotency key is the same scan; with another body it is refused', async () => {
  const { client, records } = await tenant();
  const request = { method: 'POST', url: 'tool://js/read_ledger', body: { id: 1 } };
  const [first, second] = [await client().scan(request, { idempotencyKey: 'one' }), await client().scan(request, { idempotencyKey: 'one' })];
  assert.equal(first.traceId, second.traceId);
  await assert.rejects(client().scan({ ...request, body: { id: 2 } }, { idempotencyKey: 'one' }), error => error.status === 409 && error.reason === 'IDEMPOTENCY_KEY_REUSED');
  assert.equal(await records(), 1);
});

test('what JSON would leave out is not asked about, and does not run', async () => {
  const { client, records } = await tenant();
  let ran = 0;
  const run = client().guard(() => ran++, { name: 'read_ledger' });
  const loop = {};
  loop.self = loop;
  for (const args of [new Map([['a', 1]]), { f: () => 1 }, { n: 1n }, { n: NaN }, { bytes: Buffer.from('secret') }, loop, { toJSON: () => ({}) }, { [Symbol('x')]: 1 }, new (class Account { #secret = 1; })()])
    await assert.rejects(run({ args }), UnscannableError);
  assert.deepEqual([ran, await records()], [0, 0]);
});

test('arguments that change while a person decides do not run', async () => {
  const { client, pending, approve } = await tenant(APPROVE_PAYMENTS);
  let ran = 0;
  const args = { amount: 5 };
  const refused = assert.rejects(client().guard(() => ran++, { name: 'pay_out' })(args), UnscannableError);
  const { approval_id } = await pending();
  args.amount = 5_000_000;
  await approve(approval_id);
  await refused;
  assert.equal(ran, 0);
});

test('a result is handed on redacted', async () => {
  const { client } = await tenant();
  const look = responses => client().guard(() => ({ mail: 'jane.roe@contoso.com', n: 1 }), { name: 'read_customer', responses })({ id: 1 });
  assert.deepEqual(await look('redact'), { mail: '[REDACTED:EMAIL_ADDRESS]', n: 1 });
  assert.deepEqual(await look('report'), { mail: 'jane.roe@contoso.com', n: 1 });
});

test('a result that cannot be looked at is withheld, and only reported otherwise', async () => {
  const { client } = await tenant();
  const result = new Map([['mail', 'jane.roe@contoso.com']]);
  const look = responses => client().guard(() => result, { name: 'read_customer', responses })({ id: 1 });
  await assert.rejects(look('redact'), error => error instanceof WithheldError && /has run/.test(error.message));
  assert.equal(await look('report'), result);
});

test('an ephemeral key is as narrow as it was minted', async () => {
  const { client } = await tenant();
  const minted = await client().mintEphemeralKey({ ttlSeconds: 60, maxUses: 1, scope: { verbs: ['READ'] } });
  assert.match(minted.key, /^iv_eph_/);
  const answer = await client({ apiKey: minted.key }).scan({ method: 'POST', url: 'https://api.github.com/repos/a/b/issues', body: {} });
  assert.deepEqual([answer.decision, answer.violations.length > 0], ['DENY', true]);
  await assert.rejects(client({ apiKey: minted.key }).scan({ method: 'GET', url: 'https://api.github.com/repos/a/b' }), AuthenticationError);
});

test('health says whether scans can be decided', async () => {
  const { client } = await tenant();
  assert.deepEqual(await client().health(), { ready: true, detail: 'ready' });
  assert.equal((await client({ gatewayUrl: 'http://127.0.0.1:9' }).health()).ready, false);
});

test('a wrong key is told so', async () => {
  await assert.rejects(new IntervenClient({ apiKey: 'iv_live_none', gatewayUrl: product.url }).scan(PAYMENT), AuthenticationError);
});
