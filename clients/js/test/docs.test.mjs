import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { after, test } from 'node:test';
import { APPROVE_PAYMENTS, tenant } from './running/tenant.mjs';

const PAGES = resolve(import.meta.dirname, '../../../docs/integrations');
const ROOT = resolve(import.meta.dirname, '..');
// Beside the packages, so that imports find them.
const folder = await mkdtemp(join(ROOT, 'node_modules/.docs-'));
const BIN = join(folder, 'node_modules/.bin');
after(() => rm(folder, { recursive: true, force: true }));

// The packages' commands, as an installation would have them.
await mkdir(BIN, { recursive: true });
await symlink(join(ROOT, 'node_modules/.bin/mcp-server-everything'), join(BIN, 'mcp-server-everything'));
for (const name of JSON.parse(await readFile(join(ROOT, 'package.json'))).workspaces)
  for (const [command, path] of Object.entries(JSON.parse(await readFile(join(ROOT, name, 'package.json'))).bin ?? {}))
    await writeFile(join(BIN, command), `#!/bin/sh\nexec node ${join(ROOT, name, path)} "$@"\n`, { mode: 0o755 });

/** What the page promises to run: blocks after `<!-- run -->`. */
async function snippets(page) {
  const text = await readFile(join(PAGES, page), 'utf8');
  return [...text.matchAll(/<!-- run -->\n```(js|bash)\n(.*?)\n```/gs)].map(([, language, code]) => ({ language, code }));
}

function run(language, file, env) {
  const child = spawn(language === 'js' ? process.execPath : 'bash', language === 'js' ? [file] : ['-euo', 'pipefail', file], { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', chunk => output += chunk);
  return new Promise(done => child.on('exit', code => done({ code, output })));
}

/** Whoever approves whatever waits, as long as the test runs. */
async function approveAll(given, until) {
  while (!until.over) {
    for (const { approval_id } of (await given.admin('GET', '/api/approvals?status=pending')).items)
      await given.approve(approval_id);
    await new Promise(done => setTimeout(done, 50));
  }
}

/** What the snippet of each page prints, among other things. */
const SAYS = {
  'langgraph-js.md': /sent 25000 to ACME Logistics\nDone\./,
  'openai-agents.md': /moved 120 to ACME Logistics/,
  'mcp-guard.md': /Echo: hello/,
  'gateway.md': /"reason":"SECRET_DETECTED".*"decision":"DENY"/,
  'claude-code.md': /"permissionDecision": ?"deny"/,
  'copilot.md': /"permissionDecision": ?"deny"/,
  'policy-cli.md': /2 passed, 0 failed\n(.*\n)*applied Payouts wait for a person \(production\): version 1, 1 rule/,
};

for (const page of (await readdir(PAGES)).filter(name => name in SAYS))
  test(`${page}: what it shows works`, { timeout: 60_000 }, async () => {
    const given = await tenant(APPROVE_PAYMENTS);
    const found = await snippets(page);
    assert.ok(found.length > 0, 'There is nothing to run.');
    const state = { over: false };
    const approving = approveAll(given, state);
    try {
      let output = '';
      for (const [i, { language, code }] of found.entries()) {
        const file = join(folder, `${page}-${i}.${language === 'js' ? 'mjs' : 'sh'}`);
        await writeFile(file, code);
        const env = { ...process.env, ...given.environment, INTERVEN_API_KEY: await given.key({ scopes: ['scan', 'policies:write'] }), HOME: folder, PATH: `${BIN}:${process.env.PATH}` };
        const ran = await run(language, file, env);
        assert.equal(ran.code, 0, ran.output);
        output += ran.output;
      }
      assert.match(output, SAYS[page]);
    } finally {
      state.over = true;
      await approving;
    }
  });
