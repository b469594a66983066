/**
 * Lists of changes on their way to the server.
 * @import { Batch, Change, Posting, Unsent } from "./types.d.ts"
 */

import { applyOne } from "./posting.js";

/**
 * Those of the changes that make a difference as they are.
 * @param {Posting} posting
 * @param {readonly Change[]} changes
 */
export function effective(posting, changes) {
  let now = posting;
  return changes.filter((change) => {
    const next = applyOne(now, change);
    const differs = next && next !== now;
    now = next ?? now;
    return differs;
  });
}

/** @param {readonly Batch[]} batches */
export function onTheWay(batches) {
  return batches.flatMap(({ carried, changes }) => [...carried, ...changes]);
}

/** @param {Unsent} unsent */
export function allOf({ batches, pending }) {
  return [...onTheWay(batches), ...pending];
}

/**
 * The first of the changes, as many as `room` bytes hold.
 * @param {readonly Change[]} changes
 * @param {number} room
 */
export function fitting(changes, room) {
  let left = room;
  const cut = changes.findIndex((change) => (left -= weight(change)) < 0);
  return cut < 0 ? changes : changes.slice(0, cut);
}

/** @param {Change} change */
function weight(change) {
  return new Blob([JSON.stringify(change)]).size + 1;
}
