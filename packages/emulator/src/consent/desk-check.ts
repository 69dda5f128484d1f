import type { ConsentCheck } from '../registers/consent-check.ts';
import type { ConsentDesk } from './consent-desk.ts';

/** The built-in registers take what the built-in service of consents issued. @internal */
export function deskCheck(desk: ConsentDesk): ConsentCheck {
  return (claim) => {
    const verdict = desk.check(claim);
    switch (verdict) {
      case 'valid':
        return undefined;
      case 'expired':
      case 'other-person':
      case 'other-service':
        return verdict;
      default:
        // Withdrawn is forgotten: what the real registers say then is not known.
        return 'unknown';
    }
  };
}
