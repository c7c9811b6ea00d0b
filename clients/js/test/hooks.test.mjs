import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { test } from 'node:test';
import { callOf } from '@interven/sdk-js/hooks';
import { faulty } from './running/faulty.mjs';
import { freePort } from './running/product.mjs';
import { APPROVE_PAYMENTS, tenant } from './running/tenant.mjs';

const RULES = [
  { name: 'No recursive deletion', rules: [{ match: { url_patterns: ['shell://*'] }, condition: { body_contains_any: ['rm -rf'] }, action: 'DENY', reason_code: 'DESTRUCTIVE_ACTION' }] },
  { name: 'Redact in files', rules: [{ match: { url_patterns: ['tool://*/write', 'tool://*/create'] }, condition: { has_data_class: ['PII'] }, action: 'SANITIZE' }] },
  APPROVE_PAYMENTS,
];

/** Runs a hook on what is given on standard input. */
function hook(name, given, input, { env = {}, args = [] } = {}) {
  const child = spawn(process.execPath, [resolve(import.meta.dirname, `../${name}-hook/dist/cli.js`), ...args], { env: { ...process.env, ...given.environment, ...env } });
  let [out, error] = ['', ''];
  child.stdout.on('data', chunk => out += chunk);
  child.stderr.on('data', chunk => error += chunk);
  child.stdin.end(typeof input === 'string' ? input : JSON.stringify(input));
  return new Promise(done => child.on('exit', code => done({ code, error, json: out.trim() ? JSON.parse(out) : undefined })));
}

const claude = (tool_name, tool_input) => ({ session_id: 's', cwd: '/', hook_event_name: 'PreToolUse', tool_name, tool_input });
const copilot = (toolName, args) => ({ timestamp: 1, cwd: '/', toolName, toolArgs: JSON.stringify(args) });

test('Claude Code: a pass leaves the permissions of the user in place', async () => {
  const given = await tenant(...RULES);
  assert.deepEqual((await hook('claude-code', given, claude('Bash', { command: 'ls' }))).json, {});
  const allowed = (await hook('claude-code', given, claude('Bash', { command: 'ls' }), { args: ['--auto-allow'] })).json.hookSpecificOutput;
  assert.equal(allowed.permissionDecision, 'allow');
});

test('Claude Code: a denied command does not run, and Claude hears why', async () => {
  const { code, json } = await hook('claude-code', await tenant(...RULES), claude('Bash', { command: 'rm -rf /srv' }));
  assert.equal(code, 0);
  assert.deepEqual([json.hookSpecificOutput.hookEventName, json.hookSpecificOutput.permissionDecision], ['PreToolUse', 'deny']);
  assert.match(json.hookSpecificOutput.permissionDecisionReason, /DESTRUCTIVE_ACTION/);
});

test('Claude Code: a sanitised input is shown before it runs', async () => {
  const { json } = await hook('claude-code', await tenant(...RULES), claude('Write', { file_path: '/x', content: 'ask jane.roe@contoso.com' }));
  assert.equal(json.hookSpecificOutput.permissionDecision, 'ask');
  assert.deepEqual(json.hookSpecificOutput.updatedInput, { file_path: '/x', content: 'ask [REDACTED:EMAIL_ADDRESS]' });
});

test('Claude Code: a person is waited for, and not for ever', async () => {
  const given = await tenant(...RULES);
  const running = hook('claude-code', given, claude('mcp__bank__pay_out', { amount: 5 }));
  await given.approve((await given.pending()).approval_id);
  assert.deepEqual((await running).json, {});
  const waiting = (await hook('claude-code', given, claude('mcp__bank__pay_out', { amount: 6 }), { args: ['--wait', '0'] })).json.hookSpecificOutput;
  assert.equal(waiting.permissionDecision, 'deny');
  assert.match(waiting.permissionDecisionReason, /waits for approval .*the same call goes through/s);
});

test('Copilot: passes, denies, and denies what it could not rewrite', async () => {
  const given = await tenant(...RULES);
  assert.deepEqual((await hook('copilot', given, copilot('bash', { command: 'ls' }))).json, {});
  assert.equal((await hook('copilot', given, copilot('bash', { command: 'rm -rf /srv' }))).json.permissionDecision, 'deny');
  const note = { path: '/x', file_text: 'ask jane.roe@contoso.com' };
  const denied = (await hook('copilot', given, copilot('create', note))).json;
  assert.deepEqual([denied.permissionDecision, denied.modifiedArgs], ['deny', undefined]);
  const rewritten = (await hook('copilot', given, copilot('create', note), { args: ['--rewrite'] })).json;
  assert.deepEqual([rewritten.permissionDecision, rewritten.modifiedArgs.file_text], ['allow', 'ask [REDACTED:EMAIL_ADDRESS]']);
  const vscode = (await hook('copilot', given, { hookEventName: 'PreToolUse', tool_name: 'run_in_terminal', tool_input: { command: 'rm -rf /' } })).json;
  assert.equal(vscode.hookSpecificOutput.permissionDecision, 'deny');
});

const blocks = ({ code, json }) => code === 2 || [json?.permissionDecision, json?.hookSpecificOutput?.permissionDecision].includes('deny');

for (const [name, event] of [['claude-code', claude('Bash', { command: 'ls' })], ['copilot', copilot('bash', { command: 'ls' })]])
  test(`${name}: whatever goes wrong, the tool does not run`, async () => {
    const given = await tenant();
    const odd = await faulty({ json: { decision: 'PERMIT' } });
    const down = `http://127.0.0.1:${await freePort()}`;
    const wrong = [
      hook(name, given, 'no json'), hook(name, given, ''), hook(name, given, []), hook(name, given, {}),
      hook(name, given, { ...event, tool_name: undefined, toolName: undefined }), hook(name, given, { ...event, tool_input: 'ls', toolArgs: '{"command":' }),
      hook(name, given, event, { env: { INTERVEN_GATEWAY_URL: down } }), hook(name, given, event, { env: { INTERVEN_GATEWAY_URL: odd.url } }),
      hook(name, given, event, { env: { INTERVEN_API_KEY: 'iv_live_none' } }), hook(name, given, event, { env: { INTERVEN_API_KEY: '' } }),
      hook(name, given, event, { args: ['--wiat', '3'] }), hook(name, given, event, { env: { INTERVEN_API_KEY: 'iv_live_none', INTERVEN_FAIL_OPEN: '1' } }),
    ];
    for (const [i, outcome] of (await Promise.all(wrong)).entries())
      assert.ok(blocks(outcome), `${i}: ${JSON.stringify(outcome)}`);
    assert.deepEqual((await hook(name, given, event, { env: { INTERVEN_GATEWAY_URL: down, INTERVEN_FAIL_OPEN: '1' } })).json, {});
    await odd.stop();
  });

test('tools are asked about as what they do', () => {
  const urls = [['Bash', {}], ['WebFetch', { url: 'https://pay.example/x' }], ['WebFetch', { url: 'file:///etc' }], ['WebSearch', {}], ['mcp__bank__pay__now', {}], ['Write', {}]]
    .map(([tool, input]) => callOf('claude-code', tool, input).url);
  assert.deepEqual(urls, ['shell://exec', 'https://pay.example/x', 'tool://claude-code/WebFetch', 'search://web', 'mcp://bank/pay__now', 'tool://claude-code/Write']);
});
