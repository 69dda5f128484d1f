import { BusinessError, type Delivery, type GatewayError, GatewayFault } from '@egov-gateway/core';

/**
 * The error with the id of the call that it ended and what is known of its message. An error that belongs to another
 * call already (a port may reject with one and the same object again and again), or that cannot be changed, is left as
 * it is and copied.
 *
 * @internal
 */
export function identified(
  error: GatewayError,
  identity: { readonly messageId: string | undefined; readonly delivery: Delivery },
): GatewayError {
  const { messageId, delivery } = identity;
  if (error.messageId === messageId && error.delivery === delivery) return error;
  const isOfNoCall = error.messageId === undefined && !Object.isFrozen(error);
  return Object.assign(isOfNoCall ? error : copyOf(error), { messageId, delivery });
}

/** A copy of the same class, and a real error, so that it is printed like one. */
function copyOf(error: GatewayError): GatewayError {
  const copy = error instanceof BusinessError || error instanceof GatewayFault ? rebuilt(error) : bare(error);
  const { stack } = error;
  Object.defineProperty(copy, 'stack', { value: stack, configurable: true, writable: true });
  return copy;
}

/** What these two hold in private fields only their constructors can set. */
function rebuilt(error: BusinessError | GatewayFault): GatewayError {
  if (error instanceof BusinessError) {
    return new BusinessError({ code: error.statusCode, message: error.statusMessage }, { data: error.data });
  }
  const { faultCode, faultString, errorInfo, verified } = error;
  return new GatewayFault({ faultCode, faultString, errorInfo }, { verified });
}

function bare(error: GatewayError): GatewayError {
  const { message, cause } = error;
  const copy = new Error(message, cause === undefined ? undefined : { cause });
  Object.setPrototypeOf(copy, Object.getPrototypeOf(error));
  return Object.assign(copy as GatewayError, error);
}
