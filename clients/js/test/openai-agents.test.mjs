import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Agent, Runner, tool, Usage } from '@openai/agents';
import { DeniedError } from '@interven/sdk-js';
import { guardTool } from '@interven/sdk-js/openai-agents';
import { z } from 'zod';
import { APPROVE_PAYMENTS, FORBID_DELETION, REDACT_PII, tenant } from './running/tenant.mjs';

/** A model that says its lines: a tool call, or text. */
class ScriptedModel {
  constructor(lines) {
    this.lines = lines;
    this.heard = [];
  }

  async getResponse(request) {
    this.heard.push(request.input);
    const line = this.lines[this.heard.length - 1];
    return {
      usage: new Usage(),
      output: [typeof line === 'string'
        ? { type: 'message', role: 'assistant', status: 'completed', content: [{ type: 'output_text', text: line }] }
        : { type: 'function_call', callId: `call-${this.heard.length}`, name: line.name, arguments: JSON.stringify(line.args), status: 'completed' }],
    };
  }

  /** What the tool told the model. */
  get told() {
    const result = this.heard.at(-1).find(item => item.type === 'function_call_result');
    return typeof result.output === 'string' ? result.output : result.output.text;
  }
}

function agent(given, lines, options = {}) {
  const runs = [];
  const client = given.client();
  const make = (name, shape) => guardTool(tool({
    name, description: name, parameters: z.object(shape),
    execute: args => {
      runs.push(args);
      return `${name} done`;
    },
  }), { client, ...options });
  const model = new ScriptedModel(lines);
  const tools = [make('transfer_funds', { to: z.string(), amount: z.number() }), make('send_note', { text: z.string() }), make('delete_ledger', { id: z.string() })];
  const run = () => new Runner({ tracingDisabled: true }).run(new Agent({ name: 'payer', model, tools }), 'go on');
  return { runs, model, run };
}

const transfer = { name: 'transfer_funds', args: { to: 'ACME Logistics', amount: 25_000 } };

test('an agent pauses, is approved, and finishes in the same run', async () => {
  const given = await tenant(APPROVE_PAYMENTS);
  const { runs, run } = agent(given, [transfer, 'Paid.']);
  const running = run();
  const approval = await given.pending();
  assert.equal(approval.operation, 'transfer_funds');
  assert.equal(runs.length, 0);
  await given.approve(approval.approval_id);
  assert.equal((await running).finalOutput, 'Paid.');
  assert.deepEqual(runs, [transfer.args]);
});

test('a reviewer approves another amount: the tool runs with that', async () => {
  const given = await tenant(APPROVE_PAYMENTS);
  const { runs, run } = agent(given, [transfer, 'Paid.']);
  const running = run();
  await given.approve((await given.pending()).approval_id, { body: { ...transfer.args, amount: 100 } });
  await running;
  assert.deepEqual(runs, [{ to: 'ACME Logistics', amount: 100 }]);
});

test('an agent that is denied hears why', async () => {
  const given = await tenant(APPROVE_PAYMENTS);
  const { runs, model, run } = agent(given, [transfer, 'I will not pay.']);
  const running = run();
  await given.deny((await given.pending()).approval_id);
  assert.equal((await running).finalOutput, 'I will not pay.');
  assert.match(model.told, /BLOCKED: .*a reviewer denied/);
  assert.equal(runs.length, 0);
});

test('a tool runs with the sanitised arguments', async () => {
  const given = await tenant(REDACT_PII);
  const { runs, run } = agent(given, [{ name: 'send_note', args: { text: 'ask jane.roe@contoso.com' } }, 'Sent.']);
  await run();
  assert.deepEqual(runs, [{ text: 'ask [REDACTED:EMAIL_ADDRESS]' }]);
});

test('a forbidden tool does not run; with raise the run ends', async () => {
  const given = await tenant(FORBID_DELETION);
  const told = agent(given, [{ name: 'delete_ledger', args: { id: '7' } }, 'I cannot.']);
  await told.run();
  assert.match(told.model.told, /LEDGER_STAYS/);
  const raised = agent(given, [{ name: 'delete_ledger', args: { id: '7' } }, 'I cannot.'], { onBlock: 'raise' });
  const error = await raised.run().catch(error => error);
  assert.ok([error, error.error, error.cause].some(one => one instanceof DeniedError), String(error));
  assert.deepEqual([told.runs.length, raised.runs.length], [0, 0]);
});
