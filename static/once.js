// A button that is pressed twice sends its form once: else the second sending meets what the first one has just made.
// After a moment it can be sent again, as when somebody comes back to the page.
(() => {
  const A_MOMENT = 2000;
  const sent = new WeakMap();
  document.addEventListener("submit", (event) => {
    if (event.target.method !== "post") return;
    if (Date.now() - (sent.get(event.target) ?? 0) < A_MOMENT) event.preventDefault();
    else sent.set(event.target, Date.now());
  }, true);
})();
