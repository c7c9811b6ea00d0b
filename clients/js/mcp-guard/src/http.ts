import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js';
import { isInitializeRequest } from '@modelcontextprotocol/sdk/types.js';

const MOST_BODY_BYTES = 4 * 1024 * 1024;
const MOST_SESSIONS = 200;

export interface HttpSettings {
  /** Hosts that may stand in `Host` and `Origin` beside the loopback ones. */
  allowedHosts: string[];
  /** Puts a relay behind a new session; answers with how to end it. */
  open: (session: Transport, ended: () => void) => Promise<void>;
}

/** Streamable HTTP in front of the guard: a session of its own for each client, at `/mcp`. */
export function serve(settings: HttpSettings): Server {
  const sessions = new Map<string, StreamableHTTPServerTransport>();
  return createServer((request, response) => void handle(request, response, settings, sessions).catch(() => refuse(response, 500, 'The guard failed.')));
}

async function handle(request: IncomingMessage, response: ServerResponse, settings: HttpSettings, sessions: Map<string, StreamableHTTPServerTransport>): Promise<void> {
  // A page in a browser must not reach the tools by way of a name that leads here.
  if (!isAllowed(request.headers.host, settings) || (request.headers.origin !== undefined && !isAllowed(hostOf(request.headers.origin), settings)))
    return refuse(response, 403, 'This host or origin is not allowed.');
  if (request.url?.split('?')[0] !== '/mcp')
    return refuse(response, 404, 'The guard is at /mcp.');
  const body = request.method === 'POST' ? await read(request) : undefined;
  if (body === null)
    return refuse(response, 413, `A message may have ${MOST_BODY_BYTES} bytes.`);
  const id = request.headers['mcp-session-id'];
  if (typeof id === 'string') {
    const session = sessions.get(id);
    return session ? session.handleRequest(request, response, body) : refuse(response, 404, 'There is no such session.');
  }
  if (!isInitializeRequest(body))
    return refuse(response, 400, 'A session begins with initialize.');
  if (sessions.size >= MOST_SESSIONS)
    return refuse(response, 503, 'There are too many sessions.');
  const session = new StreamableHTTPServerTransport({ sessionIdGenerator: () => randomUUID(), onsessioninitialized: made => void sessions.set(made, session) });
  await settings.open(session as Transport, () => sessions.delete(session.sessionId ?? ''));
  await session.handleRequest(request, response, body);
}

function isAllowed(host: string | undefined, settings: HttpSettings): boolean {
  const name = host?.replace(/:\d+$/, '');
  return name !== undefined && (['127.0.0.1', 'localhost', '[::1]'].includes(name) || settings.allowedHosts.includes(name));
}

const hostOf = (origin: string): string | undefined => URL.canParse(origin) ? new URL(origin).host : undefined;

/** Null where it is too long, undefined where it is no JSON. */
async function read(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    if ((size += chunk.length) > MOST_BODY_BYTES)
      return null;
    chunks.push(chunk);
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8')) ?? undefined;
  } catch {
    return undefined;
  }
}

function refuse(response: ServerResponse, status: number, message: string): void {
  if (response.headersSent) {
    response.end();
    return;
  }
  response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify({ jsonrpc: '2.0', error: { code: -32000, message }, id: null }));
}
