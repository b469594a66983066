// A server for the builder's core: a posting, its counter, and the saves that were kept.

import { apply } from "../../../static/js/builder/posting.js";

/** @import { Change, Posting } from "../../../static/js/builder/types.d.ts" */

/**
 * @param {Posting} start
 * @param {object} [options]
 * @param {(change: Change) => string} [options.refuse] a message for what cannot be kept
 */
export function createServer(start, { refuse = () => "" } = {}) {
  let posting = start;
  let counter = 1;
  /** @type {Map<string, {conflicts: number[], refused: {index: number, message: string}[]}>} */
  const saves = new Map();
  /** @type {{save: string, changes: Change[], keepalive: boolean}[]} */
  const received = [];

  const server = {
    csrf: "token",
    person: 7,
    received,
    get posting() {
      return posting;
    },
    state() {
      const { csrf, person } = server;
      return { posting, counter, template: {}, csrf, person, others: [] };
    },

    /** @param {string} save @param {Change[]} changes */
    save(save, changes) {
      const sent = `${save} ${JSON.stringify(changes)}`;
      const former = saves.get(sent);
      if (former) return former;
      const outcome = {
        conflicts: /** @type {number[]} */ ([]),
        refused: /** @type {any[]} */ ([]),
      };
      const before = posting;
      changes.forEach((change, index) => {
        const message = refuse(change);
        if (message) return outcome.refused.push({ index, message });
        const done = apply(posting, [change]);
        if (done.conflicts.length) outcome.conflicts.push(index);
        posting = done.posting;
      });
      if (posting !== before) {
        counter++;
        saves.set(sent, outcome);
      }
      return outcome;
    },

    /** @param {string} path @param {RequestInit} [init] */
    answer(path, init) {
      if (!init?.body) {
        const since = Number(path.match(/since=(\d+)/)?.[1]);
        return since === counter ? answer(204, null) : answer(200, server.state());
      }
      const headers = /** @type {Record<string, string>} */ (init.headers);
      if (headers["X-CSRFToken"] !== server.csrf) return answer(400, { message: "Too long open." });
      const { save, changes } = JSON.parse(String(init.body));
      received.push({ save, changes, keepalive: Boolean(init.keepalive) });
      const outcome = server.save(save, changes);
      return answer(200, { ...server.state(), ...outcome });
    },
  };
  return server;
}

/**
 * @param {number} status
 * @param {unknown} body
 * @param {Record<string, string>} [headers]
 */
export function answer(status, body, headers = {}) {
  const text = JSON.stringify(body);
  return {
    status,
    headers: { get: (/** @type {string} */ name) => headers[name] ?? null },
    json: () => Promise.resolve(JSON.parse(text)),
  };
}
