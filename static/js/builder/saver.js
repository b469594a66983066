/**
 * Sends changes to the server by itself, one save at a time, and asks what others changed.
 * @import { Batch, CoreDesk, SaveAnswer, SaveState } from "./types.d.ts"
 * @import { Tabs } from "./tabs.js"
 * @import { World } from "./world.js"
 */

import { browser } from "./world.js";

const PAUSE = 800;
const SLOW = 400;
const POLL = 10_000;
const FLUSH = 10_000;
const DELAYS = [5, 10, 20, 30];
/** What a request may weigh that outlives its page, in bytes. */
const ROOM = 60_000;

const SAVED = "All changes saved";
const OFFLINE = "Offline. Changes are kept on this device";
const TO_CHOOSE = "Some changes wait for your choice";
const NOT_TAKEN = "Some changes could not be saved";
const SIGNED_OUT = "You are signed out. Changes are kept on this device";
const GONE = "This posting was removed. Your changes are kept on this device";

/** @typedef {ReturnType<typeof createSaver>} Saver */

/**
 * @param {object} options
 * @param {CoreDesk} options.desk
 * @param {Tabs} options.tabs
 * @param {number} options.id of the posting
 * @param {string} options.csrf
 * @param {(state: SaveState) => void} options.onState
 * @param {World} [options.world]
 */
export function createSaver({ desk, tabs, id, csrf, onState, world = browser }) {
  const address = `/postings/${id}/`;
  let token = csrf;
  let number = world.now();
  let started = false;
  let busy = false;
  let polling = false;
  let halted = false;
  let renewed = false;
  let hurry = false;
  let tries = 0;
  let said = "";
  /** @type {(() => void) | null} */
  let retrying = null;
  let callOff = () => {};
  /** @type {((saved: boolean) => void)[]} */
  let waiters = [];

  /** @param {string} text @param {Partial<SaveState>} [more] */
  function say(text, more) {
    const state = { text, retry: false, signedOut: false, gone: false, ...more };
    if (said === (said = JSON.stringify(state))) return;
    onState(state);
  }

  /** @param {boolean} saved */
  function settle(saved) {
    hurry = false;
    const waiting = waiters;
    waiters = [];
    for (const done of waiting) done(saved);
  }

  function rest() {
    const held = desk.refusals.length ? NOT_TAKEN : desk.unsaved ? TO_CHOOSE : "";
    say(held || SAVED);
    settle(!held);
  }

  /** @param {Partial<SaveState>} why */
  function halt(why) {
    halted = true;
    say(why.gone ? GONE : SIGNED_OUT, { ...why, retry: why.gone === true });
    settle(false);
  }

  /** @param {boolean} offline @param {number} [seconds] */
  function tryAgain(offline, seconds = DELAYS[Math.min(tries, 3)]) {
    const due = world.now() + seconds * 1_000;
    const retry = ++tries >= DELAYS.length;
    function tick() {
      const left = Math.ceil((due - world.now()) / 1_000);
      if (left <= 0) return next();
      say(offline ? OFFLINE : `Could not save. Trying again in ${left} s`, { retry });
      retrying = world.later(tick, 1_000);
    }
    tick();
    settle(false);
  }

  /**
   * An answer; status 0 where there was none, 503 where it came too late or from something else.
   * @param {string} path
   * @param {RequestInit} [init]
   */
  async function ask(path, init) {
    try {
      const answer = await world.fetch(address + path, init);
      const body = answer.status === 204 ? null : await answer.json();
      // Someone else has signed in meanwhile, under whose name these words are not to be saved.
      if (body?.person && body.person !== desk.person) return { status: 401, body: null, wait: 0 };
      return { status: answer.status, body, wait: Number(answer.headers.get("Retry-After")) };
    } catch (error) {
      if (error instanceof TypeError) return { status: 0, body: null, wait: 0 };
      if (!(error instanceof SyntaxError || error instanceof DOMException)) throw error;
      return { status: 503, body: null, wait: 0 };
    }
  }

  /** @param {Batch} batch */
  function post({ save, changes }) {
    const body = JSON.stringify({ save, counter: desk.counter, changes });
    const headers = { "Content-Type": "application/json", "X-CSRFToken": token };
    const keepalive = new Blob([body]).size <= ROOM;
    return ask("changes", { method: "POST", headers, body, keepalive });
  }

  /** @param {number} [room] */
  function outgoing(room) {
    return desk.outgoing(`${tabs.id}-${++number}`, room);
  }

  /** Sends what waits, unless something is out. @param {number} [room] */
  async function next(room) {
    if (busy || !started) return;
    callOff();
    retrying?.();
    retrying = null;
    if (halted) return settle(false);
    // What is too large to outlive the page is sent all the same.
    const batch = desk.batch ?? outgoing(room) ?? (room ? outgoing() : null);
    if (!batch) return rest();
    if (!world.online()) return tryAgain(true);
    busy = true;
    const calm = world.later(() => say("Saving..."), SLOW);
    const answer = await post(batch);
    calm();
    busy = false;
    await deal(answer, batch.save);
  }

  /**
   * @param {Awaited<ReturnType<typeof ask>>} answer
   * @param {string} [save]
   * @returns {Promise<void> | void}
   */
  function deal({ status, body, wait }, save = "") {
    if (status === 200) return taken(body, save);
    if (status === 401) return halt({ signedOut: true });
    if (status === 404) return halt({ gone: true });
    if (status === 400 && !renewed) return renew();
    if (!status || status === 429 || status >= 500) return tryAgain(!status, wait || undefined);
    desk.failed(save);
    say(`Could not save. ${body.message}`, { retry: true });
    settle(false);
  }

  /** @param {SaveAnswer} answer @param {string} save */
  function taken(answer, save) {
    tries = 0;
    renewed = false;
    token = answer.csrf;
    desk.taken(answer, save);
    tabs.saved();
    if (hurry || !world.visible()) next(world.visible() ? undefined : ROOM);
    else if (!desk.batch && !desk.sendable) rest();
  }

  /** Goes on with a new token: the old one has run out, or is of another session. */
  async function renew() {
    renewed = true;
    busy = true;
    const answer = await ask("state?since=0");
    busy = false;
    if (answer.status !== 200) return deal(answer);
    token = answer.body.csrf;
    await next();
  }

  async function poll() {
    if (busy || polling || halted || !started || desk.batch || !world.visible()) return;
    polling = true;
    const { status, body } = await ask(`state?since=${desk.counter}&tab=${tabs.id}`);
    polling = false;
    if (status === 401 || status === 404) {
      return halt({ signedOut: status === 401, gone: status === 404 });
    }
    if (status !== 200) return;
    token = body.csrf;
    desk.install(body);
  }

  function beat() {
    poll();
    world.later(beat, POLL);
  }

  function schedule() {
    if (busy || halted || retrying || !started || !(desk.batch || desk.sendable)) return;
    say("");
    callOff();
    callOff = world.later(next, PAUSE);
  }

  /** @param {Event} event */
  function leave({ type }) {
    if (!busy) return next(ROOM);
    // One more than should be out: there is no later. Where the page returns, it is sent again.
    const last = type === "pagehide" && outgoing(ROOM);
    if (last) post(last);
  }

  function now() {
    hurry = true;
    return next();
  }

  desk.onChange(schedule);
  tabs.onSaved(poll);
  world.on("focusout", () => !retrying && desk.sendable && next());
  world.on("online", () => retrying && next());
  world.on("focus", poll);
  world.on("pagehide", leave);
  world.on("visibilitychange", (event) => world.visible() ? poll() : leave(event));
  world.later(beat, POLL);

  return {
    /** The token that requests carry now. */
    get csrf() {
      return token;
    },
    /** Begins to send, once what former visits left has its place before what is new. */
    start() {
      if (started) return;
      started = true;
      if (hurry) next();
      else schedule();
    },
    /** Sends at once; true where the server then has everything. At most ten seconds. */
    flush() {
      return new Promise((/** @type {(saved: boolean) => void} */ resolve) => {
        const giveUp = world.later(() => resolve(false), FLUSH);
        waiters.push((saved) => {
          giveUp();
          resolve(saved);
        });
        now();
      });
    },
    now,
    retry() {
      halted = false;
      return now();
    },
    /** Goes on after signing in again. */
    async resume() {
      halted = false;
      await renew();
    },
  };
}
