import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';

const APPLICATION = process.env.INTERVEN_APPLICATION ?? resolve(import.meta.dirname, '../../../../api-frontend/bin/Release/net10.0');
const PATIENCE = 90_000;

export async function freePort() {
  const probe = createServer();
  await new Promise(done => probe.listen(0, '127.0.0.1', done));
  const { port } = probe.address();
  await new Promise(done => probe.close(done));
  return port;
}

/** The real application as a process of its own: a free port, a data folder, ended by its id. */
export async function startProduct(settings = {}) {
  if (!existsSync(join(APPLICATION, 'Interven.ApiFrontend.dll')))
    throw new Error(`Build api-frontend in Release first: nothing in ${APPLICATION}.`);
  const data = await mkdtemp(join(tmpdir(), 'interven-js-'));
  const url = `http://127.0.0.1:${await freePort()}`;
  const child = spawn('dotnet', [join(APPLICATION, 'Interven.ApiFrontend.dll'), '--contentRoot', APPLICATION], {
    env: { ...process.env, INTERVEN_URL: url, INTERVEN_DATA: data, ...settings }, stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output = [];
  const printed = {};
  const started = new Promise((done, failed) => {
    const late = setTimeout(() => failed(new Error('The application has not started:\n' + output.join('\n'))), PATIENCE);
    for (const stream of [child.stdout, child.stderr])
      createInterface(stream).on('line', line => {
        output.push(line);
        const [, name, value] = /^(INTERVEN_\w+)=(.*)$/.exec(line) ?? [];
        if (name)
          printed[name] = value;
        if (name === 'INTERVEN_ADMIN_TOKEN') {
          clearTimeout(late);
          done();
        }
      });
    child.on('exit', () => failed(new Error('The application has ended:\n' + output.join('\n'))));
  });
  const stop = async () => {
    if (child.exitCode === null && child.signalCode === null) {
      const gone = new Promise(done => child.on('exit', done));
      child.kill('SIGKILL');
      await gone;
    }
    await rm(data, { recursive: true, force: true });
  };
  try {
    await started;
  } catch (error) {
    await stop();
    throw error;
  }
  return { url, operator: printed.INTERVEN_ADMIN_TOKEN, demoKey: printed.INTERVEN_API_KEY, output, stop };
}
