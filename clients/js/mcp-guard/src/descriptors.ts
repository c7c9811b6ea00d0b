import { ApprovalPendingError, DeniedError, type Permit } from '@interven/sdk-js';
import type { GuardSettings } from './calls.js';
import { fingerprint, type Pins } from './pins.js';

type Tool = Record<string, unknown>;

/** Reasons of an answer that a person stands behind. */
const APPROVED = ['APPROVED_BY_REVIEWER', 'RECENT_APPROVAL_GRANT'];

/**
 * The server's tools as they say they are, held against the pins. A tool is pinned when it is first seen; one that has changed is neither listed nor called
 * before a person has approved the change: what a tool says of itself is what the model goes by.
 */
export class Descriptors {
  #tools = new Map<string, Tool>();
  #fresh?: Promise<void>;
  readonly #asking = new Map<string, Promise<void>>();

  constructor(readonly settings: GuardSettings, readonly pins: Pins, readonly list: () => Promise<Tool[] | null>, readonly changed: () => Promise<void>) {}

  /** The server says that its tools are others now. */
  stale(): void {
    this.#fresh = undefined;
  }

  /** A list on its way to the client, without the tools that have changed. */
  async listed(result: Record<string, unknown>): Promise<Record<string, unknown>> {
    const tools = Array.isArray(result.tools) ? result.tools as Tool[] : [];
    const kept: Tool[] = [];
    for (const tool of tools) {
      this.#tools.set(String(tool.name), tool);
      if (await this.pins.holds(this.settings.name, String(tool.name), fingerprint(tool)))
        kept.push(tool);
      else
        void this.#ask(tool, () => {}).then(this.changed, error => this.settings.log(`${tool.name} has changed and is not listed: ${error.message}`));
    }
    return { ...result, tools: kept };
  }

  /** Returns where the tool is as it was pinned, or a person has approved the change. @throws {DeniedError} */
  async trusted(name: string, signal: AbortSignal, tell: (message: string) => void): Promise<void> {
    // What a client has listed may be an hour old: the first call after each change looks for itself.
    await (this.#fresh ??= this.#look());
    const tool = this.#tools.get(name);
    if (!tool || await this.pins.holds(this.settings.name, name, fingerprint(tool)))
      return;
    tell(`The tool ${name} has changed: waiting for a person.`);
    await Promise.race([this.#ask(tool, tell), aborted(signal)]);
  }

  async #look(): Promise<void> {
    try {
      const tools = await this.list();
      this.#tools = new Map((tools ?? []).map(tool => [String(tool.name), tool]));
    } catch (error) {
      this.#fresh = undefined;
      throw error;
    }
  }

  /** One question for each change, however many wait for its answer. */
  #ask(tool: Tool, tell: (message: string) => void): Promise<void> {
    const print = fingerprint(tool);
    let asking = this.#asking.get(print);
    if (!asking) {
      asking = this.#question(tool, print, tell).finally(() => this.#asking.delete(print));
      this.#asking.set(print, asking);
    }
    return asking;
  }

  async #question(tool: Tool, print: string, tell: (message: string) => void): Promise<void> {
    const { client, name, approvalTimeout } = this.settings;
    const permit = await client.gate({
      method: 'POST', url: 'mcp://interven-guard/mcp_tool_changed', runtimeType: 'mcp',
      body: { server: name, tool: tool.name, pinned: await this.pins.of(name, String(tool.name)), found: print, descriptor: tool },
    }, { approvalTimeout, onApprovalRequired: answer => tell(`The tool ${tool.name} has changed: waiting for approval ${answer.approvalId}.`) });
    if (!approved(permit))
      throw new DeniedError(
        `The tool ${tool.name} of ${name} is no longer the one that was pinned, and no policy asks a person about it. Apply policies/tool-drift.yaml, or remove the pin.`,
        ['MCP_TOOL_CHANGED'], permit.traceId);
    await this.pins.set(name, String(tool.name), print);
  }
}

const approved = (permit: Permit): boolean =>
  permit.approvalId !== undefined || (permit.answer?.reasonCodes.some(code => APPROVED.includes(code)) ?? false);

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const stop = (): void => reject(new ApprovalPendingError('The call was cancelled.', [], undefined));
    if (signal.aborted)
      stop();
    else
      signal.addEventListener('abort', stop, { once: true });
  });
}
