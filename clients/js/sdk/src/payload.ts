import { UnscannableError } from './errors.js';

const DEEPEST = 64;

/** What a call carries, as the JSON that the gateway sees. */
export interface Payload {
  /** A copy that nobody else holds. */
  readonly value: unknown;
  readonly text: string;
}

/**
 * The value as JSON, or not at all: what JSON would leave out (a Map, bytes, a function) would reach the tool unseen.
 * @throws {UnscannableError}
 */
export function payloadOf(value: unknown, what = 'The arguments'): Payload {
  check(value, what, 0, new Set());
  const text = JSON.stringify(value) ?? 'null';
  return { value: JSON.parse(text), text };
}

/** Whether a value still is what was asked about. */
export function unchanged(value: unknown, asked: Payload): boolean {
  return (JSON.stringify(value) ?? 'null') === asked.text;
}

function check(value: unknown, what: string, depth: number, above: Set<object>): void {
  if (depth > DEEPEST)
    throw new UnscannableError(`${what} are nested more than ${DEEPEST} deep.`);
  switch (typeof value) {
    case 'string': case 'boolean': case 'undefined':
      return;
    case 'number':
      if (!Number.isFinite(value))
        throw new UnscannableError(`${what} contain a number that JSON cannot carry.`);
      return;
    case 'object':
      return value === null ? undefined : checkObject(value, what, depth, above);
    default:
      throw new UnscannableError(`${what} contain a ${typeof value}, which JSON cannot carry.`);
  }
}

function checkObject(value: object, what: string, depth: number, above: Set<object>): void {
  if (above.has(value))
    throw new UnscannableError(`${what} contain themselves.`);
  if (value instanceof Date)
    return;
  const prototype = Object.getPrototypeOf(value);
  const plain = Array.isArray(value) || prototype === null || prototype === Object.prototype || Object.getPrototypeOf(prototype) === null;
  if (!plain || 'toJSON' in value || Object.getOwnPropertySymbols(value).some(key => Object.prototype.propertyIsEnumerable.call(value, key)))
    throw new UnscannableError(`${what} contain a ${value.constructor?.name ?? 'value'}, which JSON does not carry whole.`);
  above.add(value);
  for (const item of Object.values(value))
    check(item, what, depth + 1, above);
  above.delete(value);
}
