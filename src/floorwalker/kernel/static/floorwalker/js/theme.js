// Light, dark, or as the machine says: set before the first paint, so that nothing flashes.
(() => {
  const root = document.documentElement;
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const chosen = () => root.dataset.theme || "auto";
  const apply = () => {
    const theme = chosen() === "auto" ? (dark.matches ? "dark" : "light") : chosen();
    if (root.dataset.bsTheme === theme) return;
    root.dataset.bsTheme = theme;
    document.dispatchEvent(new CustomEvent("ui:theme", { detail: theme }));
  };
  // Signed in, the choice is the person's and the server keeps it: a shared machine must not remember somebody else's.
  const kept = "themeKept" in root.dataset ? null : document.cookie.match(/(?:^|; )theme=(light|dark|auto)/);
  if (kept) root.dataset.theme = kept[1];
  apply();
  dark.addEventListener("change", apply);
  document.addEventListener("ui:theme-chosen", (event) => {
    root.dataset.theme = event.detail;
    apply();
  });
})();
