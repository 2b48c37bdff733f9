/** A run folder that cannot be written or read: the message says what, why and what to do. */
export class RunError extends Error {
  override readonly name = 'RunError';
}
