// Keeps the page that checks a QR, and the file of keys and lists, for when the server cannot be reached.
// The network comes first; what it gave last is shown when it gives nothing. What stands behind the # never comes here.
self.addEventListener('install', () => self.skipWaiting());
self.addEventListener('activate', event => event.waitUntil(self.clients.claim()));
self.addEventListener('fetch', event => {
  const url = new URL(event.request.url);
  if (event.request.method !== 'GET' || url.origin !== self.location.origin) return;
  event.respondWith(newest(event.request));
});

async function newest(request) {
  const cache = await caches.open('nintei-qr');
  try {
    const answer = await fetch(request);
    if (answer.ok && await cache.match(request, {ignoreSearch: false})) await cache.put(request, answer.clone());
    return answer;
  } catch (fault) {
    const kept = await cache.match(request, {ignoreVary: true});
    if (kept) return kept;
    throw fault;
  }
}
