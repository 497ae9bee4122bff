// A part of a page that asks anew when its topic is told: <ui-live id="match" data-topic="match:5">…</ui-live>.
// The stream tells ids only; the part, and whatever else is marked data-live,
// is fetched from the page's own address. Without a stream it asks every few seconds.
// A part in which somebody is typing, or has typed, stays; what is marked data-live within it goes on.

const EVERY = 4000; // milliseconds between two questions

class Live extends HTMLElement {
  connectedCallback() {
    const topic = this.dataset.topic;
    if (!topic) return;
    this.stream = new EventSource(`/live?topic=${encodeURIComponent(topic)}`);
    this.stream.addEventListener("open", () => clearInterval(this.asking));
    this.stream.addEventListener(topic, () => this.ask());
    this.stream.addEventListener("error", () => this.alone());
    this.later();
  }

  later() {
    clearTimeout(this.next);
    if (this.dataset.again) this.next = setTimeout(() => this.ask(), Number(this.dataset.again) * 1000);
  }

  disconnectedCallback() {
    this.stream?.close();
    clearInterval(this.asking);
    clearTimeout(this.next);
  }

  alone() {
    this.stream.close();
    clearInterval(this.asking);
    this.asking = setInterval(() => document.hidden || this.ask(), EVERY);
  }

  typedIn() {
    const changed = (each) => (each.type === "checkbox" || each.type === "radio" ? each.checked !== each.defaultChecked : each.value !== each.defaultValue);
    return [...this.querySelectorAll("textarea, input:not([type=hidden])")].some(changed);
  }

  async ask() {
    try {
      const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
      if (!answer.ok) return;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const part = page.getElementById(this.id);
      const whole = part && !this.contains(document.activeElement) && !this.typedIn();
      for (const each of page.querySelectorAll("[data-live][id]")) {
        if (!whole || !part.contains(each)) document.getElementById(each.id)?.replaceWith(document.adoptNode(each));
      }
      if (whole) this.replaceWith(document.adoptNode(part));
    } catch {
      // The network is away; the next question comes by itself.
    } finally {
      if (this.isConnected) this.later();
    }
  }
}

// What was sent by itself is written no more: it stands on the server.
document.addEventListener("htmx:afterRequest", (event) => {
  if (!event.detail.successful) return;
  for (const each of event.detail.elt?.elements ?? []) {
    if ("defaultValue" in each) each.defaultValue = each.value;
    if ("defaultChecked" in each) each.defaultChecked = each.checked;
  }
});

if (!customElements.get("ui-live")) customElements.define("ui-live", Live);
