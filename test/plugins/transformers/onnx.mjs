/**
 * Writes ONNX models without a package: the few protobuf messages (onnx.proto, IR version 8, opset 13) that a
 * graph of named nodes takes.
 */

function varint(number) {
  const bytes = [];
  let left = BigInt.asUintN(64, BigInt(number));
  do {
    bytes.push(Number(left & 127n) | (left > 127n ? 128 : 0));
    left >>= 7n;
  } while (left > 0n);
  return Buffer.from(bytes);
}

const integer = (field, value) => Buffer.concat([varint(field << 3), varint(value)]);

function bytes(field, value) {
  const content = Buffer.from(value);
  return Buffer.concat([varint((field << 3) | 2), varint(content.length), content]);
}

const message = (...fields) => Buffer.concat(fields.flat());

export const float = 1;
export const int64 = 7;
export const boolean = 9;

function attribute(name, value) {
  const [kind, field] = Array.isArray(value)
    ? [7, value.map(item => integer(8, item))]
    : [2, integer(3, value)];
  return message(bytes(1, name), field, integer(20, kind));
}

/** `node('Gather', ['table', 'ids'], 'rows', {axis: 0})` */
export function node(type, inputs, output, attributes = {}) {
  return message(
    inputs.map(name => bytes(1, name)),
    bytes(2, output),
    bytes(4, type),
    Object.entries(attributes).map(([name, value]) => bytes(5, attribute(name, value))),
  );
}

/** A constant: `values` are numbers, in the order of `dims`. */
export function constant(name, type, dims, values) {
  const data = type === int64 ? BigInt64Array.from(values, BigInt) : Float32Array.from(values);
  return message(
    dims.map(dim => integer(1, dim)),
    integer(2, type),
    bytes(8, name),
    bytes(9, new Uint8Array(data.buffer)),
  );
}

/** An input or output; text stands for a dimension of any size. */
export function port(name, type, dims) {
  const shape = dims.map(dim => bytes(1, typeof dim === 'string' ? bytes(2, dim) : integer(1, dim)));
  return message(bytes(1, name), bytes(2, bytes(1, message(integer(1, type), bytes(2, message(shape))))));
}

export function model({nodes, constants, inputs, outputs}) {
  const graph = message(
    nodes.map(each => bytes(1, each)),
    bytes(2, 'graph'),
    constants.map(each => bytes(5, each)),
    inputs.map(each => bytes(11, each)),
    outputs.map(each => bytes(12, each)),
  );
  return message(
    integer(1, 8),
    bytes(2, 'collapse-gate tests'),
    bytes(7, graph),
    bytes(8, message(bytes(1, ''), integer(2, 13))),
  );
}
