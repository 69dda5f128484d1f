/**
 * The built-in service of consents (КДП).
 *
 * @module
 */
import { type ConsentAnswer, type ConsentRequest, createConsentService } from '@egov-gateway/consent';
import type { Certificate, Clock, MessageWrapper } from '@egov-gateway/core';

import { businessError, type Outcome, reply } from '../outcome.ts';
import type { SystemRegistry } from '../registry.ts';
import { handledService, type RequestContext, type ServiceEntry } from '../service.ts';
import { ovtFault } from './check-ovt.ts';
import { ConsentDesk } from './consent-desk.ts';
import { type ConsentSettings, type EmulatedConsentOptions, resolveConsent } from './service-options.ts';

/** @internal */
export interface EmulatedConsent {
  readonly entry: ServiceEntry;
  readonly desk: ConsentDesk;
}

/** Tokens of the real service arrive with white space inside. */
const lineLength = 76;

/** @throws {TypeError} when an option does not fit @internal */
export function emulatedConsent(
  options: EmulatedConsentOptions,
  { registry, clock }: { readonly registry: SystemRegistry; readonly clock: Clock },
): EmulatedConsent {
  const settings = resolveConsent(options);
  const { serviceId: id, identity, requestParts, answerWrapper, people, seed } = settings;
  const desk = new ConsentDesk(people, seed);
  const plain = createConsentService({ id, identity });
  const own = createConsentService({ id, identity, wrapper: 'kdp', unverifiedParts: requestParts });
  const syncWrapper: MessageWrapper =
    answerWrapper === 'kdp' ? { response: own.wrapper?.response, isStatusOptional: true } : {};

  const handle = async (
    request: ConsentRequest,
    context: RequestContext,
  ): Promise<Outcome<ConsentAnswer>> => {
    const certificates = certificatesOf(context, registry, settings);
    const fault = checkedOvt(request, settings, { certificates, atMs: clock.now() });
    if (fault !== undefined) return businessError({ code: 'EMU_OVT', message: fault });
    const status = context.wrapper?.isStatusOptional === true ? { code: '', message: '' } : undefined;
    const answer = await answered(request, { desk, settings, clock, signal: context.signal });
    return reply(answer, status === undefined ? {} : { status });
  };
  const plainEntry = handledService(plain, handle);
  const ownEntry = handledService(own, handle);
  return {
    desk,
    entry: {
      id,
      wrapper: syncWrapper,
      otherWrappers: [own.wrapper],
      serve: (context) => (context.wrapper?.response === undefined ? plainEntry : ownEntry).serve(context),
    },
  };
}

async function answered(
  { iin, accessNames, expiresInMs }: ConsentRequest,
  parts: {
    readonly desk: ConsentDesk;
    readonly settings: ConsentSettings;
    readonly clock: Clock;
    readonly signal: AbortSignal;
  },
): Promise<ConsentAnswer> {
  const { desk, settings, clock, signal } = parts;
  const { statuses, undecided } = settings;
  let decision = desk.decisionOf(iin);
  while (decision === 'undecided' && undecided === 'wait') decision = await desk.nextDecision(iin, signal);
  if (decision === 'refuses') return { outcome: 'refused', status: statuses.refused, token: undefined };
  if (decision === 'undecided') return { outcome: 'pending', status: statuses.pending, token: undefined };
  const { token, publicKey } = desk.issue({ iin, accessNames, expiresInMs, atMs: clock.now() });
  const consent = { token: inLines(token), publicKey: inLines(publicKey) };
  return { outcome: 'granted', status: statuses.granted, token: consent };
}

function checkedOvt(
  { ovt, companyBin }: ConsentRequest,
  settings: ConsentSettings,
  options: { readonly certificates: readonly Certificate[]; readonly atMs: number },
): string | undefined {
  if (settings.ovt === 'ignore') return undefined;
  if (ovt === undefined) return settings.ovt === 'require' ? 'there is no ovt' : undefined;
  return ovtFault(ovt, companyBin, options);
}

function certificatesOf(
  { signer, sender }: RequestContext,
  registry: SystemRegistry,
  { companies }: ConsentSettings,
): readonly Certificate[] {
  const registered = registry.find(sender.senderId)?.certificates ?? [];
  return [...(signer === undefined ? [] : [signer]), ...registered, ...companies];
}

function inLines(text: string): string {
  return text.replace(new RegExp(`.{${lineLength}}(?=.)`, 'g'), '$&\n');
}
