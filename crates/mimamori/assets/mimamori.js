// "/" moves to the number box from anywhere but a field. Every page works without this file.
"use strict";
document.addEventListener("keydown", (pressed) => {
  if (pressed.key !== "/" || pressed.ctrlKey || pressed.metaKey || pressed.altKey || pressed.isComposing) return;
  if (pressed.target.closest("input, textarea, select, [contenteditable]")) return;
  const box = document.getElementById("number-box");
  if (!box) return;
  pressed.preventDefault();
  box.focus();
  box.select();
});

// A finder may add where the telephone is: asked for when the button is pressed, never before.
const spot = document.querySelector("[data-position]");
if (spot && navigator.geolocation) {
  const [field, button, said] = ["input", "button", "[role=status]"].map((part) => spot.querySelector(part));
  spot.hidden = false;
  button.addEventListener("click", () => {
    said.textContent = spot.dataset.asking;
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        field.value = [coords.latitude.toFixed(5), coords.longitude.toFixed(5), Math.round(coords.accuracy)].join(",");
        said.textContent = spot.dataset.found;
      },
      () => { said.textContent = spot.dataset.failed; },
      { enableHighAccuracy: true, timeout: 15000, maximumAge: 60000 },
    );
  });
}

// An inquiry that nobody has shows on every open page of those who take calls, without loading it anew.
const waiting = document.querySelector("[data-waiting]");
if (waiting && !document.querySelector("main .emergency")) {
  const ask = async () => {
    if (document.hidden) return;
    const answer = await fetch(waiting.dataset.waiting, { headers: { "x-asks-by-itself": "1" }, redirect: "error" });
    if (!answer.ok) return;
    const { count, words, href } = await answer.json();
    if (waiting.textContent === (count ? words : "")) return;
    waiting.className = count ? "flash warning" : "";
    waiting.replaceChildren();
    if (!count) return;
    const line = document.createElement("p");
    const link = document.createElement("a");
    link.href = href;
    link.textContent = words;
    line.append(link);
    waiting.append(line);
  };
  const round = () => { ask().catch(() => {}); };
  round();
  setInterval(round, 20000);
}

// A finder who waits: the answers are renewed in place, and read out when there are new ones.
const answers = document.querySelector("[data-renews]");
if (answers) {
  const renew = async () => {
    if (document.hidden) return;
    const answer = await fetch(location.href, { redirect: "error" });
    if (!answer.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.querySelector("[data-renews]");
    if (!fresh) location.reload();
    else if (fresh.textContent !== answers.textContent) answers.replaceChildren(...fresh.childNodes);
  };
  setInterval(() => { renew().catch(() => {}); }, Number(answers.dataset.renews) * 1000);
}

// At a reception the number beside a choice chooses it while the group has the focus, and Ctrl with
// Enter sends the form.
for (const form of document.querySelectorAll("form[data-keys]")) {
  const keys = "1234567890abcdefghijklmnopqrstuvwxyz";
  for (const group of form.querySelectorAll("fieldset.field")) {
    const choices = [...group.querySelectorAll("input[type=radio], input[type=checkbox]")];
    choices.forEach((choice, at) => {
      if (!keys[at]) return;
      const mark = document.createElement("kbd");
      mark.textContent = keys[at];
      mark.ariaHidden = "true";
      choice.setAttribute("aria-keyshortcuts", keys[at]);
      choice.after(mark);
    });
    group.addEventListener("keydown", (pressed) => {
      if (pressed.ctrlKey || pressed.metaKey || pressed.altKey || pressed.isComposing) return;
      const choice = choices[keys.indexOf(pressed.key)];
      if (!choice || !choices.includes(pressed.target)) return;
      pressed.preventDefault();
      choice.focus();
      choice.click();
    });
  }
  form.addEventListener("keydown", (pressed) => {
    if (pressed.key === "Enter" && pressed.ctrlKey) form.requestSubmit(form.querySelector("button.primary[type=submit]"));
  });
}

// A card's QR opens the page for whoever finds it; what follows "#" is handed on to the owner's own page by
// their press, and stands in no address after that.
const card = document.querySelector("[data-card]");
if (card && location.hash.length > 20) {
  if (card.href) card.hash = location.hash;
  const field = card.querySelector("input[name=card]");
  if (field) {
    field.value = `${location.pathname.replace("/m/", "/k/")}${location.hash}`;
    history.replaceState(null, "", location.pathname);
    field.form.submit();
  }
}
