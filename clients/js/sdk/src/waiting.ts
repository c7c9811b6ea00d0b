import { setTimeout as pause } from 'node:timers/promises';
import type { ApprovalOutcome } from './answers.js';
import type { IntervenClient } from './client.js';
import { UnavailableError } from './errors.js';
import { retryDelay } from './retry.js';

export interface WaitOptions {
  /** Milliseconds; absent, as long as the approval lives. */
  timeout?: number;
  signal?: AbortSignal;
}

/** What the gateway holds an answer for at most. */
const LONGEST_HOLD = 110;

/** Milliseconds by which an answer may come before its time without having been let go of. */
const EARLY = 1_500;

/** A gateway that restarts is waited for this long past the approval's own end. */
const GRACE = 30_000;

export async function waitForApproval(client: IntervenClient, approvalId: string, options: WaitOptions): Promise<ApprovalOutcome> {
  const end = options.timeout === undefined ? Infinity : Date.now() + options.timeout;
  let last: ApprovalOutcome = { status: 'pending' };
  for (let failures = 0, early = 0; ;) {
    const asked = Date.now();
    const left = Math.max(0, end - asked);
    const hold = Math.min(LONGEST_HOLD, Math.ceil(left / 1000));
    try {
      last = await client.approvalStatus(approvalId, hold, { signal: cut(options.signal, left), retries: 0 });
      failures = 0;
    } catch (error) {
      options.signal?.throwIfAborted();
      if (Date.now() >= end)
        return last;
      if (!(error instanceof UnavailableError) || hopeless(client, last, failures++))
        throw error;
      await rest(retryDelay(failures) ?? 0, left, options.signal);
      continue;
    }
    if (last.status !== 'pending' || Date.now() >= end)
      return last;
    // A gateway that stops lets go of those who wait before their time: they come back, but not in a rush.
    early = Date.now() - asked < hold * 1000 - EARLY ? early + 1 : 0;
    if (early > 0)
      await rest(retryDelay(early) ?? 0, end - Date.now(), options.signal);
  }
}

async function rest(wanted: number, left: number, signal: AbortSignal | undefined): Promise<void> {
  await pause(Math.max(0, Math.min(wanted, left)), undefined, { signal }).catch(() => signal?.throwIfAborted());
}

/** The hold is whole seconds; what is left of the last one ends here. No time at all is one look. */
function cut(signal: AbortSignal | undefined, left: number): AbortSignal | undefined {
  if (left === Infinity || left === 0)
    return signal;
  const timeUp = AbortSignal.timeout(Math.ceil(left));
  return signal ? AbortSignal.any([signal, timeUp]) : timeUp;
}

function hopeless(client: IntervenClient, last: ApprovalOutcome, failures: number): boolean {
  return last.expiresAt ? Date.now() > Date.parse(last.expiresAt) + GRACE : failures >= client.settings.retries;
}
