import { createServer, request as httpRequest, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { pipeline } from 'node:stream/promises';
import type { IntervenClient, Permit } from '@interven/sdk-js';
import { BodyError, readBody, sanitised, type Body } from './body.js';
import { problemOf, refuse } from './problems.js';
import { isLocal, passedOn, targetOf } from './target.js';

export interface ProxySettings {
  client: IntervenClient;
  /** `enforce` does as the gateway says; `monitor` asks, tells what it would have done, and lets everything pass. */
  mode: 'enforce' | 'monitor';
  /** Milliseconds to wait for a person; absent, as long as the approval lives. */
  approvalTimeout?: number;
  /** Hosts by which the proxy may be called, beside the loopback ones. */
  allowedHosts?: string[];
  log: (line: string) => void;
}

const LOOPBACK = ['127.0.0.1', 'localhost', '[::1]'];

/** `ANY /proxy/<url>`: asks about the call, and makes it as it was allowed, or does not make it. */
export function createProxy(settings: ProxySettings): Server {
  return createServer((request, response) => void handle(request, response, settings).catch(error => {
    settings.log(`failed: ${(error as Error).message}`);
    refuse(response, { status: 502, reason: 'UPSTREAM_UNREACHABLE', detail: 'The destination could not be reached.' });
  }));
}

async function handle(request: IncomingMessage, response: ServerResponse, settings: ProxySettings): Promise<void> {
  if (!isLocal(request.headers, [...LOOPBACK, ...settings.allowedHosts ?? []]))
    return refuse(response, { status: 403, reason: 'FORBIDDEN', detail: 'This host or origin may not use the proxy.' });
  if (request.url === '/health')
    return void response.writeHead(200, { 'Content-Type': 'text/plain' }).end(settings.mode);
  const target = targetOf(request.url ?? '');
  if (!target)
    return refuse(response, { status: 404, reason: 'NOT_FOUND', detail: 'Call /proxy/https://host/path.' });
  let body: Body;
  try {
    body = await readBody(request);
  } catch (error) {
    if (!(error instanceof BodyError))
      throw error;
    return refuse(response, { status: error.status, reason: error.status === 413 ? 'PAYLOAD_TOO_LARGE' : 'INVALID_REQUEST', detail: error.message });
  }
  const gone = new AbortController();
  response.on('close', () => gone.abort());
  const bytes = await permitted(request, response, settings, target, body, gone.signal);
  if (bytes && !gone.signal.aborted)
    await forward(request, response, target, bytes);
}

/** The body to send; undefined after the refusal has been written. */
async function permitted(request: IncomingMessage, response: ServerResponse, settings: ProxySettings, target: URL, body: Body, signal: AbortSignal): Promise<Buffer | undefined> {
  const call = { method: request.method ?? 'GET', url: target.href, body: body.scanned, headers: passedOn(request.headers), runtimeType: settings.client.settings.runtimeType ?? 'http' };
  const where = `${call.method} ${target.origin}${target.pathname}`;
  if (settings.mode === 'monitor') {
    const seen = await settings.client.scan(call, { signal }).then(answer => `${answer.decision} [${answer.reasonCodes.join(' ')}]`, (error: Error) => `no decision: ${error.message}`);
    settings.log(`${where}: ${seen}, passed`);
    return body.bytes;
  }
  let permit: Permit;
  try {
    permit = await settings.client.gate(call, {
      signal, approvalTimeout: settings.approvalTimeout,
      onApprovalRequired: answer => settings.log(`${where}: waiting for approval ${answer.approvalId} ${answer.approvalUrl ?? ''}`),
    });
  } catch (error) {
    if (signal.aborted)
      return undefined;
    const problem = problemOf(error);
    settings.log(`${where}: ${problem.reason}`);
    refuse(response, problem);
    return undefined;
  }
  const bytes = permit.decision === 'ALLOW' ? body.bytes : sanitised(body, permit.body);
  if (!bytes)
    refuse(response, { status: 403, reason: 'CANNOT_SANITIZE', detail: 'The body cannot be sanitised.', decision: 'DENY', traceId: permit.traceId });
  return bytes;
}

async function forward(request: IncomingMessage, response: ServerResponse, target: URL, bytes: Buffer): Promise<void> {
  const headers = passedOn(request.headers);
  const send = target.protocol === 'https:' ? httpsRequest : httpRequest;
  const answer = await new Promise<IncomingMessage>((done, failed) => {
    const outgoing = send(target, { method: request.method, headers: bytes.length > 0 ? { ...headers, 'content-length': bytes.length } : headers }, done);
    outgoing.on('error', failed);
    response.on('close', () => outgoing.destroy());
    outgoing.end(bytes.length > 0 ? bytes : undefined);
  });
  response.writeHead(answer.statusCode ?? 502, answer.statusMessage, withoutHop(answer));
  await pipeline(answer, response).catch(() => response.destroy());
}

function withoutHop(answer: IncomingMessage): Record<string, string | string[]> {
  const { 'content-length': length, 'content-encoding': encoding } = answer.headers;
  return { ...passedOn(answer.headers), ...(length === undefined ? {} : { 'content-length': length }), ...(encoding === undefined ? {} : { 'content-encoding': encoding }) };
}
