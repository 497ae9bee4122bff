// Seconds left to answer, counted down where they stand: <quiz-left data-seconds="20">20 seconds left</quiz-left>.
// It only tells; the server's clock decides, and the page asks it anew when time is up.

class QuizLeft extends HTMLElement {
  connectedCallback() {
    const words = this.textContent;
    const began = performance.now();
    const all = Number(this.dataset.seconds);
    this.ticking = setInterval(() => {
      const left = Math.max(0, Math.ceil(all - (performance.now() - began) / 1000));
      this.textContent = words.replace(/\d+/, String(left));
      if (!left) clearInterval(this.ticking);
    }, 250);
  }

  disconnectedCallback() {
    clearInterval(this.ticking);
  }
}

if (!customElements.get("quiz-left")) customElements.define("quiz-left", QuizLeft);
