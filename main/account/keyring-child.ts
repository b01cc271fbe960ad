import { KEYRING_QUESTION, type KeyringMessage, type KeyringQuestion } from "./keyring-protocol.ts";

// The process that asks the keyring: a utility process of the app, a child process of the terminal program. The
// library waits on threads that cannot be cancelled, for as long as a prompt of the system is open; here that holds up
// nothing but a process that is killed.

const SERVICE = "Doorbell";

/** The three functions that are used of keytar. */
interface Keytar {
  getPassword(service: string, account: string): Promise<string | null>;
  setPassword(service: string, account: string, secret: string): Promise<void>;
  deletePassword(service: string, account: string): Promise<boolean>;
}

/** The channel of a utility process; only Electron's own types know it. */
interface ParentPort {
  on(event: "message", listener: (event: { readonly data: unknown }) => void): void;
  postMessage(message: KeyringMessage): void;
}

const port: unknown = Reflect.get(process, "parentPort");
if (isParentPort(port)) {
  port.on("message", ({ data }) => void answer(data, (message) => port.postMessage(message)));
} else {
  process.on("message", (data) => void answer(data, (message) => process.send?.(message)));
  // Whoever asked has gone. Only a signal ends a process whose threads wait for a prompt.
  process.on("disconnect", () => process.kill(process.pid, "SIGKILL"));
}

async function answer(data: unknown, say: (message: KeyringMessage) => void): Promise<void> {
  const question = KEYRING_QUESTION.safeParse(data);
  if (!question.success) return say({ say: "failed", why: "refused" });
  let keytar: Keytar;
  try {
    keytar = await loadKeytar();
  } catch {
    return say({ say: "failed", why: "library" });
  }
  say({ say: "asking" });
  try {
    say(await ask(keytar, question.data));
  } catch {
    say({ say: "failed", why: "refused" });
  }
}

async function ask(keytar: Keytar, question: KeyringQuestion): Promise<KeyringMessage> {
  switch (question.ask) {
    case "get":
      return { say: "secret", secret: await keytar.getPassword(SERVICE, question.account) };
    case "set":
      await keytar.setPassword(SERVICE, question.account, question.secret);
      return { say: "done", changed: true };
    case "delete":
      return { say: "done", changed: await keytar.deletePassword(SERVICE, question.account) };
  }
}

/** Native code: where its system library is missing, this rejects and nothing else. */
async function loadKeytar(): Promise<Keytar> {
  const module = (await import("keytar")) as Keytar & { default?: Keytar };
  return module.default ?? module;
}

function isParentPort(value: unknown): value is ParentPort {
  return typeof value === "object" && value !== null && "postMessage" in value;
}
