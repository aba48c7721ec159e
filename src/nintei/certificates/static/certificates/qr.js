// Checks the signed line of a certificate's QR here in the browser. It stands behind the #, which no browser sends.
// What it needs (keys, the last lists) is one file, the same for everybody; page and file stay in the cache, so that
// the check works with the server off.
const FIRST = 'nintei-qr-1\n';
const page = document.querySelector('[data-qr]');
const bytes = text => Uint8Array.from(atob(text.replace(/-/g, '+').replace(/_/g, '/')), each => each.charCodeAt(0));
const utf8 = text => new TextEncoder().encode(text);
const read = text => JSON.parse(new TextDecoder('utf-8', {fatal: true}).decode(bytes(text)));
const day = instant => new Intl.DateTimeFormat('sv-SE', {timeZone: 'Asia/Tokyo', dateStyle: 'short'}).format(instant);
const said = on => new Intl.DateTimeFormat(document.documentElement.lang, {dateStyle: 'long', timeZone: 'UTC'}).format(new Date(on));

async function fits(key, signature, text) {
  const imported = await crypto.subtle.importKey('raw', bytes(key.public), 'Ed25519', false, ['verify']);
  return crypto.subtle.verify('Ed25519', imported, bytes(signature), utf8(text));
}

async function daysOf(trust) {
  const [head, claims, signature] = trust.days.split('.');
  const {alg, kid, typ} = read(head);
  if (alg !== 'EdDSA' || typ !== 'nintei-days+jwt') return null;
  for (const key of trust.keys) {
    const named = kid.endsWith(`#key-${key.number}`) || kid.startsWith('did:key:');
    if (named && await fits(key, signature, `${head}.${claims}`)) return read(claims);
  }
  return null;
}

function codeOn(row, certified, starts, ends, on) {
  if (row.days) {
    const begun = row.days.filter(([from]) => from <= on);
    return begun.length ? begun[begun.length - 1][1] : 'NOT_CERTIFIED';
  }
  if (on < certified) return 'NOT_CERTIFIED';
  if (on > ends) return 'EXPIRED';
  return on < starts ? 'CERTIFIED_NOT_STARTED' : 'VALID';
}

// What came out: a word for the head of the page, the payload, and as of when the list is.
async function judged(fragment) {
  const [version, payload, signature, more] = fragment.split('.');
  if (version !== '1' || !signature || more !== undefined) return {answer: 'unreadable'};
  let row;
  try {
    row = read(payload);
  } catch {
    return {answer: 'unreadable'};
  }
  const [number_, number, code, name, certified, starts, ends, leaf, list, bit, id] = row;
  const facts = {number, code, name, starts, ends, id};
  const response = await fetch(page.dataset.trust, {cache: 'no-cache'}).catch(() => null);
  if (!response || !response.ok) return {answer: 'no_keys'};
  const trust = await response.json();
  const key = trust.keys.find(each => each.number === number_);
  if (!key) return {answer: 'foreign'};
  let good;
  try {
    good = await fits(key, signature, FIRST + payload);
  } catch (fault) {
    return {answer: fault.name === 'NotSupportedError' ? 'old_browser' : 'forged'};
  }
  if (!good) return {answer: 'forged'};
  const on = page.dataset.today || day(new Date());
  const days = await daysOf(trust);
  const asOf = days ? new Date(days.iat * 1000) : null;
  const found = {facts, asOf, on};
  if (!days || on > day(new Date(days.exp * 1000))) return {answer: 'old_list', ...found};
  const place = days.places[list]?.[bit];
  if (!place || !place.leaves.includes(leaf)) {
    const newest = Math.max(-1, ...Object.values(days.places).flatMap(each => Object.values(each)).flatMap(each => each.leaves));
    return leaf > newest ? {answer: 'old_list', ...found} : {answer: 'not_listed'};
  }
  return {answer: codeOn(place, certified, starts, ends, on), ...found};
}

const TONES = {VALID: 'ok', VALID_PENDING_RENEWAL: 'ok', CERTIFIED_NOT_STARTED: 'wait', old_list: 'wait', no_keys: 'wait', old_browser: 'wait', foreign: 'wait', unreadable: 'none'};

function show({answer, facts, asOf, on}) {
  const box = page.querySelector('[data-answer]');
  const tone = TONES[answer] ?? 'bad';
  box.className = `answer answer--${tone} stack-3 mt-4`;
  box.dataset.answer = answer;
  for (const each of page.querySelectorAll('[data-when]')) each.hidden = !each.dataset.when.split(' ').includes(answer);
  for (const each of page.querySelectorAll('[data-tone]')) each.toggleAttribute('hidden', each.dataset.tone !== tone);
  page.querySelector('[data-facts]').hidden = !facts;
  if (facts) {
    const fill = {...facts, starts: said(facts.starts), ends: said(facts.ends), on: said(on)};
    fill.asof = asOf ? new Intl.DateTimeFormat(document.documentElement.lang, {dateStyle: 'long', timeStyle: 'short', timeZone: 'Asia/Tokyo'}).format(asOf) : '–';
    for (const each of page.querySelectorAll('[data-fill]')) each.textContent = fill[each.dataset.fill] ?? '';
    const link = page.querySelector('[data-online]');
    link.href = `${link.dataset.online.replace('NUMBER', encodeURIComponent(facts.number))}?id=${encodeURIComponent(facts.id)}`;
  }
  box.hidden = false;
  page.querySelector('[data-idle]').hidden = true;
}

async function keepForLater() {
  if (!('serviceWorker' in navigator) || !('caches' in window)) return;
  await navigator.serviceWorker.register(page.dataset.worker);
  const parts = [...document.querySelectorAll('link[rel=stylesheet], link[rel=icon], script[src]')].map(each => each.href || each.src);
  const cache = await caches.open('nintei-qr');
  await cache.addAll([location.pathname, page.dataset.trust, ...parts]);
  document.documentElement.dataset.kept = 'yes';
}

async function begin() {
  const fragment = location.hash.slice(1);
  if (fragment) show(await judged(fragment));
}

window.addEventListener('hashchange', begin);
begin();
keepForLater().catch(() => {});
