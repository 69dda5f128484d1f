import type { Language } from './language.ts';

const width = 24;

/** What the first moments promise is worth nothing. */
const leastMs = 1_000;

/** What stands around the time that is left, and the units of it. */
const words: Readonly<
  Record<Language, { readonly before: string; readonly after: string; readonly units: readonly string[] }>
> = {
  ru: { before: 'осталось ', after: '', units: ['с', 'мин', 'ч'] },
  kk: { before: '', after: ' қалды', units: ['с', 'мин', 'сағ'] },
  en: { before: '', after: ' left', units: ['s', 'min', 'h'] },
};

/** How far a batch is, as text: a bar, a share, and how long the rest will take. */
export function progressBar(done: number, total: number, elapsedMs: number, language: Language): string {
  const share = total === 0 ? 1 : Math.min(1, done / total);
  const filled = Math.floor(share * width);
  const bar = `[${'#'.repeat(filled)}${'.'.repeat(width - filled)}]`;
  const percent = `${Math.floor(share * 100)}%`.padStart(4);
  const { before, after, units } = words[language];
  const left =
    done === 0 || done >= total || elapsedMs < leastMs
      ? ''
      : `, ${before}${duration((elapsedMs / done) * (total - done), units)}${after}`;
  return `${bar}${percent} ${done}/${total}${left}`;
}

function duration(ms: number, [second, minute, hour]: readonly string[]): string {
  const seconds = Math.ceil(ms / 1000);
  if (seconds < 60) return `${seconds} ${second}`;
  const minutes = Math.ceil(seconds / 60);
  return minutes < 60
    ? `${minutes} ${minute}`
    : `${Math.floor(minutes / 60)} ${hour} ${minutes % 60} ${minute}`;
}
