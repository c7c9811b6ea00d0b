#!/usr/bin/env node
import { IntervenClient } from '@interven/sdk-js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js';
import { serve } from './http.js';
import { optionsOf, USAGE, type Options } from './options.js';
import { Pins } from './pins.js';
import { Relay } from './relay.js';
import { openUpstream } from './upstream.js';

// Standard output belongs to the protocol.
const log = (line: string): void => void process.stderr.write(`interven-mcp-guard: ${line}\n`);

async function main(argv: string[]): Promise<void> {
  if (argv.includes('--help') || argv.includes('-h')) {
    process.stderr.write(USAGE);
    return;
  }
  const options = optionsOf(argv);
  const client = new IntervenClient({ agentId: options.agentId, runtimeType: 'mcp' });
  const pins = new Pins(options.pins);
  // Pins that cannot be read must stop the guard before a tool is trusted.
  await pins.read();
  const open = async (session: Transport, ended: () => void): Promise<Relay> => {
    const relay = new Relay(session, openUpstream(options.upstream), { ...options, client, log }, pins, ended);
    await relay.start();
    return relay;
  };
  if (options.listen)
    return listen(options, options.listen, open);
  const relay = await open(new StdioServerTransport(), () => process.exit());
  process.stdin.on('end', () => void relay.close());
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.on(signal, () => void relay.close());
}

function listen(options: Options, at: { host: string; port: number }, open: (session: Transport, ended: () => void) => Promise<Relay>): void {
  const relays = new Set<Relay>();
  const server = serve({
    allowedHosts: options.allowedHosts,
    open: async (session, ended) => {
      const relay: Relay = await open(session, () => {
        relays.delete(relay);
        ended();
      });
      relays.add(relay);
    },
  });
  server.listen(at.port, at.host, () => log(`guards ${options.name} at http://${at.host}:${(server.address() as { port: number }).port}/mcp`));
  const stop = (): void => {
    server.close();
    void Promise.all([...relays].map(relay => relay.close())).then(() => process.exit());
  };
  process.on('SIGINT', stop).on('SIGTERM', stop);
}

main(process.argv.slice(2)).catch(error => {
  log((error as Error).message);
  process.exit(error instanceof TypeError ? 64 : 1);
});
