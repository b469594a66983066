// Puts a placeholder into its text, where the caret is.

document.addEventListener("click", ({ target }) => {
  const button = target instanceof Element ? target.closest("[data-insert]") : null;
  if (!(button instanceof HTMLElement)) return;
  const area = document.getElementById(button.dataset.into ?? "");
  if (!(area instanceof HTMLTextAreaElement) || area.readOnly) return;
  const { selectionStart, selectionEnd } = area;
  area.focus();
  area.setRangeText(button.dataset.insert ?? "", selectionStart, selectionEnd, "end");
  area.dispatchEvent(new Event("input", { bubbles: true }));
});
