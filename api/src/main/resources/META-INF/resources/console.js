// Fetches the changing part of the page while somebody sees it, every second where all is well, and
// says so when it cannot.
"use strict";
const live = document.getElementById("live");
const freshness = document.getElementById("freshness");
const EVERY = 1000;
const LONGEST = 30000;
let tag = live ? live.dataset.tag : ""; // of what is shown: where that is still so, nothing is sent
let pause = EVERY;
let timer = 0;
let asking = false;

function show(html) {
  // Whoever is on a link with the keyboard stays there.
  const held = live.contains(document.activeElement) ? document.activeElement.id : "";
  live.innerHTML = html;
  if (held) document.getElementById(held)?.focus();
}

async function refresh() {
  asking = true;
  try {
    const headers = tag ? { "If-None-Match": tag } : {};
    const answer = await fetch(live.dataset.from, { credentials: "same-origin", cache: "no-store", headers });
    if (answer.status === 401) {
      location.assign("/console/login");
      return;
    }
    if (answer.status !== 304) {
      if (!answer.ok) throw new Error("status " + answer.status);
      show(await answer.text());
      tag = answer.headers.get("ETag") ?? "";
    }
    freshness.textContent = "";
    pause = EVERY;
  } catch (error) {
    freshness.textContent = "Not up to date: " + error.message;
    pause = Math.min(pause * 2, LONGEST);
  }
  asking = false;
  later(pause);
}

function later(millis) {
  clearTimeout(timer);
  if (document.visibilityState === "visible") timer = setTimeout(refresh, millis);
}

if (live) {
  document.addEventListener("visibilitychange", () => {
    if (!asking) later(0); // nobody asks for a page that nobody sees
  });
  later(EVERY);
}
