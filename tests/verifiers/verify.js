// Asks verifiers that others wrote about our credentials. Reads one JSON from standard input:
// {contexts: {url: document}, documents: {url: document}, ask: [{kind, …}]}; writes one answer for each question.
// Nothing is fetched: what is not in `contexts` and `documents` does not exist.
import * as DidKey from '@digitalbazaar/did-method-key';
import * as Ed25519Multikey from '@digitalbazaar/ed25519-multikey';
import {checkStatus, decodeList} from '@digitalbazaar/vc-bitstring-status-list';
import {DataIntegrityProof} from '@digitalbazaar/data-integrity';
import {cryptosuite} from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import * as vc from '@digitalbazaar/vc';
import * as jose from 'jose';

let text = '';
for await (const chunk of process.stdin) text += chunk;
const {contexts, documents, now, ask} = JSON.parse(text);
// Some of them ask the machine what time it is: it is the time of the question.
const RealDate = Date;
globalThis.Date = class extends RealDate {
  constructor(...parts) {
    super(...(parts.length ? parts : [now]));
  }

  static now() {
    return new RealDate(now).getTime();
  }
};
const didKey = DidKey.driver();
didKey.use({multibaseMultikeyHeader: 'z6Mk', fromMultibase: Ed25519Multikey.from});

async function documentLoader(url) {
  if (contexts[url]) return {contextUrl: null, documentUrl: url, document: contexts[url]};
  if (documents[url]) return {contextUrl: null, documentUrl: url, document: documents[url]};
  if (url.startsWith('did:key:')) {
    return {contextUrl: null, documentUrl: url, document: await didKey.get({url})};
  }
  throw new Error(`not here: ${url}`);
}

const suite = () => new DataIntegrityProof({cryptosuite});
const status = options => checkStatus({...options, verifyBitstringStatusListCredential: true});

const setIn = found => (found?.results ?? [])
  .filter(each => each.status).map(each => each.credentialStatus.statusPurpose);

const answers = {
  async credential({credential}) {
    const found = await vc.verifyCredential(
      {credential, suite: suite(), documentLoader, checkStatus: status, now: new Date(now)});
    return {
      good: found.verified,
      why: found.verified ? '' : String(found.error?.errors?.[0]?.message ?? found.error?.message ?? found.statusResult?.error?.message),
      set: setIn(found.statusResult)
    };
  },
  async token({token, public: x}) {
    const key = await jose.importJWK({kty: 'OKP', crv: 'Ed25519', x}, 'EdDSA');
    const {payload} = await jose.jwtVerify(token, key, {algorithms: ['EdDSA'], currentDate: new Date(now)});
    // jose reads tokens and knows no lists: what it let through is looked up by the other reader's package.
    const {iss, jti, nbf, exp, ...credential} = payload;
    const found = await status({credential, documentLoader, suite: suite()});
    return {good: found.verified, why: String(found.error?.message ?? ''),
      number: credential.credentialSubject.licenseNumber, set: setIn(found)};
  },
  async bits({encoded}) {
    const list = await await decodeList({encodedList: encoded});
    const set = [];
    for (let index = 0; index < list.length; index++) if (list.getStatus(index)) set.push(index);
    return {good: true, length: list.length, set};
  }
};

const said = [];
for (const question of ask) {
  try {
    said.push(await answers[question.kind](question));
  } catch (error) {
    said.push({good: false, why: String(error.message ?? error)});
  }
}
process.stdout.write(JSON.stringify(said));
