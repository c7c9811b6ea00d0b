export type { GuardSettings } from './calls.js';
export { fingerprint, Pins } from './pins.js';
export { Relay } from './relay.js';
