import { homedir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { nameOf, type Upstream } from './upstream.js';

export const USAGE = `Asks Interven before every call of an MCP server's tools.

  interven-mcp-guard [options] -- COMMAND [ARGUMENT...]     a server that is started
  interven-mcp-guard [options] --upstream URL               a server at an address (streamable HTTP)

  --listen [HOST:]PORT    serve streamable HTTP at /mcp in the place of stdio (host 127.0.0.1)
  --allow-host HOST       another host that may be named in Host and Origin; may be repeated
  --name NAME             the server's name in policies and pins: mcp://NAME/tool
  --header "NAME: VALUE"  sent to the upstream address; may be repeated
  --redact CLASSES        classes redacted from results (default SECRETS,PCI; "none": results are only reported)
  --pins FILE             fingerprints of tools (default ~/.interven/mcp-pins.json)
  --wait SECONDS          how long to wait for a person (default: as long as the approval lives)
  --agent-id ID           the agent to Interven

INTERVEN_API_KEY, INTERVEN_GATEWAY_URL (http://127.0.0.1:8080); INTERVEN_FAIL_OPEN=1 lets calls run while Interven is out.
`;

export interface Options {
  upstream: Upstream;
  name: string;
  listen?: { host: string; port: number };
  allowedHosts: string[];
  restricted: string[];
  pins: string;
  approvalTimeout?: number;
  agentId?: string;
  progressEvery: number;
}

const CLASSES = ['SECRETS', 'PII', 'PCI', 'PHI', 'INTERNAL'];

/** @throws {TypeError} With words for whoever typed it. */
export function optionsOf(argv: string[]): Options {
  const { values, positionals } = parseArgs({
    args: argv, allowPositionals: true,
    options: {
      upstream: { type: 'string' }, listen: { type: 'string' }, 'allow-host': { type: 'string', multiple: true }, name: { type: 'string' },
      header: { type: 'string', multiple: true }, redact: { type: 'string' }, pins: { type: 'string' }, wait: { type: 'string' },
      'agent-id': { type: 'string' }, 'progress-ms': { type: 'string' },
    },
  });
  const upstream = upstreamOf(values.upstream, values.header ?? [], positionals);
  const restricted = (values.redact ?? 'SECRETS,PCI').split(',').map(one => one.trim().toUpperCase()).filter(one => one !== 'NONE' && one !== '');
  const unknown = restricted.find(one => !CLASSES.includes(one));
  if (unknown)
    throw new TypeError(`--redact: ${unknown} is none of ${CLASSES.join(', ')}.`);
  const name = values.name ?? nameOf(upstream);
  if (!/^[A-Za-z0-9._-]{1,100}$/.test(name))
    throw new TypeError('--name: letters, digits, dots, dashes and underscores, at most 100.');
  return {
    upstream, name, restricted, allowedHosts: values['allow-host'] ?? [],
    listen: values.listen === undefined ? undefined : listenOf(values.listen),
    pins: values.pins ?? join(homedir(), '.interven', 'mcp-pins.json'),
    approvalTimeout: values.wait === undefined ? undefined : number('--wait', values.wait) * 1000,
    agentId: values['agent-id'],
    progressEvery: values['progress-ms'] === undefined ? 15_000 : number('--progress-ms', values['progress-ms']),
  };
}

function upstreamOf(url: string | undefined, headers: string[], command: string[]): Upstream {
  if ((url === undefined) === (command.length === 0))
    throw new TypeError('Either a command after --, or --upstream URL.');
  if (url === undefined)
    return { command: command[0]!, args: command.slice(1) };
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol))
    throw new TypeError('--upstream: an http or https URL.');
  return { url, headers: Object.fromEntries(headers.map(header => [header.split(':', 1)[0]!.trim(), header.slice(header.indexOf(':') + 1).trim()])) };
}

function listenOf(text: string): { host: string; port: number } {
  const colon = text.lastIndexOf(':');
  return { host: colon < 0 ? '127.0.0.1' : text.slice(0, colon), port: number('--listen', text.slice(colon + 1)) };
}

function number(option: string, text: string): number {
  if (!/^\d{1,9}$/.test(text))
    throw new TypeError(`${option}: a whole number.`);
  return Number(text);
}
