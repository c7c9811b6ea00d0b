import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DeniedError } from '@interven/sdk-js';
import { guardTool } from '@interven/sdk-js/langgraph';
import { agent, disburse, toolbox } from './running/graph.mjs';
import { freePort } from './running/product.mjs';
import { APPROVE_PAYMENTS, FORBID_DELETION, REDACT_PII, tenant } from './running/tenant.mjs';

test('an agent pauses, is approved, and finishes in the same invoke', async () => {
  const given = await tenant(APPROVE_PAYMENTS);
  const { runs, llm, run } = agent(given, [disburse(25_000), 'The money is on its way.']);
  const running = run();
  const approval = await given.pending();
  assert.deepEqual([approval.tool_name, approval.operation, approval.agent_id], ['custom_proxy', 'create_disbursement', 'loan-agent']);
  assert.deepEqual([runs.length, llm.heard.length], [0, 1]);
  await given.approve(approval.approval_id);
  const { messages } = await running;
  assert.equal(messages.at(-1).content, 'The money is on its way.');
  assert.match(messages.at(-2).content, /create_disbursement done/);
  assert.deepEqual(runs.map(one => one.args), [{ to: 'ACME Logistics', amount: 25_000 }]);
});

test('a reviewer approves another amount: the tool runs with that', async () => {
  const given = await tenant(APPROVE_PAYMENTS);
  const { runs, run } = agent(given, [disburse(25_000), 'Done.']);
  const running = run();
  await given.approve((await given.pending()).approval_id, { note: 'half of it', body: { to: 'ACME Logistics', amount: 12_500 } });
  await running;
  assert.deepEqual(runs.map(one => one.args), [{ to: 'ACME Logistics', amount: 12_500 }]);
});

test('an agent that is denied hears why, and goes on without', async () => {
  const given = await tenant(APPROVE_PAYMENTS);
  const { runs, run } = agent(given, [disburse(9), 'I will not pay.']);
  const running = run();
  await given.deny((await given.pending()).approval_id, { note: 'not this one' });
  const { messages } = await running;
  assert.match(messages.at(-2).content, /^BLOCKED: .*a reviewer denied this call.*has not run/s);
  assert.equal(messages.at(-1).content, 'I will not pay.');
  assert.equal(runs.length, 0);
});

test('a forbidden tool does not run, others of the same message do', async () => {
  const given = await tenant(FORBID_DELETION, REDACT_PII);
  const { runs, run } = agent(given, [[{ name: 'delete_ledger', args: { id: '7' } }, { name: 'send_note', args: { text: 'all well' } }], 'Done.']);
  const { messages } = await run();
  assert.match(messages.at(-3).content, /BLOCKED: .*LEDGER_STAYS/);
  assert.match(messages.at(-2).content, /send_note done/);
  assert.deepEqual(runs.map(one => one.name), ['send_note']);
});

test('a tool runs with the sanitised arguments', async () => {
  const given = await tenant(REDACT_PII);
  const { runs, run } = agent(given, [[{ name: 'send_note', args: { text: 'write to jane.roe@contoso.com' } }], 'Done.']);
  await run();
  assert.deepEqual(runs.map(one => one.args), [{ text: 'write to [REDACTED:EMAIL_ADDRESS]' }]);
});

test('nobody answers in time: the tool does not run', async () => {
  const given = await tenant(APPROVE_PAYMENTS);
  const { runs, run } = agent(given, [disburse(9), 'I gave up.'], { approvalTimeout: 200 });
  const { messages } = await run();
  assert.match(messages.at(-2).content, /BLOCKED: .*still waits for approval/);
  assert.equal(runs.length, 0);
});

test('a gateway that is out: the tool does not run, unless the switch says so', async () => {
  const given = await tenant();
  const gatewayUrl = `http://127.0.0.1:${await freePort()}`;
  const closed = agent(given, [disburse(9), 'I stop.'], { client: { gatewayUrl, retries: 0 } });
  assert.match((await closed.run()).messages.at(-2).content, /BLOCKED: Interven could not be asked/);
  assert.equal(closed.runs.length, 0);
  const open = agent(given, [disburse(9), 'Done.'], { client: { gatewayUrl, retries: 0, failClosed: false } });
  await open.run();
  assert.equal(open.runs.length, 1);
});

test('a guarded tool looks like the tool: name, schema, artifact; and may raise', async () => {
  const given = await tenant(FORBID_DELETION);
  const { tools } = toolbox();
  const [, remove, , pay] = tools.map(one => guardTool(one, { client: given.client(), onBlock: 'raise' }));
  assert.deepEqual([pay.name, pay.description, pay.schema, pay.constructor], [tools[3].name, tools[3].description, tools[3].schema, tools[3].constructor]);
  const message = await pay.invoke({ type: 'tool_call', id: 'c1', name: 'pay_out', args: { amount: 1 } });
  assert.deepEqual([message.content, message.artifact, message.tool_call_id], ['pay_out done', { receipt: 7 }, 'c1']);
  await assert.rejects(remove.invoke({ id: '7' }), DeniedError);
  await assert.rejects(pay.invoke({ amount: 'much' }), /schema/);
});

test('the address that a tool calls may be told', async () => {
  const given = await tenant();
  const { tools } = toolbox();
  let seen;
  const client = given.client();
  const scan = client.scan.bind(client);
  client.scan = async (...args) => seen = await scan(...args);
  await guardTool(tools[2], { client, request: args => ({ method: 'POST', url: 'https://slack.com/api/chat.postMessage', context: args.text }) }).invoke({ text: 'hello' });
  assert.deepEqual([seen.toolName, seen.operation], ['slack', 'post_message']);
});
