import { DeniedError, IntervenError, RequestError, type IntervenClient } from '@interven/sdk-js';
import type { Descriptors } from './descriptors.js';
import { screened } from './results.js';

type Result = Record<string, unknown>;

export interface GuardSettings {
  client: IntervenClient;
  /** The server's name to the gateway and in the pins: `mcp://{name}/{tool}`. */
  name: string;
  /** Classes whose findings are redacted from results; empty: results are only reported. */
  restricted: readonly string[];
  /** Milliseconds between two notes to a client that waits for a person. */
  progressEvery: number;
  /** Milliseconds to wait for a person; absent, as long as the approval lives. */
  approvalTimeout?: number;
  log: (line: string) => void;
}

/** What becomes of a call: parameters for the server, or an answer in its place. */
export type Answer = { params: Result; trace?: string } | { result: Result };

type Tell = (note: { step: number; message: string }) => void;

/** Asks about calls of tools, and looks at what they answer. */
export class CallGuard {
  /** The MCP client's own name. */
  agentName?: string;

  constructor(readonly settings: GuardSettings, readonly descriptors: Descriptors) {}

  async decide(params: Result, signal: AbortSignal, tell: Tell): Promise<Answer> {
    const waiting = new Waiting(this.settings.progressEvery, tell);
    const tool = String(params?.name);
    try {
      await this.descriptors.trusted(tool, signal, message => waiting.begin(message));
      const permit = await this.settings.client.gate({
        method: 'POST', url: `mcp://${this.settings.name}/${encodeURIComponent(tool)}`, body: params.arguments ?? {}, runtimeType: 'mcp', agentName: this.agentName,
      }, {
        signal, approvalTimeout: this.settings.approvalTimeout,
        onApprovalRequired: answer => waiting.begin(`Waiting for approval ${answer.approvalId}: ${answer.approvalUrl ?? ''}`),
      });
      if (permit.decision === 'ALLOW')
        return { params, trace: permit.traceId };
      if (permit.body === null || typeof permit.body !== 'object' || Array.isArray(permit.body))
        return { result: blocked(new IntervenError('The sanitised arguments do not fit the tool.')) };
      return { params: { ...params, arguments: permit.body }, trace: permit.traceId };
    } catch (error) {
      if (signal.aborted)
        return { result: {} };
      if (!(error instanceof IntervenError))
        throw error;
      this.settings.log(`${tool}: ${error.message}`);
      return { result: blocked(error) };
    } finally {
      waiting.end();
    }
  }

  /** The server's answer as the client may see it; one that cannot be looked at is withheld. */
  async screened<T extends { result?: Result; error?: unknown }>(response: T, trace: string | undefined): Promise<T> {
    const { client, restricted } = this.settings;
    // Without a record the client fails open, or the answer belongs to no call that was seen.
    if (!trace)
      return response;
    const part = response.result ? 'result' : 'error';
    try {
      return { ...response, [part]: await screened(client, trace, response[part], restricted) };
    } catch (error) {
      if (!(error instanceof IntervenError))
        throw error;
      if (restricted.length === 0 || (!client.settings.failClosed && !(error instanceof RequestError)))
        return response;
      const { error: _, ...rest } = response;
      return { ...rest, result: blocked(new IntervenError(`The tool has run, but its answer could not be looked at and is withheld. ${error.message}`), '') } as unknown as T;
    }
  }
}

/** Notes to whoever waits for a person. */
class Waiting {
  #timer?: NodeJS.Timeout;
  #step = 0;

  constructor(readonly every: number, readonly tell: Tell) {}

  begin(message: string): void {
    this.end();
    const note = (): void => this.tell({ step: ++this.#step, message });
    note();
    this.#timer = setInterval(note, this.every);
  }

  end(): void {
    clearInterval(this.#timer);
  }
}

function blocked(error: IntervenError, what = 'The tool has not run.'): Result {
  const denied = error instanceof DeniedError ? error : undefined;
  return {
    isError: true,
    content: [{ type: 'text', text: `BLOCKED: ${error.message} ${what}`.trim() }],
    _meta: { 'interven/trace_id': denied?.traceId, 'interven/reason_codes': denied?.reasonCodes ?? [] },
  };
}
