#!/usr/bin/env node
import { parseArgs } from 'node:util';
import { IntervenClient } from '@interven/sdk-js';
import { createProxy } from './proxy.js';

const USAGE = `A forward proxy that asks Interven about each call: http://localhost:4100/proxy/https://api.example.com/path

  interven-gateway [options]
  --port PORT         default 4100
  --host HOST         default 127.0.0.1
  --allow-host HOST   another host by which the proxy may be called; may be repeated
  --mode MODE         enforce (default), or monitor: asks, tells what it would have done, and lets everything pass
  --wait SECONDS      how long to wait for a person (default: as long as the approval lives)
  --agent-id ID       the agent to Interven

INTERVEN_API_KEY, INTERVEN_GATEWAY_URL (http://127.0.0.1:8080); INTERVEN_FAIL_OPEN=1 lets calls pass while Interven is out.
`;

const log = (line: string): void => console.error(`interven-gateway: ${line}`);

function whole(name: string, text: string | undefined, most: number): number | undefined {
  if (text === undefined)
    return undefined;
  if (!/^\d+$/.test(text) || Number(text) > most)
    throw new TypeError(`--${name}: a whole number up to ${most}.`);
  return Number(text);
}

function main(argv: string[]): void {
  const { values } = parseArgs({
    args: argv,
    options: {
      port: { type: 'string' }, host: { type: 'string', default: '127.0.0.1' }, 'allow-host': { type: 'string', multiple: true }, mode: { type: 'string', default: 'enforce' },
      wait: { type: 'string' }, 'agent-id': { type: 'string' }, help: { type: 'boolean', short: 'h' },
    },
  });
  if (values.help)
    return console.log(USAGE);
  if (values.mode !== 'enforce' && values.mode !== 'monitor')
    throw new TypeError('--mode: enforce or monitor.');
  const wait = whole('wait', values.wait, 86_400);
  const server = createProxy({
    client: new IntervenClient({ agentId: values['agent-id'] }), mode: values.mode, allowedHosts: values['allow-host'], log,
    approvalTimeout: wait === undefined ? undefined : wait * 1000,
  });
  server.on('error', error => {
    log(error.message);
    process.exit(1);
  });
  server.listen(whole('port', values.port, 65_535) ?? 4100, values.host, () =>
    log(`${values.mode}s at http://${values.host}:${(server.address() as { port: number }).port}/proxy/`));
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.on(signal, () => {
      server.close();
      server.closeAllConnections();
    });
}

try {
  main(process.argv.slice(2));
} catch (error) {
  log((error as Error).message);
  process.exit(64);
}
