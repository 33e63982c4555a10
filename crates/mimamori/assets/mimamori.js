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
