// Keeps the parts of the page marked "data-live" up to date, and asks before orders that cannot be taken back. The page works without it.
(() => {
  "use strict";
  const every = 2000;

  document.addEventListener("click", event => {
    const question = event.target.closest?.("[data-ask]")?.dataset.ask;
    if (question && !confirm(question)) {
      event.preventDefault();
    }
  });

  const isReading = () => !document.getSelection().isCollapsed;

  const refresh = async () => {
    if (document.hidden || isReading()) {
      return;
    }
    const answer = await fetch(location.pathname + location.search, { headers: { "Accept": "text/html" } });
    if (answer.status === 401) {
      location.reload();
      return;
    }
    if (!answer.ok) {
      return;
    }
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    const focused = document.activeElement?.id;
    for (const part of document.querySelectorAll("[data-live]")) {
      const next = fresh.getElementById(part.id);
      if (next && next.innerHTML !== part.innerHTML) {
        part.replaceChildren(...next.childNodes);
      }
    }
    if (focused && document.activeElement?.id !== focused) {
      document.getElementById(focused)?.focus({ preventScroll: true });
    }
  };

  const again = () => setTimeout(() => refresh().catch(() => undefined).finally(again), every);
  again();
})();
