import type { SeededContract } from './registered-contract.ts';

const made = {
  employer: '991340000017',
  contractDate: '2024-01-09+06:00',
  beginDate: '2024-01-10+06:00',
  position: '2511-1-002',
  establishedPost: '2511-1-002',
  conscript: '1',
} as const;

/**
 * Contracts to change and to terminate without registering them first: one in force with an agreement, one terminated,
 * both of the employer whose key is built in, and one of another employer. Of people who cannot exist.
 *
 * @example
 * const emulator = await createEmulator({ laborContracts: { contracts: madeUpContracts } });
 */
export const madeUpContracts: readonly SeededContract[] = [
  {
    ...made,
    id: 'EMU-IN-FORCE',
    employee: '001300900011',
    contractNumber: 'ЕШ-101/24',
    agreements: [
      {
        id: 'EMU-AGREEMENT',
        subsidiaryContractNumber: 'ДС-1',
        subsidiaryContractDate: '2024-05-20+05:00',
        beginDate: '2024-06-01+05:00',
        position: '2512-0-001',
        establishedPost: '2512-0-001',
      },
    ],
  },
  {
    ...made,
    id: 'EMU-TERMINATED',
    employee: '001300900207',
    contractNumber: 'ЕШ-102/24',
    termination: { terminationDate: '2025-03-31+05:00', terminationReason: '05' },
  },
  {
    ...made,
    id: 'EMU-OF-ANOTHER',
    employer: '991340000027',
    employee: '001300900232',
    contractNumber: 'ЕШ-103/24',
  },
];
