/**
 * The REST formats of Приложение 1 as a codec, experimental: the Rules list fields, and no message, path or header of
 * the gateway's REST is public. Sending is the caller's own.
 *
 * @module
 */
// For users.

export type { JsonCodec, JsonObject, JsonPart, JsonValue } from './rest/json-value.ts';
export type { JsonLimits } from './rest/parse-json.ts';
export {
  type RestRequest,
  type RestRequestInfo,
  type RestRequestOptions,
  validateRestRequest,
  writeRestRequest,
} from './rest/rest-request.ts';
export { type ReceivedRestResponse, readRestResponse } from './rest/rest-response.ts';

// For libraries: the side that serves.

export { type ReceivedRestRequest, readRestRequest } from './rest/rest-request.ts';
export { type RestResponse, writeRestResponse } from './rest/rest-response.ts';
