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
  const tab = newId();
  /** @type {string | null} */
  const former = world.session.read(KEY);
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
      world.session.write(KEY, tab);
      resolve(others);
    }, PATIENCE);
  });

  return {
    /** Of this load of the page alone, so that no other tab ever has it. */
    id: tab,
    /** The id of the load before this one in the same tab, or of the tab that this one copies. */
    former,
    /** The ids of the other tabs, once they had time to answer. */
    ready,
    saved: () => send({ says: "saved", from: tab }),
    /** @param {() => void} listener */
    onSaved(listener) {
      heardSaved = listener;
    },
  };
}
