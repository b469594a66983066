// What was typed into a form that is saved by a press is not lost by leaving its page: the browser
// asks first. Ctrl+S saves it.

export const NOT_SAVED = "Not saved yet";

/**
 * Watch a form; one that came back unsaved has `data-unsaved`.
 * @param {HTMLFormElement} form
 */
export function guard(form) {
  const said = form.querySelector("[data-saved]");
  let unsaved = "unsaved" in form.dataset;

  function changed() {
    unsaved = true;
    if (said && said.textContent !== NOT_SAVED) said.textContent = NOT_SAVED;
  }

  form.addEventListener("input", (event) => {
    const { target } = event;
    if (target instanceof HTMLInputElement && target.name === "shown") return;
    changed();
  });
  form.addEventListener("submit", () => unsaved = false);
  addEventListener("beforeunload", (event) => {
    if (unsaved) event.preventDefault();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "s" || !(event.ctrlKey || event.metaKey) || event.altKey) return;
    event.preventDefault();
    form.requestSubmit(form.querySelector(".button-main"));
  });
  return {
    changed,
    /** @param {string} words */
    say(words) {
      if (said) said.textContent = words;
    },
  };
}
