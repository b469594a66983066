/** What the core asks of the browser: time, storage, network. Tests pass one of their own. */

import { openVault } from "./vault.js";

/** @import { Vault } from "./vault.js" */

const TIMEOUT = 30_000;

/**
 * @typedef {object} Store
 * @property {(key: string) => any} read null where there is nothing, or nothing that can be read
 * @property {(key: string, value: unknown) => boolean} write whether it was kept
 * @property {(key: string) => void} remove
 * @property {() => string[]} keys
 */

/**
 * @typedef {object} World
 * @property {() => number} now
 * @property {(act: () => void, milliseconds: number) => () => void} later returns what calls it off
 * @property {typeof fetch} fetch
 * @property {Store} local
 * @property {Store} session
 * @property {Vault} vault
 * @property {(name: string, hear: (message: any) => void) => (message: unknown) => void} channel
 * @property {(event: string, act: (event: any) => void) => void} on
 * @property {() => boolean} visible
 * @property {() => boolean} online
 */

/**
 * Storage that does without where the browser forbids it or has no room.
 * @param {() => Storage} open
 * @returns {Store}
 */
export function storeIn(open) {
  /** @template T @param {(storage: Storage) => T} act @param {T} otherwise */
  function attempt(act, otherwise) {
    try {
      return act(open());
    } catch (error) {
      if (error instanceof DOMException || error instanceof SyntaxError) return otherwise;
      throw error;
    }
  }
  return {
    read: (key) => attempt((storage) => JSON.parse(storage.getItem(key) ?? "null"), null),
    write: (key, value) =>
      attempt((storage) => {
        storage.setItem(key, JSON.stringify(value));
        return true;
      }, false),
    remove: (key) => attempt((storage) => storage.removeItem(key), undefined),
    keys: () => attempt((storage) => Object.keys(storage), []),
  };
}

/** @type {World} */
export const browser = {
  now: () => Date.now(),
  later(act, milliseconds) {
    const timer = setTimeout(act, milliseconds);
    return () => clearTimeout(timer);
  },
  fetch: (input, init) => fetch(input, { signal: AbortSignal.timeout(TIMEOUT), ...init }),
  local: storeIn(() => localStorage),
  session: storeIn(() => sessionStorage),
  vault: openVault(),
  channel(name, hear) {
    const channel = new BroadcastChannel(name);
    channel.addEventListener("message", (event) => hear(event.data));
    return (message) => channel.postMessage(message);
  },
  on: (event, act) => addEventListener(event, act),
  visible: () => document.visibilityState === "visible",
  online: () => navigator.onLine,
};
