// The service worker. The server puts VERSION, SHELL, AWAY and HELD before these lines. It holds what is the same for
// everybody and nothing else: the shell, pages of editions, their files. Never a page that knows of a person.
const SHELL_CACHE = `shell-${VERSION}`, PAGES = `pages-${VERSION}`, MEDIA = "media";
const PATIENCE = 3000, LONGEST = 10_000, EDITIONS = "/kiosk/editions/";

self.addEventListener("install", event => event.waitUntil(install()));
self.addEventListener("activate", event => event.waitUntil(activate()));
self.addEventListener("message", event => { if (event.data === "hold") event.waitUntil(holdOnce()); });

self.addEventListener("fetch", event => {
  const { request } = event, { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== location.origin) return;
  if (pathname.startsWith("/static/")) event.respondWith(held(request, SHELL_CACHE));
  else if (pathname.startsWith("/media/")) event.respondWith(held(request, MEDIA));
  else if (request.mode === "navigate") event.respondWith(page(request, event));
});

async function install() {
  const cache = await caches.open(SHELL_CACHE);
  await Promise.all([...SHELL, ...AWAY].map(address => keep(cache, address)));
  await self.skipWaiting();
}

// A page of the version before may still stand open: what it is made of goes with the next version only.
async function activate() {
  for (const kind of ["shell-", "pages-"]) {
    const names = (await caches.keys()).filter(name => name.startsWith(kind));
    for (const name of names.slice(0, -2)) await caches.delete(name);
  }
  await self.clients.claim();
}

// Whole files only: a part of one (206) cannot be kept, and would be no use.
async function keep(cache, address) {
  const fresh = await fetch(address, { cache: "no-store" }).catch(() => null);
  if (fresh?.status === 200 && !fresh.redirected) await cache.put(address, fresh);
}

async function held(request, name) {
  const found = await caches.match(request.url, { ignoreVary: true });
  if (found) return found;
  const fresh = await fetch(request);
  if (fresh.status === 200 && name === SHELL_CACHE) (await caches.open(name)).put(request.url, fresh.clone()).catch(() => {});
  return fresh;
}

// From the server if it answers in time, else what is held, else the page that says that the server is away.
async function page(request, event) {
  const found = await caches.match(request.url, { ignoreVary: true });
  const fresh = fetch(request).then(reply => {
    if (reply.status >= 500) throw new Error(reply.status);
    if (reply.ok && new URL(request.url).pathname.startsWith(EDITIONS)) event.waitUntil(holdOpen(request.url, reply.clone()).catch(() => {}));
    if (reply.status === 410) event.waitUntil(caches.open(PAGES).then(cache => cache.delete(request.url, { ignoreVary: true })));
    return reply;
  });
  // A line that is cut without a word, as by a switch without current, would keep somebody waiting for minutes.
  const late = new Promise(resolve => setTimeout(resolve, found ? PATIENCE : LONGEST, found));
  const answer = await Promise.race([fresh, late]).catch(() => found);
  return answer?.clone() ?? await caches.match(AWAY[0], { ignoreVary: true }) ?? Response.error();
}

// A module that was opened can be finished, whether it is asked here or not.
async function holdOpen(address, reply) {
  const files = mediaIn(await reply.clone().text());
  await (await caches.open(PAGES)).put(address, reply);
  const cache = await caches.open(MEDIA);
  for (const file of files) if (!(await cache.match(file))) await keep(cache, file);
}

const mediaIn = text => new Set(Array.from(text.matchAll(/\/media\/[0-9a-f]{64}/g), ([address]) => address));

let holding = null;
const holdOnce = () => holding ??= hold().finally(() => { holding = null; });

// Hold the modules of this place, and let go of those that are no longer asked of anybody.
async function hold() {
  const reply = await fetch(HELD, { headers: { Accept: "application/json" } }).catch(() => null);
  if (!reply?.ok || reply.redirected) return;
  const before = await (await caches.match(HELD, { ignoreVary: true }))?.json();
  await (await caches.open(SHELL_CACHE)).put(HELD, reply.clone());
  const { pages, voices } = await reply.json();
  const spoken = pages.filter(page => voices[page] !== before?.voices?.[page]);
  const open = (await self.clients.matchAll()).map(client => new URL(client.url).pathname);
  try {
    const cache = await holdExactly(PAGES, [...pages, ...open.filter(path => path.startsWith(EDITIONS))], spoken);
    const media = new Set();
    for (const held of await cache.matchAll()) {
      for (const address of mediaIn(await held.text())) media.add(address);
    }
    await holdExactly(MEDIA, [...media]);
  } catch (error) {
    if (error.name !== "QuotaExceededError") throw error;
    for (const client of await self.clients.matchAll()) client.postMessage("full");
  }
}

async function holdExactly(name, addresses, changed = []) {
  const cache = await caches.open(name);
  const there = new Set((await cache.keys()).map(request => new URL(request.url).pathname));
  for (const address of there) if (!addresses.includes(address)) await cache.delete(address);
  for (const address of addresses) if (!there.has(address) || changed.includes(address)) await keep(cache, address);
  return cache;
}
