import { ProjectError } from "../../../shared/errors/index.ts";
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

interface Uploading {
  readonly signal: AbortSignal;
  /** Hears under which name the first rows can be read; what follows waits a moment for them. */
  readonly onHead: (upload: string) => Promise<unknown>;
  /** Hears how much of it is there, 0 to 1. */
  readonly onShare: (share: number) => void;
}

interface Uploaded {
  /** In the project. */
  readonly path: string;
  /** What brought it there; `null` where it lay there already. */
  readonly upload: string | null;
}

/** Brings a file into the project's `data/`, by its path where there is one, else part by part. */
export const uploadFile = async (file: Blob, name: string, uploading: Uploading): Promise<Uploaded> => {
  const path = file instanceof File ? pathForFile(file) : null;
  return path === null ? sendParts(file, name, uploading) : adopt(path, uploading);
};

/** Removes what came of it; a host that is gone has no use for it either. */
export const abandonUpload = async (upload: string | null): Promise<void> => {
  if (upload === null) return;
  await host()
    .call("file.abandon", { upload })
    .catch(() => undefined);
};

const adopt = async (path: string, { signal, onHead }: Uploading): Promise<Uploaded> => {
  // What cannot be announced cannot be adopted either, which tells why.
  void host()
    .call("file.announce", { path })
    .then(({ upload }) => onHead(upload))
    .catch(() => undefined);
  const { file, upload } = await host().call("file.adopt", { path });
  if (signal.aborted) await abandonUpload(upload);
  signal.throwIfAborted();
  return { path: file, upload };
};

const sendParts = async (file: Blob, name: string, { signal, onHead, onShare }: Uploading): Promise<Uploaded> => {
  let upload: string | null = null;
  try {
    let bytes = await firstPart(file, name);
    for (let offset = 0; ;) {
      const answer: { readonly upload: string; readonly file: string | null } = await host().upload(
        "file.upload",
        { upload, name, offset, size: file.size },
        bytes,
      );
      const seen = upload === null ? onHead(answer.upload) : null;
      ({ upload } = answer);
      signal.throwIfAborted();
      if (answer.file !== null) return { path: answer.file, upload };
      if (seen !== null) await Promise.race([seen, wait(headPatience)]);
      offset += bytes.byteLength;
      onShare(offset / file.size);
      announce(text.author.uploading(name, Math.round((offset / file.size) * 100)));
      bytes = await bytesOf(file.slice(offset, offset + partBytes), name);
    }
  } catch (error) {
    // Of a file that comes to nothing, nothing stays.
    await abandonUpload(upload);
    throw error;
  }
};

/** The first rows' bytes, or a part as long as any where they are longer than that. */
const firstPart = async (file: Blob, name: string): Promise<Uint8Array<ArrayBuffer>> => {
  let bytes = new Uint8Array();
  for (const size of headSizes) {
    bytes = await bytesOf(file.slice(0, size), name);
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

/** Throws `file_unreadable`: a folder comes as a file that cannot be read, and what was dropped may be gone by now. */
const bytesOf = async (part: Blob, name: string): Promise<Uint8Array<ArrayBuffer>> => {
  try {
    return new Uint8Array(await part.arrayBuffer());
  } catch (cause) {
    throw new ProjectError("file_unreadable", { params: { file: name } }, { cause });
  }
};
