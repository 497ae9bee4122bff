// The search as one types: arrows walk through what was found, Escape goes back to the field and empties it.

const form = document.querySelector(".ui-search");
const field = form?.querySelector("#search");
const found = form?.querySelector("#search-found");

if (form && field && found) {
  const hits = () => [...found.querySelectorAll("a")];
  form.addEventListener("keydown", (event) => {
    const all = hits();
    const at = all.indexOf(document.activeElement);
    if (event.key === "ArrowDown" && all.length) {
      event.preventDefault();
      all[Math.min(at + 1, all.length - 1)].focus();
    } else if (event.key === "ArrowUp" && at >= 0) {
      event.preventDefault();
      (at ? all[at - 1] : field).focus();
    } else if (event.key === "Escape") {
      if (at >= 0) field.focus();
      else field.value = "";
      found.replaceChildren();
    }
  });
  // Enter goes to the page of everything that was found, by the form itself.
  field.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !field.value.trim()) return;
    event.preventDefault();
    location.assign(`${form.action}?q=${encodeURIComponent(field.value)}`);
  });
}
