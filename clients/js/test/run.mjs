// Starts the product once, runs every test file against it, and ends it. `node test/run.mjs [files]`
import { spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { startProduct } from './running/product.mjs';

const files = process.argv.length > 2 ? process.argv.slice(2)
  : readdirSync(import.meta.dirname).filter(name => name.endsWith('.test.mjs')).map(name => `${import.meta.dirname}/${name}`);
const product = await startProduct();
try {
  const child = spawn(process.execPath, ['--test', '--test-concurrency=2', '--test-reporter=spec', ...files], {
    stdio: 'inherit', env: { ...process.env, INTERVEN_TEST_URL: product.url, INTERVEN_TEST_OPERATOR: product.operator },
  });
  process.exitCode = await new Promise(done => child.on('exit', code => done(code ?? 1)));
} finally {
  await product.stop();
}
