import assert from 'node:assert/strict';

/** Goes through the application as a browser would, and says what it sees. */
export async function walkThrough(url: string, { today }: { readonly today: string }): Promise<void> {
  const browser = new FormBrowser(url);

  console.log('the page');
  const first = await browser.open('/');
  for (const [name, state] of employeesOn(first)) console.log(`  ${name}: ${state}`);

  console.log('a form with everything wrong');
  const form = {
    name: '',
    iin: '1300900232',
    number: '',
    signedOn: '2099-01-01',
    beginsOn: '',
    position: '',
    staffPosition: '',
    conscript: '1',
    next: 'register',
  };
  const wrong = await browser.submit('/contracts', form);
  assert.equal(wrong.status, 422);
  for (const issue of issuesOn(wrong.text)) console.log(`  ${issue}`);

  console.log('the same, corrected');
  const added = await browser.submit('/contracts', {
    ...form,
    name: 'Смағұлов Арман',
    iin: '001300900244',
    number: 'ЕШ-034/26',
    signedOn: today,
    beginsOn: today,
    position: '2511-1-002',
    staffPosition: 'Тестировщик',
  });
  assert.match(added.address, /done=accepted$/);
  const registeredId = /data-registered-id>([^<]+)</.exec(added.text)?.[1] ?? '';
  assert.match(registeredId, /^EMU-\d+$/);
  console.log(`  registered as ${registeredId}`);
  const id = /open=(\d+)/.exec(added.address)?.[1];

  console.log('the same form, sent twice');
  const key = /name="key" value="([^"]+)"/.exec(await browser.open('/?new=1'))?.[1] ?? '';
  const twice = { ...form, key, name: 'Төлегенов Марат', number: 'ЕШ-035/26', next: 'save' };
  const places = [await browser.submit('/contracts', twice), await browser.submit('/contracts', twice)];
  assert.equal(places[0]?.address, places[1]?.address);
  console.log('  one employee');

  console.log('an additional agreement');
  const changed = await browser.submit(`/contracts/${id}/agreements`, {
    number: 'ДС-1',
    signedOn: today,
    beginsOn: today,
    position: '2512-0-001',
    staffPosition: 'Ведущий тестировщик',
  });
  assert.match(changed.address, /done=accepted$/);
  console.log(`  ${noticeOn(changed.text)}`);

  console.log('a termination');
  const termination = { endsOn: today, reason: '05', confirm: 'EMU' };
  const unconfirmed = await browser.submit(`/contracts/${id}/termination`, termination);
  assert.equal(unconfirmed.status, 422);
  for (const issue of issuesOn(unconfirmed.text)) console.log(`  ${issue}`);
  const terminated = await browser.submit(`/contracts/${id}/termination`, {
    ...termination,
    confirm: registeredId,
  });
  assert.match(terminated.address, /done=accepted$/);
  console.log(`  ${stateOf(terminated.text, 'Смағұлов Арман')}`);

  console.log('a contract that is late');
  const late = await browser.submit(`/contracts/${idOf(first, 'Иванова Ольга')}/register`);
  assert.match(late.text, /SCSE088/);
  console.log(`  ${problemOn(late.text)}`);

  console.log('a doubt: somebody looked, and saw nothing');
  const doubtful = await browser.open(`/?open=${idOf(first, 'Ахметов Тимур')}`);
  const message = /name="message" value="([^"]+)"/.exec(doubtful)?.[1] ?? '';
  const address = `/contracts/${idOf(first, 'Ахметов Тимур')}`;
  await browser.submit(`${address}/doubt`, { message, finding: 'not-sent', note: 'looked twice' });
  const again = await browser.submit(`${address}/register`);
  assert.match(again.text, /SCSE014/);
  console.log(`  sent again: ${problemOn(again.text)}`);

  console.log('a form of somebody else');
  const forged = await browser.submit('/contracts', { ...form, token: 'guessed' });
  assert.equal(forged.status, 403);
  console.log(`  ${forged.status} ${words(/<main[\s\S]*<\/main>/.exec(forged.text)?.[0] ?? '')}`);
}

/** Keeps cookies and sends the token of the last page, and no more. */
class FormBrowser {
  readonly #url: string;
  readonly #cookies = new Map<string, string>();
  #token = '';

  constructor(url: string) {
    this.#url = url;
  }

  async open(address: string): Promise<string> {
    return (await this.#fetch(address)).text;
  }

  /** Sends a form, and follows where it leads. */
  async submit(
    address: string,
    fields: Readonly<Record<string, string>> = {},
  ): Promise<{ readonly status: number; readonly address: string; readonly text: string }> {
    const body = new URLSearchParams({ token: this.#token, ...fields });
    const { status, location, text } = await this.#fetch(address, body);
    if (location === null) return { status, address, text };
    return { status, address: location, text: await this.open(location) };
  }

  async #fetch(
    address: string,
    body?: URLSearchParams,
  ): Promise<{ status: number; location: string | null; text: string }> {
    const response = await fetch(new URL(address, this.#url), {
      redirect: 'manual',
      headers: { cookie: [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
      ...(body === undefined ? {} : { method: 'POST', body }),
    });
    for (const cookie of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      this.#cookies.set(name, value);
    }
    const text = await response.text();
    this.#token = /name="token" value="([0-9a-f]+)"/.exec(text)?.[1] ?? this.#token;
    return { status: response.status, location: response.headers.get('location'), text };
  }
}

/** What a reader sees of a piece of markup. */
function words(markup: string): string {
  return markup
    .replace(/<[^>]+>/g, ' ')
    .replace(/&(?:#39|quot|lt|gt|amp);/g, "'")
    .replace(/\s+(:?)/g, (_, colon) => colon || ' ')
    .trim();
}

function employeesOn(page: string): [name: string, state: string][] {
  return [...page.matchAll(/class="who"[^>]*>([^<]+)<[\s\S]*?(<span class="badge[\s\S]*?)<\/tr>/g)].map(
    ([, name = '', rest = '']) => [name, words(rest)],
  );
}

function stateOf(page: string, name: string): string {
  return employeesOn(page).find(([one]) => one === name)?.[1] ?? '';
}

function idOf(page: string, name: string): string {
  return new RegExp(`open=(\\d+)"[^>]*>${name}<`).exec(page)?.[1] ?? '';
}

function issuesOn(page: string): string[] {
  return [...page.matchAll(/<a href="#field-\w+">[\s\S]*?<\/li>/g)].map(([item]) => words(item));
}

function noticeOn(page: string): string {
  return words(/class="notice"[^>]*>([\s\S]*?)<\/p>/.exec(page)?.[1] ?? '');
}

function problemOn(page: string): string {
  return words(/(<div class="problem is-refused"[\s\S]*?)<\/div>/.exec(page)?.[1] ?? '');
}
