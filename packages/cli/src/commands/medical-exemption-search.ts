import {
  type MedicalExemption,
  type MedicalExemptionSearchRequest,
  medicalExemptionSearch as service,
} from '@egov-gateway/medical-exemption';

import type { Command } from '../command.ts';
import { exitCodes } from '../exit-code.ts';
import { connectionHelp, connectionOptions, openGateway } from '../gateway-connection.ts';
import { type OptionValues, switchOption, textOption } from '../option-values.ts';
import { UsageError } from '../usage-error.ts';

/** `egw medical-exemption search --number N | --iin N | --passport-number N --citizenship-code C` */
export const medicalExemptionSearch: Command = {
  usage:
    'medical-exemption search (--number N | --iin N | --passport-number N --citizenship-code C) [--json]',
  summary: 'Searches medical exemptions (медотвод) by number, by person, or by passport.',
  help: [
    '--number N            number of the exemption',
    '--iin N               IIN of the person',
    '--passport-number N   passport, together with',
    '--citizenship-code C  the code of the citizenship',
    '--save-certificates DIR  write the certificates (PDF) into this folder',
    '--json                one JSON object on stdout',
    ...connectionHelp,
  ],
  options: {
    number: { type: 'string' },
    iin: { type: 'string' },
    'passport-number': { type: 'string' },
    'citizenship-code': { type: 'string' },
    'save-certificates': { type: 'string' },
    json: { type: 'boolean' },
    ...connectionOptions,
  },
  async run(values, positionals, context) {
    if (positionals.length > 0) throw new UsageError('medical-exemption search takes options only');
    const request = readRequest(values);
    const gateway = await openGateway(values, context);
    try {
      const response = await gateway.call(service, request, { signal: context.signal });
      const found = response.medicalExemptionList;
      const folder = textOption(values, 'save-certificates');
      if (folder !== undefined) {
        for (const [i, exemption] of found.entries()) {
          const pdf = exemption.certificate?.bytes();
          if (pdf) await context.console.write(`${folder}/certificate-${i + 1}.pdf`, pdf);
        }
      }
      if (switchOption(values, 'json')) {
        context.console.json({
          status: response.status,
          medicalExemptionList: found.map(describe),
        });
      } else if (found.length === 0) context.console.line('nothing was found');
      else for (const exemption of found) context.console.line(Object.values(describe(exemption)).join('  '));
      return exitCodes.done;
    } finally {
      await gateway.close();
    }
  },
};

function readRequest(values: OptionValues): MedicalExemptionSearchRequest {
  const number = textOption(values, 'number');
  const iin = textOption(values, 'iin');
  const passportNumber = textOption(values, 'passport-number');
  const citizenshipCode = textOption(values, 'citizenship-code');
  const keys = [number, iin, passportNumber ?? citizenshipCode].filter((value) => value !== undefined);
  if (keys.length !== 1) {
    throw new UsageError(
      'search by exactly one of --number, --iin, or --passport-number with --citizenship-code',
    );
  }
  if (number !== undefined) return { number };
  if (iin !== undefined) return { iin };
  if (passportNumber === undefined || citizenshipCode === undefined) {
    throw new UsageError('--passport-number and --citizenship-code go together');
  }
  return { passportNumber, citizenshipCode };
}

function describe(exemption: MedicalExemption): Record<string, string | null> {
  return {
    number: exemption.number,
    procedureCode: exemption.medicalProcedure.code,
    procedureNameRu: exemption.medicalProcedure.nameRu ?? null,
    procedureNameKk: exemption.medicalProcedure.nameKk ?? null,
    status: exemption.status,
    temporaryContraindicationEndDate: exemption.temporaryContraindicationEndDate ?? null,
    revocationReason: exemption.revocationReason ?? null,
  };
}
