/** A server with one canned answer, signed with RSA or, at `/gost`, with GOST, and the WSDL that node-soap asks for. */
import { readFileSync } from 'node:fs';
import http from 'node:http';

import { syncWsdl } from '@egov-gateway/emulator';
import { writeSyncResponse } from '@egov-gateway/envelope';
import { loadPem } from '@egov-gateway/keys';
import { createEnvelopeSigner } from '@egov-gateway/wsse';

import { values } from './documents.mjs';
import { payload } from './service.mjs';

const fixture = (name) => readFileSync(new URL(`../../fixtures/keys/${name}`, import.meta.url));
const gatewayKey = (folder) =>
  loadPem({
    privateKey: fixture(`${folder}gateway.key`).toString(),
    certificate: fixture(`${folder}gateway.crt`).toString(),
  });
const { bytes, layout } = writeSyncResponse({
  info: {
    messageId: '1710849d-cbf3-4bb9-b972-484d1785e1c3',
    responseDateMs: Date.UTC(2026, 0, 13, 5),
    status: { code: 'SUCCESS', message: 'The request has been processed' },
  },
  data: { codec: payload, value: values('2k') },
});
const signed = async (folder) => createEnvelopeSigner({ key: await gatewayKey(folder) }).sign(bytes, layout);
const answers = { rsa: await signed(''), gost: await signed('gost2015-512/') };

const server = http.createServer((request, response) => {
  if (request.method === 'GET') {
    response.setHeader('content-type', 'text/xml; charset=utf-8');
    response.end(syncWsdl(`http://${request.headers.host}/`));
    return;
  }
  request.resume();
  request.on('end', () => {
    const answer = request.url === '/gost' ? answers.gost : answers.rsa;
    response.writeHead(200, { 'content-type': 'text/xml; charset=utf-8', 'content-length': answer.length });
    response.end(answer);
  });
});
server.listen(0, '127.0.0.1', () => process.send({ url: `http://127.0.0.1:${server.address().port}/` }));
