// The door of a course goes on without network. This one file is both the script of the door's page and the
// service worker beside it: what can't be sent is sealed, kept on the tablet, sent later under the number
// that its form had, and then forgotten. The server keeps once what it is sent twice.
"use strict";

const DAY_PATH = /^\/station\/days\/([0-9a-f]{16})\/door(\/code)?$/;
const OFFLINE = "/station/door/offline";

// ---- what is kept: one key that can't be taken out, the names of the day, what waits to be sent ----
const done = (request) => new Promise((good, bad) => {
  request.onsuccess = () => good(request.result);
  request.onerror = () => bad(request.error);
});
const kept = () => {
  const request = indexedDB.open("mimamori-door", 1);
  request.onupgradeneeded = () => {
    for (const name of ["keys", "lists", "told"]) request.result.createObjectStore(name);
    request.result.createObjectStore("queue", { autoIncrement: true });
  };
  return done(request);
};
const within = async (name, mode, work) => {
  const base = await kept();
  try { return await done(work(base.transaction(name, mode).objectStore(name))); } finally { base.close(); }
};
const put = (name, value, at) => within(name, "readwrite", (store) => store.put(value, at));
const get = (name, at) => within(name, "readonly", (store) => store.get(at));
const drop = (name, at) => within(name, "readwrite", (store) => store.delete(at));
const all = async (name) => {
  const base = await kept();
  try {
    const store = base.transaction(name).objectStore(name);
    const [at, values] = await Promise.all([done(store.getAllKeys()), done(store.getAll())]);
    return at.map((one, index) => [one, values[index]]);
  } finally { base.close(); }
};
const key = async () => {
  const there = await get("keys", "door");
  if (there) return there;
  const fresh = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
  await put("keys", fresh, "door");
  return fresh;
};
const seal = async (value) => {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const plain = new TextEncoder().encode(JSON.stringify(value));
  return { iv, sealed: await crypto.subtle.encrypt({ name: "AES-GCM", iv }, await key(), plain) };
};
const open = async ({ iv, sealed }) => {
  const plain = await crypto.subtle.decrypt({ name: "AES-GCM", iv }, await key(), sealed);
  return JSON.parse(new TextDecoder().decode(plain));
};

// ---- sending what waited: in order, each until the server has said what came of it ----
const flush = async () => {
  let sent = 0;
  for (const [at, one] of await all("queue")) {
    const { lesson, fields, label } = await open(one);
    const answer = await fetch(`/station/days/${lesson}/door/late`, {
      method: "POST", body: new URLSearchParams(fields), redirect: "error",
    });
    if (answer.status === 401 || answer.status === 429 || answer.status >= 500) break;
    const said = answer.ok ? await answer.json() : { outcome: "refused", word: "送れませんでした。紙に書いて、職員に知らせてください" };
    if (!["in", "already"].includes(said.outcome)) {
      const told = { time: new Date(Number(fields.at)).toLocaleTimeString("ja-JP", { hour: "numeric", minute: "2-digit" }), label, word: said.word };
      await put("told", await seal({ lesson, ...told }), fields.nonce);
    }
    await drop("queue", at);
    sent += 1;
  }
  return sent;
};

if ("ServiceWorkerGlobalScope" in self && self instanceof ServiceWorkerGlobalScope) {
  const inTime = (request, ms) => Promise.race([
    fetch(request), new Promise((_, late) => { setTimeout(() => late(new Error("late")), ms); }),
  ]);
  self.addEventListener("install", (event) => {
    const fill = async () => {
      const page = await (await fetch(OFFLINE)).text();
      const files = [...page.matchAll(/(?:href|src)="(\/assets\/[^"]+)"/g)].map((found) => found[1]);
      const cache = await caches.open("door");
      await cache.addAll([OFFLINE, "/station/door.js", ...new Set(files)]);
      await self.skipWaiting();
    };
    event.waitUntil(fill());
  });
  self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
  const shown = async (request) => {
    try { return await inTime(request, 8000); } catch { return (await caches.match(OFFLINE)) || Response.error(); }
  };
  const posted = async (request, lesson) => {
    const copy = request.clone();
    try { return await inTime(request, 8000); } catch {
      const fields = Object.fromEntries(await copy.formData());
      fields.at = String(Date.now());
      // A name that was pressed is read from the list of the day; it is not sent.
      const list = await get("lists", lesson);
      const names = list ? (await open(list.names)).names : [];
      const named = names.find((one) => one.signup === fields.signup);
      const label = named ? named.label : fields.code ? "カード・番号" : fields.name || "申し込みのない方";
      await put("queue", await seal({ lesson, fields, label }));
      return Response.redirect(`/station/days/${lesson}/door?as=${encodeURIComponent(fields.as || "")}`, 303);
    }
  };
  self.addEventListener("fetch", (event) => {
    const { request } = event;
    const path = new URL(request.url).pathname;
    const day = DAY_PATH.exec(path);
    if (request.mode === "navigate" && day) {
      event.respondWith(request.method === "POST" ? posted(request, day[1]) : shown(request));
    } else if (request.method === "GET" && (path.startsWith("/assets/") || path === "/station/door.js")) {
      event.respondWith(fetch(request).catch(() => caches.match(request).then((found) => found || Response.error())));
    }
  });
} else if (self.isSecureContext && navigator.serviceWorker && DAY_PATH.test(location.pathname)) {
  const lesson = DAY_PATH.exec(location.pathname)[1];
  const main = document.querySelector("main");
  const offline = document.querySelector("[data-offline]") ? main : null;
  const line = (tag, words) => { const one = document.createElement(tag); one.textContent = words; return one; };

  // The names of the day, sealed, for when the page has to be opened without network.
  const keep = async (page) => {
    const names = [...main.querySelectorAll("form input[name=signup]")].map((field) => ({
      signup: field.value, label: field.form.querySelector("button").textContent.trim(),
    }));
    for (const [at, one] of await all("lists")) if (one.day !== page.dataset.day) await drop("lists", at);
    await put("lists", { day: page.dataset.day, names: await seal({ title: page.dataset.title, names }) }, lesson);
  };
  const tell = async () => {
    for (const [at, one] of await all("told")) {
      const { time, label, word } = await open(one);
      const box = document.createElement("div");
      box.className = "flash warning";
      const seen = line("button", "わかりました");
      seen.className = "button quiet";
      seen.addEventListener("click", () => { drop("told", at).then(() => box.remove()); });
      box.append(line("p", `あとから送った受付（${time}　${label}）：${word}`), seen);
      main.querySelector("h1").after(box);
    }
  };
  const fill = async () => {
    const list = await get("lists", lesson);
    const { title, names } = list ? await open(list.names) : { title: "", names: [] };
    const waits = [];
    for (const [, one] of await all("queue")) waits.push(await open(one));
    const mine = waits.filter((one) => one.lesson === lesson);
    const came = new Set(mine.map((one) => one.fields.signup));
    const part = offline.querySelector("select[name=as]");
    part.value = new URLSearchParams(location.search).get("as") || part.value;
    if (!part.value) part.selectedIndex = 0;
    offline.querySelector("[data-title]").textContent = title;
    offline.querySelector("[data-count]").textContent = `${mine.length}人`;
    offline.querySelector("[data-waiting]").replaceChildren(...mine.slice().reverse().map((one) =>
      line("li", `${new Date(Number(one.fields.at)).toLocaleTimeString("ja-JP", { hour: "numeric", minute: "2-digit" })}　${one.label}`)));
    const send = (form) => {
      const bytes = crypto.getRandomValues(new Uint8Array(8));
      bytes[0] &= 127;
      const own = { nonce: [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join(""), as: part.value };
      for (const [name, value] of Object.entries(own)) {
        const field = document.createElement("input");
        Object.assign(field, { type: "hidden", name, value });
        form.append(field);
      }
    };
    for (const form of offline.querySelectorAll("form")) {
      form.action = `/station/days/${lesson}/door${form.dataset.to}`;
      form.addEventListener("submit", () => send(form));
    }
    offline.querySelector("[data-names]").replaceChildren(...names.filter((one) => !came.has(one.signup)).map((one) => {
      const form = document.createElement("form");
      Object.assign(form, { method: "post", action: `/station/days/${lesson}/door`, className: "act" });
      const field = document.createElement("input");
      Object.assign(field, { type: "hidden", name: "signup", value: one.signup });
      const button = line("button", one.label);
      Object.assign(button, { type: "submit", className: "button primary" });
      form.append(field, button);
      form.addEventListener("submit", () => send(form));
      return form;
    }));
  };
  // The camera: the browser reads the QR itself where it can, else the server reads a frame of it. What was
  // read goes into the box as if a reader had typed it; the same card is not read twice in a row.
  const film = async () => {
    const box = main.querySelector("input[name=code]");
    if (!box || !navigator.mediaDevices) return;
    const start = line("button", "カメラで読み取る");
    Object.assign(start, { type: "button", className: "button secondary" });
    const place = document.createElement("p");
    place.append(start);
    box.form.after(place);
    const digest = async (text) => {
      const bytes = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
      return [...new Uint8Array(bytes)].slice(0, 8).join(".");
    };
    const look = async () => {
      const stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment", width: 640, height: 480 } });
      const video = document.createElement("video");
      Object.assign(video, { srcObject: stream, muted: true, playsInline: true, width: 320, height: 240 });
      start.replaceWith(video);
      await video.play();
      const canvas = document.createElement("canvas");
      const reads = "BarcodeDetector" in self && (await BarcodeDetector.getSupportedFormats()).includes("qr_code");
      const eye = reads ? new BarcodeDetector({ formats: ["qr_code"] }) : null;
      const seen = async () => {
        if (eye) return (await eye.detect(video))[0]?.rawValue || "";
        Object.assign(canvas, { width: video.videoWidth, height: video.videoHeight });
        canvas.getContext("2d").drawImage(video, 0, 0);
        const frame = await new Promise((done) => { canvas.toBlob(done, "image/jpeg", 0.8); });
        const answer = await fetch(`/station/days/${lesson}/door/frame`, { method: "POST", body: frame, redirect: "error" });
        return answer.ok ? (await answer.json()).text : "";
      };
      for (;;) {
        const text = document.hidden ? "" : await seen().catch(() => "");
        const [last, at] = (sessionStorage.getItem("door-card") || " ").split(" ");
        const now = text && await digest(text);
        if (text && (now !== last || Date.now() - Number(at) > 20000)) {
          sessionStorage.setItem("door-card", `${now} ${Date.now()}`);
          box.value = text;
          stream.getTracks().forEach((track) => track.stop());
          box.form.requestSubmit();
          return;
        }
        await new Promise((done) => { setTimeout(done, eye ? 150 : 400); });
      }
    };
    const on = () => { look().catch(() => { sessionStorage.removeItem("door-camera"); start.textContent = "カメラが使えません。もう一度ためす"; }); };
    start.addEventListener("click", () => { sessionStorage.setItem("door-camera", "on"); on(); });
    if (sessionStorage.getItem("door-camera")) on();
  };
  const begin = async () => {
    await navigator.serviceWorker.register("/station/door.js");
    const installs = document.createElement("link");
    Object.assign(installs, { rel: "manifest", href: "/station/door.webmanifest" });
    document.head.append(installs);
    if (!offline) {
      if (await flush()) { location.reload(); return; }
      await keep(document.querySelector("[data-door]"));
      await tell();
      await film();
      return;
    }
    await fill();
    const back = async () => {
      const answer = await fetch("/health", { cache: "no-store" });
      if (answer.ok) location.reload();
    };
    setInterval(() => { back().catch(() => {}); }, 10000);
    addEventListener("online", () => { back().catch(() => {}); });
  };
  begin().catch((fault) => { document.documentElement.dataset.door = String(fault); });
}
