import { spawn } from 'node:child_process';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { freePort } from './product.mjs';
import { call } from './tenant.mjs';

const FOLDER = process.env.INTERVEN_FAKE_SLACK ?? resolve(import.meta.dirname, '../../../../tests/FakeSlack/bin/Release/net10.0');

/** A Slack workspace as a process of its own, which signs clicks as Slack does. */
export async function startSlack(interactions) {
  const secret = 'clients-signing-secret';
  const port = await freePort();
  const child = spawn('dotnet', [join(FOLDER, 'Interven.FakeSlack.dll'), '--url', `http://127.0.0.1:${port}`, '--secret', secret, '--interactions', interactions], { stdio: ['ignore', 'pipe', 'pipe'] });
  const printed = {};
  await new Promise((done, failed) => {
    child.on('exit', () => failed(new Error('The workspace has ended.')));
    createInterface(child.stdout).on('line', line => {
      const [, name, value] = /^(FAKE_SLACK_\w+)=(.*)$/.exec(line) ?? [];
      if (name)
        printed[name] = value;
      if (name === 'FAKE_SLACK_WEBHOOK')
        done();
    });
  });
  const url = printed.FAKE_SLACK_URL;
  let channels = 0;
  return {
    secret,
    /** A channel of its own: one message a second is the limit of each. */
    channel() {
      const hook = `B${String(++channels).padStart(3, '0')}`;
      const parts = printed.FAKE_SLACK_WEBHOOK.split('/');
      parts[parts.length - 2] = hook;
      return { hook, webhook: parts.join('/') };
    },
    messages: async () => (await call(url, 'GET', '/messages')).json,
    click: async (ts, action) => (await call(url, 'POST', '/click', undefined, { ts, action })).json,
    async stop() {
      const gone = new Promise(done => child.on('exit', done));
      child.kill();
      await gone;
    },
  };
}
