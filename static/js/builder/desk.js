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
  related,
  replay,
  same,
  textAt,
  tidy,
} from "./posting.js";
import { allOf, effective, fitting, onTheWay } from "./batches.js";
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
  let former = server;
  /** @type {readonly Batch[]} */
  let batches = [];
  /** @type {readonly Change[]} */
  let pending = [];
  /** @type {Map<string, readonly string[]>} */
  const contests = new Map();
  /** @type {Map<string, string>} */
  const refusals = new Map();
  /** @type {Parameters<CoreDesk["guard"]>[0]} */
  let refuses = () => false;
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

  /** @param {Unsent["contests"]} known */
  function contestAgain(known) {
    for (const { control, theirs } of known) {
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

  /** Forgets a text beside mine that was replaced on the server, by another one or by mine. */
  function dropReplaced() {
    for (const [control, texts] of contests) {
      const [was, is] = [textAt(former, control), textAt(server, control)];
      const replaced = was !== is && [texts.at(-1), textAt(posting, control)].includes(is ?? "");
      if (replaced) contests.set(control, texts.filter((text) => text !== was));
    }
    former = server;
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
   * Changes of mine on a posting, and words beside mine whose line or place is gone there.
   * @param {Posting} on
   * @param {readonly Change[]} changes
   * @param {Posting} here
   */
  function putOn(on, changes, here) {
    const mine = replay(on, changes, here, contests);
    const aside = [...contests]
      .filter(([control, texts]) => texts.length && textAt(mine.posting, control) === null)
      .map(([control, [text]]) => setting(control, "", text));
    const more = replay(mine.posting, aside, here);
    return {
      posting: more.posting,
      changes: [...mine.changes, ...more.changes],
      notes: [...mine.notes, ...more.notes],
    };
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
    const mine = putOn(sent.posting, compact(pending), here);
    posting = mine.posting;
    dropReplaced();
    pending = compact(mine.changes);
    prune();
    tell(cause, before, null, [...notes, ...mine.notes]);
  }

  /** @param {ServerState} news */
  function know(news) {
    former = server;
    ({ posting: server, counter, template } = news);
    const list = new Intl.ListFormat("en");
    return news.others.map(({ who, parts }) =>
      `${who} edited ${list.format(parts)}${who === "You" ? " in another window" : ""}`
    );
  }

  /**
   * Takes a batch from what is out; some of its changes wait here again.
   * @param {string} save
   * @param {(change: Change) => boolean} again
   */
  function back(save, again) {
    const index = batches.findIndex((batch) => batch.save === save);
    if (index < 0) return;
    const { carried, changes } = batches[index];
    const waiting = [...carried, ...changes.filter(again)];
    const next = batches[index + 1];
    batches = batches.toSpliced(index, 1);
    if (!next) pending = compact([...waiting, ...pending]);
    else batches = batches.with(index, { ...next, carried: [...waiting, ...next.carried] });
  }

  /** What waits, without what is contested or refused, and without what stands on that. */
  function free() {
    const sent = onTheWay(batches);
    const out = sent.map(controlOf);
    /** @type {string[]} */
    const held = [...contests.keys(), ...refusals.keys()];
    let there = apply(server, sent).posting;
    const open = pending.filter((change) => {
      const control = controlOf(change);
      // What comes back before its removal has arrived would come back in vain.
      const early = change.do.startsWith("add") && out.includes(control);
      const stands = early || held.some((each) => related(each, control));
      const next = stands ? null : applyOne(there, change);
      if (next) there = next;
      else held.push(control);
      return next;
    });
    return open.slice(0, MOST_CHANGES);
  }

  /** @param {readonly Change[]} changes without the removal of what is contested */
  function spare(changes) {
    let now = posting;
    return changes.flatMap((change) => {
      const left = spared(now, change, contests) ?? [change];
      now = apply(now, left).posting;
      return left;
    });
  }

  /**
   * @param {string} label
   * @param {readonly Change[]} changes
   * @param {EditOptions} [options]
   */
  function edit(label, changes, { merge = "", spot = null } = {}) {
    if (refuses(changes)) return;
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
    const { changes, notes } = putOn(posting, made, here);
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
    person: state.person,
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
      const waits = pending.some((change) => !refusals.has(controlOf(change)));
      return waits || batches.length + contests.size > 0;
    },
    get batch() {
      return batches[0] ?? null;
    },
    get sendable() {
      return free().length > 0;
    },
    get unsent() {
      const some = batches.length + pending.length + contests.size;
      return some ? { batches, pending, contests: desk.contests, here: posting } : null;
    },
    edit,
    guard: (refuse) => (refuses = refuse),
    undo: () => travel("undo"),
    redo: () => travel("redo"),
    settle(control, text, theirs = contests.get(control)?.[0]) {
      const before = textAt(posting, control) ?? "";
      contests.set(control, contests.get(control)?.filter((each) => each !== theirs) ?? []);
      prune();
      if (before === clean(text)) return tell("edit", posting);
      edit("Choosing a text", [setting(control, before, text)]);
    },
    onChange(listener) {
      listeners.push(listener);
    },
    outgoing(save, room = Infinity) {
      const changes = fitting(free(), room);
      if (!changes.length) return null;
      const batch = { save, changes, carried: [] };
      batches = [...batches, batch];
      pending = pending.filter((change) => !changes.includes(change));
      return batch;
    },
    taken(answer, save) {
      const index = batches.findIndex((batch) => batch.save === save);
      const { changes } = batches[index];
      const notes = know(answer);
      const refused = new Map(answer.refused.map(({ index, message }) => [index, message]));
      const later = [...onTheWay(batches.slice(index + 1)), ...pending].map(controlOf);
      /** @type {Set<string>} */
      const held = new Set();
      changes.forEach((change, nth) => {
        const control = controlOf(change);
        const message = refused.get(nth);
        // A level whose text is out of date cannot wait here: all else would stand on it. What
        // is locked and was removed, moved or hidden comes back.
        if (message && /^[crmh]/.test(change.do)) return notes.push(message);
        if (message && !later.includes(control)) refusals.set(control, message);
        const vain = addedInVain(server, change)?.length;
        if (message || vain || answer.conflicts.includes(nth)) held.add(control);
      });
      back(save, (change) => held.has(controlOf(change)));
      rebuild("server", notes);
    },
    failed: (save) => back(save, () => true),
    install(news) {
      if (batches.length || news.counter <= counter) return;
      rebuild("server", know(news));
    },
    resume(unsent) {
      const typed = pending;
      const here = posting;
      const known = desk.contests;
      batches = [...unsent.batches, ...batches];
      pending = unsent.pending;
      contestAgain(unsent.contests);
      rebuild("restore", [], unsent.here);
      contestAgain(known);
      if (typed.length) bring(typed, here);
    },
    keep(unsent) {
      contestAgain(unsent.contests);
      bring(allOf(unsent), unsent.here, "Recovered changes");
    },
    matters(unsent) {
      const fit = replay(posting, allOf(unsent), unsent.here);
      const texts = unsent.contests.filter(({ control, theirs }) => (
        ![null, theirs].includes(textAt(posting, control))
      ));
      return same(fit.posting, posting) ? texts.length : fit.changes.length;
    },
  };
  return Object.freeze(desk);
}
