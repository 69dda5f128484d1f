/**
 * A real browser judges the HR application of the examples: what a person sees and can do on it, and what nobody can.
 */
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

import { explainScse } from '@egov-gateway/labor-contracts';

import { openWindow, startChromium, startHrApp, textOf } from './hr-app-browser.mjs';
import { hrAppGuardCases } from './hr-app-guard-cases.mjs';
import { takePictures } from './hr-app-pictures.mjs';

const today = new Intl.DateTimeFormat('sv', { timeZone: 'Asia/Almaty' }).format();

/** @param {import('./report.mjs').Report} report */
export async function hrAppCases(report, { folder, screenshots }) {
  const data = join(folder, 'hr-app');
  mkdirSync(data);
  const browser = await startChromium();
  try {
    report.section('HR application in Chromium', `Chromium ${browser.version()}`);
    let app = await startHrApp(data);
    try {
      // Before the cases change what is on the page.
      if (screenshots !== undefined) await takePictures(browser, app.url, screenshots);
      await personCases(report, browser, app.url);
      await hrAppGuardCases(report, browser, app.url);
    } finally {
      await app.close();
    }
    app = await startHrApp(data);
    try {
      await restartCase(report, browser, app.url);
    } finally {
      await app.close();
    }
  } finally {
    await browser.close();
  }
}

/** A case in a window of its own, in which nothing happens that should not. */
async function windowCase(report, browser, url, name, check) {
  await report.case(name, async () => {
    const { page, wrong, close } = await openWindow(browser, url);
    try {
      await check(page);
      assert.deepEqual(wrong, []);
    } finally {
      await close();
    }
  });
}

const rowOf = (page, name) => page.locator('.employees tbody tr', { hasText: name });
const stateOf = (page, name) => textOf(rowOf(page, name).locator('.badge'));

async function open(page, name) {
  await rowOf(page, name).getByRole('link').click();
  await page.getByRole('heading', { level: 2, name }).waitFor();
}

/** Fills fields by their labels, a select by its value. */
async function fill(page, fields) {
  for (const [label, value] of Object.entries(fields)) {
    const field = page.getByLabel(label, { exact: true });
    if ((await field.evaluate(({ tagName }) => tagName)) === 'SELECT') await field.selectOption(value);
    else await field.fill(value);
  }
}

async function personCases(report, browser, url) {
  const inWindow = (name, check) => windowCase(report, browser, url, name, check);

  await inWindow('shows everybody with the state of the contract', async (page) => {
    assert.equal(await page.locator('.employees tbody tr').count(), 8);
    assert.equal(await stateOf(page, 'Жұмабаев Ерлан'), 'Зарегистрирован');
    assert.match(await textOf(rowOf(page, 'Жұмабаев Ерлан')), /EMU-\d+/);
    assert.equal(await stateOf(page, 'Оспанов Данияр'), 'Черновик');
    assert.equal(await stateOf(page, 'Ковалёва Мария'), 'Отказ');
    assert.equal(await stateOf(page, 'Ахметов Тимур'), 'Неизвестно');
    assert.equal(await stateOf(page, 'Қасымова Сәуле'), 'Прекращён');
  });

  await inWindow('makes terms stand out that have passed, or are about to', async (page) => {
    const strip = page.getByRole('region', { name: 'Сроки' });
    const late = strip.locator('li', { hasText: 'Иванова Ольга' });
    const soon = strip.locator('li', { hasText: 'Оспанов Данияр' });
    assert.match(await textOf(late), /просрочено на \d+ д/);
    assert.match(await textOf(soon), /остал(ся|ось) \d+ д|сегодня последний день/);
    await strip.getByText(/Позже/).click();
    const inTime = strip.locator('li', { hasText: 'Ковалёва Мария' });
    const colours = [];
    for (const item of [late, soon, inTime]) {
      colours.push(await item.evaluate((one) => getComputedStyle(one).backgroundColor));
    }
    assert.equal(new Set(colours).size, 3);
  });

  await inWindow(
    'shows everything wrong with a form at once, each at its field, and loses nothing',
    async (page) => {
      await page.getByRole('link', { name: 'Добавить сотрудника' }).click();
      await fill(page, { ИИН: '1300900244', Подписан: '2099-01-01', 'Работает с': '' });
      await page.getByRole('button', { name: 'Сохранить и зарегистрировать' }).click();
      const wrong = [
        'Фамилия, имя, отчество',
        'ИИН',
        'Номер договора',
        'Подписан',
        'Работает с',
        'Должность по НКЗ',
        'Штатная должность',
      ];
      for (const label of wrong) {
        const field = page.getByLabel(label, { exact: true });
        assert.equal(await field.getAttribute('aria-invalid'), 'true', label);
        const described = (await field.getAttribute('aria-describedby')).split(' ').at(-1);
        assert.ok((await textOf(page.locator(`#${described}`))).length > 5, label);
      }
      assert.equal(await page.getByRole('alert').getByRole('listitem').count(), wrong.length);
      assert.match(await textOf(page.locator('#issues-iin')), /нули[\s\S]*SCSE045/);
      assert.match(await textOf(page.locator('#issues-signedOn')), /SCSE059/);
      assert.equal(await page.getByLabel('ИИН').inputValue(), '1300900244');
      assert.equal(await page.locator('.employees tbody tr').count(), 8);
    },
  );

  await inWindow('adds a person, registers the contract and shows its id', async (page) => {
    await page.getByRole('link', { name: 'Добавить сотрудника' }).click();
    await fill(page, {
      'Фамилия, имя, отчество': 'Смағұлов Арман',
      ИИН: '001300900244',
      'Номер договора': 'ЕШ-034/26',
      Подписан: today,
      'Работает с': today,
      'Должность по НКЗ': '2511-1-002',
      'Штатная должность': 'Тестировщик',
    });
    await page.getByRole('button', { name: 'Сохранить и зарегистрировать' }).click();
    assert.match(await textOf(page.getByRole('status')), /Принято/);
    const id = await textOf(page.locator('[data-registered-id]'));
    assert.match(id, /^EMU-\d+$/);
    assert.equal(await stateOf(page, 'Смағұлов Арман'), 'Зарегистрирован');
    assert.match(await textOf(rowOf(page, 'Смағұлов Арман')), new RegExp(id));
    assert.equal(await page.locator('.history li').count(), 1);
  });

  await inWindow('explains a refusal: the reason, the code and what to do', async (page) => {
    await open(page, 'Ковалёва Мария');
    const problem = await textOf(page.locator('.problem.is-refused'));
    assert.match(problem, /АИС «ООП» отказала SCSE012/);
    const { ru, remedy } = explainScse('SCSE012');
    assert.ok(problem.endsWith(`Почему${ru}Что делать${remedy.ru}`), problem);
  });

  await inWindow('a refused contract is corrected and registered', async (page) => {
    await open(page, 'Ковалёва Мария');
    await page.getByRole('link', { name: 'Исправить данные' }).click();
    await fill(page, { ИИН: '001300900256' });
    await page.getByRole('button', { name: 'Сохранить и зарегистрировать' }).click();
    assert.equal(await stateOf(page, 'Ковалёва Мария'), 'Зарегистрирован');
    assert.match(await textOf(page.locator('.history li').first()), /попытка 2 — принято/);
  });

  await inWindow('a late contract is sent, and the refusal explained', async (page) => {
    await open(page, 'Иванова Ольга');
    await page.getByRole('button', { name: 'Зарегистрировать' }).click();
    const problem = await textOf(page.locator('.problem.is-refused'));
    assert.match(problem, /SCSE088/);
    assert.ok(problem.includes(explainScse('SCSE088').ru), problem);
  });

  await inWindow('an incomplete contract can only be corrected', async (page) => {
    await open(page, 'Нұрғалиева Дана');
    assert.match(
      await textOf(page.locator('.problem.is-draft')),
      /Исправить: 4 поля[\s\S]*ИИН: Потеряны нули/,
    );
    assert.equal(await page.getByRole('button', { name: /^Зарегистрировать/ }).count(), 0);
    await page.getByRole('link', { name: 'Исправить данные' }).click();
    assert.equal(await page.locator('.field.is-wrong').count(), 4);
  });

  await inWindow('sends an additional agreement once it is right', async (page) => {
    await open(page, 'Жұмабаев Ерлан');
    await page.getByRole('link', { name: 'Доп. соглашение' }).click();
    await page.getByRole('button', { name: 'Отправить соглашение' }).click();
    assert.match(await textOf(page.locator('#issues-number')), /SCSE015/);
    await fill(page, { 'Номер соглашения': 'ДС-1', 'Штатная должность': 'Ведущий инженер' });
    await page.getByRole('button', { name: 'Отправить соглашение' }).click();
    assert.match(await textOf(page.locator('.agreements')), /ДС-1[\s\S]*Ведущий инженер — принято/);
    assert.match(await textOf(page.locator('.history li').first()), /Доп\. соглашение ДС-1 — принято/);
  });

  await inWindow(
    'the history tells both alternative endings, 6.1 and 9.1, and the good one',
    async (page) => {
      await open(page, 'Жұмабаев Ерлан');
      const registered = await textOf(page.locator('.history'));
      assert.match(registered, /отказано, окончание 6\.1[\s\S]*EMU-SCRIPTED/);
      assert.match(registered, /попытка 2 — принято, шаг 15/);
      await open(page, 'Иванова Ольга');
      assert.match(await textOf(page.locator('.history')), /окончание 9\.1[\s\S]*SCSE088/);
    },
  );

  await inWindow('terminates nothing without the id of the contract, typed', async (page) => {
    await open(page, 'Смағұлов Арман');
    const id = await textOf(page.locator('[data-registered-id]'));
    await page.getByRole('link', { name: 'Прекратить договор' }).click();
    assert.match(await textOf(page.locator('.problem.is-danger')), /нельзя отменить/);
    const terminate = page.getByRole('button', { name: 'Прекратить без возможности отмены' });
    await fill(page, { Основание: '05' });
    await terminate.click();
    assert.match(await textOf(page.locator('#issues-confirm')), /Ничего не отправлено/);
    await fill(page, { 'Номер договора в ЕСУТД': `${id}0` });
    await terminate.click();
    assert.equal(await stateOf(page, 'Смағұлов Арман'), 'Зарегистрирован');
    assert.equal(await page.locator('.history li').count(), 1);
    await fill(page, { 'Номер договора в ЕСУТД': id });
    await terminate.click();
    assert.equal(await stateOf(page, 'Смағұлов Арман'), 'Прекращён');
    assert.equal(await page.getByRole('link', { name: 'Прекратить договор' }).count(), 0);
    assert.match(await textOf(page.locator('.facts')), /05 по желанию работника/);
  });

  await inWindow('a doubt is never sent again by itself: a person says what was found', async (page) => {
    await open(page, 'Ахметов Тимур');
    assert.equal(await page.getByRole('button', { name: /Зарегистрировать/ }).count(), 0);
    const record = page.getByRole('button', { name: 'Записать' });
    await record.click();
    assert.equal(await page.getByRole('alert').getByRole('listitem').count(), 2);
    await fill(page, { 'Откуда это известно': 'в кабинете пусто' });
    await record.click();
    // What was typed is still there.
    assert.equal(await page.getByRole('alert').getByRole('listitem').count(), 1);
    await page.getByLabel('Записи нет — можно отправлять снова').check();
    await record.click();
    await page.getByRole('button', { name: 'Зарегистрировать ещё раз' }).click();
    // It had been registered: the register knows better, and what it says leads to the id.
    const problem = await textOf(page.locator('.problem.is-refused'));
    assert.match(problem, /SCSE014/);
    assert.ok(problem.includes(explainScse('SCSE014').remedy.ru), problem);
    await page.getByRole('button', { name: 'Записать' }).click();
    assert.match(await textOf(page.locator('#issues-registeredId')), /Впишите номер/);
    await fill(page, { 'Запись нашлась: записать её номер': 'EMU-2' });
    await page.getByRole('button', { name: 'Записать' }).click();
    assert.equal(await stateOf(page, 'Ахметов Тимур'), 'Зарегистрирован');
  });
}

async function restartCase(report, browser, url) {
  await windowCase(report, browser, url, 'after a restart everything is where it was', async (page) => {
    assert.equal(await stateOf(page, 'Смағұлов Арман'), 'Прекращён');
    assert.equal(await stateOf(page, 'Ахметов Тимур'), 'Зарегистрирован');
    assert.equal(await stateOf(page, 'Иванова Ольга'), 'Отказ');
    await open(page, 'Жұмабаев Ерлан');
    assert.equal(await page.locator('.history li').count(), 3);
  });
}
