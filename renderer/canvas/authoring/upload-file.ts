import { host } from "../../api.ts";
import { text } from "../../text/text.ts";
import { pathForFile } from "../../desktop/bridge.ts";
import { announce } from "../../ui/announcer.tsx";

const partBytes = 8 * 1024 * 1024;

/** Brings a file into the project's `data/`, by its path where there is one, else part by part; its path there. */
export const uploadFile = async (file: Blob, name: string): Promise<string> => {
  const path = file instanceof File ? pathForFile(file) : null;
  if (path !== null) return (await host().call("file.adopt", { path })).file;
  let upload: string | null = null;
  for (let offset = 0; ;) {
    const bytes = new Uint8Array(await file.slice(offset, offset + partBytes).arrayBuffer());
    const answer: { readonly upload: string; readonly file: string | null } = await host().upload(
      "file.upload",
      { upload, name, offset, size: file.size },
      bytes,
    );
    if (answer.file !== null) return answer.file;
    ({ upload } = answer);
    offset += bytes.byteLength;
    announce(text.author.uploading(name, Math.round((offset / file.size) * 100)));
  }
};
