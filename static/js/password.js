// A button beside each password that shows what was typed, and hides it again.

/** @type {NodeListOf<HTMLInputElement>} */
const passwords = document.querySelectorAll('input[type="password"]');

for (const input of passwords) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button button-small";
  button.textContent = "Show password";
  button.setAttribute("aria-controls", input.id);
  button.addEventListener("click", () => {
    const shown = input.type === "text";
    input.type = shown ? "password" : "text";
    button.textContent = shown ? "Show password" : "Hide password";
    input.focus();
  });
  input.after(button);
  input.form?.addEventListener("submit", () => {
    input.type = "password";
  });
}
