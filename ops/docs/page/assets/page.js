"use strict";

// Or else its validator tries whether it may compile code, which the page's policy forbids and reports.
globalThis.__zod_globalConfig = { jitless: true };

const CONFIGURATION = {
  url: new URL("openapi.json", document.baseURI).href,
  // Nobody else is asked for anything.
  withDefaultFonts: false,
  telemetry: false,
  agent: { disabled: true },
  mcp: { disabled: true },
  hideClientButton: true,
  showDeveloperTools: "never",
  // A token lives as long as the page.
  persistAuth: false,
  // Keys are in the order in which the API answers them.
  orderSchemaPropertiesBy: "preserve",
  orderRequiredPropertiesFirst: false,
  defaultHttpClient: { targetKey: "shell", clientKey: "curl" },
};

// What Scalar's console leaves out, and whoever hears the page needs (WCAG 2.2, 4.1.2).
const MENDED = {
  '[role="combobox"]:not([aria-expanded])': (field) => field.setAttribute("aria-expanded", "false"),
  '[role="textbox"]:not([aria-label])': (field) => field.setAttribute("aria-label", "JSON"),
  'button[role="none"]': (button) => button.removeAttribute("role"),
  'button[aria-label="Copy code"][aria-controls]': (button) => button.removeAttribute("aria-controls"),
};
let mending = null;

document.addEventListener("DOMContentLoaded", () => {
  const place = document.getElementById("reference");
  place.replaceChildren();
  const reference = Scalar.createApiReference(place, CONFIGURATION);
  const skip = document.querySelector(".skip");
  skip.addEventListener("click", (event) => skipTo(place.querySelector("main") ?? place, event));
  new MutationObserver(mendSoon).observe(document.body, { childList: true, subtree: true });
  const demo = document.getElementById("demo");
  if (demo !== null) offerAccounts(demo, reference);
});

/** Mend what has come into the page, once for all that comes within a moment. */
function mendSoon() {
  mending ??= setTimeout(() => {
    mending = null;
    for (const [selector, change] of Object.entries(MENDED)) {
      for (const found of document.querySelectorAll(selector)) change(found);
    }
  }, 200);
}

/** Move the focus past accounts and navigation; the address is the reference's to change. */
function skipTo(main, event) {
  event.preventDefault();
  main.tabIndex = -1;
  main.focus();
}

/** Let each button sign its account in, and give the token to the reference. */
function offerAccounts(demo, reference) {
  const told = demo.querySelector("output");
  const copy = demo.querySelector("[data-copy]");
  const schemes = {};
  let token = "";

  const signIn = async (button) => {
    told.value = `Signing in ${button.textContent} …`;
    copy.hidden = true;
    token = await newToken(button.dataset);
    schemes[button.dataset.scheme] = { token };
    reference.updateConfiguration({
      ...CONFIGURATION,
      authentication: { securitySchemes: { ...schemes } },
    });
    for (const other of demo.querySelectorAll(`[data-scheme="${button.dataset.scheme}"]`)) {
      other.setAttribute("aria-pressed", String(other === button));
    }
    told.value = `Signed in: ${button.title}`;
    copy.hidden = false;
  };

  demo.addEventListener("click", async ({ target }) => {
    try {
      if (target === copy) {
        await navigator.clipboard.writeText(token);
        told.value = "The token is copied.";
      } else if (target.dataset.scheme !== undefined) {
        await signIn(target);
      }
    } catch (error) {
      told.value = `That failed: ${error.message}`;
    }
  });
}

/** Return an access token, from the API's own sign-in. */
async function newToken({ address, credentials }) {
  const answer = await fetch(address, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: credentials,
  });
  if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`);
  return (await answer.json()).access;
}
