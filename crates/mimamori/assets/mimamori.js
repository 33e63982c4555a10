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
