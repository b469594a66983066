// Put into a page of the builder before its own scripts: notes how long after each key the preview
// showed the text, and everything that moved by itself.

{
  /** @typedef {{stamp: number, target: string, text: string}} Key */
  /** @typedef {PerformanceEntry & {value: number, hadRecentInput: boolean}} Shift */

  /** @type {Key[]} */
  let waiting = [];
  /** @type {number[]} */
  const times = [];
  /** @type {{value: number, recent: boolean}[]} */
  const shifts = [];
  let stamp = 0;

  /** @param {string | null | undefined} text */
  const squeeze = (text) => (text ?? "").replace(/\s+/g, " ").trim();

  /** @param {Key} key */
  const isShown = ({ target, text }) =>
    squeeze(document.querySelector(`[data-paper] [data-target="${target}"]`)?.textContent) === text;

  /** @param {readonly Key[]} keys what was typed before the newest text shown counts as shown too */
  const note = (keys) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => times.push(...keys.map((key) => performance.now() - key.stamp));
    port2.postMessage("The frame was drawn");
  };

  const look = () => {
    const newest = waiting.findLastIndex(isShown);
    if (newest < 0) return;
    const shown = waiting.slice(0, newest + 1);
    waiting = waiting.slice(newest + 1);
    requestAnimationFrame(() => note(shown));
  };

  addEventListener("keydown", (event) => (stamp = event.timeStamp), true);
  addEventListener("input", ({ target: field }) => {
    const line = field instanceof HTMLTextAreaElement && field.closest("[data-line]");
    if (!line) return;
    const target = `line:${line.getAttribute("data-line")}`;
    waiting.push({ stamp, target, text: squeeze(field.value) });
  }, true);
  new MutationObserver(look).observe(document, {
    characterData: true,
    childList: true,
    subtree: true,
  });
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      const { value, hadRecentInput } = /** @type {Shift} */ (entry);
      shifts.push({ value, recent: hadRecentInput });
    }
  }).observe({ type: "layout-shift", buffered: true });

  Object.assign(globalThis, {
    watched: () => ({ times, shifts, waiting: waiting.length }),
  });
}
