import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js';
import type { JSONRPCMessage, JSONRPCNotification, JSONRPCRequest, RequestId } from '@modelcontextprotocol/sdk/types.js';
import { CallGuard, type Answer, type GuardSettings } from './calls.js';
import { Descriptors } from './descriptors.js';
import type { Pins } from './pins.js';

type Result = Record<string, unknown>;
type Response = { jsonrpc: '2.0'; id: RequestId; result?: Result; error?: { code: number; message: string; data?: unknown } };

const MOST_TASKS = 10_000;

/** What the relay must know about a request that the server has not answered yet. */
interface Open { method: string; trace?: string; task?: string; progress?: string | number }

/**
 * Stands between one MCP client and one server. Messages pass as they are, whatever their kind and version, but for three: calls of tools are asked about
 * before the server sees them, their results are looked at before the client does, and lists of tools are held against the pins.
 */
export class Relay {
  readonly #open = new Map<RequestId, Open>();
  readonly #held = new Map<RequestId, AbortController>();
  readonly #own = new Map<string, (answer: Response) => void>();
  readonly #tasks = new Map<string, string>();
  readonly #guard: CallGuard;
  readonly #descriptors: Descriptors;
  #asked = 0;
  #closing = false;

  constructor(readonly client: Transport, readonly server: Transport, settings: GuardSettings, pins: Pins, readonly onEnd: () => void = () => {}) {
    this.#descriptors = new Descriptors(settings, pins, () => this.#listTools(), () => this.#notify({ jsonrpc: '2.0', method: 'notifications/tools/list_changed' }));
    this.#guard = new CallGuard(settings, this.#descriptors);
  }

  async start(): Promise<void> {
    this.client.onmessage = message => void this.#fromClient(message).catch(error => this.#fail(message, error));
    this.server.onmessage = message => void this.#fromServer(message).catch(error => this.#withhold(message, error));
    this.client.onclose = this.server.onclose = () => void this.close();
    await this.server.start();
    await this.client.start();
  }

  async close(): Promise<void> {
    if (this.#closing)
      return;
    this.#closing = true;
    for (const held of this.#held.values())
      held.abort();
    await Promise.allSettled([this.server.close(), this.client.close()]);
    this.onEnd();
  }

  async #fromClient(message: JSONRPCMessage): Promise<void> {
    if (isRequest(message)) {
      if (message.method === 'tools/call')
        return this.#call(message);
      const params = message.params as Result | undefined;
      if (message.method === 'initialize')
        this.#guard.agentName = text((params?.clientInfo as Result | undefined)?.name);
      this.#open.set(message.id, { method: message.method, task: text(params?.taskId), progress: tokenOf(message) });
    } else if (isNotification(message) && message.method === 'notifications/cancelled') {
      const { requestId } = message.params as { requestId: RequestId };
      const held = this.#held.get(requestId);
      if (held)
        return held.abort();
      this.#open.delete(requestId);
    }
    await this.server.send(message);
  }

  async #call(request: JSONRPCRequest): Promise<void> {
    const held = new AbortController();
    this.#held.set(request.id, held);
    let answer: Answer;
    try {
      answer = await this.#guard.decide(request.params as Result, held.signal, tell => this.#progress(request, tell));
    } finally {
      this.#held.delete(request.id);
    }
    if (held.signal.aborted)
      return;
    if ('result' in answer)
      return this.client.send({ jsonrpc: '2.0', id: request.id, result: answer.result });
    this.#open.set(request.id, { method: request.method, trace: answer.trace, progress: tokenOf(request) });
    await this.server.send({ ...request, params: answer.params });
  }

  async #fromServer(message: JSONRPCMessage): Promise<void> {
    if (isRequest(message))
      return this.client.send(message);
    if (isNotification(message))
      return this.#notify(message);
    const response = message as Response;
    const own = this.#own.get(String(response.id));
    if (own) {
      this.#own.delete(String(response.id));
      return own(response);
    }
    const open = this.#open.get(response.id);
    // An answer to nothing that was asked carries whatever it likes: it goes no further.
    if (!open)
      return;
    this.#open.delete(response.id);
    await this.client.send(await this.#seen(open, response) as JSONRPCMessage);
  }

  async #seen(open: Open, response: Response): Promise<Response> {
    switch (open.method) {
      case 'initialize':
        if (typeof response.result?.protocolVersion === 'string')
          this.server.setProtocolVersion?.(response.result.protocolVersion);
        return response;
      case 'tools/list':
        return response.result ? { ...response, result: await this.#descriptors.listed(response.result) } : response;
      case 'tools/call': {
        const task = text((response.result?.task as Result | undefined)?.taskId);
        if (task && open.trace)
          this.#remember(task, open.trace);
        return this.#guard.screened(response, open.trace);
      }
      case 'tasks/result':
        return this.#guard.screened(response, open.task ? this.#tasks.get(open.task) : undefined);
      default:
        return response;
    }
  }

  async #notify(message: JSONRPCNotification): Promise<void> {
    if (message.method === 'notifications/tools/list_changed')
      this.#descriptors.stale();
    const token = message.method === 'notifications/progress' ? (message.params as Result | undefined)?.progressToken : undefined;
    const related = token === undefined ? undefined : [...this.#open].find(([, open]) => open.progress === token)?.[0];
    await this.client.send(message, { relatedRequestId: related });
  }

  /** Tells whoever waits for a person that it still is so; without it clients give up after a minute. */
  #progress(request: JSONRPCRequest, tell: { step: number; message: string }): void {
    const progressToken = tokenOf(request);
    // Steps far below one, so that what the tool itself tells afterwards is more.
    if (progressToken !== undefined && !this.#closing)
      void this.client.send({ jsonrpc: '2.0', method: 'notifications/progress', params: { progressToken, progress: tell.step / 1e6, message: tell.message } },
        { relatedRequestId: request.id }).catch(() => {});
  }

  /** Answers of tasks come later, each as often as it is asked for. */
  #remember(task: string, trace: string): void {
    if (this.#tasks.size >= MOST_TASKS)
      this.#tasks.delete(this.#tasks.keys().next().value!);
    this.#tasks.set(task, trace);
  }

  /** The server's tools, asked for by the guard itself. Null where it has none. */
  async #listTools(): Promise<Result[] | null> {
    const tools: Result[] = [];
    for (let cursor: unknown; ;) {
      const id = `interven-guard-${++this.#asked}`;
      const answer = new Promise<Response>(done => this.#own.set(id, done));
      await this.server.send({ jsonrpc: '2.0', id, method: 'tools/list', params: cursor === undefined ? {} : { cursor } } as JSONRPCMessage);
      const { result } = await answer;
      if (!result)
        return null;
      tools.push(...(Array.isArray(result.tools) ? result.tools : []));
      if (typeof result.nextCursor !== 'string' || this.#asked > 1000)
        return tools;
      cursor = result.nextCursor;
    }
  }

  async #fail(message: JSONRPCMessage, error: unknown): Promise<void> {
    if (isRequest(message) && !this.#closing)
      await this.client.send({ jsonrpc: '2.0', id: message.id, error: { code: -32603, message: `Interven could not pass the request on: ${(error as Error).message}` } }).catch(() => {});
  }

  async #withhold(message: JSONRPCMessage, error: unknown): Promise<void> {
    if ('id' in message && !('method' in message) && !this.#closing)
      await this.client.send({ jsonrpc: '2.0', id: message.id as RequestId, error: { code: -32603, message: `Interven withheld the answer: ${(error as Error).message}` } }).catch(() => {});
  }
}

const isRequest = (message: JSONRPCMessage): message is JSONRPCRequest => 'method' in message && 'id' in message;
const isNotification = (message: JSONRPCMessage): message is JSONRPCNotification => 'method' in message && !('id' in message);
const text = (value: unknown): string | undefined => typeof value === 'string' ? value : undefined;
const tokenOf = (request: JSONRPCRequest): string | number | undefined => request.params?._meta?.progressToken;
