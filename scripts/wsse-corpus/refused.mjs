/** One message that must be refused, and with which code. `options` are fields of case.json. */
export const refused = (code, rule, title, message, options = {}) => ({
  rule,
  title,
  expect: code,
  message,
  ...options,
});
