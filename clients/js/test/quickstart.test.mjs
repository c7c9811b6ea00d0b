import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { test } from 'node:test';
import { freePort } from './running/product.mjs';

const REPOSITORY = resolve(import.meta.dirname, '../../..');

test('docs/fintech-quickstart.md: every file and every command, in their order', { timeout: 180_000 }, async () => {
  const page = await readFile(join(REPOSITORY, 'docs/fintech-quickstart.md'), 'utf8');
  const work = await mkdtemp(join(tmpdir(), 'interven-quickstart-'));
  try {
    for (const [, name, code] of page.matchAll(/<!-- file: (\S+) -->\n```\w+\n(.*?)\n```/gs)) {
      await mkdir(dirname(join(work, name)), { recursive: true });
      await writeFile(join(work, name), code + '\n');
    }
    const commands = [...page.matchAll(/<!-- run -->\n```bash\n(.*?)\n```/gs)].map(([, code]) => code);
    const every = [...page.matchAll(/```bash\n/g)].length;
    assert.equal(commands.length, every, 'A block of commands is not run.');
    // What the page leaves running is ended, and by its id.
    await writeFile(join(work, 'all.sh'), `trap 'kill $(jobs -p) 2>/dev/null' EXIT\n${commands.join('\n')}\n`);
    const { INTERVEN_API_KEY: _, INTERVEN_TOKEN: __, ...env } = process.env;
    const { code, output } = await bash(join(work, 'all.sh'), {
      ...env, WORK: work, INTERVEN_URL: `http://127.0.0.1:${await freePort()}`, INTERVEN_DATA: join(work, 'data'), npm_config_prefer_offline: 'true',
    });
    assert.equal(code, 0, output);
    for (const expected of [
      /^ready/m, /^iv_live_…$/m, /4 passed, 0 failed/, /applied P2: Money moves when a person says so \(production\): version 1/,
      /tool: BLOCKED: .*P1: No personal data/, /tool: posted: \[REDACTED/, /tool: sent 25000 to ACME Logistics/, /ai: All done\./, /"reason_codes":\[[^\]]*"APPROVED_BY_REVIEWER"/, /^DENY /m, /^[23]$/m, /an auditor who changes a policy: 403/,
    ])
      assert.match(output, expected);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
});

function bash(file, env) {
  const child = spawn('bash', ['-euo', 'pipefail', file], { cwd: REPOSITORY, env, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', chunk => output += chunk);
  return new Promise(done => child.on('exit', code => done({ code, output })));
}
