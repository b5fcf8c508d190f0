import { host } from "../../api.ts";
import { text } from "../../text/text.ts";
import { pathForFile } from "../../desktop/bridge.ts";
import { announce } from "../../ui/announcer.tsx";

/** Small enough that neither side stops for long over one. */
const partBytes = 2 * 1024 * 1024;
/** The first part is as small as what holds the first rows, so that they show while the rest comes in. */
const headSizes = [256 * 1024, 1024 * 1024, 8 * 1024 * 1024];
/** Milliseconds that the rest waits for the first rows at most. */
const headPatience = 1000;
/** Lines that hold the first rows, with some to spare. */
const headLines = 1100;
const lineFeed = 10;

const isPacked = (name: string): boolean => /\.(gz|zst)$/i.test(name);

/** Brings a file into the project's `data/`, by its path where there is one, else part by part; its path there. */
export const uploadFile = async (
  file: Blob,
  name: string,
  onHead: (upload: string) => Promise<unknown> = () => Promise.resolve(),
): Promise<string> => {
  const path = file instanceof File ? pathForFile(file) : null;
  if (path !== null) {
    // What cannot be announced cannot be adopted either, which tells why.
    void host()
      .call("file.announce", { path })
      .then(({ upload }) => onHead(upload))
      .catch(() => undefined);
    return (await host().call("file.adopt", { path })).file;
  }
  let upload: string | null = null;
  let bytes = await firstPart(file, name);
  for (let offset = 0; ;) {
    const answer: { readonly upload: string; readonly file: string | null } = await host().upload(
      "file.upload",
      { upload, name, offset, size: file.size },
      bytes,
    );
    const seen = upload === null ? onHead(answer.upload) : null;
    if (answer.file !== null) return answer.file;
    if (seen !== null) await Promise.race([seen, wait(headPatience)]);
    ({ upload } = answer);
    offset += bytes.byteLength;
    announce(text.author.uploading(name, Math.round((offset / file.size) * 100)));
    bytes = await bytesOf(file.slice(offset, offset + partBytes));
  }
};

/** The first rows' bytes, or a part as long as any where they are longer than that. */
const firstPart = async (file: Blob, name: string): Promise<Uint8Array<ArrayBuffer>> => {
  let bytes = new Uint8Array();
  for (const size of headSizes) {
    bytes = await bytesOf(file.slice(0, size));
    const isEnough = bytes.byteLength === file.size || isPacked(name) || hasLines(bytes, headLines);
    if (isEnough) break;
  }
  return bytes;
};

const wait = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
  });

const hasLines = (bytes: Uint8Array, wanted: number): boolean => {
  let lines = 0;
  for (let at = bytes.indexOf(lineFeed); at >= 0 && lines < wanted; at = bytes.indexOf(lineFeed, at + 1)) lines++;
  return lines >= wanted;
};

const bytesOf = async (part: Blob): Promise<Uint8Array<ArrayBuffer>> => new Uint8Array(await part.arrayBuffer());
