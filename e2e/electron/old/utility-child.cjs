// Loaded first in a process that stands for a utility process: gives it Electron's `process.parentPort`.
const { EventEmitter } = require("node:events");

const { pack, unpack } = require("./codec.cjs");

const send = (parcel) => void process.send(pack(parcel), () => {});

const ports = new Map();

/** Keeps messages until somebody listens, as Electron does. */
class Queue extends EventEmitter {
  constructor() {
    super();
    this.waiting = [];
    this.isOpen = false;
  }
  deliver(event) {
    if (this.isOpen) this.emit("message", event);
    else this.waiting.push(event);
  }
  open() {
    this.isOpen = true;
    for (const event of this.waiting.splice(0)) this.emit("message", event);
  }
}

class RelayedPort extends Queue {
  constructor(number) {
    super();
    this.number = number;
  }
  start() {
    this.open();
  }
  postMessage(data) {
    send({ port: this.number, data });
  }
  close() {
    send({ port: this.number, closed: true });
  }
}

class Parent extends Queue {
  on(name, listener) {
    super.on(name, listener);
    if (name === "message") process.nextTick(() => this.open());
    return this;
  }
  once(name, listener) {
    const first = (event) => {
      this.off(name, first);
      this.isOpen = false;
      listener(event);
    };
    return this.on(name, first);
  }
  postMessage(message) {
    send({ message });
  }
}

const parent = new Parent();
Object.defineProperty(process, "parentPort", { value: parent });
process.on("message", (packed) => {
  const parcel = unpack(packed);
  if (parcel.port === undefined) {
    const handed = parcel.ports.map((number) => {
      const port = new RelayedPort(number);
      ports.set(number, port);
      return port;
    });
    parent.deliver({ data: parcel.message, ports: handed });
  } else if (parcel.closed) {
    ports.get(parcel.port)?.emit("close");
    ports.delete(parcel.port);
  } else ports.get(parcel.port)?.deliver({ data: parcel.data });
});
// Electron ends its utility processes with itself.
process.on("disconnect", () => process.kill(process.pid, "SIGKILL"));
