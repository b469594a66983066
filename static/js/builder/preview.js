// The preview follows every change by what the server makes of it; its pages come from a real
// layout once nobody types.

import { all, counted, find, make } from "./elements.js";
import { patch } from "./patch.js";

/** @import { Desk, PageBreak, PagesAnswer, Posting, PreviewAnswer } from "./types.d.ts" */
/** @typedef {{desk: Desk, url: string, csrf: () => string}} Server */

const PAUSE = 1000;

/**
 * @param {Server} server
 * @param {number} wait milliseconds without a change before the preview is asked for
 * @param {(answer: PreviewAnswer) => void} onAnswer
 */
export function createPreview(server, wait, onAnswer) {
  /** @param {PreviewAnswer} answer */
  function show(answer) {
    patch(find("[data-paper] > .posting"), answer.fragment);
    patch(find("[data-pay]"), `<div data-pay>${answer.pay}</div>`);
    onAnswer(answer);
  }

  return createAsking(server, "preview", { wait, known: server.desk.posting, show });
}

/** @param {Server} server @param {string} sheet the name of the paper */
export function createPages(server, sheet) {
  const paper = find("[data-paper]");
  const named = find("[data-named]");
  /** @type {readonly PageBreak[]} */
  let breaks = [];

  /** @param {PagesAnswer} answer */
  function show(answer) {
    find("[data-pages]").textContent = `${counted(answer.pages, "page")}, ${sheet}`;
    named.hidden = !answer.named.length;
    find("[data-named-list]", named).textContent = answer.named.join(", ");
    breaks = answer.breaks;
    draw();
  }

  function draw() {
    for (const mark of all(".page-break", paper)) mark.remove();
    const { top } = paper.getBoundingClientRect();
    breaks.forEach((start, index) => {
      const box = placeOf(paper, start)?.getBoundingClientRect();
      if (!box) return;
      const words = make("span", {}, `Page ${index + 2}`);
      const mark = make("p", { class: "page-break", "aria-hidden": "true" }, words);
      mark.style.top = `${box.top - top + (box.height * start.line) / start.of}px`;
      paper.append(mark);
    });
  }

  new ResizeObserver(draw).observe(paper);
  const ask = createAsking(server, "pages", { wait: PAUSE, known: null, show });
  ask();
  return { ask, draw };
}

/** @param {ParentNode} paper @param {PageBreak} start */
function placeOf(paper, { target, nth }) {
  const section = target.match(/^section:(.+)/)?.[1];
  const selector = section
    ? `[data-section="${section}"] > .heading`
    : `[data-target="${CSS.escape(target)}"]`;
  return all(selector, paper)[nth];
}

/**
 * Ask about every newest posting: one question in flight, the next when its answer is there.
 * Returns what asks again where an earlier answer was that this person may not.
 * @template Answer
 * @param {Server} server
 * @param {string} about
 * @param {{wait: number, known: Posting | null, show: (answer: Answer) => void}} options
 */
function createAsking({ desk, url, csrf }, about, { wait, known, show }) {
  let busy = false;
  let over = false;
  let timer = 0;

  async function ask() {
    const posting = desk.posting;
    if (busy || over || posting === known) return;
    busy = true;
    const { status, body } = await post(`${url}/${about}`, csrf(), { posting });
    busy = false;
    over = status === 401 || status === 404;
    if (status !== 200) return;
    known = posting;
    show(body);
    soon();
  }

  function soon() {
    clearTimeout(timer);
    if (wait) timer = setTimeout(ask, wait);
    else ask();
  }

  desk.onChange(soon);
  return () => {
    over = false;
    soon();
  };
}

/**
 * The answer, of status 0 where there is none: saving tells that a server is out of reach.
 * @param {string} url
 * @param {string} csrf
 * @param {object} sent
 */
async function post(url, csrf, sent) {
  const headers = { "Content-Type": "application/json", "X-CSRFToken": csrf };
  try {
    const answer = await fetch(url, { method: "POST", headers, body: JSON.stringify(sent) });
    return { status: answer.status, body: await answer.json() };
  } catch (error) {
    if (error instanceof TypeError || error instanceof SyntaxError) return { status: 0 };
    throw error;
  }
}
