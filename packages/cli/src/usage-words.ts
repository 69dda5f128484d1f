/** What is wrong with a command line, where every command may say it: in Russian, Kazakh and English. */
import type { Language } from './language.ts';
import type { Said } from './usage-error.ts';

/** An option that must be there, and what it is. */
export function missingOption(name: string, what?: Said): Said {
  const of = (language: Language): string => (what === undefined ? '' : `: ${what[language]}`);
  return {
    ru: `не указан параметр --${name}${of('ru')}`,
    kk: `--${name} параметрі көрсетілмеген${of('kk')}`,
    en: `--${name} is missing${of('en')}`,
  };
}

/** An option that was given more than once. */
export function repeatedOption(name: string): Said {
  return {
    ru: `--${name} указывается один раз, с одним значением`,
    kk: `--${name} бір рет, бір мәнмен көрсетіледі`,
    en: `--${name} takes one value`,
  };
}

/** An option that is no number, or one out of range. */
export function notWhole(name: string, isTime: boolean, min: number, max: number | undefined): Said {
  const to = (before: string): string => (max === undefined ? '' : `${before}${max}`);
  return {
    ru: `--${name} — целое число${isTime ? ' миллисекунд' : ''} от ${min}${to(' до ')}`,
    kk: `--${name} — ${min} не одан үлкен бүтін сан${isTime ? ' (миллисекунд)' : ''}${to(', ең көбі ')}`,
    en: `--${name} is a whole number${isTime ? ' of milliseconds' : ''} from ${min}${to(' to ')}`,
  };
}

/** An option that is none of the words that it may be. */
export function notOneOf(name: string, choices: readonly string[]): Said {
  const words = choices.join(', ');
  return {
    ru: `--${name} — одно из значений: ${words}`,
    kk: `--${name} — мына мәндердің бірі: ${words}`,
    en: `--${name} is one of ${words}`,
  };
}

/** A command that was given no name, or several. */
export function notOnePositional(command: string, name: string): Said {
  return {
    ru: `${command}: нужен ровно один ${name}`,
    kk: `${command}: дәл бір ${name} керек`,
    en: `${command} takes one ${name}`,
  };
}

/** What keeps a file from being read or written, by the code of the system. */
const reasons: Readonly<Record<string, Said>> = {
  ENOENT: {
    ru: 'такого файла или папки нет',
    kk: 'мұндай файл немесе бума жоқ',
    en: 'there is no such file or folder',
  },
  EACCES: { ru: 'нет прав доступа', kk: 'қол жеткізу құқығы жоқ', en: 'permission is denied' },
  EISDIR: { ru: 'это папка', kk: 'бұл бума', en: 'it is a folder' },
  ENOSPC: { ru: 'на диске нет места', kk: 'дискіде орын жоқ', en: 'the disk is full' },
};

const unknownReason: Said = { ru: 'причина неизвестна', kk: 'себебі белгісіз', en: 'unknown reason' };

/** A file that cannot be read or written. */
export function unusableFile(path: string, use: 'read' | 'write', error: unknown): Said {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  const name = typeof code === 'string' ? code : '';
  const known = Object.hasOwn(reasons, name) ? reasons[name] : undefined;
  const why = known ?? (name === '' ? unknownReason : { ru: name, kk: name, en: name });
  return use === 'read'
    ? {
        ru: `${path} не читается: ${why.ru}`,
        kk: `${path} оқылмайды: ${why.kk}`,
        en: `${path} cannot be read: ${why.en}`,
      }
    : {
        ru: `${path} не записывается: ${why.ru}`,
        kk: `${path} жазылмайды: ${why.kk}`,
        en: `${path} cannot be written: ${why.en}`,
      };
}

/** How the codes of `node:util` `parseArgs` begin. */
const argumentCodes = 'ERR_PARSE_ARGS_';

/** What `node:util` `parseArgs` does not take; `undefined` when it is nothing that is known here. */
export function unreadableArguments(error: unknown): Said | undefined {
  if (!(error instanceof Error && 'code' in error && typeof error.code === 'string')) return undefined;
  const reason = error.code.startsWith(argumentCodes) ? error.code.slice(argumentCodes.length) : '';
  const option = /--?[\p{L}\d][\p{L}\d-]*/u.exec(error.message)?.[0] ?? '';
  if (reason === 'UNKNOWN_OPTION') {
    return {
      ru: `нет параметра ${option}: все параметры выводит --help`,
      kk: `${option} параметрі жоқ: барлық параметрді --help көрсетеді`,
      en: `there is no option ${option}: --help lists them all`,
    };
  }
  if (reason === 'INVALID_OPTION_VALUE') {
    return {
      ru: `${option}: значение не указано, или его у этого параметра не бывает; смотрите --help`,
      kk: `${option}: мәні көрсетілмеген немесе бұл параметрдің мәні болмайды; --help қараңыз`,
      en: error.message,
    };
  }
  return undefined;
}
