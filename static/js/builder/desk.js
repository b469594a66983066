/**
 * The posting being edited: what the server has, what is on its way there, and what waits here.
 * @import {
 *   Batch, Change, CoreDesk, DeskEvent, EditOptions, Posting, ServerState, Step, Unsent,
 * } from "./types.d.ts"
 * @import { History } from "./history.js"
 */

import {
  apply,
  applyOne,
  clean,
  compact,
  controlOf,
  invert,
  replay,
  same,
  textAt,
  tidy,
} from "./posting.js";
import { addedInVain, COMES_BACK, setting, spared } from "./replay.js";

const MOST_CHANGES = 1_000;
const STAYS = "Someone changed some of this meanwhile. That part stays as it is.";

/**
 * @param {object} options
 * @param {ServerState} options.state
 * @param {History} options.history
 * @returns {CoreDesk}
 */
export function createDesk({ state, history }) {
  let { posting: server, counter, template } = state;
  let posting = server;
  /** @type {readonly Batch[]} */
  let batches = [];
  /** @type {readonly Change[]} */
  let pending = [];
  /** @type {Map<string, readonly string[]>} */
  const contests = new Map();
  /** @type {Map<string, string>} */
  const refusals = new Map();
  /** @type {((event: DeskEvent) => void)[]} */
  const listeners = [];

  /**
   * @param {DeskEvent["cause"]} cause
   * @param {Posting} before
   * @param {Step | null} [step]
   * @param {readonly string[]} [notes]
   */
  function tell(cause, before, step = null, notes = []) {
    for (const listener of listeners) listener({ cause, posting, before, step, notes });
  }

  /** @param {Unsent} unsent */
  function contestAgain(unsent) {
    for (const { control, theirs } of unsent.contests) {
      contests.set(control, [...contests.get(control) ?? [], theirs]);
    }
  }

  /** Forgets contests and refusals of what is settled. */
  function prune() {
    for (const [control, texts] of contests) {
      const mine = textAt(posting, control);
      const others = new Set(mine === null ? [] : texts);
      others.delete(mine ?? "");
      if (others.size) contests.set(control, [...others]);
      else contests.delete(control);
    }
    for (const control of refusals.keys()) {
      if (!pending.some((change) => controlOf(change) === control)) refusals.delete(control);
    }
  }

  /**
   * Makes changes that are known to fit.
   * @param {DeskEvent["cause"]} cause
   * @param {readonly Change[]} changes
   * @param {Step | null} step
   * @param {readonly string[]} [notes]
   */
  function make(cause, changes, step, notes) {
    const before = posting;
    posting = apply(posting, changes).posting;
    for (const change of changes) refusals.delete(controlOf(change));
    pending = compact([...pending, ...changes]);
    prune();
    tell(cause, before, step, notes);
  }

  /**
   * Puts my changes on what the server has now.
   * @param {DeskEvent["cause"]} cause
   * @param {readonly string[]} [notes]
   * @param {Posting} [here] the posting as it was on the screen
   */
  function rebuild(cause, notes = [], here = posting) {
    const before = posting;
    const sent = replay(server, onTheWay(batches), here);
    const mine = replay(sent.posting, compact(pending), here, contests);
    ({ posting, changes: pending } = mine);
    prune();
    tell(cause, before, null, [...notes, ...mine.notes]);
  }

  /** @param {ServerState} news */
  function know(news) {
    for (const [control, texts] of contests) {
      const was = textAt(server, control);
      const stands = was === textAt(news.posting, control);
      contests.set(control, texts.filter((text) => stands || text !== was));
    }
    ({ posting: server, counter, template } = news);
    const list = new Intl.ListFormat("en");
    return news.others.map(({ who, parts }) => `${who} edited ${list.format(parts)}`);
  }

  /** @param {readonly Change[]} changes of the oldest batch, that wait here again */
  function back(changes) {
    const [{ carried }, next, ...rest] = batches;
    const all = [...carried, ...changes];
    if (next) batches = [{ ...next, carried: [...all, ...next.carried] }, ...rest];
    else [batches, pending] = [[], compact([...all, ...pending])];
  }

  /** What waits, without what is contested or refused, and without what only stands on that. */
  function free() {
    const open = pending.filter((change) => {
      const control = controlOf(change);
      return !contests.has(control) && !refusals.has(control);
    });
    const there = apply(server, onTheWay(batches)).posting;
    const { conflicts } = apply(there, open);
    return open.filter((_change, index) => !conflicts.includes(index)).slice(0, MOST_CHANGES);
  }

  /** @param {readonly Change[]} changes without the removal of what is contested */
  function spare(changes) {
    return changes.flatMap((change) => spared(posting, change, contests) ?? [change]);
  }

  /**
   * @param {string} label
   * @param {readonly Change[]} changes
   * @param {EditOptions} [options]
   */
  function edit(label, changes, { merge = "", spot = null } = {}) {
    const asked = spare(changes);
    const fit = replay(posting, tidy(asked), posting);
    if (!fit.changes.length) return;
    const inverse = invert(posting, fit.changes);
    const step = history.add({ label, changes: fit.changes, inverse, spot, merge });
    make("edit", fit.changes, step, same(asked, changes) ? [] : [COMES_BACK]);
  }

  /**
   * Puts changes that were made elsewhere on the screen.
   * @param {readonly Change[]} made
   * @param {Posting} here the posting as it was there
   * @param {string} [label] of a step to undo
   */
  function bring(made, here, label) {
    const { changes, notes } = replay(posting, made, here, contests);
    const inverse = invert(posting, changes);
    const step = label ? history.add({ label, changes, inverse, spot: null, merge: "" }) : null;
    make("restore", changes, step, notes);
  }

  /** @param {"undo" | "redo"} way */
  function travel(way) {
    const step = history.take(way);
    if (!step) return;
    const wanted = way === "undo" ? step.inverse : step.changes;
    const asked = spare(wanted);
    const { conflicts } = apply(posting, asked);
    const fit = effective(posting, asked);
    const inverse = invert(posting, fit);
    if (inverse.length) {
      if (way === "undo") history.put("redo", { ...step, changes: inverse, inverse: fit });
      else history.put("undo", { ...step, changes: fit, inverse });
    }
    make(way, fit, step, conflicts.length || !same(asked, wanted) ? [STAYS] : []);
  }

  /** @type {CoreDesk} */
  const desk = {
    get posting() {
      return posting;
    },
    get counter() {
      return counter;
    },
    get template() {
      return template;
    },
    get canUndo() {
      return history.canUndo;
    },
    get canRedo() {
      return history.canRedo;
    },
    get contests() {
      return [...contests].flatMap(([control, texts]) => {
        const mine = textAt(posting, control) ?? "";
        return texts.map((theirs) => ({ control, mine, theirs }));
      });
    },
    get refusals() {
      return [...refusals].map(([control, message]) => ({ control, message }));
    },
    get unsaved() {
      return batches.length > 0 || pending.some((change) => !refusals.has(controlOf(change)));
    },
    get batch() {
      return batches[0] ?? null;
    },
    get sendable() {
      return free().length > 0;
    },
    get unsent() {
      const some = batches.length + pending.length > 0;
      return some ? { batches, pending, contests: desk.contests, here: posting } : null;
    },
    edit,
    undo: () => travel("undo"),
    redo: () => travel("redo"),
    settle(control, text) {
      const before = textAt(posting, control) ?? "";
      contests.set(control, contests.get(control)?.slice(1) ?? []);
      prune();
      if (before === clean(text)) return tell("edit", posting);
      edit("Choosing a text", [setting(control, before, text)]);
    },
    onChange(listener) {
      listeners.push(listener);
    },
    outgoing(save, room = Infinity) {
      let left = room;
      const open = free();
      const cut = open.findIndex((change) => (left -= weight(change)) < 0);
      const changes = cut < 0 ? open : open.slice(0, cut);
      if (!changes.length) return null;
      const batch = { save, changes, carried: [] };
      batches = [...batches, batch];
      pending = pending.filter((change) => !changes.includes(change));
      return batch;
    },
    taken(answer) {
      const { changes } = batches[0];
      const notes = know(answer);
      const refused = new Map(answer.refused.map(({ index, message }) => [index, message]));
      const later = [...onTheWay(batches.slice(1)), ...pending].map(controlOf);
      /** @type {Set<string>} */
      const held = new Set();
      changes.forEach((change, index) => {
        const control = controlOf(change);
        const message = refused.get(index);
        // A level whose text is out of date can not wait here: all else would stand on it.
        if (message && control === "level") return notes.push(message);
        if (message && !later.includes(control)) refusals.set(control, message);
        const vain = addedInVain(server, change)?.length;
        if (message || vain || answer.conflicts.includes(index)) held.add(control);
      });
      back(changes.filter((change) => held.has(controlOf(change))));
      rebuild("server", notes);
    },
    failed() {
      if (batches.length) back(batches[0].changes);
    },
    install(news) {
      if (batches.length || news.counter <= counter) return;
      rebuild("server", know(news));
    },
    resume(unsent) {
      const typed = pending;
      const here = posting;
      batches = [...batches, ...unsent.batches];
      pending = unsent.pending;
      contestAgain(unsent);
      rebuild("restore", [], unsent.here);
      if (typed.length) bring(typed, here);
    },
    keep(unsent) {
      contestAgain(unsent);
      bring(all(unsent), unsent.here, "Recovered changes");
    },
    matters(unsent) {
      const fit = replay(posting, all(unsent), unsent.here);
      return same(fit.posting, posting) ? 0 : fit.changes.length;
    },
  };
  return Object.freeze(desk);
}

/**
 * Those of the changes that make a difference as they are.
 * @param {Posting} posting
 * @param {readonly Change[]} changes
 */
function effective(posting, changes) {
  let now = posting;
  return changes.filter((change) => {
    const next = applyOne(now, change);
    const differs = next && next !== now;
    now = next ?? now;
    return differs;
  });
}

/** @param {readonly Batch[]} batches */
function onTheWay(batches) {
  return batches.flatMap(({ carried, changes }) => [...carried, ...changes]);
}

/** @param {Unsent} unsent */
function all({ batches, pending }) {
  return [...onTheWay(batches), ...pending];
}

/** @param {Change} change */
function weight(change) {
  return new Blob([JSON.stringify(change)]).size + 1;
}
