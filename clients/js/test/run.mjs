// Starts the product once, runs every test file against it, and ends it. `node test/run.mjs [files]`
import { spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { startProduct } from './running/product.mjs';

const files = process.argv.length > 2 ? process.argv.slice(2)
  : readdirSync(import.meta.dirname).filter(name => name.endsWith('.test.mjs')).map(name => `${import.meta.dirname}/${name}`);
// What measures time runs before the others, and by itself.
const isAlone = name => name.endsWith('.alone.test.mjs');
const runs = [[1, files.filter(isAlone)], [3, files.filter(name => !isAlone(name))]].filter(([, some]) => some.length > 0);
// Its own alerts go to a workspace on this machine.
const product = await startProduct({ Interven__Egress__AllowPrivate__0: '127.0.0.0/8', Interven__Slack__ResponseHosts__0: '127.0.0.1' });
try {
  for (const [atOnce, some] of runs) {
    const child = spawn(process.execPath, ['--test', '--test-force-exit', `--test-concurrency=${atOnce}`, '--test-reporter=spec', ...some], {
      stdio: 'inherit', env: { ...process.env, INTERVEN_TEST_URL: product.url, INTERVEN_TEST_OPERATOR: product.operator },
    });
    process.exitCode ||= await new Promise(done => child.on('exit', code => done(code ?? 1)));
  }
} finally {
  await product.stop();
}
