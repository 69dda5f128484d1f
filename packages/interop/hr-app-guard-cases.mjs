/**
 * What must hold whatever is on the page: nothing runs, nothing leaks, every screen and every keyboard will do.
 */
import assert from 'node:assert/strict';
import { get } from 'node:http';

import { explainScse } from '@egov-gateway/labor-contracts';

import { openWindow, textOf } from './hr-app-browser.mjs';

const hostile = `"><script>alert(1)</script><img src=x onerror=alert(2)>'${'{{7*7}}'}`;
const phone = { width: 390, height: 844 };

/** @param {import('./report.mjs').Report} report */
export async function hrAppGuardCases(report, browser, url) {
  await report.case('markup in a name stays text, on the list, on the card and in a form', async () => {
    const { page, wrong, close } = await openWindow(browser, `${url}?new=1`);
    await page.getByLabel('Фамилия, имя, отчество').fill(hostile);
    await page.getByLabel('Номер договора').fill(hostile);
    await page.getByLabel('Штатная должность').fill(hostile);
    await page.getByRole('button', { name: 'Сохранить черновик' }).click();
    assert.equal(await textOf(page.locator('.panel h2')), hostile);
    assert.equal(await textOf(page.locator('.is-open .who')), hostile);
    await page.getByRole('link', { name: 'Исправить данные' }).click();
    assert.equal(await page.getByLabel('Номер договора').inputValue(), hostile);
    assert.equal(await page.locator('script, img, iframe, object, [onerror]').count(), 0);
    await close();
    assert.deepEqual(wrong, []);
  });

  await report.case('the page has no script, and its headers allow none', async () => {
    const { page, wrong, close } = await openWindow(browser, url);
    const response = await page.goto(url);
    const headers = response.headers();
    assert.match(headers['content-security-policy'], /^default-src 'none'; style-src 'self';/);
    assert.doesNotMatch(headers['content-security-policy'], /unsafe|script-src/);
    assert.equal(headers['x-content-type-options'], 'nosniff');
    assert.equal(headers['cache-control'], 'no-store');
    assert.equal(await page.locator('script, style, [style]').count(), 0);
    await close();
    assert.deepEqual(wrong, []);
  });

  await report.case(
    'a form without its token, from another site or for another name is refused',
    async () => {
      const context = await browser.newContext();
      const page = await context.newPage();
      await page.goto(url);
      const token = await page.locator('input[name=token]').first().inputValue();
      const send = (form, headers) =>
        context.request.post(`${url}contracts`, { form: { name: 'A', next: 'save', ...form }, headers });
      assert.equal((await send({})).status(), 403);
      assert.equal((await send({ token: token.replace(/./, 'x') })).status(), 403);
      assert.equal((await send({ token }, { origin: 'http://other.example' })).status(), 403);
      assert.equal((await send({ token }, { host: 'other.example' })).status(), 421);
      const stranger = await browser.newContext();
      assert.equal(
        (await stranger.request.post(`${url}contracts`, { form: { token, name: 'A' } })).status(),
        403,
      );
      await stranger.close();
      await context.close();
    },
  );

  await report.case('the form of a new employee, pressed twice, makes one contract', async () => {
    const { page, wrong, close } = await openWindow(browser, `${url}?new=1`);
    for (const [label, value] of [
      ['Фамилия, имя, отчество', 'Нетерпеливый Асхат'],
      ['ИИН', '001300900268'],
      ['Номер договора', 'ЕШ-099/26'],
      ['Должность по НКЗ', '2511-1-002'],
      ['Штатная должность', 'Курьер'],
    ]) {
      await page.getByLabel(label).fill(value);
    }
    await page.getByRole('button', { name: 'Сохранить и зарегистрировать' }).dblclick();
    await page.locator('[data-registered-id]').waitFor();
    assert.equal(await page.locator('.who', { hasText: 'Нетерпеливый Асхат' }).count(), 1);
    await close();
    assert.deepEqual(wrong, []);
  });

  await report.case(
    'an agreement whose key is of another contract, or no key at all, is refused',
    async () => {
      const context = await browser.newContext();
      const page = await context.newPage();
      await page.goto(url);
      const addressOf = async (name) => {
        const href = await page.locator('.who', { hasText: name }).getAttribute('href');
        return `contracts/${/open=(\d+)/.exec(href)[1]}/agreements`;
      };
      const token = await page.locator('input[name=token]').first().inputValue();
      const own = await addressOf('Нетерпеливый Асхат');
      const other = await addressOf('Жұмабаев Ерлан');
      await page.goto(`${url}?open=${/\d+/.exec(own)[0]}&do=change`);
      const form = {
        token,
        key: await page.locator('input[name=key]').inputValue(),
        number: 'ДС-99',
        signedOn: await page.getByLabel('Подписан').inputValue(),
        beginsOn: await page.getByLabel('Действует с').inputValue(),
        position: '2511-1-002',
        staffPosition: 'Старший курьер',
      };
      const send = (path, fields) => context.request.post(`${url}${path}`, { form: { ...form, ...fields } });
      const sent = await send(own, {});
      assert.match(sent.url(), /done=accepted$/);
      for (const response of [
        await send(other, {}),
        await send(other, { number: '' }),
        await send(own, { key: "' OR 1=1" }),
        await send('contracts', { key: '', name: 'Чужой Ключ', next: 'save' }),
      ]) {
        assert.equal(response.status(), 400);
        await page.setContent(await response.text());
        assert.equal(await textOf(page.locator('h1')), 'Форма не подходит');
        assert.equal(await page.getByRole('link').getAttribute('href'), '/');
      }
      await page.goto(url);
      assert.equal(await page.locator('.who', { hasText: 'Чужой Ключ' }).count(), 0);
      await context.close();
    },
  );

  await report.case('what cannot be answered gets a page with a way back, too', async () => {
    const context = await browser.newContext();
    const page = await context.newPage();
    for (const [path, form, status, heading] of [
      ['nowhere', undefined, 404, 'Такой страницы нет'],
      ['contracts', { token: 'old' }, 403, 'Форма устарела'],
      ['contracts', { name: 'А'.repeat(20_000) }, 413, 'Слишком много текста'],
    ]) {
      const response = form
        ? await context.request.post(`${url}${path}`, { form })
        : await context.request.get(`${url}${path}`);
      assert.equal(response.status(), status);
      await page.setContent(await response.text());
      assert.equal(await textOf(page.locator('h1')), heading);
      assert.equal(await page.getByRole('link').getAttribute('href'), '/');
    }
    await context.close();
  });

  await report.case('an address that would lead to another host is none', async () => {
    const { hostname, port } = new URL(url);
    for (const path of ['//other.example', '/\\other.example', '/\\[']) {
      const status = await new Promise((resolve, reject) => {
        get({ hostname, port, path }, (answer) => resolve(answer.resume().statusCode)).on('error', reject);
      });
      assert.equal(status, 400, path);
    }
  });

  await report.case('speaks Kazakh and English, and remembers it', async () => {
    const { page, wrong, close } = await openWindow(browser, url);
    for (const [name, language, title] of [
      ['Қазақша', 'kk', 'Еңбек шарттары'],
      ['English', 'en', 'Labour contracts'],
    ]) {
      await page.getByRole('button', { name }).click();
      await page.goto(url);
      assert.equal(await page.locator('html').getAttribute('lang'), language);
      assert.equal(await page.title(), title);
    }
    await page.locator('.who', { hasText: 'Иванова Ольга' }).click();
    const problem = await textOf(page.locator('.problem.is-refused'));
    assert.ok(problem.includes(explainScse('SCSE088').en), problem);
    await close();
    assert.deepEqual(wrong, []);
  });

  await report.case('fits a screen of 390 pixels, with every card and form', async () => {
    const { page, wrong, close } = await openWindow(browser, url, phone);
    const addresses = await page.locator('.who').evaluateAll((links) => links.map(({ href }) => href));
    for (const address of [
      url,
      `${url}?new=1`,
      ...addresses.flatMap((one) =>
        ['', '&do=edit', '&do=change', '&do=terminate'].map((task) => one + task),
      ),
    ]) {
      await page.goto(address);
      const { content, screen } = await page.evaluate(() => ({
        content: document.documentElement.scrollWidth,
        screen: document.documentElement.clientWidth,
      }));
      assert.ok(content <= screen, `${address}: ${content} > ${screen}`);
      const small = await page
        .locator('.button, input:not([type=hidden], [type=radio]), select')
        .evaluateAll((all) =>
          all.map((one) => one.getBoundingClientRect().height).filter((height) => height > 0 && height < 44),
        );
      assert.deepEqual(small, [], address);
    }
    await close();
    assert.deepEqual(wrong, []);
  });

  await report.case('everything can be reached by keyboard, and shows where it is', async () => {
    const { page, wrong, close } = await openWindow(browser, url);
    const focused = () =>
      page.evaluate(() => {
        const one = document.activeElement;
        const outlines = [getComputedStyle(one), getComputedStyle(one, '::after')];
        return {
          name: one.textContent.trim(),
          isVisible: outlines.some(
            ({ outlineStyle, outlineWidth }) =>
              outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 2,
          ),
        };
      });
    const seen = [];
    for (let presses = 0; presses < 40 && seen.at(-1) !== 'Оспанов Данияр#'; presses++) {
      await page.keyboard.press('Tab');
      const { name, isVisible } = await focused();
      assert.ok(isVisible, `no focus is to be seen on ${name}`);
      const isRow = await page.evaluate(() => document.activeElement.matches('.who'));
      seen.push(isRow ? `${name}#` : name);
    }
    assert.equal(seen[0], 'К содержанию');
    assert.ok(seen.includes('Добавить сотрудника'));
    assert.equal(seen.at(-1), 'Оспанов Данияр#');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 2, name: 'Оспанов Данияр' }).waitFor();
    await page.getByRole('button', { name: 'Зарегистрировать' }).focus();
    await page.keyboard.press('Enter');
    await page.locator('[data-registered-id]').waitFor();
    await close();
    assert.deepEqual(wrong, []);
  });

  await report.case('text stands out from its ground, in light and in dark', async () => {
    for (const colorScheme of ['light', 'dark']) {
      const { page, close } = await openWindow(browser, `${url}?open=3`, { colorScheme });
      const faint = await page.evaluate(contrastProblems);
      await close();
      assert.deepEqual(faint, [], colorScheme);
    }
  });
}

/** Texts with less than 4.5 : 1 to what is behind them (WCAG 2.2, 1.4.3). Runs in the page. */
function contrastProblems() {
  const channels = (colour) => colour.match(/[\d.]+/g).map(Number);
  const luminance = (rgb) => {
    const [r, g, b] = rgb.slice(0, 3).map((value) => {
      const share = value / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const groundOf = (element) => {
    const layers = [];
    for (let one = element; one !== null; one = one.parentElement) {
      const [r, g, b, alpha = 1] = channels(getComputedStyle(one).backgroundColor);
      layers.unshift([r, g, b, alpha]);
    }
    return layers.reduce(
      (below, [r, g, b, alpha]) =>
        [r, g, b].map((value, index) => value * alpha + below[index] * (1 - alpha)),
      [255, 255, 255],
    );
  };
  const texts = [...document.querySelectorAll('body *')].filter((element) =>
    [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim() !== ''),
  );
  return texts.flatMap((element) => {
    const [one, other] = [luminance(channels(getComputedStyle(element).color)), luminance(groundOf(element))];
    const ratio = (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
    return ratio < 4.5 ? [`${element.textContent.trim().slice(0, 30)} ${ratio.toFixed(2)}`] : [];
  });
}
