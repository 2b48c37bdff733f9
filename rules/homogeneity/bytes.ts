const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', {ignoreBOM: true});

/** Writes whole numbers, texts and bytes one after the other; the same values give the same bytes. */
export function createWriter() {
  let bytes = new Uint8Array(1024);
  let at = 0;
  function room(more: number): void {
    if (at + more <= bytes.length) return;
    const larger = new Uint8Array(Math.max(bytes.length * 2, at + more));
    larger.set(bytes);
    bytes = larger;
  }
  function raw(value: Uint8Array): void {
    room(value.length);
    bytes.set(value, at);
    at += value.length;
  }
  const writer = {
    /** From 0 to 2^53 - 1, seven bits a byte. */
    number(value: number): void {
      room(8);
      let rest = value;
      while (rest >= 128) {
        bytes[at++] = (rest % 128) | 128;
        rest = Math.floor(rest / 128);
      }
      bytes[at++] = rest;
    },
    text(value: string): void {
      writer.bytes(encoder.encode(value));
    },
    bytes(value: Uint8Array): void {
      writer.number(value.length);
      raw(value);
    },
    finish: (): Uint8Array => bytes.slice(0, at),
  };
  return writer;
}

/** Reads what a writer wrote, in the same order. Throws RangeError when the bytes end too early. */
export function createReader(bytes: Uint8Array) {
  let at = 0;
  const reader = {
    number(): number {
      let value = 0;
      for (let scale = 1; ; scale *= 128) {
        const byte = bytes[at++];
        if (byte === undefined) throw new RangeError('The summary ends too early.');
        value += (byte & 127) * scale;
        if (byte < 128) return value;
      }
    },
    text: (): string => decoder.decode(reader.bytes()),
    bytes(): Uint8Array {
      const length = reader.number();
      if (at + length > bytes.length) throw new RangeError('The summary ends too early.');
      at += length;
      return bytes.slice(at - length, at);
    },
  };
  return reader;
}
