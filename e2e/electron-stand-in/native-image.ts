import { existsSync, readFileSync } from "node:fs";
import { NotInStandIn, strictClass, strictObject } from "./strict.ts";

const PNG_SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

type Implemented =
  | "isEmpty"
  | "getSize"
  | "toPNG"
  | "toDataURL"
  | "getAspectRatio"
  | "setTemplateImage"
  | "isTemplateImage";

/** A PNG image, kept as it came. */
export class NativeImage implements Pick<Electron.NativeImage, Implemented> {
  readonly #png: Buffer;
  #template = false;
  /** For the driver: the file that it was read from. */
  readonly path: string | null;

  constructor(png: Buffer, path: string | null) {
    this.#png = png;
    this.path = path;
  }

  isEmpty(): boolean {
    return this.#png.length === 0;
  }

  /** Pixels divided by the factor in the file's name, as `@2x`. */
  getSize(): Electron.Size {
    if (this.isEmpty()) return { width: 0, height: 0 };
    const factor = Number(/@(\d(?:\.\d+)?)x\.png$/.exec(this.path ?? "")?.[1] ?? 1);
    return { width: this.#png.readUInt32BE(16) / factor, height: this.#png.readUInt32BE(20) / factor };
  }

  getAspectRatio(): number {
    const { width, height } = this.getSize();
    return height === 0 ? 1 : width / height;
  }

  toPNG(): Buffer {
    return this.#png;
  }

  toDataURL(): string {
    return `data:image/png;base64,${this.#png.toString("base64")}`;
  }

  setTemplateImage(template: boolean): void {
    this.#template = template;
  }

  isTemplateImage(): boolean {
    return this.#template;
  }
}
strictClass(NativeImage);

function fromBuffer(buffer: Buffer, path: string | null): NativeImage {
  if (buffer.length > 0 && !buffer.subarray(0, 8).equals(PNG_SIGNATURE))
    throw new NotInStandIn("images other than PNG");
  return new NativeImage(buffer, path);
}

/** A file that is missing or holds no image gives an empty image, as in Electron. */
function fromPath(path: string): NativeImage {
  return existsSync(path) ? fromBuffer(readFileSync(path), path) : new NativeImage(Buffer.alloc(0), path);
}

/** What `Tray` and `MenuItem` accept; a path that cannot be read is an error there. */
export function imageOf(image: NativeImage | string): NativeImage {
  if (typeof image !== "string") return image;
  const read = fromPath(image);
  if (read.isEmpty()) throw new Error(`Failed to load image from path '${image}'`);
  return read;
}

/** Electron's `nativeImage`. */
export const nativeImage = strictObject("nativeImage", {
  createEmpty: () => new NativeImage(Buffer.alloc(0), null),
  createFromPath: fromPath,
  createFromBuffer: (buffer: Buffer) => fromBuffer(buffer, null),
  createFromDataURL: (url: string) =>
    fromBuffer(Buffer.from(url.slice(url.indexOf(",") + 1), "base64"), null),
});
