import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { after, before, test } from 'node:test';
import { tenant } from './running/tenant.mjs';

const ROOT = resolve(import.meta.dirname, '..');
const packages = JSON.parse(await readFile(join(ROOT, 'package.json'))).workspaces;
let folder;

/** An empty project with the packed packages in it, and nothing of the workspace. */
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'interven-packed-'));
  const npm = (...args) => execFileSync('npm', args, { cwd: args[0] === 'pack' ? ROOT : folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  const packed = JSON.parse(npm('pack', '--workspaces', '--json', '--silent', '--pack-destination', folder).replace(/^[^[]*(?=\[)/s, ''));
  await writeFile(join(folder, 'package.json'), JSON.stringify({ name: 'empty', private: true, type: 'module' }));
  npm('install', '--prefer-offline', '--no-audit', '--no-fund', '--silent', ...packed.map(one => `./${one.filename}`));
}, { timeout: 120_000 });
after(() => rm(folder, { recursive: true, force: true }));

test('each package carries its licence, readme, changelog and types, and no sources', async () => {
  for (const name of packages) {
    const manifest = JSON.parse(await readFile(join(ROOT, name, 'package.json')));
    const at = join(folder, 'node_modules', manifest.name);
    for (const file of ['LICENSE', 'README.md', 'CHANGELOG.md'])
      assert.ok(existsSync(join(at, file)), `${manifest.name}: ${file}`);
    assert.ok(!existsSync(join(at, 'src')) && !existsSync(join(at, 'tsconfig.json')), manifest.name);
    for (const entry of Object.values(manifest.exports ?? {}))
      assert.ok(existsSync(join(at, entry.types)) && existsSync(join(at, entry.default)), `${manifest.name}: ${entry.default}`);
    for (const bin of Object.values(manifest.bin ?? {}))
      assert.match(await readFile(join(at, bin), 'utf8'), /^#!\/usr\/bin\/env node/);
  }
});

test('the client has no dependencies, and works from an empty project', async () => {
  const manifest = JSON.parse(await readFile(join(folder, 'node_modules/@interven/sdk-js/package.json')));
  assert.equal(manifest.dependencies, undefined);
  const given = await tenant();
  await writeFile(join(folder, 'try.js'), `import { guard } from '@interven/sdk-js';
console.log(await guard(({ n }) => n + 1, { name: 'add_one' })({ n: 41 }));`);
  assert.equal(execFileSync(process.execPath, ['try.js'], { cwd: folder, env: { ...process.env, ...given.environment }, encoding: 'utf8' }).trim(), '42');
});

test('its types hold for a strict compiler', async () => {
  await writeFile(join(folder, 'try.ts'), `import { IntervenClient, DeniedError, type Permit } from '@interven/sdk-js';
const client = new IntervenClient({ apiKey: 'iv_live_x', failClosed: true });
const pay: (args: { amount: number }) => Promise<string> = client.guard(async function pay(args: { amount: number }) { return String(args.amount); });
const permit: Promise<Permit> = client.gate({ method: 'POST', url: 'tool://js/pay' });
void pay({ amount: 1 }).catch((error: unknown) => error instanceof DeniedError && error.reasonCodes[0]?.length);
// @ts-expect-error A decision that is none.
void permit.then(one => one.decision === 'DENY');
`);
  execFileSync(process.execPath, [join(ROOT, 'node_modules/typescript/bin/tsc'), '--noEmit', '--strict', '--module', 'nodenext', '--target', 'es2022', '--typeRoots', join(ROOT, 'node_modules/@types'), '--types', 'node', 'try.ts'],
    { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
});

test('every command of the packages starts', async () => {
  for (const name of packages) {
    const { bin = {} } = JSON.parse(await readFile(join(ROOT, name, 'package.json')));
    for (const command of Object.keys(bin)) {
      const help = execFileSync(join(folder, 'node_modules/.bin', command), ['--help'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
      assert.equal(typeof help, 'string');
    }
  }
});
