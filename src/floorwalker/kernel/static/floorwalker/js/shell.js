// The shell: menus that close, the keys / and ?, the theme switch, questions before a deed, the error summary's focus.

const typing = (target) => target.closest("input, textarea, select, [contenteditable]");

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
  const search = document.getElementById("search");
  if (event.key === "/" && search) {
    event.preventDefault();
    search.focus();
    search.select();
  } else if (event.key === "?") {
    document.getElementById("keys")?.showModal();
  }
});

// Menus are <details>: they open without us, and close by Escape, by another click, or when the focus leaves.
const openMenus = () => document.querySelectorAll("details.ui-menu[open]");
document.addEventListener("click", (event) => {
  for (const menu of openMenus()) if (!menu.contains(event.target)) menu.open = false;
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of openMenus()) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});
document.addEventListener("focusout", (event) => {
  const menu = event.target.closest?.("details.ui-menu[open]");
  if (menu && event.relatedTarget && !menu.contains(event.relatedTarget)) menu.open = false;
});

// The theme changes at once; the server is told when it wants to know.
const themes = document.querySelector(".ui-theme");
if (themes) {
  const mark = (theme) => {
    for (const each of themes.querySelectorAll("button")) each.setAttribute("aria-pressed", String(each.value === theme));
  };
  themes.hidden = false;
  mark(document.documentElement.dataset.theme || "auto");
  themes.addEventListener("submit", (event) => {
    event.preventDefault();
    const theme = event.submitter.value;
    document.dispatchEvent(new CustomEvent("ui:theme-chosen", { detail: theme }));
    mark(theme);
    if (!themes.getAttribute("action")) {
      document.cookie = `theme=${theme}; path=/; max-age=31536000; samesite=lax`;
      return;
    }
    fetch(themes.action, { method: "POST", body: new FormData(themes, event.submitter), keepalive: true, redirect: "manual" });
  });
}

// A question before a deed: without us it unfolds in place, with us it stands before the page.
class Confirm extends HTMLElement {
  connectedCallback() {
    const details = this.querySelector("details");
    const body = this.querySelector(".ui-confirm-body");
    if (!details || !body || this.dialog) return;
    const dialog = document.createElement("dialog");
    dialog.className = "ui-dialog";
    const title = body.querySelector("h2");
    title.id ||= `ask-${Math.random().toString(36).slice(2)}`;
    dialog.setAttribute("aria-labelledby", title.id);
    dialog.append(body);
    this.append(dialog);
    this.dialog = dialog;
    const summary = details.querySelector("summary");
    summary.setAttribute("role", "button");
    summary.setAttribute("aria-haspopup", "dialog");
    summary.addEventListener("click", (event) => {
      event.preventDefault();
      dialog.showModal();
    });
    const cancel = body.querySelector(".ui-confirm-cancel");
    cancel.hidden = false;
    cancel.addEventListener("click", () => dialog.close());
    dialog.addEventListener("click", (event) => {
      if (event.target === dialog) dialog.close();
    });
    // An answer that came back with errors stands open.
    if (body.querySelector(".ui-error")) dialog.showModal();
  }
}
customElements.define("ui-confirm", Confirm);

// What went wrong is read first, in the title too.
const summary = document.querySelector(".ui-error-summary");
if (summary) {
  document.title = `${summary.querySelector("h2").textContent.trim()}: ${document.title}`;
  summary.focus();
}

// No form is sent twice by a double click.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post") return;
  if (form.dataset.sent) event.preventDefault();
  form.dataset.sent = "yes";
});
addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
});
