/**
 * In xml2js's place in the bundle. dbus-next makes a builder and a parser for the descriptions of objects on the bus at
 * its start; Doorbell calls by name, exports nothing and reads no description, so 98 kB would never run.
 */
export class Builder {
  /** @returns {never} */
  buildObject() {
    throw new Error("Doorbell describes no objects on the bus.");
  }
}

export class Parser {
  /** @returns {never} */
  parseString() {
    throw new Error("Doorbell reads no descriptions from the bus.");
  }
}
