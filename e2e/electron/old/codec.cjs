// Values as JSON between the older Electron and the checkout's Node: what Node itself offers for this ends that Electron.

const tagged = (tag, value) => ({ $: tag, value });

const pack = (value) => {
  if (value === undefined) return tagged("undefined");
  if (typeof value === "bigint") return tagged("bigint", String(value));
  if (typeof value === "number" && (!Number.isFinite(value) || Object.is(value, -0))) {
    return tagged("number", Object.is(value, -0) ? "-0" : String(value));
  }
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map(pack);
  if (ArrayBuffer.isView(value)) {
    const bytes = Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString("base64");
    return tagged("bytes", { type: value instanceof Uint8Array ? "Uint8Array" : value.constructor.name, bytes });
  }
  if (value instanceof Date) return tagged("date", value.getTime());
  if (value instanceof Map) return tagged("map", [...value].map(pack));
  if (value instanceof Set) return tagged("set", [...value].map(pack));
  const packed = Object.fromEntries(Object.entries(value).map(([key, part]) => [key, pack(part)]));
  return "$" in value ? tagged("object", packed) : packed;
};

const unpackers = {
  undefined: () => undefined,
  bigint: BigInt,
  number: Number,
  date: (time) => new Date(time),
  map: (entries) => new Map(entries.map(unpack)),
  set: (values) => new Set(values.map(unpack)),
  object: (packed) => unpackFields(packed),
  bytes: ({ type, bytes }) => {
    const { buffer } = new Uint8Array(Buffer.from(bytes, "base64"));
    return new globalThis[type](buffer);
  },
};

const unpackFields = (packed) => Object.fromEntries(Object.entries(packed).map(([key, part]) => [key, unpack(part)]));

const unpack = (packed) => {
  if (typeof packed !== "object" || packed === null) return packed;
  if (Array.isArray(packed)) return packed.map(unpack);
  return "$" in packed ? unpackers[packed.$](packed.value) : unpackFields(packed);
};

module.exports = { pack, unpack };
