// A long work on the page: the stream swaps its body; when the stream fails the page asks every few seconds instead.

const EVERY = 4000; // milliseconds between two questions

class Job extends HTMLElement {
  connectedCallback() {
    if (this.hasAttribute("hx-sse:connect")) {
      this.addEventListener("htmx:after:sse:connection", () => this.follow(true));
      this.addEventListener("htmx:sse:error", () => this.ask());
      this.addEventListener("htmx:error", () => this.ask());
    } else if (this.live) {
      this.ask();
    }
  }

  disconnectedCallback() {
    clearTimeout(this.next);
  }

  get live() {
    const body = this.querySelector(".ui-job-body");
    return ["waiting", "running", "stopping"].includes(body?.dataset.state);
  }

  follow(yes) {
    this.toggleAttribute("data-following", yes);
    if (yes) clearTimeout(this.next);
  }

  ask() {
    const address = this.dataset.poll;
    clearTimeout(this.next);
    if (!address || !this.live) return;
    this.follow(true);
    this.next = setTimeout(async () => {
      if (!document.hidden) {
        try {
          const answer = await fetch(address, { headers: { Accept: "text/html" } });
          if (answer.ok) this.show(await answer.text());
        } catch {
          // The network is away; the next question comes by itself.
        }
      }
      if (this.isConnected) this.ask();
    }, EVERY);
  }

  show(html) {
    const next = new DOMParser().parseFromString(html, "text/html").querySelector(".ui-job-body");
    if (next) this.querySelector(".ui-job-body").replaceWith(next);
  }
}

if (!customElements.get("ui-job")) customElements.define("ui-job", Job);
