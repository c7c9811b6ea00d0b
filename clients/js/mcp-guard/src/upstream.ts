import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js';

/** The server behind the guard: a command, or an address. */
export type Upstream = { command: string; args: string[] } | { url: string; headers: Record<string, string> };

export function openUpstream(upstream: Upstream): Transport {
  if ('url' in upstream)
    return new StreamableHTTPClientTransport(new URL(upstream.url), { requestInit: { headers: upstream.headers } }) as Transport;
  return new StdioClientTransport({ command: upstream.command, args: upstream.args, env: environment(), stderr: 'inherit' });
}

/** The server gets what the guard was started with, but the guard's own credential. */
function environment(): Record<string, string> {
  return Object.fromEntries(Object.entries(process.env).filter(([name, value]) => !name.startsWith('INTERVEN_') && value !== undefined)) as Record<string, string>;
}

const RUNNERS = new Set(['npx', 'node', 'uvx', 'uv', 'python', 'python3', 'bunx', 'bun', 'deno', 'docker', 'run', 'exec', 'tsx', 'pipx']);

/** A name for a server that was given none: its host, or what of the command is no runner and no option. */
export function nameOf(upstream: Upstream): string {
  const words = 'url' in upstream ? [new URL(upstream.url).host] : [upstream.command, ...upstream.args];
  const telling = words.find(word => !word.startsWith('-') && !RUNNERS.has(word.split('/').at(-1)!)) ?? words[0]!;
  const name = telling.replace(/^@/, '').replace(/\.(m?js|py|ts)$/, '').split('/').slice(-2).join('-');
  return name.replace(/[^A-Za-z0-9._-]+/g, '-').replace(/^-+|-+$/g, '') || 'server';
}
