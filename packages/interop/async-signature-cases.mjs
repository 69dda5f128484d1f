import { equal } from 'node:assert/strict';

import { createPushReceiver } from '@egov-gateway/client/receiver';
import {
  asyncOperationOf,
  readAsyncAccepted,
  readAsyncMessage,
  readDeliveryNotification,
  readDeliveryNotificationAnswer,
  readGetMessages,
  readMessages,
  readStatusAnswer,
  readStatusNotification,
  readStatusNotificationAnswer,
  readStatusRequest,
} from '@egov-gateway/envelope';
import { createMemoryJournal } from '@egov-gateway/journal';
import { loadPkcs12, pinnedCertificates } from '@egov-gateway/keys';
import { createEnvelopeSigner, createEnvelopeVerifier } from '@egov-gateway/wsse';

import { asyncEnvelopes } from './async-messages.mjs';
import { base64, gostParty, refused, signingSuites } from './gost-party.mjs';
import { createJudges } from './judges.mjs';

const seed = Number(process.env.EGW_SEED ?? 20_261_122);
const count = 3;

/** How an answer is read, by the name of its kind. What is not among them is a request, or a fault. */
const answerReaders = {
  'sendMessageResponse, in either namespace': readAsyncAccepted,
  sendDeliveryNotificationResponse: readDeliveryNotificationAnswer,
  getMessageStatusResponse: readStatusAnswer,
  getMessagesResponse: readMessages,
  changeMassageStatusNotificationResponse: readStatusNotificationAnswer,
};
const requestReaders = {
  sendMessage: readAsyncMessage,
  sendDeliveryNotification: readDeliveryNotification,
  getMessageStatus: readStatusRequest,
  getMessages: readGetMessages,
  changeMassageStatusNotification: readStatusNotification,
};

/** Reads a verified body as what it is; throws when it is nothing of this channel. */
function read(name, body) {
  if (name.startsWith('the faults')) return;
  const reader = answerReaders[name] ?? requestReaders[asyncOperationOf(body)?.operation];
  equal(reader(body).verified, true);
}

/** One space more in front of the end of the Body. */
const longerBody = (signed) => Buffer.from(signed.toString().replace(/<\/[^<]*Body>/, ' $&'));

/** Signed messages of the asynchronous channel, both ways: a handful, for the envelope is that of the other channel. */
export async function asyncSignatureCases(report, oracles) {
  report.section(
    'asynchronous channel: what we sign, judged by xmlsec1, zeep, WSS4J and Santuario, and what they sign, by us',
    `${count} generated messages of each kind, seed ${seed}; another one: EGW_SEED=N`,
  );
  const { java, gost, python, key } = oracles;
  const signingKey = await loadPkcs12(key('organisation.p12'), 'test-only');
  const { judges } = createJudges(oracles, signingKey.certificate);
  const signer = createEnvelopeSigner({ key: signingKey });
  const verifier = createEnvelopeVerifier({ trust: pinnedCertificates([signingKey.certificate]) });
  const kinds = asyncEnvelopes({ count, seed });

  for (const { name, envelopes } of kinds) {
    await report.case(`they accept: ${name}`, async () => {
      for (const { bytes, layout } of envelopes) {
        const signed = await signer.sign(bytes, layout);
        for (const judge of Object.values(judges)) await judge(signed);
      }
    });
  }
  const signers = {
    'WSS4J key-identifier': (xml) => java.ask('wss4j-sign', 'key-identifier', xml),
    'WSS4J issuer-serial': (xml) => java.ask('wss4j-sign', 'issuer-serial', xml),
    'zeep binary-security-token': (xml) => python.ask('zeep-sign', 'binary-security-token', xml),
  };
  for (const [style, sign] of Object.entries(signers)) {
    await report.case(`we verify and read what ${style} signed: every kind`, async () => {
      for (const { name, envelopes } of kinds) {
        for (const { bytes } of envelopes) {
          read(name, await verifier.verify(Buffer.from(await sign(base64(bytes)), 'base64')));
        }
      }
    });
    await report.case(`we refuse what ${style} signed, changed after that: every kind`, async () => {
      for (const { envelopes } of kinds) {
        const changed = longerBody(Buffer.from(await sign(base64(envelopes[0].bytes)), 'base64'));
        const outcome = await verifier.verify(changed).catch((error) => error);
        equal(outcome.code, 'ERR_VERIFY_DIGEST');
      }
    });
  }
  await receiverCases(report, { kinds, verifier, signer, signers, judges });
  await gostCases(report, { gost, key, kinds });
}

/** A push that WSS4J signed comes in, and WSS4J accepts the answer. */
async function receiverCases(report, { kinds, verifier, signer, signers, judges }) {
  const pushes = kinds.find(({ name }) => name === 'sendMessage of a push, in either namespace').envelopes;
  const changes = kinds.find(({ name }) => name === 'changeMassageStatusNotification').envelopes;
  await report.case('our receiver takes what WSS4J signed, and WSS4J accepts the answers', async () => {
    const receiver = createPushReceiver({
      journal: createMemoryJournal(),
      verifier,
      signer,
      unknownStatusWaitMs: 0,
      // The messages have the dates of the fixtures.
      maxPushAgeMs: false,
    });
    for (const { bytes } of [...pushes, ...changes]) {
      const body = Buffer.from(await signers['WSS4J key-identifier'](base64(bytes)), 'base64');
      const headers = { 'content-type': 'text/xml; charset=utf-8' };
      const answer = await receiver.handle({ method: 'POST', target: '/', headers, body });
      equal(answer.status, 200);
      await judges.WSS4J(answer.body);
    }
    await receiver.close();
  });
}

async function gostCases(report, { gost, key, kinds }) {
  const { signingKey, certificate } = gostParty(key, 'gost2015-512', 'organisation');
  const signer = createEnvelopeSigner({ key: signingKey, suites: signingSuites });
  await report.case('gost2015-512: Santuario accepts every kind, and refuses it changed', async () => {
    for (const { envelopes } of kinds) {
      for (const { bytes, layout } of envelopes) {
        const signed = Buffer.from(await signer.sign(bytes, layout));
        const judge = (xml) => gost.ask('xml-verify', base64(xml), base64(certificate.der));
        await judge(signed);
        await refused(() => judge(longerBody(signed)));
      }
    }
  });
}
