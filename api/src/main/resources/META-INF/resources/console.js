// Fetches the changing part of the page every second and says so when it cannot.
"use strict";
const live = document.getElementById("live");
const freshness = document.getElementById("freshness");
async function refresh() {
  try {
    const answer = await fetch(live.dataset.from, { credentials: "same-origin" });
    if (answer.status === 401) {
      location.assign("/console/login");
      return;
    }
    if (!answer.ok) throw new Error("status " + answer.status);
    const html = await answer.text();
    if (html !== refresh.last) {
      // Whoever is on a link with the keyboard stays there.
      const held = live.contains(document.activeElement) ? document.activeElement.id : "";
      live.innerHTML = html;
      if (held) document.getElementById(held)?.focus();
    }
    refresh.last = html;
    freshness.textContent = "";
  } catch (error) {
    freshness.textContent = "Not up to date: " + error.message;
  }
  setTimeout(refresh, 1000);
}
if (live) setTimeout(refresh, 1000);
