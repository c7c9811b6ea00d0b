import { IntervenClient, type ScanRequest } from './client.js';
import { ApprovalPendingError, DeniedError, IntervenError, UnavailableError } from './errors.js';

/** Milliseconds on top of the wait for a person: after that the answer is no, whatever is still under way. */
const LONGEST_REST = 8_000;

/** What a coding agent is told of one use of a tool. */
export type HookVerdict =
  /** Nothing against it. */
  | { kind: 'pass'; reason: string }
  /** Only with this input. */
  | { kind: 'rewrite'; reason: string; input: Record<string, unknown> }
  | { kind: 'deny'; reason: string };

export interface HookSettings {
  /** Names the runtime in `tool://runtime/tool`. */
  runtime: string;
  /** Milliseconds to wait for a person. The agent's own limit for hooks must be longer: past it most let the tool run. */
  wait: number;
  agentId?: string;
}

/** Tools that are known by what they do, whatever the runtime calls them. */
const COMMANDS = new Set(['bash', 'shell', 'powershell', 'run_in_terminal', 'runinterminal', 'run_shell_command', 'execute_command']);
const SEARCHES = new Set(['websearch', 'web_search']);
const FETCHES = new Set(['webfetch', 'web_fetch', 'fetch_webpage', 'fetch']);

/** One use of a tool, as the gateway is asked about it. */
export function callOf(runtime: string, tool: string, input: Record<string, unknown>): ScanRequest {
  const name = tool.toLowerCase();
  const mcp = /^mcp__(.+?)__(.+)$/.exec(tool);
  if (mcp)
    return { method: 'POST', url: `mcp://${encodeURIComponent(mcp[1]!)}/${encodeURIComponent(mcp[2]!)}`, body: input };
  if (COMMANDS.has(name))
    return { method: 'POST', url: 'shell://exec', body: input };
  if (SEARCHES.has(name))
    return { method: 'GET', url: 'search://web', body: input };
  if (FETCHES.has(name) && typeof input.url === 'string' && /^https?:\/\//i.test(input.url) && URL.canParse(input.url))
    return { method: 'GET', url: input.url, body: input };
  return { method: 'POST', url: `tool://${encodeURIComponent(runtime)}/${encodeURIComponent(tool)}`, body: input };
}

/** Asks about one use of a tool. Never throws for a call that must not be made: it says so. */
export async function askAboutTool(settings: HookSettings, tool: unknown, input: unknown): Promise<HookVerdict> {
  const timeUp = AbortSignal.timeout(settings.wait + LONGEST_REST);
  try {
    if (typeof tool !== 'string' || tool === '')
      return deny('The hook was not told which tool is used.');
    if (input === null || typeof input !== 'object' || Array.isArray(input))
      return deny('The hook was not given the tool\'s input as an object.');
    // Short attempts: a hook that is still at it when the agent's patience ends has let the tool run.
    const client = new IntervenClient({ agentId: settings.agentId, runtimeType: settings.runtime, timeout: 5_000, retries: 1 });
    const permit = await client.gate(callOf(settings.runtime, tool, input as Record<string, unknown>), { approvalTimeout: settings.wait, signal: timeUp });
    if (permit.decision === 'ALLOW')
      return { kind: 'pass', reason: permit.checked ? `Interven allowed it. Trace ${permit.traceId}.` : 'Interven is out, and INTERVEN_FAIL_OPEN=1 lets calls run.' };
    return permit.body !== null && typeof permit.body === 'object' && !Array.isArray(permit.body)
      ? { kind: 'rewrite', reason: `Interven sanitised it: ${permit.answer?.reasonCodes.join(', ')}. Trace ${permit.traceId}.`, input: permit.body as Record<string, unknown> }
      : deny('The sanitised input does not fit the tool.');
  } catch (error) {
    return deny(timeUp.aborted ? 'Interven took too long to answer, so the tool does not run.' : wordsOf(error));
  }
}

function wordsOf(error: unknown): string {
  if (error instanceof ApprovalPendingError)
    return `${error.message} ${error.answer?.approvalUrl ?? ''} Once it is approved, the same call goes through.`;
  if (error instanceof UnavailableError)
    return `Interven could not be asked, so the tool does not run. ${error.message}`;
  if (error instanceof DeniedError || error instanceof IntervenError)
    return error.message;
  return `The hook failed: ${(error as Error).message}`;
}

const deny = (reason: string): HookVerdict => ({ kind: 'deny', reason });

const LONGEST_INPUT = 16 * 1024 * 1024;

/** What stands on standard input, as JSON. @throws Where it is no JSON object. */
export async function readInput(stream: AsyncIterable<Buffer> = process.stdin): Promise<Record<string, unknown>> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of stream) {
    chunks.push(chunk);
    if ((size += chunk.length) > LONGEST_INPUT)
      throw new Error('the input is too long');
  }
  const json: unknown = JSON.parse(Buffer.concat(chunks).toString('utf8'));
  if (json === null || typeof json !== 'object' || Array.isArray(json))
    throw new Error('the input is no JSON object');
  return json as Record<string, unknown>;
}
