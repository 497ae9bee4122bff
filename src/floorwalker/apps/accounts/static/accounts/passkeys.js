// Says in the page, and not only on the browser's console, that a passkey did not work.
document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  const place = document.getElementById("passkey-trouble") || document.getElementById("messages");
  if (!place) return;
  const words = document.createElement("p");
  words.className = "ui-error";
  words.setAttribute("role", "alert");
  words.textContent = place.dataset.trouble || "The passkey was not used. Try again, or sign in another way.";
  place.replaceChildren(words);
});
