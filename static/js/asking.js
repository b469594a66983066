// Asks what answers a search while it is typed: after a pause, and only the newest question counts.

const PAUSE = 150;
const SHORTEST = 2;

/** @param {number} found */
export function countWords(found) {
  const words = found === 1 ? "1 result" : `${found} results`;
  return found ? words : "No results";
}

/**
 * @param {HTMLInputElement} field
 * @param {string} part which form of the answer
 * @param {(html: string) => void} show
 * @param {() => void} clear
 */
export function askWhileTyping(field, part, show, clear) {
  let timer = 0;
  let asked = new AbortController();
  let shown = field.defaultValue.trim();

  /** @param {string} query */
  async function look(query) {
    asked.abort();
    asked = new AbortController();
    const { signal } = asked;
    if (!field.form) return;
    const address = new URL(field.form.action);
    address.search = String(new URLSearchParams({ q: query, part }));
    try {
      const answer = await fetch(address, { signal });
      if (!answer.ok || answer.redirected) return;
      const html = await answer.text();
      shown = query;
      show(html);
    } catch (error) {
      // Overtaken by a newer question, or offline: what is on the page stays.
      if (!signal.aborted && !(error instanceof TypeError)) throw error;
    }
  }

  function typed() {
    clearTimeout(timer);
    const query = field.value.trim().replace(/\s+/g, " ");
    if (query === shown) return asked.abort();
    if (!query) {
      asked.abort();
      shown = "";
      clear();
    } else if (query.length >= SHORTEST) {
      timer = setTimeout(look, PAUSE, query);
    }
  }

  field.addEventListener("input", typed);
  return typed;
}
