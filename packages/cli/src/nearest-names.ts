/** Longer words are no slip of the finger. */
const maxLength = 64;

/** Up to three names that somebody who wrote `word` may have meant, the likeliest first. */
export function nearestNames(word: string, names: readonly string[]): readonly string[] {
  if (word.length < 3 || word.length > maxLength) return [];
  const tolerated = Math.floor(word.length / 3);
  const near = names
    .map((name) => ({ name, distance: name.includes(word) ? 1 : editDistance(word, name) }))
    .filter(({ distance }) => distance <= tolerated)
    .sort((a, b) => a.distance - b.distance);
  const nearest = near[0]?.distance ?? 0;
  return near
    .filter(({ distance }) => distance <= nearest + 1)
    .slice(0, 3)
    .map(({ name }) => name);
}

/** How many letters have to be put in, taken out or changed. */
function editDistance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (const [index, letter] of [...from].entries()) {
    const next = [index + 1];
    for (const [column, other] of [...to].entries()) {
      const [left = 0, above = 0, diagonal = 0] = [next[column], row[column + 1], row[column]];
      next.push(Math.min(left + 1, above + 1, diagonal + (letter === other ? 0 : 1)));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
