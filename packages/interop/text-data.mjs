export const text = 'Ақпарат <&> "кавычки" 😀';

/** `<text>` inside `data`, both ways. */
export const textCodec = {
  validate: () => [],
  write: ({ text: value }, writer) => writer.leaf('text', value),
  read: (data) => ({ text: data.first?.text() ?? '' }),
};
