// A page of settings: what is not saved is asked about before it is left. Works without it too.

import { guard } from "./guard.js";

const form = document.querySelector("form[data-guard]");
if (form instanceof HTMLFormElement) guard(form);
