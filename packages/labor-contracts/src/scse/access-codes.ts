import {
  duplicate,
  forbidden,
  mismatch,
  noRecord,
  notInBook,
  notLeaf,
  ownWords,
  required,
  type ScseRow,
  wrongValue,
} from './scse-row.ts';

/** Codes about access within a network of branches and about reviews, the size, and success. */
export const accessCodes: readonly ScseRow[] = [
  required('SCSE259', ['список доступов', 'қолжетімділік тізімі', 'the list of accesses']),
  wrongValue('SCSE260', [
    'состояние доступа; бывает TRUE или FALSE',
    'қолжетімділік күйі; TRUE немесе FALSE болады',
    'the state of the access; TRUE or FALSE',
  ]),
  wrongValue('SCSE261', [
    'доступ; на один БИН и вид доступа — одно состояние в запросе',
    'қолжетімділік; бір БСН мен қолжетімділік түріне сұрауда бір күй',
    'the access; one state for one BIN and kind in a request',
  ]),
  wrongValue('SCSE262', ['код вида доступа', 'қолжетімділік түрінің коды', 'the code of the kind of access']),
  mismatch('SCSE263', [
    'БИН и филиальная сеть',
    'БСН мен филиал желісі',
    'the BINs and the network of branches',
  ]),
  duplicate('SCSE264', ['этот доступ', 'осы қолжетімділік', 'this access']),
  noRecord('SCSE265', ['действующий доступ', 'қолданыстағы қолжетімділік', 'an access that is in force']),
  notInBook('SCSE273', ['вид отзыва', 'пікір түрі', 'the kind of review']),
  notLeaf('SCSE274', ['вид отзыва', 'пікір түрі', 'the kind of review']),
  ownWords(
    'SCSE275',
    'signature',
    [
      'ИИН в данных — не владельца ключа подписи.',
      'Деректердегі ЖСН — қол қою кілті иесінікі емес.',
      'The IIN in the data is not that of the owner of the signing key.',
    ],
    [
      'Подпишите ключом этого человека или исправьте ИИН.',
      'Осы адамның кілтімен қол қойыңыз немесе ЖСН-ді түзетіңіз.',
      "Sign with this person's key, or correct the IIN.",
    ],
  ),
  mismatch('SCSE276', ['ИИН и договор', 'ЖСН мен шарт', 'IIN and the contract']),
  duplicate('SCSE277', [
    'отзыв этого вида по этому договору',
    'осы шарт бойынша осы түрдегі пікір',
    'a review of this kind for this contract',
  ]),
  required('SCSE278', ['идентификатор отзыва', 'пікірдің идентификаторы', 'the id of the review']),
  required('SCSE279', [
    'идентификатор записи, на которую отвечает отзыв',
    'пікір жауап беретін жазбаның идентификаторы',
    'the id of the record that the review answers',
  ]),
  noRecord('SCSE280', [
    'запись, на которую отвечает отзыв',
    'пікір жауап беретін жазба',
    'the record that the review answers',
  ]),
  forbidden('SCSE281', [
    'идентификатор записи, на которую отвечает отзыв',
    'пікір жауап беретін жазбаның идентификаторы',
    'the id of a record that the review answers',
  ]),
  wrongValue('SCSE282', ['оценка', 'баға', 'the rating']),
  forbidden('SCSE283', [
    'оценка в отзыве этого вида',
    'осы түрдегі пікірдегі баға',
    'a rating in a review of this kind',
  ]),
  required('SCSE284', ['текст отзыва', 'пікір мәтіні', 'the text of the review']),
  noRecord('SCSE285', [
    'отзыв с этим идентификатором',
    'осы идентификаторы бар пікір',
    'a review with this id',
  ]),
  ownWords(
    'SCSE999',
    'too-big',
    [
      'Данные больше 100 килобайт.',
      'Деректер 100 килобайттан үлкен.',
      'The data is larger than 100 kilobytes.',
    ],
    [
      'Уберите или уменьшите вложенные файлы и длинные тексты.',
      'Салынған файлдар мен ұзақ мәтіндерді алып тастаңыз немесе кішірейтіңіз.',
      'Leave out or shrink files and long texts.',
    ],
  ),
  ownWords(
    'SCSS001',
    'ok',
    ['Данные приняты и обработаны.', 'Деректер қабылданып, өңделді.', 'The data was taken and processed.'],
    ['Действий не требуется.', 'Ешқандай әрекет қажет емес.', 'Nothing to do.'],
  ),
];
