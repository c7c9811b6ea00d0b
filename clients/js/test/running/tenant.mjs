import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { IntervenClient } from '@interven/sdk-js';

/** The product that test/run.mjs has started. */
export const product = { url: process.env.INTERVEN_TEST_URL, operator: process.env.INTERVEN_TEST_OPERATOR };

/** The three policies of the quickstart and what else the tests need. */
export const APPROVE_PAYMENTS = {
  name: 'Approve payments',
  rules: [{ match: { operations: ['create_disbursement', 'approve_disbursement', 'transfer_funds', 'pay_out'] }, action: 'REQUIRE_APPROVAL' }],
};
export const FORBID_DELETION = { name: 'No deletion', rules: [{ match: { operations: ['delete_ledger'] }, action: 'DENY', reason_code: 'LEDGER_STAYS' }] };
export const REDACT_PII = { name: 'Redact personal data', rules: [{ match: { operations: ['send_note', 'echo'] }, condition: { has_data_class: ['PII'] }, action: 'SANITIZE' }] };

export async function call(url, method, path, token, body, headers = {}) {
  const response = await fetch(url + path, {
    method, headers: { ...(token ? { Authorization: `Bearer ${token}` } : {}), 'Content-Type': 'application/json', ...headers },
    body: body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body),
  });
  const text = await response.text();
  let json;
  try {
    json = JSON.parse(text);
  } catch {
    json = undefined;
  }
  return { status: response.status, text, json };
}

/** A tenant of a test's own, with the policies given. */
export async function tenant(...policies) {
  const made = await call(product.url, 'POST', '/api/tenants', product.operator, { name: 'Clients', admin_email: `admin-${randomUUID()}@tenant.example`, with_token: true });
  assert.equal(made.status, 201, made.text);
  const token = made.json.admin_token;
  const admin = async (method, path, body, status = 200) => {
    const answer = await call(product.url, method, path, token, body);
    assert.equal(answer.status, status, `${method} ${path}: ${answer.text}`);
    return answer.json;
  };
  const key = async (settings = {}) => (await admin('POST', '/api/keys', { name: 'agents', ...settings }, 201)).key;
  for (const policy of policies)
    await admin('POST', '/api/policies', policy);
  const apiKey = await key();
  return {
    token, admin, key, apiKey,
    client: (options = {}) => new IntervenClient({ apiKey, gatewayUrl: product.url, ...options }),
    environment: { INTERVEN_API_KEY: apiKey, INTERVEN_GATEWAY_URL: product.url, INTERVEN_TOKEN: token },
    pending: () => eventually(async () => (await admin('GET', '/api/approvals?status=pending')).items[0]),
    // On a machine that is overrun a first answer may come too late: its approval is withdrawn, and the repeat opens another.
    waitedFor: (callers = 1) => eventually(async () => {
      for (const { approval_id } of (await admin('GET', '/api/approvals?status=pending')).items) {
        const approval = await admin('GET', `/api/approvals/${approval_id}`);
        if (approval.status === 'pending' && approval.waiting >= callers)
          return approval;
      }
    }),
    approve: (id, body = {}) => admin('POST', `/api/approvals/${id}/approve`, body),
    deny: (id, body = {}) => admin('POST', `/api/approvals/${id}/deny`, body),
    records: async () => (await call(product.url, 'GET', '/v1/usage', apiKey)).json.scans_used,
  };
}

/** What the probe gives, once it gives something. */
export async function eventually(probe, patience = 20_000) {
  for (const end = Date.now() + patience; ;) {
    const got = await probe();
    if (got)
      return got;
    if (Date.now() > end)
      throw new Error(`Nothing came of it: ${probe}`);
    await new Promise(done => setTimeout(done, 5));
  }
}
