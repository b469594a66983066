/**
 * The tabs of this browser that have the same posting open: who lives, and who saved.
 * @import { World } from "./world.js"
 */

import { newId } from "./posting.js";
import { browser } from "./world.js";

const KEY = "jobdesc:tab";
const PATIENCE = 150;

/** @typedef {ReturnType<typeof createTabs>} Tabs */

/**
 * @param {object} options
 * @param {number} options.id of the posting
 * @param {World} [options.world]
 */
export function createTabs({ id, world = browser }) {
  /** @type {string} */
  let tab = world.session.read(KEY) ?? newId();
  /** @type {Set<string>} */
  const others = new Set();
  let heardSaved = () => {};

  const send = world.channel(`jobdesc:posting:${id}`, ({ says, from }) => {
    if (says === "who") send({ says: "here", from: tab });
    if (says === "here") others.add(from);
    if (says === "saved") heardSaved();
  });
  send({ says: "who", from: tab });

  /** @type {Promise<ReadonlySet<string>>} */
  const ready = new Promise((resolve) => {
    world.later(() => {
      // This tab is a copy of one that lives: a duplicated tab has the storage of the first.
      if (others.has(tab)) tab = newId();
      world.session.write(KEY, tab);
      resolve(others);
    }, PATIENCE);
  });

  return {
    /** Final once `ready`. */
    get id() {
      return tab;
    },
    /** The ids of the other tabs, once they had time to answer. */
    ready,
    saved: () => send({ says: "saved", from: tab }),
    /** @param {() => void} listener */
    onSaved(listener) {
      heardSaved = listener;
    },
  };
}
