// A browser for the builder's core, in which time passes only when a test says so.

/** @import { Store, World } from "../../../static/js/builder/world.js" */
/** @import { Vault } from "../../../static/js/builder/vault.js" */

/**
 * Storage of one person's browser, or of one of its tabs.
 * @param {Map<string, string>} kept
 * @param {{room: number}} limits
 * @returns {Store}
 */
export function storeOf(kept, limits = { room: Infinity }) {
  return {
    read: (key) => JSON.parse(kept.get(key) ?? "null"),
    write(key, value) {
      const text = JSON.stringify(value);
      if (text.length > limits.room) return false;
      kept.set(key, text);
      return true;
    },
    remove: (key) => void kept.delete(key),
    keys: () => [...kept.keys()],
  };
}

/** A vault that is read and written a little later. @param {Map<string, string>} kept @returns {Vault} */
function vaultOf(kept) {
  return {
    async read() {
      await null;
      return new Map([...kept].map(([key, text]) => [key, JSON.parse(text)]));
    },
    write: (key, value) => void kept.set(key, JSON.stringify(value)),
    remove: (key) => void kept.delete(key),
  };
}

/** Time, with what is due in it. */
export function createClock() {
  let now = Date.UTC(2026, 0, 1);
  let made = 0;
  /** @type {Map<number, {due: number, act: () => void}>} */
  const timers = new Map();

  /** @param {number} until */
  function first(until) {
    const due = [...timers].filter(([, timer]) => timer.due <= until);
    return due.sort(([a, one], [b, other]) => one.due - other.due || a - b)[0];
  }

  return {
    now: () => now,
    /** @param {() => void} act @param {number} wait */
    later(act, wait) {
      const id = ++made;
      timers.set(id, { due: now + wait, act });
      return () => void timers.delete(id);
    },
    /** @param {number} milliseconds */
    async pass(milliseconds) {
      const until = now + milliseconds;
      await settle();
      for (let next = first(until); next; next = first(until)) {
        timers.delete(next[0]);
        now = Math.max(now, next[1].due);
        next[1].act();
        await settle();
      }
      now = until;
    },
  };
}

/** Lets all that waits for nothing but an answer go on. */
export async function settle() {
  for (let turn = 0; turn < 40; turn++) await null;
}

/** The channels between the tabs of one browser. */
export function createChannels() {
  /** @type {Map<string, Set<(message: any) => void>>} */
  const ears = new Map();
  /** @param {string} name @param {(message: any) => void} hear @param {() => boolean} open */
  return (name, hear, open) => {
    const all = ears.get(name) ?? new Set();
    ears.set(name, all.add(hear));
    return (/** @type {unknown} */ message) => {
      if (!open()) return all.delete(hear);
      for (const other of all) {
        if (other !== hear) Promise.resolve().then(() => other(message));
      }
    };
  };
}

/**
 * One load of the page. `close` ends it: nothing that it asked for happens any more.
 * @param {object} options
 * @param {ReturnType<typeof createClock>} options.clock
 * @param {(path: string, init?: RequestInit) => Promise<any>} options.fetch
 * @param {Map<string, string>} [options.local]
 * @param {Map<string, string>} [options.session]
 * @param {Map<string, string>} [options.vault]
 * @param {{room: number}} [options.limits]
 * @param {ReturnType<typeof createChannels>} [options.channels]
 */
export function createTab({
  clock,
  fetch,
  local = new Map(),
  session = new Map(),
  vault = new Map(),
  limits,
  channels = createChannels(),
}) {
  let open = true;
  const shown = { visible: true, online: true };
  /** @type {Map<string, ((event: any) => void)[]>} */
  const acts = new Map();
  /** @type {World} */
  const world = {
    now: clock.now,
    later: (act, wait) => clock.later(() => open && act(), wait),
    fetch: (path, init) =>
      new Promise((resolve, reject) => {
        if (!open) return;
        const heard = (/** @type {(found: any) => void} */ act) => (/** @type {unknown} */ found) =>
          open && act(found);
        fetch(String(path), init).then(heard(resolve), heard(reject));
      }),
    local: storeOf(local, limits),
    session: storeOf(session, limits),
    vault: vaultOf(vault),
    channel: (name, hear) => channels(name, (message) => open && hear(message), () => open),
    on: (event, act) => void acts.set(event, [...(acts.get(event) ?? []), act]),
    visible: () => shown.visible,
    online: () => shown.online,
  };
  return {
    world,
    shown,
    local,
    session,
    /** @param {string} type */
    fire(type) {
      for (const act of acts.get(type) ?? []) act({ type });
    },
    close() {
      open = false;
    },
  };
}
