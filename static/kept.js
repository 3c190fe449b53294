// What is typed in a form stays in this tab until the form has been accepted: neither a page that was left by mistake
// nor a session that expired costs anybody a text. Hidden fields, passwords, personal numbers and files are never kept, and nothing is kept
// after signing out, for another person, or for longer than a day. Without scripts nothing is kept.
(() => {
  const KEPT = "bostad:kept:", SENT = "bostad:sent", A_DAY = 24 * 60 * 60 * 1000, A_MOMENT = 2000;
  const staff = document.querySelector("[data-staff]")?.dataset.staff;
  const forms = [...document.querySelectorAll("main form.b-form[method=post]:not([data-unkept])")];
  const signingOut = "BroadcastChannel" in window ? new BroadcastChannel("bostad:signing-out") : null;

  const nameOf = (form) => form.id || forms.indexOf(form);
  const keyOf = (form) => `${KEPT}${staff}:${nameOf(form)}:${location.pathname}${location.search}`;
  const read = (key) => JSON.parse(sessionStorage.getItem(key));
  const write = (key, entry) => sessionStorage.setItem(key, JSON.stringify(entry));
  const forget = (which) => Object.keys(sessionStorage).filter(which).forEach((key) => sessionStorage.removeItem(key));
  const forgetAll = () => forget((key) => key === SENT || key.startsWith(KEPT));

  const isTyped = (control) => control.name && !control.name.includes("personnummer") && !/^(hidden|password|file|submit|button|reset)$/.test(control.type);
  const isTicked = (control) => control.type === "checkbox" || control.type === "radio";
  const controlsOf = (form, name) => [...form.elements].filter((one) => one.name === name && isTyped(one));

  function valuesOf(form, name) {
    return controlsOf(form, name).filter((one) => !isTicked(one) || one.checked).map((one) => one.value);
  }

  function fill(form, name, values) {
    for (const [n, control] of controlsOf(form, name).entries()) {
      const before = control.value;
      if (isTicked(control)) control.checked = values.includes(before);
      else control.value = values[n] ?? before;
      if (control.value === "" && before !== "" && values[n]) control.value = before; // a choice that is gone
    }
  }

  // What became of the form that was sent from this tab: only an answer that leads on has accepted it.
  function settle() {
    const sending = read(SENT), sent = sending?.key, entry = sent && read(sent);
    sessionStorage.removeItem(SENT);
    if (!entry) return;
    const isAnswer = performance.timeOrigin - sending.at < A_MOMENT; // and no page that was opened after an error
    const ledOn = isAnswer && performance.getEntriesByType("navigation")[0]?.redirectCount > 0;
    const isRefused = document.querySelector(".b-messages [data-color=danger]");
    if (document.querySelector("[data-not-received]")) write(sent, { ...entry, expired: true });
    else if (ledOn && staff && !isRefused) sessionStorage.removeItem(sent);
  }

  function offer(form) {
    const entry = read(keyOf(form));
    if (!entry) return;
    const shown = () => JSON.stringify(Object.keys(entry.typed).map((name) => valuesOf(form, name)));
    const before = shown();
    for (const [name, values] of Object.entries(entry.typed)) fill(form, name, values);
    if (shown() === before) return;
    const notice = document.querySelector("template[data-kept]").content.firstElementChild.cloneNode(true);
    notice.querySelector(entry.expired ? "[data-left]" : "[data-expired]").remove();
    if (!form.querySelector("[type=file]")) notice.querySelector("[data-file]").remove();
    notice.querySelector("button").addEventListener("click", () => {
      sessionStorage.removeItem(keyOf(form));
      form.reset();
      notice.remove();
      [...form.elements].find(isTyped)?.focus();
    });
    form.closest("details")?.setAttribute("open", "");
    form.before(notice);
  }

  document.addEventListener("input", ({ target }) => {
    if (!staff || !forms.includes(target.form) || !isTyped(target)) return;
    const key = keyOf(target.form), typed = read(key)?.typed;
    write(key, { at: Date.now(), typed: { ...typed, [target.name]: valuesOf(target.form, target.name) } });
  });
  document.addEventListener("submit", ({ target }) => {
    if (target.matches("[data-sign-out]")) {
      forgetAll();
      signingOut?.postMessage("");
    } else if (forms.includes(target)) {
      write(SENT, { key: keyOf(target), at: Date.now() });
    }
  });
  signingOut?.addEventListener("message", forgetAll);

  settle();
  if (document.querySelector("[data-sign-in]") && !document.querySelector("[data-not-received]")) forgetAll();
  if (staff) {
    const isStale = (key) => !key.startsWith(`${KEPT}${staff}:`) || Date.now() - read(key).at > A_DAY;
    forget((key) => key.startsWith(KEPT) && isStale(key));
    forms.forEach(offer);
  }
})();
