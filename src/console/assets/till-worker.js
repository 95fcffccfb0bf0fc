// Opens the till while the line is lost: with the page that the till itself put aside, which has nothing of any member in it.

const SHELL = "till-shell";
const SLOW = 5000;
const any = { ignoreVary: true };

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const address = new URL(request.url);
  if (request.method !== "GET" || address.origin !== self.location.origin) return;
  if (request.mode === "navigate") event.respondWith(page(request, address));
  else if (address.pathname.startsWith("/console/assets/")) event.respondWith(asset(request));
});

// The page as it is now or, where it does not come, the one that was put aside for its shop, or for the last one.
async function page(request, address) {
  const cache = await caches.open(SHELL);
  const home = address.pathname.match(/^\/till\/[0-9a-f-]{36}/)?.[0];
  const aside = async () => (home && (await cache.match(home, any))) || (home ? undefined : cache.match("/till", any));
  try {
    return await Promise.race([
      fetch(request),
      new Promise((_, give_up) => setTimeout(async () => { if (await aside()) give_up(new Error("slow")); }, SLOW)),
    ]);
  } catch {
    return (await aside()) ?? Response.error();
  }
}

// A file's address changes with what is in it.
async function asset(request) {
  return (await caches.match(request, any)) ?? fetch(request);
}
