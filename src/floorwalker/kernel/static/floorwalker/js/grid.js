// Moving in a grid of people and times by the arrow keys, and the line of the current time.

class Grid extends HTMLElement {
  connectedCallback() {
    this.table = this.querySelector(".ui-grid table");
    if (!this.table || this.ready) return;
    this.ready = true;
    this.stops = this.table.closest(".ui-grid--day")
      ? (row) => [row.querySelector("th"), ...row.querySelectorAll(".ui-bar")]
      : (row) => [...row.cells];
    this.scroller = this.querySelector(".ui-grid");
    this.scroller.addEventListener("keydown", (event) => this.move(event));
    this.now = this.querySelector(".ui-now");
    if (this.now) {
      this.resize = new ResizeObserver(() => this.reach());
      this.resize.observe(this.table.tBodies[0]);
      this.scroller.scrollLeft = Math.max(0, this.now.offsetLeft - this.scroller.clientWidth / 2);
    }
  }

  disconnectedCallback() {
    this.resize?.disconnect();
  }

  reach() {
    this.now.style.setProperty("--below", `${this.table.tBodies[0].offsetHeight + 14}px`);
  }

  move(event) {
    const step = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] }[event.key];
    const edge = { Home: 0, End: Infinity }[event.key];
    if ((!step && edge === undefined) || event.ctrlKey || event.metaKey || event.altKey) {
      if (event.key === "Enter" && event.target.dataset.here !== undefined) event.target.querySelector("a")?.click();
      return;
    }
    event.preventDefault();
    const rows = [...this.table.tBodies[0].rows];
    const here = this.scroller.querySelector("[data-here]");
    if (!here) return this.stand(this.stops(rows[0])[0]);
    const row = here.closest("tr");
    const stops = this.stops(row);
    const at = stops.indexOf(here);
    if (edge !== undefined) return this.stand(stops[Math.min(edge, stops.length - 1)]);
    const [down, right] = step;
    if (down) {
      const next = this.stops(rows[rows.indexOf(row) + down] ?? row);
      return this.stand(next[Math.min(at, next.length - 1)]);
    }
    return this.stand(stops[Math.max(0, Math.min(at + right, stops.length - 1))]);
  }

  stand(cell) {
    const before = this.scroller.querySelector("[data-here]");
    before?.removeAttribute("data-here");
    before?.removeAttribute("tabindex");
    cell.dataset.here = "";
    cell.tabIndex = 0;
    cell.focus({ preventScroll: true });
    cell.scrollIntoView({ block: "nearest", inline: "nearest" });
  }
}

if (!customElements.get("ui-grid")) customElements.define("ui-grid", Grid);
