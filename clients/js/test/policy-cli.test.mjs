import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { after, test } from 'node:test';
import { FORBID_DELETION, tenant } from './running/tenant.mjs';

const CLI = resolve(import.meta.dirname, '../policy-cli/dist/cli.js');
const CASES = resolve(import.meta.dirname, '../../../tests/cases/decisions');
const PACKS = ['fintech-starter', 'gdpr', 'glba', 'hipaa', 'pci-dss', 'soc2'];
const folder = await mkdtemp(join(tmpdir(), 'interven-policies-'));
after(() => rm(folder, { recursive: true, force: true }));

function policy(given, args, env = {}) {
  return new Promise(done => execFile(process.execPath, [CLI, ...args], { env: { ...process.env, ...given.environment, ...env } }, (error, out, errors) =>
    done({ code: error?.code ?? 0, out, errors })));
}

async function file(name, content) {
  const path = join(folder, name);
  await writeFile(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}

test('the packs that come with it', async () => {
  const { out } = await policy({}, ['packs']);
  assert.deepEqual(out.trim().split('\n'), PACKS);
});

for (const pack of PACKS)
  test(`${pack}: valid, does what its cases promise, and is applied`, async () => {
    const given = await tenant();
    const tested = await policy(given, ['test', join(CASES, `pack-${pack}.yaml`)]);
    assert.deepEqual([tested.code, tested.errors], [0, ''], tested.out);
    assert.match(tested.out, /^\d+ passed, 0 failed$/m);
    const applied = await policy(given, ['apply', '--pack', pack, '--env', 'production']);
    assert.equal(applied.code, 0, applied.out + applied.errors);
    assert.match(applied.out, /\(production\): version 1, /);
    assert.equal((await policy(given, ['diff', '--pack', pack, '--env', 'production'])).out.trim(), 'No change.');
  });

test('a policy that is bad is refused whole, each problem by its path', async () => {
  const given = await tenant();
  const good = await file('good.yaml', 'name: good\nrules: [{ action: ALLOW }]\n');
  const bad = await file('bad.yaml', 'name: bad\nrules: [{ action: PERHAPS }, { action: DENY, match: { tool: slack } }]\n');
  const validated = await policy(given, ['validate', good, bad]);
  assert.equal(validated.code, 1);
  assert.match(validated.out, /\$\.rules\[0\]\.action: /);
  assert.match(validated.out, /\$\.rules\[1\]\.match\.tool: /);
  const applied = await policy(given, ['apply', good, bad]);
  assert.equal(applied.code, 2);
  assert.match(applied.errors, /Nothing was applied/);
  assert.equal((await policy(given, ['diff', good])).code, 1);
});

test('a key that may write policies applies too; one that may not is told so', async () => {
  const given = await tenant();
  const path = await file('deny.yaml', 'name: deny\nrules: [{ action: DENY, match: { operations: [x] } }]\n');
  const env = { INTERVEN_TOKEN: '', INTERVEN_API_KEY: await given.key({ scopes: ['scan', 'policies:write'] }) };
  assert.match((await policy(given, ['apply', path], env)).out, /applied deny: version 1, 1 rule\n/);
  const refused = await policy(given, ['apply', path], { INTERVEN_TOKEN: '' });
  assert.deepEqual([refused.code, /MISSING_SCOPE/.test(refused.errors)], [2, true]);
  assert.match((await policy(given, ['validate', path], env)).errors, /INTERVEN_TOKEN is needed/);
});

test('diff shows what would change', async () => {
  const given = await tenant(FORBID_DELETION);
  const path = await file('changed.json', { ...FORBID_DELETION, rules: [{ ...FORBID_DELETION.rules[0], action: 'REQUIRE_APPROVAL' }] });
  const { code, out, errors } = await policy(given, ['diff', path]);
  assert.equal(code, 1, errors);
  assert.match(out, /^-.*action: DENY$/m);
  assert.match(out, /^\+.*action: REQUIRE_APPROVAL$/m);
});

test('a case that fails says what was wanted, what came, and why; one that cannot be run fails', async () => {
  const given = await tenant();
  await file('p.yaml', 'name: p\nrules: [{ rule_id: r, match: { operations: [pay_out] }, condition: { body_path_gte: { path: $.amount, value: 10 } }, action: DENY }]\n');
  const cases = await file('cases.yaml', `files: [p.yaml]
cases:
  - { name: large, request: { method: POST, url: "tool://x/pay_out", body: { amount: 12 } }, want: { decision: DENY, policy: p, rule: r } }
  - { name: small, request: { method: POST, url: "tool://x/pay_out", body: { amount: 2 } }, want: { decision: DENY } }
  - { name: masked, as: all, request: { method: POST, url: "tool://x/pay_out" }, want: { decision: DENY } }
  - { name: odd wish, request: { method: POST, url: "tool://x/pay_out" }, want: { mood: good } }
`);
  const { code, out } = await policy(given, ['test', cases, '--verbose']);
  assert.equal(code, 1);
  assert.match(out, /ok {5}.*: large/);
  assert.match(out, /FAILED .*: small\n +decision: wanted DENY, got ALLOW\n(.*\n)* +not on condition\.body_path_gte: p \/ r/);
  assert.match(out, /`as` cannot be simulated/);
  assert.match(out, /mood: is nothing/);
  assert.match(out, /1 passed, 3 failed/);
});

test('cases without policies ask those of the tenant, or those that are named', async () => {
  const given = await tenant(FORBID_DELETION);
  const call = 'request: { method: POST, url: "tool://x/delete_ledger" }';
  const cases = await file('own.yaml', `cases: [{ name: own, ${call}, want: { decision: DENY, policy: No deletion } }]\n`);
  assert.equal((await policy(given, ['test', cases])).code, 0);
  const draft = await file('draft.yaml', 'name: draft\nrules: [{ action: REQUIRE_APPROVAL }]\n');
  assert.match((await policy(given, ['test', cases, '--policy', draft])).out, /got REQUIRE_APPROVAL/);
  assert.equal((await policy(given, ['test', cases, '--policy', draft, '--with-stored'])).code, 0);
});

test('nothing to do, a wrong command, a gateway that is not there: never success', async () => {
  const given = await tenant();
  assert.equal((await policy(given, ['apply'])).code, 64);
  assert.equal((await policy(given, ['applly', 'x'])).code, 64);
  assert.equal((await policy(given, ['test', await file('empty.yaml', 'cases: []\n')])).code, 2);
  assert.equal((await policy(given, ['validate', 'nowhere.yaml'])).code, 2);
  assert.equal((await policy(given, ['validate', '--pack', 'none'])).code, 2);
  assert.equal((await policy(given, ['validate', '--pack', 'soc2'], { INTERVEN_GATEWAY_URL: 'http://127.0.0.1:9' })).code, 2);
  assert.equal((await policy(given, ['test', await file('twice.yaml', 'cases: [{ name: a, name: b }]\n')])).code, 2);
});
