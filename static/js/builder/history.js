/**
 * What can be undone and redone, kept for this tab so that it survives a reload.
 * @import { Step } from "./types.d.ts"
 * @import { World } from "./world.js"
 */

import { compact } from "./posting.js";
import { browser } from "./world.js";

const MOST = 200;
const PAUSE = 1_000;
const LATER = 300;

/** @typedef {ReturnType<typeof createHistory>} History */

/**
 * @param {object} options
 * @param {number} options.person
 * @param {number} options.id of the posting
 * @param {World} [options.world]
 */
export function createHistory({ person, id, world = browser }) {
  const key = `jobdesc:history:${person}:${id}`;
  /** @type {{undo: Step[], redo: Step[]}} */
  const steps = world.session.read(key) ?? { undo: [], redo: [] };
  let waiting = () => {};

  function store() {
    waiting();
    while (!world.session.write(key, steps) && steps.undo.length + steps.redo.length) {
      (steps.redo.length ? steps.redo : steps.undo).shift();
    }
  }

  function touch() {
    waiting();
    waiting = world.later(store, LATER);
  }

  world.on("pagehide", store);

  return {
    get canUndo() {
      return steps.undo.length > 0;
    },
    get canRedo() {
      return steps.redo.length > 0;
    },
    /** A new step, or more of the last one. @param {Omit<Step, "at">} made @returns {Step} */
    add(made) {
      const step = { ...made, at: world.now() };
      const last = steps.undo.at(-1);
      const more = made.merge && last?.merge === made.merge && step.at - last.at <= PAUSE &&
        !steps.redo.length;
      const whole = more ? joined(last, step) : step;
      steps.redo = [];
      steps.undo = [...(more ? steps.undo.slice(0, -1) : steps.undo), whole].slice(-MOST);
      touch();
      return whole;
    },
    /** @param {"undo" | "redo"} way */
    take(way) {
      touch();
      return steps[way].pop() ?? null;
    },
    /** @param {"undo" | "redo"} way @param {Step} step */
    put(way, step) {
      steps[way].push(step);
      touch();
    },
  };
}

/**
 * @param {Step} last
 * @param {Step} step
 */
function joined(last, step) {
  return {
    ...last,
    at: step.at,
    changes: compact([...last.changes, ...step.changes]),
    inverse: compact([...step.inverse, ...last.inverse]),
  };
}
