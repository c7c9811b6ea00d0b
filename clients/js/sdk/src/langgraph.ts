import type { StructuredToolInterface } from '@langchain/core/tools';
import { ToolNode } from '@langchain/langgraph/prebuilt';
import type { IntervenClient, ScanRequest } from './client.js';
import { ConfigurationError, IntervenError, UnscannableError, wordsForModel } from './errors.js';
import type { GateOptions } from './gate.js';
import { requestFor } from './guard.js';
import { screen, type ResponseMode } from './responses.js';

export interface GuardedToolOptions extends Omit<GateOptions, 'idempotencyKey' | 'signal'> {
  client: IntervenClient;
  /** `return_message` (default): the model is told why, and goes on. `raise`: the error is thrown; a tool node may still turn it into a message. */
  onBlock?: 'return_message' | 'raise';
  /** What to do with the tool's result: `off` (default), `report` or `redact`. */
  responses?: ResponseMode;
  /** More of the request, such as the real `url` that the tool calls. */
  request?: Partial<ScanRequest> | ((args: unknown) => Partial<ScanRequest>);
}

type Run = (args: unknown, runManager?: unknown, config?: { signal?: AbortSignal }) => unknown;

/**
 * The tool behind the gate: the same name, schema and description; it runs with what was allowed, waits for a person where one must decide, in the same turn,
 * and runs with the sanitised or edited arguments where the answer has some.
 */
export function guardTool<T extends StructuredToolInterface>(tool: T, options: GuardedToolOptions): T {
  const inner = tool as unknown as { _call?: Run; name: string; responseFormat?: string };
  if (typeof inner._call !== 'function')
    throw new ConfigurationError(`${tool.name} is no LangChain tool that can be guarded.`);
  const guarded: Run = async (args, runManager, config) => {
    try {
      const request = typeof options.request === 'function' ? options.request(args) : options.request;
      const permit = await options.client.gate({ ...requestFor(options.client, inner.name, { request }, 'langgraph'), body: args }, { ...options, signal: config?.signal });
      const effective = permit.decision === 'ALLOW' ? args : fitting(permit.body, args);
      const result = await inner._call!.call(tool, effective, runManager, config);
      return await screen(options.client, permit, result, options.responses, config?.signal);
    } catch (error) {
      if (options.onBlock === 'raise' || !(error instanceof IntervenError))
        throw error;
      return inner.responseFormat === 'content_and_artifact' ? [wordsForModel(error), undefined] : wordsForModel(error);
    }
  };
  // The tool itself with another way to run: whatever asks it for its name, schema or kind sees no difference.
  return Object.create(tool, { _call: { value: guarded } }) as T;
}

/** A tool node whose every tool is behind the gate. */
export function intervenToolNode(
  tools: StructuredToolInterface[], options: GuardedToolOptions & { name?: string; handleToolErrors?: boolean },
): ToolNode {
  const { name, handleToolErrors, ...guarded } = options;
  return new ToolNode(tools.map(tool => guardTool(tool, guarded)), { name, handleToolErrors });
}

/** Sanitised arguments keep their kind: a tool that takes an object is not run with anything else. */
function fitting(body: unknown, args: unknown): unknown {
  const kind = (value: unknown): string => Array.isArray(value) ? 'array' : value === null ? 'null' : typeof value;
  if (kind(body) !== kind(args))
    throw new UnscannableError('The sanitised arguments do not fit the tool.');
  return body;
}
